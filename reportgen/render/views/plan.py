"""The remediation plan: what to do first, what it takes, and what it gains."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from msgspec import Struct

from reportgen.model.evidence import JoinedCase
from reportgen.model.figures import one_decimal, plural
from reportgen.model.plan import Action
from reportgen.render.escape import Markdown
from reportgen.render.marks import evidence_marks
from reportgen.render.views.parts import CELL, Cut, Subject, cases_by_id, cut, same
from reportgen.render.wording import clipped, minutes_text, points_text

PLACES = 3


class ActionRow(Struct, frozen=True):
    """A step of the plan."""

    id: str
    title: str
    places: Cut[str]
    effort: str
    gain: str
    after: str
    gates: tuple[str, ...]
    evidence: Markdown


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
            tuple(_action(action, known) for action in shown.rows if action.priority == name),
        )
        for name in dict.fromkeys(action.priority for action in shown.rows)
    ]
    return PlanView(_sentence(actions), tuple(groups), shown.left, shown.where)


def _sentence(actions: tuple[Action, ...]) -> str:
    gain = sum((action.printed_gain for action in actions), Fraction(0))
    exact = sum((action.gain for action in actions), Fraction(0))
    effort = minutes_text(sum(action.minutes for action in actions))
    steps = plural(len(actions), "step")
    points = f"{points_text(gain, exact, sign='+')} points"
    after = one_decimal(actions[-1].after)
    return f"{steps}, {effort} of work in all: {points}, to a score of {after}."


def _action(action: Action, known: Mapping[str, JoinedCase]) -> ActionRow:
    def named(place: str) -> str:
        return clipped(known[place].name if place in known else place, CELL // 2)

    shown = cut(action.places, PLACES, "remediation", named)
    left = max(action.count, len(action.places)) - len(shown.rows) if shown else 0
    return ActionRow(
        id=action.id,
        title=clipped(action.title, 2 * CELL),
        places=Cut(shown.rows, left, shown.where),
        effort=minutes_text(action.minutes),
        gain=points_text(action.printed_gain, action.gain, sign="+"),
        after=one_decimal(action.after),
        gates=action.gates,
        evidence=evidence_marks(action.evidence),
    )
