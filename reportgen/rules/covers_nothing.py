"""RG001: a passing test covered nothing."""

from __future__ import annotations

from reportgen.model.evidence import Evidence, JoinedCase
from reportgen.model.states import Outcome
from reportgen.rules.base import Found, Result, Rule, Skipped

_Run = tuple[str, str]


def apply(evidence: Evidence, rule: Rule) -> Result:
    """Find the tests that passed where contexts were recorded, and in whose context no line ran.

    Judged are only test results of which some test has a context: other runs may have recorded none.
    """
    if not evidence.has_tests:
        return Skipped("there are no test results")
    coverage = evidence.coverage
    if coverage is None:
        return Skipped("there is no coverage")
    covering = {index for file in coverage.files for index, lines in file.tests if lines}
    names = {coverage.contexts[index] for index in covering}
    if not names:
        return Skipped("the coverage records no contexts")
    recorded = {run for case in evidence.cases if case.id in names for run in _runs(case)}
    if not recorded:
        return Skipped("no context of the coverage is a test of the results")
    found = (
        case
        for case in evidence.cases
        if case.outcome is Outcome.PASSED and case.id not in names and recorded.issuperset(_runs(case))
    )
    return Found(
        tuple(
            rule.finding(
                number,
                f"{case.name} passed, and no line of the measured code ran in it",
                evidence=case.evidence,
                symbol=case.id,
                path=case.file,
                line=case.line,
            )
            for number, case in enumerate(found, start=1)
        )
    )


def _runs(case: JoinedCase) -> tuple[_Run, ...]:
    """Return the layer and test results that a case stands in: one run records contexts, or does not."""
    return tuple((case.layer, each) for each in case.evidence)
