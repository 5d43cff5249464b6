"""The critical issues, and the risk: what is wrong and where, what it does, what mends it."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from reportgen.model.figures import percent_text, plural
from reportgen.model.issues import CriticalIssue
from reportgen.render.escape import Markdown
from reportgen.render.marks import evidence_marks
from reportgen.render.places import place_mark
from reportgen.render.views.parts import CELL, Cut, Subject, cut
from reportgen.render.views.quoting import CodeRow, Quotes, plain_code
from reportgen.render.views.told_fixes import told_fixes
from reportgen.render.wording import clipped, minutes_text

PLACES = 5
TEXT = 700


class IssueRow(Struct, frozen=True):
    """An issue; `fix` is empty where the evidence tells none, `before` and `after` are code."""

    id: str
    severity: str
    title: str
    places: Cut[Markdown]
    problem: str
    impact: str
    fix: str
    before: Markdown | None
    after: Markdown | None
    removes: bool
    owner: str
    effort: str
    action: str
    code: tuple[CodeRow, ...]
    evidence: Markdown
    changed_at: Markdown | None = None


class IssuesView(Struct, frozen=True):
    """The section on critical issues."""

    sentence: str
    issues: Cut[IssueRow]


def issues(subject: Subject) -> IssuesView | None:
    """List the issues, the worst first; None where there are none.

    Option `remedies`: where the evidence tells no fix, what the policy says to do about the rule.
    """
    found = subject.audit.issues
    if not found:
        return None
    quotes = Quotes(subject.audit)
    sentence = f"{plural(len(found), 'issue is', 'issues are')} open{_critical(found)}."
    fixes = told_fixes(subject.audit) if subject.options.get("remedies") else {}

    def row(each: CriticalIssue) -> IssueRow:
        told = replace(each, fix=each.fix or fixes.get(each.action, ""))
        return _issue(told, subject.audit.source_url, quotes)

    rows = cut(found, subject.limit, "issues", row)
    return IssuesView(sentence, rows)


def _critical(found: tuple[CriticalIssue, ...]) -> str:
    critical = sum(each.severity == "critical" for each in found)
    if not critical:
        return ""
    if critical == len(found):
        return ", and it is critical" if critical == 1 else ", all of them critical"
    return f", {critical:,} of them critical"


def _issue(each: CriticalIssue, source_url: str, quotes: Quotes) -> IssueRow:
    url = source_url if each.kind in {"failures", "findings"} else ""  # artifacts are nowhere to be seen
    return IssueRow(
        id=each.id,
        severity=each.severity,
        title=clipped(each.title, CELL),
        places=cut(each.places, PLACES, "issues", lambda place: place_mark(place, clipped(place, CELL), url)),
        problem=clipped(each.problem, TEXT),
        impact=clipped(each.impact, TEXT),
        fix=clipped(each.fix, TEXT),
        before=plain_code(each.before),
        after=plain_code(each.after),
        removes=bool(each.before.strip()) and not each.after.strip(),
        owner=clipped(each.owner, CELL),
        effort=minutes_text(each.minutes) if each.minutes else "",
        action=each.action,
        code=() if each.before.strip() else quotes.of(each.places, most=1),
        evidence=evidence_marks(each.evidence),
        changed_at=place_mark(each.changed_at, clipped(each.changed_at, CELL), url)
        if each.changed_at and len(each.places) > 1
        else None,
    )


class RiskView(Struct, frozen=True):
    """The level of risk and of confidence, with what they were judged by."""

    risk: str
    reasons: tuple[str, ...]
    confidence: str
    measured: str
    grounds: tuple[str, ...]


def risk(subject: Subject) -> RiskView | None:
    """Say the risk and the confidence; None where they were not judged."""
    told, confidence = subject.audit.risk, subject.audit.confidence
    if told is None or confidence is None:
        return None
    return RiskView(
        risk=told.level,
        reasons=told.reasons,
        confidence=confidence.level,
        measured=percent_text(confidence.measured),
        grounds=confidence.reasons,
    )
