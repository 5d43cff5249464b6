from __future__ import annotations

from fractions import Fraction

import pytest

from reportgen.model.artifact import Problem
from reportgen.model.audit import GateResult
from reportgen.model.evidence import Evidence, SuiteError
from reportgen.model.policy import DEFAULT_GATES, DEFAULT_POLICY, Criterion, Gate, Policy
from reportgen.model.states import State
from tests.unit.judge_evidence import (
    audit,
    case,
    changed,
    evidence,
    file,
    finding,
    gate_states,
    item,
    many,
    scan,
)

NO_TESTS = {
    "tests-pass": "unknown",
    "no-flaky-test": "unknown",
    "tests-ran": "unknown",
    "tests-measured": "unknown",
}
CLEAN = {
    "tests-pass": "pass",
    "no-critical-finding": "not_applicable",
    "no-flaky-test": "pass",
    "evidence-whole": "pass",
    "tests-ran": "pass",
}
BOOM = SuiteError("unit", "s", "boom", "", "E1")


@pytest.mark.parametrize(
    ("joined", "differs", "verdict"),
    [
        (evidence(many("p")), {}, "pass"),
        (evidence(many("ps")), {}, "pass"),
        (evidence(many("pf")), {"tests-pass": "fail"}, "fail"),
        (evidence(many("pe")), {"tests-pass": "fail"}, "fail"),
        (evidence(many("pu")), {"tests-pass": "fail"}, "fail"),
        (evidence(many("p"), suite_errors=(BOOM,)), {"tests-pass": "fail"}, "fail"),
        (evidence([case("t", flaky=True)]), {"no-flaky-test": "warn"}, "warn"),
        (evidence(many("p"), findings=scan()), {"no-critical-finding": "pass"}, "pass"),
        (evidence(many("p"), findings=scan(finding("X", "high"))), {"no-critical-finding": "pass"}, "pass"),
        (
            evidence(many("p"), findings=scan(finding("X", "critical"))),
            {"no-critical-finding": "fail"},
            "fail",
        ),
        (
            evidence(many("p"), findings=scan(finding("X", "critical", state="suppressed"))),
            {"no-critical-finding": "pass"},
            "pass",
        ),
        # nothing ran, nothing is there: never a pass
        (evidence(), NO_TESTS | {"evidence-whole": "unknown", "completeness-measured": "unknown"}, "unknown"),
        (evidence([]), NO_TESTS, "unknown"),
        (evidence(many("ss")), NO_TESTS, "unknown"),
        (
            evidence(many("s"), suite_errors=(BOOM,)),
            NO_TESTS | {"tests-pass": "fail"},
            "fail",
        ),
        (evidence(files=[file("a.py", {1}, {1})]), NO_TESTS, "unknown"),
        # a layer or file all of whose tests are skipped has run none
        (evidence([*many("p"), *many("ss", layer="e2e")]), {"tests-ran": "unknown"}, "unknown"),
        (
            evidence(
                [*many("p"), case("x", "skipped", cited="E2")], items=[item(1, "a.xml"), item(2, "b.xml")]
            ),
            {"tests-ran": "unknown"},
            "unknown",
        ),
        (
            evidence([*many("p"), case("c", "errored", "collection failure", layer="e2e")]),
            {"tests-pass": "fail", "tests-ran": "unknown"},
            "fail",
        ),
        # what was not read whole, holds nothing, or is in doubt
        (
            evidence(many("p"), items=[item(1, "a.xml"), item(2, "b.xml", whole=False)]),
            {"evidence-whole": "unknown"},
            "unknown",
        ),
        (
            evidence(many("p"), items=[item(1, "a.xml"), item(2, "b.xml", has_facts=False)]),
            {"evidence-whole": "unknown"},
            "unknown",
        ),
        (
            evidence(many("p"), problems=(Problem("not-found", "no", path="b.xml"),)),
            {"evidence-whole": "unknown"},
            "unknown",
        ),
        (
            evidence(many("p"), problems=(Problem("ambiguous-path", "two", path="a.py"),)),
            {"evidence-whole": "unknown"},
            "unknown",
        ),
        (
            evidence(many("p"), warnings=(Problem("salvaged", "cut", path="x", doubt=True),)),
            {"evidence-whole": "unknown"},
            "unknown",
        ),
        (evidence(many("p"), warnings=(Problem("odd time", "odd", path="x"),)), {}, "pass"),
    ],
)
def test_the_gates_by_default(joined: Evidence, differs: dict[str, str], verdict: str) -> None:
    found = audit(joined)
    expected = CLEAN | differs
    assert gate_states(found) == expected
    assert found.verdict == verdict


def test_a_coverage_layer_in_which_no_test_ran_is_not_applicable() -> None:
    joined = evidence(
        [*many("p"), *many("s", layer="e2e")],
        files=[
            file("a.py", {1}, {1}),
            file("b.py", {1}, {1, 2}, layer="e2e"),
            file("c.py", (), {1}, layer="smoke"),
        ],
    )
    coverage = audit(joined).coverage
    assert coverage is not None
    assert [(row.name, row.lines is None, row.reason) for row in coverage.by_layer] == [
        ("e2e", True, "no test of this layer ran"),
        ("smoke", True, "there are no test results of this layer"),
        ("unit", False, ""),
    ]


WITHOUT = changed(without=frozenset({"tests"}))


@pytest.mark.parametrize(
    ("joined", "verdict"),
    [
        (evidence(files=[file("a.py", {1}, {1})]), "pass"),
        (evidence(many("f")), "fail"),
        (evidence(many("s")), "unknown"),
        (evidence(), "unknown"),
    ],
)
def test_tests_that_are_not_expected_are_not_applicable(joined: Evidence, verdict: str) -> None:
    found = audit(joined, WITHOUT)
    assert found.verdict == verdict
    if not joined.has_tests:
        tests = [gate for gate in found.gates if gate.name == "tests-pass"]
        assert [(gate.state.value, gate.reason) for gate in tests] == [
            ("not_applicable", "The policy says that no test results are expected.")
        ]


def only(gate: Gate, joined: Evidence, policy: Policy = DEFAULT_POLICY) -> GateResult:
    found = audit(joined, changed(gates=(gate,), without=policy.without))
    return found.gates[0]


COVERED = evidence(many("ppps"), files=[file("a.py", {1, 2, 3}, {1, 2, 3, 4})])


@pytest.mark.parametrize(
    ("condition", "joined", "state", "reason"),
    [
        (
            "coverage.lines.percent >= 75",
            COVERED,
            "pass",
            "Line coverage is 75.0 %, and 75.0 % or more is asked for.",
        ),
        (
            "coverage.lines.percent >= 80",
            COVERED,
            "fail",
            "Line coverage is 75.0 %, and 80.0 % or more is asked for.",
        ),
        ("coverage.lines.percent >= 80", evidence(many("p")), "unknown", "No coverage was offered."),
        (
            "layers.unit.coverage.lines.percent > 70",
            COVERED,
            "pass",
            "Line coverage in layer unit is 75.0 %, and more than 70.0 % is asked for.",
        ),
        (
            "layers.e2e.tests.failed == 0",
            COVERED,
            "unknown",
            "The number of failed tests in layer e2e is not known.",
        ),
        ("tests.total >= 10", COVERED, "fail", "The number of tests is 4, and 10 or more is asked for."),
        ("tests.skipped == 0", COVERED, "fail", "There is 1 skipped test."),
        ("findings.rules.F401 == 0", evidence(findings=scan()), "pass", "There is no open finding of F401."),
        (
            "findings.rules.F401 == 0",
            evidence(findings=scan(finding("F401"), finding("F401", line=2))),
            "fail",
            "There are 2 open findings of F401.",
        ),
        ("score.lower >= 90", COVERED, "fail", "The score is 72.5, and 90.0 or more is asked for."),
        # what is asked for is told as it was asked
        (
            "coverage.lines.percent >= 75.04",
            COVERED,
            "fail",
            "Line coverage is 75.0 %, and 75.04 % or more is asked for.",
        ),
        (
            "70 <= coverage.lines.percent",
            COVERED,
            "pass",
            "Line coverage is 75.0 %, and 70.0 % or more is asked for.",
        ),
        ("score.lower >= 72.55", COVERED, "fail", "The score is 72.5, and 72.55 or more is asked for."),
        (
            "tests.passed / tests.total >= 0.8",
            COVERED,
            "fail",
            "Tests.passed / tests.total is 0.75, and 0.8 or more is asked for.",
        ),
        ("coverage.branches.percent >= 1", COVERED, "unknown", "Branch coverage is not known."),
        # what is known can decide
        (
            "tests.failed > 0 and coverage.lines.percent > 1",
            evidence(many("p")),
            "fail",
            "There is no failed test.",
        ),
        (
            "tests.failed == 0 or coverage.lines.percent > 1",
            evidence(many("p")),
            "pass",
            "There is no failed test.",
        ),
        # and a condition that holds only because nothing is there does not
        ("tests.failed == 0", evidence([]), "unknown", "No test was executed."),
        (
            "coverage.lines.missed < 10",
            evidence(many("p"), files=[file("a.py", (), ())]),
            "unknown",
            "The coverage evidence holds no executable line.",
        ),
    ],
)
def test_gates_of_a_config(condition: str, joined: Evidence, state: str, reason: str) -> None:
    found = only(Gate(name="g", condition=condition), joined)
    assert (found.state.value, found.reason) == (state, reason)


def test_a_gate_says_its_values_and_cites_what_is_to_blame() -> None:
    joined = evidence(
        [*many("pp"), case("x", "failed", cited="E2")], items=[item(1, "a.xml"), item(2, "b.xml")]
    )
    fails, passes = audit(joined).gates[0], audit(joined).gates[2]
    assert fails.value == "tests.failed = 1, tests.errored = 0, tests.suite_errors = 0"
    assert fails.reason == "There is 1 failed test."
    assert (fails.evidence, passes.evidence) == (("E2",), ("E1", "E2"))


def test_what_is_missing_and_not_required_is_not_applicable() -> None:
    gate = Gate(name="g", condition="coverage.percent > 1", required=False)
    found = only(gate, evidence(many("p")))
    assert (found.state, found.reason) == (
        State.NOT_APPLICABLE,
        "No coverage was offered, and none is required.",
    )


@pytest.mark.parametrize(
    ("policy", "name", "state"),
    [
        (changed(fail_under=Fraction(40)), "fail-under", "pass"),
        (changed(fail_under=Fraction("50.1")), "fail-under", "fail"),
        (changed(fail_under=Fraction(151, 3)), "fail-under", "fail"),
        (changed(expected=("junit.xml",)), "expected-inputs", "pass"),
        (changed(expected=("junit.xml", "e2e/*.xml")), "expected-inputs", "unknown"),
        (
            changed(criteria=(Criterion(name="coverage", weight=Fraction(1), required=True),)),
            "coverage-measured",
            "unknown",
        ),
    ],
)
def test_the_gates_that_follow_from_the_rest_of_the_policy(policy: Policy, name: str, state: str) -> None:
    assert gate_states(audit(evidence(many("p")), policy))[name] == state


def test_no_gate_at_all_is_no_pass() -> None:
    assert audit(evidence(many("p")), changed(gates=())).verdict is State.UNKNOWN


def test_the_gates_that_ship_are_those_of_the_design() -> None:
    assert [(gate.name, gate.otherwise) for gate in DEFAULT_GATES] == [
        ("tests-pass", "fail"),
        ("no-critical-finding", "fail"),
        ("no-flaky-test", "warn"),
        ("evidence-whole", "unknown"),
        ("tests-ran", "unknown"),
    ]
