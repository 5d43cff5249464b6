"""The remediation plan: what to do first, what it takes, and what it gains."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.evidence import JoinedCase
from reportgen.model.figures import one_decimal, plural
from reportgen.model.plan import Action, AfterRemediation
from reportgen.model.states import State
from reportgen.render.escape import Markdown, code, excerpt
from reportgen.render.marks import evidence_marks
from reportgen.render.places import place_mark
from reportgen.render.views.parts import CELL, Cut, Subject, cases_by_id, cut, same
from reportgen.render.wording import clipped, gain_text, minutes_text

PLACES = 3
_NAMED = 3
_GATES = 5
_IN_THE_WAY = (State.FAIL, State.UNKNOWN)


class ActionRow(Struct, frozen=True):
    """A step of the plan."""

    id: str
    title: str
    places: Cut[Markdown]
    effort: str
    gain: str
    after: str
    gates: tuple[str, ...]
    evidence: Markdown
    owner: str
    verify: str
    fix: str


class PriorityGroup(Struct, frozen=True):
    """The steps of one priority."""

    name: str
    rows: tuple[ActionRow, ...]


class PlanView(Struct, frozen=True):
    """The plan, its steps by priority in their order; `left` are those that are not printed."""

    sentence: str
    groups: tuple[PriorityGroup, ...]
    left: int
    where: str
    owned: bool = False
    after: str = ""
    commands: Markdown | None = None
    unverified: str = ""
    most: str = ""
    left_standing: str = ""


def plan(subject: Subject) -> PlanView | None:
    """Print the plan; None where there is nothing to do."""
    actions = subject.audit.remediation
    if not actions:
        return None
    shown = cut(actions, subject.limit, "remediation", same)
    tests = subject.audit.tests
    wanted = [place for action in shown.rows for place in action.places[: PLACES + 1]]
    known = cases_by_id(tests.cases, wanted) if tests else {}
    groups = [
        PriorityGroup(
            f"{name.capitalize()} priority",
            tuple(
                _action(action, known, subject.audit.source_url)
                for action in shown.rows
                if action.priority == name
            ),
        )
        for name in dict.fromkeys(action.priority for action in shown.rows)
    ]
    commands = [line for action in shown.rows if action.verify for line in (f"# {action.id}", action.verify)]
    return PlanView(
        _sentence(actions),
        tuple(groups),
        shown.left,
        shown.where,
        any(action.owner for action in actions),
        _after(subject.audit.score_after),
        excerpt(commands) if commands else None,
        ", ".join(action.id for action in shown.rows if not action.verify),
        _most(actions),
        _left_standing(subject.audit),
    )


def _after(after: AfterRemediation | None) -> str:
    return "" if after is None else f"After remediation: {one_decimal(after.score)} ({after.grade})."


def _sentence(actions: tuple[Action, ...]) -> str:
    gain = sum((action.printed_gain for action in actions), Fraction(0))
    exact = sum((action.gain for action in actions), Fraction(0))
    effort = minutes_text(sum(action.minutes for action in actions))
    steps = plural(len(actions), "step")
    points = f"{gain_text(gain, exact)} points"
    after = one_decimal(actions[-1].after)
    return f"{steps}, {effort} of work in all: {points}, to a score of {after}."


def _left_standing(audit: Audit) -> str:
    """Name the gates in the way that no step is sure to turn: what steps bring to light is not known."""
    turned = {name for action in audit.remediation for name in action.gates}
    gates = [each for each in audit.gates if each.state in _IN_THE_WAY and each.name not in turned]
    if not gates:
        return ""
    names = ", ".join(clipped(each.name, CELL) for each in gates[:_GATES])
    more = f" and {len(gates) - _GATES:,} more" if len(gates) > _GATES else ""
    one = "This gate is" if len(gates) == 1 else "These gates are"
    return (
        f"{one} in the way, and no step is sure to turn {'it' if len(gates) == 1 else 'them'}: {names}{more}."
    )


def _most(actions: tuple[Action, ...]) -> str:
    """Say which one fix turns most of the failing tests; nothing where all fail alike, each by itself."""
    causes = [each for each in actions if each.kind == "failures" and each.mends]
    failing = sum(each.count for each in causes)
    most = max((each.count for each in causes), default=0)
    first = [each for each in causes if each.count == most]
    if len(causes) < 2 or most < 2 or len(first) > _NAMED:  # noqa: PLR2004 - one cause, one test are no news
        return ""
    ids = [each.id for each in first]
    names = " and ".join(part for part in (", ".join(ids[:-1]), ids[-1]) if part)
    turns = "turns" if len(first) == 1 else "turn"
    each_of = "" if len(first) == 1 else " each"
    return f"{names} {turns} most tests: {most:,}{each_of} of the {failing:,} that fail."


def _action(action: Action, known: Mapping[str, JoinedCase], source_url: str) -> ActionRow:
    def named(place: str) -> Markdown:
        if place in known:
            return code(clipped(known[place].name, CELL // 2))
        url = source_url if action.kind == "findings" else ""
        return place_mark(place, clipped(place, CELL // 2), url)

    shown = cut(action.places, PLACES, "remediation", named)
    whole = 0 if action.kind == "gap" else action.count  # of a gap, tests or doubts are counted
    left = max(whole, len(action.places)) - len(shown.rows) if shown else 0
    return ActionRow(
        id=action.id,
        title=clipped(action.title, 2 * CELL),
        places=Cut(shown.rows, left, shown.where),
        effort=minutes_text(action.minutes),
        gain=gain_text(action.printed_gain, action.gain),
        after=one_decimal(action.after),
        gates=action.gates,
        evidence=evidence_marks(action.evidence),
        owner=clipped(action.owner, CELL),
        verify=action.verify,
        fix=clipped(action.fix, 2 * CELL),
    )
