"""What was said or made for another revision than the report's, and what is stale: none of it counts here."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.evidence import EvidenceItem
from reportgen.model.expected import InputState
from reportgen.model.figures import plural
from reportgen.model.revisions import same_revision
from reportgen.model.waivers import WaiverState
from reportgen.render.escape import Markdown
from reportgen.render.marks import evidence_marks
from reportgen.render.views.parts import CELL, Cut, Subject, cut, same
from reportgen.render.wording import clipped

_ALL_OF_THEM = 50
_ASTRAY = {InputState.STALE: "stale", InputState.OTHER_REVISION: "of another revision"}
_GONE = {WaiverState.EXPIRED: "expired", WaiverState.VOID: "void"}
_ODD = frozenset({"early date", "different revisions", "several revisions"})


class AstrayRow(Struct, frozen=True):
    """Something that does not belong to this revision: what it is, of what, whose it is, and why."""

    what: str
    of: str
    belongs: str
    told: str
    evidence: Markdown


class AstrayView(Struct, frozen=True):
    """What does not belong to this revision, and how much of the rest says that it does."""

    sentences: tuple[str, ...]
    rows: Cut[AstrayRow]


def other_revisions(subject: Subject) -> AstrayView:
    """List what does not belong to this revision."""
    audit = subject.audit
    rows = [*_said(audit), *_made(audit), *_odd(audit)]
    return AstrayView(
        sentences=tuple(_sentences(audit, bool(rows))),
        rows=cut(rows, max(subject.limit, _ALL_OF_THEM), "evidence", same),
    )


def _sentences(audit: Audit, any_: bool) -> Iterator[str]:
    if not audit.revision:
        yield "This report names no revision, so no answer, approval or file can be told to belong to it."
    elif any_:
        yield f"What stands here does not count for revision {audit.revision}, or is in doubt."
    else:
        yield f"Nothing that was given names another revision than {audit.revision}, or is stale."
    silent = sum(not item.revision for item in audit.evidence)
    if silent and len(audit.evidence) == silent:
        if silent == 1:
            yield "The only file of evidence does not say which revision it was made from."
        else:
            yield f"None of {silent:,} files of evidence says which revision it was made from."
    elif silent:
        told = plural(silent, "file of evidence does not say", "files of evidence do not say")
        yield f"{told} which revision {'it was' if silent == 1 else 'they were'} made from."


def _said(audit: Audit) -> Iterator[AstrayRow]:
    """Yield answers, approvals and waivers that do not count for what the report is of."""
    for item in audit.checklist:
        if item.other_revision:
            yield _row("answer", item.text, item.other_revision, item.reason)
    for each in audit.approvals:
        if each.other_revision:
            yield _row("approval", each.role, each.other_revision, each.note)
    for waiver in audit.waivers:
        if waiver.state in _GONE:
            yield _row("waiver", waiver.id, _GONE[waiver.state], waiver.note)


def _made(audit: Audit) -> Iterator[AstrayRow]:
    """Yield the evidence that was made from another revision, or is older than the policy allows."""
    for item in audit.evidence:
        if item.revision and audit.revision and not same_revision(item.revision, audit.revision):
            yield _row("evidence", item.path, item.revision, _says(item), (item.id,))
    for one in audit.expected:
        if one.state in _ASTRAY:
            yield _row("expected input", one.path, _ASTRAY[one.state], one.reason, one.evidence)


def _says(item: EvidenceItem) -> str:
    return f"It says that it was made from {item.revision}."


def _odd(audit: Audit) -> Iterator[AstrayRow]:
    for problem in audit.warnings:
        if problem.kind in _ODD:
            yield _row("evidence", problem.path or "all of it", problem.kind, problem.message)


def _row(what: str, of: str, belongs: str, told: str, evidence: tuple[str, ...] = ()) -> AstrayRow:
    return AstrayRow(
        what=what,
        of=clipped(of, CELL),
        belongs=clipped(belongs, CELL),
        told=clipped(told, 2 * CELL),
        evidence=evidence_marks(evidence),
    )
