"""The expected inputs, and the limits on what tests measure."""

from __future__ import annotations

from msgspec import Struct

from reportgen.model.expected import ExpectedInput, InputState
from reportgen.model.figures import plural
from reportgen.model.slas import SlaResult, amount
from reportgen.model.states import State
from reportgen.render.escape import Markdown
from reportgen.render.marks import badge, evidence_marks
from reportgen.render.views.parts import CELL, Cut, Subject, cases_by_id, cut
from reportgen.render.wording import NOT_KNOWN, clipped

_ALL_OF_THEM = 50  # they are few, and each of them matters
_MOST_CASES = 3
_WORDS = {
    InputState.PRESENT: "present",
    InputState.MISSING: "missing",
    InputState.EMPTY: "empty",
    InputState.CORRUPT: "corrupt",
    InputState.STALE: "stale",
    InputState.OTHER_REVISION: "other revision",
    InputState.UNKNOWN: "age not known",
}


class ExpectedRow(Struct, frozen=True):
    """An expected input in one of the states that it is in."""

    badge: Markdown
    path: str
    what: str
    state: str
    reason: str
    evidence: Markdown


class ExpectedView(Struct, frozen=True):
    """The expected inputs, what is wrong first."""

    sentence: str
    rows: Cut[ExpectedRow]


class SlaRow(Struct, frozen=True):
    """A limit and what was measured."""

    badge: Markdown
    title: str
    limit: str
    measured: str
    worst: tuple[str, ...]
    reason: str
    evidence: Markdown


def expected(subject: Subject) -> ExpectedView | None:
    """List the expected inputs; None where none is expected."""
    found = subject.audit.expected
    if not found:
        return None

    def row(one: ExpectedInput) -> ExpectedRow:
        there = one.state is InputState.PRESENT
        parts = (f"layer {one.layer}" if one.layer else "", one.kind)
        return ExpectedRow(
            badge=badge(State.PASS if there else State.UNKNOWN, subject.profile),
            path=clipped(one.path, CELL),
            what=", ".join(part for part in parts if part) or "anything",
            state=_WORDS[one.state],
            reason=clipped(one.reason, 2 * CELL),
            evidence=evidence_marks(one.evidence),
        )

    wrong = {(one.path, one.layer, one.kind) for one in found if one.state is not InputState.PRESENT}
    inputs = {(one.path, one.layer, one.kind) for one in found}
    told = f"{plural(len(inputs), 'input is', 'inputs are')} expected"
    rest = (
        f"; {len(wrong):,} {'is' if len(wrong) == 1 else 'are'} not as expected" if wrong else ", and there"
    )
    rows = sorted(found, key=lambda one: one.state is InputState.PRESENT)
    return ExpectedView(
        sentence=f"{told}{rest}.",
        rows=cut(rows, max(subject.limit, _ALL_OF_THEM), "expected", row),
    )


def slas(subject: Subject) -> Cut[SlaRow] | None:
    """List the limits, in the order of the policy; None where there is none."""
    found = subject.audit.slas
    if not found:
        return None
    tests = subject.audit.tests
    wanted = {each for one in found for each in one.cases[:_MOST_CASES]}
    names = {} if tests is None else cases_by_id(tests.cases, wanted)

    def row(one: SlaResult) -> SlaRow:
        worst = [names[each].name for each in one.cases[:_MOST_CASES] if each in names]
        return SlaRow(
            badge=badge(one.state, subject.profile),
            title=clipped(one.title, CELL),
            limit=f"{one.bound} {amount(one.limit, one.unit)}",
            measured=NOT_KNOWN if one.measured is None else amount(one.measured, one.unit),
            worst=tuple(clipped(each, CELL) for each in worst),
            reason=clipped(one.reason, 2 * CELL),
            evidence=evidence_marks(one.evidence),
        )

    return cut(found, max(subject.limit, _ALL_OF_THEM), "slas", row)
