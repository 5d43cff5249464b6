"""Which evidence tells of failing or flaky tests, and of open findings: gone through once, then looked up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cached_property

from reportgen.judge.counting.findings import Priced
from reportgen.model.evidence import JoinedCase
from reportgen.model.states import Outcome, Severity


class Blame:
    """Ids of evidence by what they tell. Each index is made when it is first asked for."""

    def __init__(self, cases: Sequence[JoinedCase], priced: Sequence[Priced]) -> None:
        self._cases = cases
        self._priced = priced

    def of_outcomes(self, outcomes: Collection[Outcome], layer: str | None = None) -> set[str]:
        """Return the evidence of the tests that ended so, of one layer or of all."""
        return {
            each
            for (outcome, of_layer), ids in self._by_outcome.items()
            if outcome in outcomes and layer in (None, of_layer)
            for each in ids
        }

    def of_rule(self, rule: str) -> set[str]:
        """Return the evidence of the open findings of a rule."""
        return self._by_rule.get(rule, set())

    def of_severity(self, severity: Severity) -> set[str]:
        """Return the evidence of the open findings of a severity."""
        return self._by_severity.get(severity, set())

    @cached_property
    def flaky(self) -> set[str]:
        """The evidence of the flaky tests."""
        return {each for case in self._cases if case.flaky for each in case.evidence}

    @cached_property
    def _by_outcome(self) -> dict[tuple[Outcome, str], set[str]]:
        found: dict[tuple[Outcome, str], set[str]] = defaultdict(set)
        for case in self._cases:
            found[case.outcome, case.layer].update(case.evidence)
        return dict(found)

    @cached_property
    def _by_rule(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for each in self._priced:
            found[each.finding.rule].update(each.finding.evidence)
        return dict(found)

    @cached_property
    def _by_severity(self) -> dict[Severity, set[str]]:
        found: dict[Severity, set[str]] = defaultdict(set)
        for each in self._priced:
            found[each.finding.severity].update(each.finding.evidence)
        return dict(found)
