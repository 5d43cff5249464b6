"""Technical debt: the time that mending takes, by severity and by rule."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.audit_findings import RuleCount
from reportgen.model.figures import plural
from reportgen.render.escape import Markdown
from reportgen.render.marks import evidence_marks
from reportgen.render.views.parts import CELL, Subject, cut
from reportgen.render.wording import clipped, minutes_text


class DebtRow(Struct, frozen=True):
    """A rule, or a sum of rules: its open findings and the minutes that mending them takes."""

    rule: str
    severity: str
    what: str
    findings: int
    minutes: int


class DebtView(Struct, frozen=True):
    """The debt in sentences and by rule; `scanned` is whether any scan was given."""

    sentences: tuple[str, ...]
    rows: tuple[DebtRow, ...]
    rest: DebtRow | None
    total: DebtRow | None
    scanned: bool
    evidence: Markdown


def debt(subject: Subject) -> DebtView:
    """Add up what mending takes, the worst severity first."""
    audit = subject.audit
    found = audit.findings
    rules = found.rules if found is not None else ()
    shown = cut(rules, subject.limit, "findings.rules", _row)
    left = rules[len(shown.rows) :]
    return DebtView(
        sentences=tuple(_sentences(audit)),
        rows=shown.rows,
        rest=_sum(f"{plural(len(left), 'more rule')}", left) if left else None,
        total=_sum("Total", rules) if len(rules) > 1 else None,
        scanned=found is not None,
        evidence=evidence_marks(found.evidence if found is not None else ()),
    )


def _row(each: RuleCount) -> DebtRow:
    return DebtRow(
        rule=clipped(each.rule, CELL) or "(no rule)",
        severity=each.severity.value,
        what=clipped(each.summary, CELL),
        findings=each.count,
        minutes=each.minutes,
    )


def _sum(name: str, rules: tuple[RuleCount, ...]) -> DebtRow:
    minutes = sum(each.minutes for each in rules)
    return DebtRow(name, "", "", sum(each.count for each in rules), minutes)


def _sentences(audit: Audit) -> Iterator[str]:
    found = audit.findings
    if found is not None and not found.open:
        yield "No finding is open."
    elif found is not None:
        minutes = sum(each.minutes for each in found.rules)
        counts = [(count, word) for word, count in found.by_severity.items() if count]
        takes = "takes" if found.open == 1 else "take"
        only = f"open {counts[0][1]} finding" if len(counts) == 1 else "open finding"
        each = f" ({', '.join(f'{count:,} {word}' for count, word in counts)})" if len(counts) > 1 else ""
        yield f"{plural(found.open, only)}{each} {takes} {minutes_text(minutes)} to mend."
    failures = [action for action in audit.remediation if action.kind == "failures"]
    if failures:
        minutes = sum(action.minutes for action in failures)
        steps = plural(len(failures), "step")
        yield f"Mending what makes tests fail takes {minutes_text(minutes)} ({steps})."
    if found is not None or failures:
        yield "Each time is what the policy gives a rule or a severity, not a measured one."
