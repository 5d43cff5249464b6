"""What a reader makes of one file: facts with their source, and what can be said against them."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from reportgen.model.artifact import Problem, Source
from reportgen.model.cases import Counts, Declared, Repeats, Suite
from reportgen.model.coverage import CoverageFacts
from reportgen.model.findings import FindingFacts
from reportgen.model.states import Outcome


class CaseFacts(Struct, frozen=True, kw_only=True):
    """What one file of evidence says of tests; `declared` are counts that the leaves contradict."""

    suites: tuple[Suite, ...]
    declared: tuple[Declared, ...] = ()
    repeats: Repeats = Repeats.DUPLICATES
    revision: str = ""

    def counts(self) -> Counts:
        """Count the leaf cases, each element once; one that passed with a flaky or rerun child is flaky."""
        by_outcome = dict.fromkeys(Outcome, 0)
        total = flaky = 0
        seconds: Decimal | None = None
        for suite in self.suites:
            for case in suite.cases:
                total += 1
                by_outcome[case.outcome] += 1
                flaky += bool(case.retries) and case.outcome is Outcome.PASSED
                if case.seconds is not None:
                    seconds = case.seconds if seconds is None else seconds + case.seconds
        return Counts(
            total=total,
            passed=by_outcome[Outcome.PASSED],
            failed=by_outcome[Outcome.FAILED],
            errored=by_outcome[Outcome.ERRORED],
            skipped=by_outcome[Outcome.SKIPPED],
            flaky=flaky,
            seconds=seconds,
        )


class Facts(Struct, frozen=True, kw_only=True):
    """All that one file says. Where it could not be read, `problems` says why and there are no parts.

    `passed_over` is true for a file in a folder whose content is positively something else than evidence.
    """

    source: Source
    tests: CaseFacts | None = None
    coverage: CoverageFacts | None = None
    findings: FindingFacts | None = None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    passed_over: bool = False

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes two files one: the same bytes, in one layer and environment (a path where unread)."""
        source = self.source
        return (source.sha256 or f"unread {source.path}", source.layer, source.environment, source.format)
