"""What `inspect --json` says of one file: its counts as the file has them, before anything is joined."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import UNSET, Struct, UnsetType

from reportgen.model.artifact import Problem
from reportgen.model.cases import Counts
from reportgen.model.coverage import CoverageFacts, Ratio
from reportgen.model.facts import Facts
from reportgen.model.findings import FindingCounts


class Remark(Struct, frozen=True):
    """A problem or a warning: what kind, what it is, what to do."""

    kind: str
    message: str
    hint: str


class CoverageCounts(Struct, frozen=True, kw_only=True):
    """Source files, lines and branches; an unknown total is null, and so are branches that none measured."""

    files: int
    lines: Ratio
    branches: Ratio | None


class Inspection(Struct, frozen=True, kw_only=True):
    """One file, with only the parts that it has. The field names are the keys of `inspect --json`."""

    path: str
    format: str | None
    producer: str | None
    sha256: str | None
    problems: tuple[Remark, ...]
    warnings: tuple[Remark, ...]
    tests: Counts | UnsetType = UNSET
    coverage: CoverageCounts | UnsetType = UNSET
    findings: FindingCounts | UnsetType = UNSET


def inspect(facts: Facts) -> Inspection:
    """Sum up one file; `path` is exactly as the user gave it."""
    source = facts.source
    return Inspection(
        path=source.given or source.path,
        format=source.format or None,
        producer=source.producer or None,
        sha256=source.sha256 or None,
        problems=_remarks(facts.problems),
        warnings=_remarks(facts.warnings),
        tests=UNSET if facts.tests is None else facts.tests.counts(),
        coverage=UNSET if facts.coverage is None else _coverage(facts.coverage),
        findings=UNSET if facts.findings is None else facts.findings.counts(),
    )


def _remarks(problems: Iterable[Problem]) -> tuple[Remark, ...]:
    return tuple(Remark(each.kind, each.message, each.hint) for each in problems)


def _coverage(coverage: CoverageFacts) -> CoverageCounts:
    return CoverageCounts(
        files=len(coverage.files), lines=coverage.line_counts(), branches=coverage.branch_counts()
    )
