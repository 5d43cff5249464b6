"""Which evidence is to blame, looked up in what was gone through once."""

from __future__ import annotations

import pytest

from reportgen.judge.counting.blame import Blame
from reportgen.judge.counting.findings import priced_findings
from reportgen.model.policy import DEFAULT_POLICY
from reportgen.model.states import Outcome, Severity
from tests.unit.judge_evidence import case, evidence, finding, scan

CASES = [
    case("a", "failed", cited="E1"),
    case("b", "failed", cited="E2", layer="e2e"),
    case("c", "skipped", cited="E3"),
    case("d", flaky=True, cited="E4"),
]
FINDINGS = scan(
    finding("F401", "low", cited="E5"),
    finding("F401", "low", "b.py", cited="E6"),
    finding("S1", "high", cited="E7"),
    finding("S1", "high", state="suppressed", cited="E8", number=2),
)


def blame() -> Blame:
    joined = evidence(CASES, findings=FINDINGS)
    return Blame(joined.cases, priced_findings(joined, DEFAULT_POLICY)[1])


@pytest.mark.parametrize(
    ("outcomes", "layer", "expected"),
    [
        ({Outcome.FAILED}, None, {"E1", "E2"}),
        ({Outcome.FAILED}, "e2e", {"E2"}),
        ({Outcome.FAILED, Outcome.SKIPPED}, "unit", {"E1", "E3"}),
        ({Outcome.ERRORED}, None, set()),
    ],
)
def test_tests_are_found_by_how_they_ended(
    outcomes: set[Outcome], layer: str | None, expected: set[str]
) -> None:
    assert blame().of_outcomes(outcomes, layer) == expected


def test_findings_are_found_by_rule_and_severity_where_they_are_open() -> None:
    found = blame()
    assert found.of_rule("F401") == {"E5", "E6"}
    assert found.of_severity(Severity.HIGH) == found.of_rule("S1") == {"E7"}
    assert found.of_rule("X") == found.of_severity(Severity.CRITICAL) == set()


def test_flaky_tests_are_found() -> None:
    assert blame().flaky == {"E4"}
