"""The findings by severity and by rule, the worst of them, and the files where a change is risky."""

from __future__ import annotations

from heapq import nsmallest

from msgspec import Struct

from reportgen.model.audit_findings import AuditFindings, RuleCount
from reportgen.model.evidence import JoinedFinding
from reportgen.model.figures import one_decimal, plural
from reportgen.model.plan import Hotspot
from reportgen.model.states import Severity
from reportgen.render.escape import Markdown
from reportgen.render.marks import evidence_marks
from reportgen.render.places import place_mark
from reportgen.render.views.parts import CELL, Cut, Subject, cut
from reportgen.render.views.quoting import CodeRow, Quotes
from reportgen.render.wording import clipped, minutes_text

LIGHT = 10
"""How many findings are listed where none, or few, are of medium severity or more."""

MOST_CODE = 10
"""How many places of findings show their code."""

_ORDER = {severity: index for index, severity in enumerate(Severity)}


class SeverityRow(Struct, frozen=True):
    """The open findings of one severity."""

    severity: str
    count: int
    rules: int
    effort: str


class RuleRow(Struct, frozen=True):
    """The open findings of one rule."""

    severity: str
    rule: str
    tools: str
    count: int
    files: int
    effort: str
    summary: str


class FindingRow(Struct, frozen=True):
    """One open finding."""

    severity: str
    rule: str
    place: Markdown
    message: str
    evidence: Markdown


class FindingsView(Struct, frozen=True):
    """The section on findings; `severities` are those of which any is open, the worst first."""

    sentence: str
    notes: tuple[str, ...]
    evidence: Markdown
    severities: tuple[SeverityRow, ...]
    rules: Cut[RuleRow]
    worst: Cut[FindingRow]
    code: tuple[CodeRow, ...] = ()


class HotspotRow(Struct, frozen=True):
    """A file where a change is risky."""

    path: Markdown
    risk: str
    basis: str
    findings: int
    uncovered: int | None
    complexity: int | None
    evidence: Markdown


def findings(subject: Subject) -> FindingsView | None:
    """Count the open findings; None where no evidence of findings was given."""
    found = subject.audit.findings
    if found is None:
        return None
    still_open = [item for item in found.items if item.state == "open"]
    grave = sum(item.severity not in {Severity.LOW, Severity.INFO} for item in still_open)
    limit = min(subject.limit, max(grave, LIGHT))
    first = nsmallest(limit, still_open, key=_place_in_order)
    rules = sorted(found.rules, key=lambda rule: (_ORDER[rule.severity], -rule.count, rule.rule))
    return FindingsView(
        sentence=_sentence(found),
        notes=tuple(_notes(found)),
        evidence=evidence_marks(found.evidence),
        severities=tuple(row for severity in Severity if (row := _severity(found, severity)).count),
        rules=cut(rules, subject.limit, "findings.rules", _rule),
        worst=Cut(
            tuple(_finding(item, subject.audit.source_url) for item in first),
            len(still_open) - len(first),
            "findings.items",
        ),
        code=Quotes(subject.audit).of((f"{item.path}:{item.line}" for item in first), MOST_CODE),
    )


def _place_in_order(item: JoinedFinding) -> tuple[int, str, int, str, str]:
    return (_ORDER[item.severity], item.path, item.line, item.rule, item.id)


def _sentence(found: AuditFindings) -> str:
    where = "" if found.examined is None else f" in {plural(found.examined, 'examined file')}"
    if not found.open:
        return f"No finding is open{where}."
    are = plural(found.open, "finding is", "findings are")
    return f"{are} open{where}, of {plural(len(found.rules), 'rule')}."


def _notes(found: AuditFindings) -> list[str]:
    notes: list[str] = []
    own = sum(not item.results for item in found.items)  # found by examining the evidence
    if found.total != found.distinct - own:
        notes.append(f"{plural(found.total, 'result')} came to {plural(found.distinct - own, 'finding')}.")
    if own and found.total:
        notes.append(f"{plural(own, 'finding is', 'findings are')} of reportgen's own rules.")
    if found.suppressed:
        notes.append(
            f"{plural(found.suppressed, 'result is', 'results are')} suppressed and not counted as open."
        )
    if found.waived:
        notes.append(f"{plural(found.waived, 'finding is', 'findings are')} waived; see the waivers.")
    if found.excluded:
        taken = plural(found.excluded, "result")
        notes.append(f"The include and exclude patterns took out {taken}.")
    return notes


def _severity(found: AuditFindings, severity: Severity) -> SeverityRow:
    rules = [rule for rule in found.rules if rule.severity is severity]
    return SeverityRow(
        severity=severity.value,
        count=found.by_severity.get(severity, 0),
        rules=len(rules),
        effort=minutes_text(sum(rule.minutes for rule in rules)),
    )


def _rule(rule: RuleCount) -> RuleRow:
    return RuleRow(
        severity=rule.severity.value,
        rule=clipped(rule.rule, 80) or "(no rule)",
        tools=", ".join(rule.tools),
        count=rule.count,
        files=rule.files,
        effort=minutes_text(rule.minutes),
        summary=clipped(rule.summary, CELL),
    )


def _finding(item: JoinedFinding, source_url: str) -> FindingRow:
    path = clipped(item.path, CELL) or "(no file)"
    place = f"{item.path}:{item.line}" if item.line else item.path
    return FindingRow(
        severity=item.severity.value,
        rule=clipped(item.rule, 80) or "(no rule)",
        place=place_mark(place, f"{path}:{item.line}" if item.line else path, source_url, sure=True),
        message=clipped(item.message, CELL),
        evidence=evidence_marks(item.evidence),
    )


def hotspots(subject: Subject) -> Cut[HotspotRow] | None:
    """List the files where a change is risky, the riskiest first; None where there are none."""
    found = subject.audit.hotspots
    url = subject.audit.source_url
    limit = min(subject.limit, 10)
    return cut(found, limit, "hotspots", lambda spot: _hotspot(spot, url)) if found else None


def _hotspot(spot: Hotspot, source_url: str) -> HotspotRow:
    return HotspotRow(
        path=place_mark(spot.path, clipped(spot.path, CELL), source_url, sure=True),
        risk=f"{spot.risk.__floor__():,}" if spot.risk > 100 else one_decimal(spot.risk),  # noqa: PLR2004 - past a score's range
        basis=spot.basis,
        findings=spot.findings,
        uncovered=spot.uncovered,
        complexity=spot.complexity,
        evidence=evidence_marks(spot.evidence),
    )
