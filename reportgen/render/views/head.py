"""The head of a report: what it is of, what it came to, and why."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from reportgen.model.audit import Audit, Score, Summary
from reportgen.model.figures import one_decimal, plural
from reportgen.render.escape import Markdown, visible
from reportgen.render.marks import verdict_badge
from reportgen.render.views.parts import Subject
from reportgen.render.wording import moment_text, weight_text


class Header(Struct, frozen=True):
    """Title, date, revision and scope. `evidence` and `covers` are sentences of counted things."""

    title: str
    date: str
    revision: str | None
    scope: tuple[str, ...]
    evidence: str
    covers: str
    version: str


class Verdict(Struct, frozen=True):
    """The verdict, its reason, and the score in a sentence."""

    badge: Markdown
    reason: str
    score: str


def header(subject: Subject) -> Header:
    """Say what the report is of."""
    audit = subject.audit
    return Header(
        title=audit.title if visible(audit.title) else "Audit report",
        date=moment_text(audit.generated_at),
        revision=audit.revision,
        scope=audit.scope,
        evidence=_evidence(audit),
        covers=_covers(audit),
        version=audit.version,
    )


def _evidence(audit: Audit) -> str:
    formats = Counter(item.format or "not read" for item in audit.evidence)
    kinds = ", ".join(f"{count:,} {name}" for name, count in sorted(formats.items()))
    total = plural(len(audit.evidence), "file")
    passed_over = f"; {plural(audit.passed_over, 'other file')} passed over" if audit.passed_over else ""
    return f"{total} ({kinds}){passed_over}" if kinds else f"{total}{passed_over}"


def _covers(audit: Audit) -> str:
    parts: list[str] = []
    if audit.tests is not None:
        layers = plural(len(audit.tests.by_layer), "layer")
        parts.append(f"{plural(audit.tests.total, 'test')} in {layers}")
    if audit.coverage is not None:
        parts.append(f"coverage of {plural(audit.coverage.files, 'source file')}")
    if audit.findings is not None:
        parts.append(plural(audit.findings.distinct, "finding"))
    return ", ".join(parts) or "nothing that could be counted"


def verdict(subject: Subject) -> Verdict:
    """Say what it came to."""
    audit = subject.audit
    return Verdict(
        badge=verdict_badge(audit.verdict, subject.profile),
        reason=_reason(audit),
        score=score_sentence(audit.score),
    )


def _reason(audit: Audit) -> str:
    """Take off what the badge says already."""
    said = audit.summary.verdict.removeprefix(f"The verdict is {audit.verdict.value}: ")
    return f"{said[:1].upper()}{said[1:]}"


def score_sentence(score: Score) -> str:
    """Say the score, the grade, and between which bounds it lies where not everything was measured."""
    if score.value is None:
        return f"Nothing could be scored, so the grade is {score.grade}."
    value = one_decimal(score.value)
    if score.measured_weight == score.total_weight:
        return f"Score {value} of 100, grade {score.grade}."
    weights = f"{weight_text(score.measured_weight)} of {weight_text(score.total_weight)} points of weight"
    return (
        f"Score {value} of 100 over what was measured ({weights}). With the rest counted as nothing it is"
        f" {one_decimal(score.lower)}, which gives the grade {score.grade}; with all of the rest it could be"
        f" {one_decimal(score.upper)}."
    )


def summary(subject: Subject) -> Summary | None:
    """Give the sentences of the summary, if there are any beside the verdict's reason."""
    said = subject.audit.summary
    return said if said.strengths or said.concerns or said.not_measured else None
