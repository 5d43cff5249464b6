"""What is taken upon oneself with a release: what somebody accepted, and what is open without anybody."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.figures import plural
from reportgen.model.profile import Profile
from reportgen.model.states import State
from reportgen.model.waivers import COUNTING, WaiverResult, WaiverState
from reportgen.render.escape import Markdown
from reportgen.render.marks import badge, evidence_marks
from reportgen.render.views.parts import CELL, Cut, Subject, cut, same
from reportgen.render.wording import clipped

_TEXT = 2 * CELL
_ALL_OF_THEM = 50
_OPEN = (State.FAIL, State.UNKNOWN, State.WARN)
_SEVERE = ("critical", "high")
_THINGS = {"finding": ("finding", "findings"), "test": ("test", "tests")}


class AcceptedRow(Struct, frozen=True):
    """A risk that somebody accepted: what it is, by which waiver or approval, who, and until when."""

    risk: str
    source: str
    by: str
    until: str
    why: str


class OpenRow(Struct, frozen=True):
    """A risk that nobody accepted."""

    badge: Markdown
    risk: str
    evidence: Markdown


class RisksView(Struct, frozen=True):
    """Both kinds of risks, and how many there are in a sentence each."""

    sentence: str
    accepted: Cut[AcceptedRow]
    open: Cut[OpenRow]


def risks_accepted(subject: Subject) -> RisksView:
    """List what is accepted, and what is open without a waiver."""
    audit = subject.audit
    accepted = [*_waived(audit), *_conditions(audit)]
    sources = (_gates, _gaps, _severe, _unknown)
    open_ = [row for each in sources for row in each(audit, subject.profile)]
    limit = max(subject.limit, _ALL_OF_THEM)
    return RisksView(
        sentence=_sentence(len(accepted), len(open_)),
        accepted=cut(accepted, limit, "waivers", same),
        open=cut(open_, limit, "gates", same),
    )


def _sentence(accepted: int, open_: int) -> str:
    if not accepted and not open_:
        return "No waiver is open, no approval has conditions, and nothing that was measured is left open."
    first = plural(accepted, "risk is accepted", "risks are accepted") if accepted else "No risk is accepted"
    if not open_:
        return f"{first}; beyond that nothing that was measured is open."
    return f"{first}; {plural(open_, 'risk is', 'risks are')} open without a waiver."


def _waived(audit: Audit) -> Iterator[AcceptedRow]:
    for waiver in audit.waivers:
        if waiver.state in COUNTING:
            yield AcceptedRow(
                risk=clipped(_covers(waiver), _TEXT),
                source=f"waiver {clipped(waiver.id, CELL)}",
                by=clipped(f"{waiver.approver}, for {waiver.owner}", CELL),
                until="" if waiver.expires is None else _until(waiver),
                why=clipped(waiver.reason, _TEXT),
            )


def _covers(waiver: WaiverResult) -> str:
    if waiver.of not in _THINGS:
        return waiver.match
    return f"{plural(len(waiver.matched), *_THINGS[waiver.of])}: {waiver.match}"


def _until(waiver: WaiverResult) -> str:
    soon = " (soon)" if waiver.state is WaiverState.EXPIRING else ""
    return f"{waiver.expires}{soon}"


def _conditions(audit: Audit) -> Iterator[AcceptedRow]:
    for each in audit.approvals:
        if each.state is State.WARN:
            yield AcceptedRow(
                risk=clipped(each.conditions, _TEXT),
                source="condition of an approval",
                by=clipped(f"{each.name}, {each.role}", CELL),
                until="",
                why="",
            )


def _gates(audit: Audit, profile: Profile) -> Iterator[OpenRow]:
    for state in _OPEN:
        for gate in audit.gates:
            if gate.state is state:
                yield OpenRow(
                    badge(state, profile),
                    clipped(f"{gate.title or gate.name}: {gate.reason}", _TEXT),
                    evidence_marks(gate.evidence),
                )


def _gaps(audit: Audit, profile: Profile) -> Iterator[OpenRow]:
    """Yield what no test protects; a test that is skipped is told with the first of its subjects."""
    told: set[str] = set()
    tests: set[str] = set()
    gaps = [gap for matrix in audit.matrices for gap in matrix.gaps]
    for gap in sorted(gaps, key=lambda gap: gap.kind == "skipped everywhere"):
        same_tests = gap.kind == "skipped everywhere" and tests.issuperset(gap.tests)
        if gap.sentence not in told and not same_tests:
            told.add(gap.sentence)
            tests.update(gap.tests)
            yield OpenRow(
                badge(State.UNKNOWN, profile), clipped(gap.sentence, _TEXT), evidence_marks(gap.evidence)
            )


def _severe(audit: Audit, profile: Profile) -> Iterator[OpenRow]:
    if audit.findings is not None:
        for severity in _SEVERE:
            if count := audit.findings.by_severity.get(severity, 0):
                row = plural(count, f"{severity} finding is open", f"{severity} findings are open")
                yield OpenRow(
                    badge(State.FAIL, profile), f"{row}.", evidence_marks(_of_findings(audit, severity))
                )


def _of_findings(audit: Audit, severity: str) -> tuple[str, ...]:
    items = audit.findings.items if audit.findings is not None else ()
    found = {
        id_
        for each in items
        if each.state == "open" and each.severity.value == severity
        for id_ in each.evidence
    }
    return tuple(sorted(found))


def _unknown(audit: Audit, profile: Profile) -> Iterator[OpenRow]:
    for sentence in audit.summary.not_measured:
        yield OpenRow(
            badge(State.UNKNOWN, profile), f"Not measured: {clipped(sentence, _TEXT)}", evidence_marks(())
        )
