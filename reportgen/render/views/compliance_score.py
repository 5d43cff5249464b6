"""The compliance score: what it is made of, what is kept, and what would improve it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from reportgen.model.audit import Audit, CriterionScore, GateResult
from reportgen.model.criteria import CheckScore
from reportgen.model.states import Severity, State
from reportgen.render.escape import Markdown
from reportgen.render.marks import badge, evidence_marks
from reportgen.render.scores import score_sentence, score_text
from reportgen.render.views.area_states import area_state
from reportgen.render.views.areas import area_title
from reportgen.render.views.parts import CELL, Cut, Subject, cut, told_by
from reportgen.render.wording import clipped, minutes_text, weight_text

_TEXT = 2 * CELL
_KEPT = State.PASS
_SEVERITIES = tuple(Severity)


class ScoreRow(Struct, frozen=True):
    """A criterion: its score, its state and why."""

    name: str
    weight: str
    score: str
    badge: Markdown
    reason: str
    evidence: Markdown


class Point(Struct, frozen=True):
    """Something that is kept, or is not: its state, what it is, what was found, and how it is mended."""

    badge: Markdown
    title: str
    reason: str
    remedy: str
    evidence: Markdown


class ComplianceView(Struct, frozen=True):
    """The overall score in a sentence, the criteria, and what of the policy is kept and is not."""

    sentence: str
    rows: tuple[ScoreRow, ...]
    strengths: Cut[Point]
    improvements: Cut[Point]


def compliance_score(subject: Subject) -> ComplianceView:
    """Say the score, and how it came about."""
    audit, profile = subject.audit, subject.profile
    points = tuple(_points(audit, subject))
    kept = [point for state, point in points if state is _KEPT]
    other = [point for state, point in points if state is not _KEPT]
    return ComplianceView(
        sentence=score_sentence(audit.score, profile),
        rows=tuple(_row(each, subject) for each in audit.criteria),
        strengths=cut(kept, subject.limit, "gates", lambda point: point),
        improvements=cut(other, subject.limit, "gates", lambda point: point),
    )


def _row(each: CriterionScore, subject: Subject) -> ScoreRow:
    name = area_title(each) if each.title else each.name
    return ScoreRow(
        name=f"{name} (required)" if each.required else name,
        weight=weight_text(each.weight),
        score=score_text(each.score, subject.profile),
        badge=badge(area_state(each, subject.audit, subject.profile), subject.profile),
        reason=clipped(each.reason, _TEXT),
        evidence=evidence_marks(each.evidence),
    )


def _points(audit: Audit, subject: Subject) -> Iterator[tuple[State, Point]]:
    """Yield the checks of criteria, the gravest first, then the gates; what judges nothing is left out."""
    checks = [check for each in audit.criteria for check in each.checks]
    for check in sorted(checks, key=lambda check: _SEVERITIES.index(check.severity)):
        if check.state is not State.NOT_APPLICABLE:
            yield check.state, _of_check(check, subject)
    for gate in audit.gates:
        if gate.state is not State.NOT_APPLICABLE:
            yield gate.state, _of_gate(gate, subject)


def _of_check(check: CheckScore, subject: Subject) -> Point:
    mended = check.state in {State.FAIL, State.WARN} and check.remediation
    remedy = clipped(check.remediation, _TEXT) if mended else ""
    effort = f" ({check.severity.value}, {minutes_text(check.minutes)})" if remedy else ""
    return Point(
        badge=badge(check.state, subject.profile),
        title=clipped(check.title, CELL),
        reason=_reason(check.reason, check.state),
        remedy=f"{remedy}{effort}",
        evidence=told_by(check.evidence),
    )


def _of_gate(gate: GateResult, subject: Subject) -> Point:
    return Point(
        badge=badge(gate.state, subject.profile),
        title=clipped(gate.title or gate.name, CELL),
        reason=_reason(gate.reason, gate.state),
        remedy="",
        evidence=told_by(gate.evidence),
    )


def _reason(reason: str, state: State) -> str:
    """Leave out a reason that says no more than the title of what is kept: `There is no flaky test`."""
    return (
        ""
        if state is _KEPT and reason.startswith("There is no ") and " and " not in reason
        else clipped(reason, _TEXT)
    )
