"""Findings as judged: the distinct ones, by rule and severity."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from reportgen.model.evidence import JoinedFinding
from reportgen.model.states import Severity


class RuleCount(Struct, frozen=True, kw_only=True):
    """The open findings of one rule."""

    rule: str
    tools: tuple[str, ...]
    severity: Severity
    count: int
    files: int
    summary: str
    help_uri: str
    minutes: int


class AuditFindings(Struct, frozen=True, kw_only=True):
    """Findings after joining. `total` counts results, `distinct` findings, `open` those that count.

    `waived` are those that a waiver covers; they are distinct findings, and not open.
    `by_level` and `by_rule` count results as in `inspect`, `by_severity` and `rules` the open findings.
    """

    total: int
    distinct: int
    open: int
    suppressed: int
    by_level: Mapping[str, int]
    by_severity: Mapping[str, int]
    by_rule: Mapping[str, int]
    rules: tuple[RuleCount, ...]
    items: tuple[JoinedFinding, ...]
    examined: int | None = None
    excluded: int = 0
    evidence: tuple[str, ...] = ()
    waived: int = 0
