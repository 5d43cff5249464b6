"""Findings with the severity and the effort that the policy gives them, and the debt that they make."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeVar

from msgspec import Struct, structs

from reportgen.judge.counting.sources import Sources
from reportgen.model.audit_findings import AuditFindings, RuleCount
from reportgen.model.evidence import Evidence, JoinedFinding
from reportgen.model.findings import Rule
from reportgen.model.policy import Effort, Policy
from reportgen.model.states import Severity
from reportgen.model.waivers import WAIVED

SEVERITIES = tuple(Severity)
_PLACEHOLDER = re.compile(r"\{[a-z_]{1,40}\}")
_T = TypeVar("_T")


class Priced(Struct, frozen=True):
    """An open finding and the minutes that mending it takes."""

    finding: JoinedFinding
    minutes: int


class Debt(Struct, frozen=True, kw_only=True):
    """What mending the open findings takes, and the size of the code that they were looked for in.

    `files` are the examined files, `said` whether a tool says so. `lines` are their executable lines, None
    where the size of one of them (`unsized`) is not known.
    """

    minutes: int
    lines: int | None
    files: int
    said: bool
    unsized: tuple[str, ...]


class Prices:
    """Looks up severity and effort by rule id, else by the longest prefix (ending in `*`) that fits."""

    def __init__(self, policy: Policy) -> None:
        self._severities = policy.severities
        self._effort: Effort = policy.effort
        self._by_rule: dict[tuple[str, Severity], tuple[Severity, int]] = {}

    def of(self, finding: JoinedFinding) -> tuple[Severity, int]:
        """Return the severity of a finding and the minutes that mending it takes."""
        key = (finding.rule, finding.severity)
        known = self._by_rule.get(key)
        if known is None:
            severity = _by_rule(self._severities, finding.rule, finding.severity)
            minutes = _by_rule(self._effort.by_rule, finding.rule, self._effort.by_severity.get(severity, 0))
            known = self._by_rule[key] = (severity, minutes)
        return known


def _by_rule(table: Mapping[str, _T], rule: str, default: _T) -> _T:
    if rule in table:
        return table[rule]
    prefixes = [key for key in table if key.endswith("*") and rule.startswith(key[:-1])]
    return table[max(prefixes, key=len)] if prefixes else default


def priced_findings(
    evidence: Evidence, policy: Policy
) -> tuple[tuple[JoinedFinding, ...], tuple[Priced, ...]]:
    """Return all findings with the policy's severities, and the open ones with their minutes."""
    prices = Prices(policy)
    items: list[JoinedFinding] = []
    priced: list[Priced] = []
    told = evidence.findings.items if evidence.findings is not None else ()
    for finding in (*told, *evidence.observations):
        severity, minutes = prices.of(finding)
        final = finding if severity is finding.severity else structs.replace(finding, severity=severity)
        items.append(final)
        if final.state == "open":
            priced.append(Priced(final, minutes))
    return tuple(items), tuple(priced)


def debt_of(evidence: Evidence, policy: Policy, priced: tuple[Priced, ...]) -> Debt:
    """Add up the minutes, and the executable lines of the examined files.

    Those are the files that a tool says it looked at, and those with a finding of any state; a size is known
    from coverage, else from the policy.
    """
    findings = evidence.findings
    said = findings is not None and bool(findings.examined)
    files = set(findings.examined or ()) if findings is not None else set()
    files |= {finding.path for finding in (findings.items if findings is not None else ()) if finding.path}
    files |= {each.finding.path for each in priced if each.finding.path}
    sizes = dict(policy.sizes)
    for file in evidence.coverage.files if evidence.coverage is not None else ():
        if file.lines.total is not None:
            sizes[file.path] = file.lines.total
    unsized = tuple(sorted(path for path in files if path not in sizes))
    return Debt(
        minutes=sum(each.minutes for each in priced),
        lines=None if unsized else sum(sizes[path] for path in files),
        files=len(files),
        said=said,
        unsized=unsized,
    )


def findings_of(
    evidence: Evidence, items: tuple[JoinedFinding, ...], priced: tuple[Priced, ...], sources: Sources
) -> AuditFindings | None:
    """Count the findings; None where there is no scan and our own rules found nothing either.

    Results of tools are counted as `inspect` counts them; findings of our own rules are among the items, the
    distinct and the open ones, and no results.
    """
    findings = evidence.findings
    if findings is None and not items:
        return None
    by_severity = Counter(each.finding.severity for each in priced)
    by_rule: Counter[str] = Counter()
    for item in items:
        if item.results:
            by_rule[item.rule or "None"] += item.results
    return AuditFindings(
        total=0 if findings is None else findings.total,
        distinct=len(items),
        open=len(priced),
        suppressed=0 if findings is None else findings.suppressed,
        waived=sum(item.state == WAIVED for item in items),
        by_level={} if findings is None else findings.by_level,
        by_severity={
            severity.value: by_severity[severity] for severity in SEVERITIES if by_severity[severity]
        },
        by_rule=dict(sorted(by_rule.items())),
        rules=_rules(priced, {} if findings is None else findings.rules),
        items=items,
        examined=None if findings is None or findings.examined is None else len(findings.examined),
        excluded=0 if findings is None else findings.excluded,
        evidence=sources.of_kind["findings"],
    )


def _about(rule: Rule, members: Sequence[Priced]) -> str:
    """Say what a rule is about; ruff's titles have places for names, which its messages fill."""
    if not _PLACEHOLDER.search(rule.summary):
        return rule.summary or rule.name
    messages = {each.finding.message for each in members}
    return messages.pop() if len(messages) == 1 else _PLACEHOLDER.sub("…", rule.summary)


def _rules(priced: tuple[Priced, ...], told: Mapping[str, Rule]) -> tuple[RuleCount, ...]:
    """Count the open findings of each rule, the worst severity first, then the most findings."""
    grouped: dict[str, list[Priced]] = defaultdict(list)
    for each in priced:
        grouped[each.finding.rule].append(each)
    counts = [
        RuleCount(
            rule=rule,
            tools=tuple(sorted({tool for each in members for tool in each.finding.tools})),
            severity=min((each.finding.severity for each in members), key=SEVERITIES.index),
            count=len(members),
            files=len({each.finding.path for each in members}),
            summary=_about(told[rule], members) if rule in told else "",
            help_uri=told[rule].help_uri if rule in told else "",
            minutes=sum(each.minutes for each in members),
        )
        for rule, members in grouped.items()
    ]
    return tuple(sorted(counts, key=lambda each: (SEVERITIES.index(each.severity), -each.count, each.rule)))
