"""Where everything comes from: the evidence index, what could not be read, the merge ledger, the method."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from reportgen.model.artifact import Problem
from reportgen.model.evidence import EvidenceItem, LedgerRow
from reportgen.model.figures import plural
from reportgen.model.states import State
from reportgen.render.escape import Markdown
from reportgen.render.marks import badge, evidence_marks
from reportgen.render.views.parts import CELL, Cut, Subject, cut
from reportgen.render.wording import clipped

PATH = 300


class EvidenceRow(Struct, frozen=True):
    """A row of the evidence index; what was never read has neither size nor digest."""

    id: str
    path: str
    format: str
    producer: str
    layer: str
    holds: str
    bytes: int | None
    sha256: str


class EvidenceView(Struct, frozen=True):
    """The evidence index."""

    sentence: str
    rows: Cut[EvidenceRow]


class ProblemRow(Struct, frozen=True):
    """What is wrong with an input, or odd, and what to do."""

    badge: Markdown
    kind: str
    path: str
    message: str
    hint: str


class ProblemsView(Struct, frozen=True):
    """What could not be read, and what was read but is odd."""

    sentence: str
    problems: Cut[ProblemRow]
    warnings: Cut[ProblemRow]


class OverrideRow(Struct, frozen=True):
    """An override that the merge made."""

    kind: str
    subject: str
    kept: str
    overridden: str
    evidence: Markdown


class LedgerView(Struct, frozen=True):
    """The merge ledger."""

    sentence: str
    rows: Cut[OverrideRow]


class MethodView(Struct, frozen=True):
    """How the figures came about. `digest` is of the scoring model."""

    sentences: tuple[str, ...]
    digest: str
    version: str


def evidence(subject: Subject) -> EvidenceView:
    """List the evidence: all that the report has a mark of, and more of it as far as the limit goes."""
    items = subject.audit.evidence
    cited = [item for item in items if item.id in subject.cited]
    others = [item for item in items if item.id not in subject.cited]
    room = max(subject.limit - len(cited), 0)
    more = others if len(others) <= room + 1 else others[:room]
    kept = {item.id for item in (*cited, *more)}
    shown = [item for item in items if item.id in kept]
    rows = cut(shown, len(shown), "evidence", _evidence)
    return EvidenceView(_of_evidence(items), Cut(rows.rows, len(items) - len(shown), rows.where))


def _of_evidence(items: tuple[EvidenceItem, ...]) -> str:
    if not items:
        return "No file of evidence was given."
    part = sum(not item.whole for item in items)
    rest = f"; {part:,} not read whole, or in doubt" if part else ""
    return f"{plural(len(items), 'file')}{rest}. Digests and sizes are of the very bytes that were read."


def _evidence(item: EvidenceItem) -> EvidenceRow:
    also = f" (also {', '.join(item.also)})" if item.also else ""
    return EvidenceRow(
        id=item.id,
        path=clipped(f"{item.path}{also}", PATH),
        format=item.format or "not read",
        producer=clipped(item.producer, CELL // 2) or "not known",
        layer=f"{item.layer} ({item.environment})" if item.environment else item.layer,
        holds=clipped(item.holds, CELL),
        bytes=item.bytes if item.sha256 else None,
        sha256=item.sha256,
    )


def problems(subject: Subject) -> ProblemsView | None:
    """List what could not be read and what is odd; None where there is neither."""
    audit = subject.audit
    if not audit.problems and not audit.warnings:
        return None
    said = [
        plural(len(audit.problems), "problem") if audit.problems else "",
        plural(len(audit.warnings), "warning") if audit.warnings else "",
    ]

    def row(problem: Problem, state: State) -> ProblemRow:
        return ProblemRow(
            badge=badge(state, subject.profile),
            kind=problem.kind,
            path=clipped(problem.path, PATH),
            message=clipped(problem.message, 2 * CELL),
            hint=clipped(problem.hint, 2 * CELL),
        )

    return ProblemsView(
        sentence=f"{' and '.join(filter(None, said))}.",
        problems=cut(audit.problems, subject.limit, "problems", lambda problem: row(problem, State.UNKNOWN)),
        warnings=cut(
            audit.warnings,
            subject.limit,
            "warnings",
            lambda problem: row(problem, State.UNKNOWN if problem.doubt else State.WARN),
        ),
    )


def ledger(subject: Subject) -> LedgerView:
    """List what the merge overrode."""
    rows = subject.audit.ledger
    kinds = ", ".join(f"{kind} ({count:,})" for kind, count in sorted(Counter(r.kind for r in rows).items()))
    told = f"{plural(len(rows), 'override')}: {kinds}." if rows else "Nothing was overridden."
    return LedgerView(told, cut(rows, subject.limit, "ledger", _override))


def _override(row: LedgerRow) -> OverrideRow:
    return OverrideRow(
        kind=row.kind,
        subject=clipped(row.subject, CELL),
        kept=clipped(row.kept, CELL),
        overridden=clipped(row.overridden, CELL),
        evidence=evidence_marks(row.evidence),
    )


def method(subject: Subject) -> MethodView:
    """Say how the figures came about."""
    audit = subject.audit
    return MethodView(sentences=audit.method, digest=audit.digest, version=audit.version)
