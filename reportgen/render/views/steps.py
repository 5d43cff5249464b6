"""What to do, in order: the steps of some priorities, what each comes to, and the way to a release."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.audit_tests import FailureCause
from reportgen.model.figures import plural
from reportgen.model.plan import Action
from reportgen.model.profile import Profile
from reportgen.model.score_words import DEPLOY
from reportgen.model.states import State
from reportgen.render.escape import Markdown, excerpt
from reportgen.render.places import place_mark
from reportgen.render.scores import score_text
from reportgen.render.views.action_items import PRIORITIES
from reportgen.render.views.parts import CELL, Cut, Subject, cases_by_id, cut, told_by
from reportgen.render.views.recommendation import held
from reportgen.render.views.root_causes import listed
from reportgen.render.wording import clipped, minutes_text

_TITLE = 2 * CELL
_COMMAND = 600  # a longer command is none to be read; audit.json has it


class Step(Struct, frozen=True):
    """A step of the plan; `about` is its effort, its owner and what it turns; `begin` is where to look."""

    id: str
    title: str
    about: str
    fix: str
    begin: Markdown | None
    verify: str
    evidence: Markdown


class Steps(Struct, frozen=True):
    """The steps of the priorities that the profile asks for."""

    sentence: str
    steps: Cut[Step]


class PriorityRow(Struct, frozen=True):
    """What a priority comes to: its steps, their effort, and the score after them."""

    number: int
    name: str
    steps: str
    count: int
    effort: str
    after: str
    first: str


class Priorities(Struct, frozen=True):
    """The priorities, in the order of the plan."""

    rows: tuple[PriorityRow, ...]


class NextSteps(Struct, frozen=True):
    """What to do next, in order, a sentence each; `commands` run the layers."""

    sentences: tuple[str, ...]
    commands: Markdown | None


def steps(subject: Subject) -> Steps | None:
    """List the steps of some priorities: option `priorities`, else all; None where there is none."""
    wanted = subject.options.get("priorities")
    asked = wanted if isinstance(wanted, list) else [wanted] if isinstance(wanted, str) else None
    found = [each for each in subject.audit.remediation if asked is None or each.priority in asked]
    if not found:
        return None
    minutes = minutes_text(sum(each.minutes for each in found))
    return Steps(
        sentence=f"{plural(len(found), 'step')}, {minutes} of work in all.",
        steps=cut(found, subject.limit, "remediation", _Making(subject.audit).step),
    )


class _Making:
    """Makes steps; causes and layers are looked up once."""

    def __init__(self, audit: Audit) -> None:
        self._url = audit.source_url
        causes = audit.tests.causes if audit.tests else ()
        self._causes = {cause.id: cause for cause in causes}
        first = [cause.cases[0] for cause in causes if cause.cases]
        self._cases = cases_by_id(audit.tests.cases, first) if audit.tests else {}
        self._commands = {each.layer: each.command for each in audit.about.commands}

    def step(self, action: Action) -> Step:
        """Make a step of an action of the plan."""
        parts = [minutes_text(action.minutes)]
        if action.owner:
            parts.append(f"by {clipped(action.owner, CELL)}")
        if action.gates:
            parts.append(f"turns {clipped(', '.join(action.gates), CELL)}")
        cause = self._causes.get(action.mends) if action.kind == "failures" else None
        return Step(
            id=action.id,
            title=clipped(action.title, _TITLE),
            about=", ".join(parts),
            fix=clipped(action.fix, _TITLE),
            begin=None if cause is None else self._begin(cause),
            verify=action.verify if len(action.verify) <= _COMMAND else self._of_layer(cause),
            evidence=told_by(action.evidence),
        )

    def _begin(self, cause: FailureCause) -> Markdown | None:
        """Return the most suspicious lines of a cause, else the place where it was raised."""
        place, end = cause.place, ""
        if cause.suspects:
            first = cause.suspects[0]
            place = f"{first.path}:{first.line}"
            end = "" if first.line == first.end_line else f"-{first.end_line}"
        return place_mark(place, clipped(f"{place}{end}", CELL), self._url) if place else None

    def _of_layer(self, cause: FailureCause | None) -> str:
        """Return the command of the layer of a cause, where naming each of its tests is too long."""
        first = self._cases.get(cause.cases[0]) if cause is not None and cause.cases else None
        return "" if first is None else self._commands.get(first.layer, "")


def priorities(subject: Subject) -> Priorities | None:
    """Say what each priority of the plan comes to; None where there is nothing to do."""
    groups = list(_by_priority(subject.audit.remediation))
    rows = tuple(
        _priority(number, name, found, subject.profile)
        for number, (name, found) in enumerate(groups, start=1)
    )
    return Priorities(rows) if rows else None


def _by_priority(actions: Sequence[Action]) -> Iterator[tuple[str, list[Action]]]:
    for name in dict.fromkeys((*PRIORITIES, *(each.priority for each in actions))):
        found = [each for each in actions if each.priority == name]
        if found:
            yield name, found


def _priority(number: int, name: str, found: list[Action], profile: Profile) -> PriorityRow:
    return PriorityRow(
        number=number,
        name=name.capitalize(),
        steps=found[0].id if len(found) == 1 else f"{found[0].id} to {found[-1].id}",
        count=len(found),
        effort=minutes_text(sum(each.minutes for each in found)),
        after=score_text(found[-1].after, profile),
        first=clipped(found[0].title, CELL),
    )


def next_in_order(subject: Subject) -> NextSteps:
    """Say the way from here to a release: what to mend, to measure and to look at, and then to do."""
    told = subject.audit.about.commands
    lines = [line for each in told for line in (f"# {each.layer}", each.command)]
    return NextSteps(tuple(_next(subject.audit, subject.profile)), excerpt(lines) if lines else None)


def _next(audit: Audit, profile: Profile) -> Iterator[str]:
    for name, found in _by_priority(audit.remediation):
        if name in {"immediate", "high"}:
            effort = minutes_text(sum(each.minutes for each in found))
            steps_ = found[0].id if len(found) == 1 else f"{found[0].id} to {found[-1].id}"
            rest = f", and what follows ({steps_}, {effort})" if len(found) > 1 else f" ({steps_}, {effort})"
            yield f"{name.capitalize()} priority: {_bare(found[0].title)}{rest}."
    unmeasured = [each.title or each.name for each in audit.criteria if each.score is None]
    if unmeasured:
        names = listed([clipped(each, CELL) for each in unmeasured])
        yield f"Provide what it takes to measure {names}."
    waiting = [each for each in audit.checklist if each.state is State.NOT_DONE]
    if waiting:
        first = f"“{clipped(waiting[0].text, CELL)}”"
        left = len(waiting) - 1
        others = f", and {plural(left, 'other check')} that {'waits' if left == 1 else 'wait'} for a person"
        yield f"Look at what no evidence tells: {first}{others if left else ''}."
    if held(audit):
        yield "Run the tests again, all layers of them, and build this report anew."
        deploy = profile.words.get("deploy", DEPLOY)
        yield f"Go on only when its recommendation is {deploy}."
    else:
        yield "Go on with this revision; another one needs a report of its own."


def _bare(title: str) -> str:
    """Take the stop off a title that goes on in a sentence."""
    return clipped(title, CELL).rstrip(".")
