"""The executive summary and the conclusion: the verdict with its reason, and how far to rely on it."""

from __future__ import annotations

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.figures import plural
from reportgen.model.profile import Profile
from reportgen.model.states import State
from reportgen.render.escape import Markdown
from reportgen.render.marks import badge, verdict_badge
from reportgen.render.scores import score_number, score_sentence
from reportgen.render.views.head import reason_of
from reportgen.render.views.key_findings import KeyFinding, key_findings
from reportgen.render.views.parts import CELL, Cut, Subject, cut, told_by
from reportgen.render.wording import clipped, minutes_text

_MOST = 12


class FindingLine(Struct, frozen=True):
    """A key finding: its state, what it is about, and a sentence."""

    badge: Markdown
    about: str
    sentence: str
    evidence: Markdown


class ExecSummary(Struct, frozen=True):
    """The overall assessment with its reason and score, and the key findings, the worst first."""

    badge: Markdown
    reason: str
    score: str
    findings: Cut[FindingLine]


class Conclusion(Struct, frozen=True):
    """The verdict, what stands against it, what to do next, and the level of confidence with its reasons."""

    badge: Markdown
    reason: str
    sentences: tuple[str, ...]
    next_step: str
    confidence: str
    grounds: tuple[str, ...]


def exec_summary(subject: Subject) -> ExecSummary:
    """Say what it came to, and the findings that tell most."""
    audit, profile = subject.audit, subject.profile

    def line(each: KeyFinding) -> FindingLine:
        return FindingLine(
            badge=badge(each.state, profile),
            about=each.about,
            sentence=each.sentence,
            evidence=told_by(each.evidence),
        )

    return ExecSummary(
        badge=verdict_badge(audit.verdict, profile),
        reason=reason_of(audit),
        score=score_sentence(audit.score, profile),
        findings=cut(key_findings(audit, profile), max(subject.limit, _MOST), "criteria", line),
    )


def conclusion(subject: Subject) -> Conclusion:
    """Say the verdict again, what the plan comes to, and how far to rely on the report."""
    audit = subject.audit
    told = audit.confidence
    return Conclusion(
        badge=verdict_badge(audit.verdict, subject.profile),
        reason=reason_of(audit),
        sentences=tuple(_sentences(audit, subject.profile)),
        next_step=_next(audit),
        confidence="" if told is None else told.level,
        grounds=() if told is None else told.reasons,
    )


def _sentences(audit: Audit, profile: Profile) -> list[str]:
    told: list[str] = []
    if audit.issues:
        critical = sum(each.severity == "critical" for each in audit.issues)
        rest = f", {critical:,} of them critical" if critical and len(audit.issues) > 1 else ""
        told.append(f"{plural(len(audit.issues), 'issue is', 'issues are')} open{rest}.")
    after = audit.score_after
    if audit.remediation and after is not None:
        minutes = minutes_text(sum(each.minutes for each in audit.remediation))
        steps = plural(len(audit.remediation), "step")
        told.append(
            f"The plan has {steps} ({minutes}), after which the score is {score_number(after.score, profile)}"
            f" ({after.grade}), as far as the evidence tells."
        )
    open_ = sum(each.state is State.NOT_DONE for each in audit.checklist)
    if open_:
        told.append(f"{plural(open_, 'check waits', 'checks wait')} for a person.")
    return told


def _next(audit: Audit) -> str:
    """Name the first step of the plan; without one, the first check that waits for a person."""
    if audit.remediation:
        first = audit.remediation[0]
        return f"{clipped(first.title, 2 * CELL)} ({first.id}, {minutes_text(first.minutes)})"
    waiting = next((each for each in audit.checklist if each.state is State.NOT_DONE), None)
    return "" if waiting is None else clipped(waiting.text, 2 * CELL)
