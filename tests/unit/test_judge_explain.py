from __future__ import annotations

from fractions import Fraction

import pytest

from reportgen.errors import UsageError
from reportgen.judge import Explanation, explain
from reportgen.model.coverage import Ratio
from reportgen.model.policy import DEFAULT_POLICY, Gate, Policy
from tests.unit.judge_evidence import audit, changed, evidence, file, finding, many, scan

JOINED = evidence(
    many("pppffs"),
    files=[file("a.py", range(1, 8), range(1, 11), branches=Ratio(1, 4))],
    findings=scan(finding("L", "low")),
)


def explained(name: str, policy: Policy = DEFAULT_POLICY) -> Explanation:
    return explain(name, audit(JOINED, policy), JOINED, policy)


def test_a_gate_is_explained() -> None:
    found = explained("tests-pass")
    assert (found.kind, found.state, found.evidence) == ("gate", "fail", ("E1",))
    assert found.reason == "There are 2 failed tests."
    assert found.values == (("tests.failed", "2"), ("tests.errored", "0"), ("tests.suite_errors", "0"))
    assert found.margin == (
        "tests.failed: 2, 2 above 0",
        "tests.errored: 0, equal to 0",
        "tests.suite_errors: 0, equal to 0",
    )
    assert found.turns == "It would pass if tests.failed were 0 (now 2)."


def test_a_gate_that_passes_says_what_would_turn_it() -> None:
    assert explained("no-flaky-test").turns == "It would turn if tests.flaky were other than 0."
    policy = changed(gates=(Gate(name="covered", condition="coverage.lines.percent >= 60"),))
    found = explained("covered", policy)
    assert found.turns == "It would turn if coverage.lines.percent fell below 60."
    assert found.margin == ("coverage.lines.percent: 70.0 %, 10.0 points above 60",)


@pytest.mark.parametrize(
    ("condition", "state", "turns"),
    [
        (
            "coverage.lines.percent >= 75",
            "fail",
            "It would pass if coverage.lines.percent were 75 or more (now 70.0 %, 1 more line to cover).",
        ),
        (
            "coverage.lines.percent > 80",
            "fail",
            "It would pass if coverage.lines.percent were more than 80 (now 70.0 %, 2 more lines to cover).",
        ),
        (
            "coverage.branches.percent >= 90",
            "fail",
            (
                "It would pass if coverage.branches.percent were 90 or more "
                "(now 25.0 %, 3 more branches to cover)."
            ),
        ),
        (
            "tests.failed < 2 and layers.e2e.tests.failed == 0",
            "fail",
            "It would pass if tests.failed were less than 2 (now 2) and layers.e2e.tests.failed were known.",
        ),
        ("layers.e2e.tests.failed == 0", "unknown", "It would pass if layers.e2e.tests.failed were known."),
    ],
)
def test_a_condition_can_be_written_out(condition: str, state: str, turns: str) -> None:
    found = explained(condition)
    assert (found.kind, found.state, found.turns) == ("condition", state, turns)


@pytest.mark.parametrize(
    ("text", "value", "reason"),
    [
        ("tests.failed", "2", "2 failed tests."),
        ("coverage.percent", "70.0 %", "Line coverage 70.0 %."),
        ("100 * tests.failed / tests.total", "33.333…", ""),
        ("layers.e2e.tests.total", "not known", "Tests in layer e2e not known."),
    ],
)
def test_a_number_can_be_written_out(text: str, value: str, reason: str) -> None:
    found = explained(text)
    assert (found.kind, found.state, found.reason) == ("number", value, reason)


def test_a_criterion_is_explained() -> None:
    found = explained("tests")
    assert (found.kind, found.state) == ("criterion", "60.0")
    assert found.values == (("tests.passed", "3"), ("tests.executed", "5"), ("tests.skipped", "1"))
    assert found.turns == "With full points for tests the score would be 16.0 points higher."
    assert explained("completeness").turns == ""


def test_a_check_is_explained() -> None:
    found = explained("no-skipped-test")
    assert (found.kind, found.state) == ("check", "warn")


def test_the_gates_of_a_policy_are_explained() -> None:
    assert explained("fail-under", changed(fail_under=Fraction(90))).state == "fail"


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("test-pass", "there is nothing named 'test-pass' to explain", "did you mean 'tests-pass'?"),
        ("covrage", "there is nothing named 'covrage' to explain", "did you mean 'coverage'?"),
        ("tests.fialed == 0", "did you mean 'tests.failed'?", "there is tests-pass, "),
        ("???", "cannot be explained", "or write a condition"),
    ],
)
def test_a_wrong_name_is_told_with_the_nearest_right_one(name: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        explained(name)
    assert message in caught.value.message
    assert hint in caught.value.hint
