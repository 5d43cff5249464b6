from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from reportgen.errors import UsageError
from reportgen.judge import Explanation, explain
from reportgen.model.coverage import Ratio
from reportgen.model.criteria import CriterionCheck
from reportgen.model.placing import Pattern
from reportgen.model.policy import DEFAULT_POLICY, Criterion, Gate, Policy
from reportgen.model.signoff import Check
from reportgen.model.slas import Sla
from reportgen.model.subjects import Subject
from reportgen.redact import Redactor
from tests.unit.judge_evidence import audit, case, changed, evidence, file, finding, many, scan

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


def test_a_gate_with_three_conditions_shows_them_all() -> None:
    gate = Gate(
        name="g", condition="tests.failed == 0", warn="tests.failed <= 2", unknown="tests.executed < 9"
    )
    found = explained("g", changed(gates=(gate,)))
    assert (found.state, found.condition) == (
        "unknown",
        "tests.failed == 0; else warn: tests.failed <= 2; unknown: tests.executed < 9",
    )
    assert found.values == (("tests.failed", "2"), ("tests.executed", "5"))
    assert found.margin[-1] == "tests.executed: 5, 4 below 9"
    assert found.turns == (
        "It could be judged if this did not hold: tests.executed < 9. "
        "It would pass if tests.failed were 0 (now 2)."
    )


def test_a_criterion_says_nothing_of_a_check_that_no_number_would_turn() -> None:
    check = CriterionCheck(id="steady", passes="tests.flaky == 0")
    policy = changed(criteria=(Criterion(name="own", weight=Fraction(1), checks=(check,)),))
    skipped = evidence(many("s"))
    found = explain("own", audit(skipped, policy), skipped, policy)
    assert (found.state, found.turns) == (
        "unknown",
        "With full points for own the score would be 100 points higher.",
    )


def test_the_conditions_of_a_gate_are_not_taken_for_a_password() -> None:
    gate = Gate(name="g", condition="layers.e2e.tests.failed == 0", warn='findings.rules["E722"] <= 3')
    condition = explained("g", changed(gates=(gate,))).condition
    assert Redactor().scrub(condition) == condition


def test_a_gate_that_never_could_fail_is_said_to_be_so() -> None:
    found = explained("g", changed(gates=(Gate(name="g", condition="tests.failed >= 0"),)))
    assert found.reason.endswith("tests.failed is always >= 0; it cannot fail.")


def test_a_gate_of_each_layer_is_explained_by_layer() -> None:
    policy = changed(gates=(Gate(name="g", condition="tests.failed == 0", each="layer"),))
    assert explained("g-unit", policy).condition == "layers.unit.tests.failed == 0"


@pytest.mark.parametrize("name", ["fast", "sla-fast"])
def test_a_limit_is_explained(name: str) -> None:
    found = explained(name, changed(slas=(Sla(name="fast", title="f", limit=Decimal(1)),)))
    assert (found.name, found.kind, found.state) == ("sla-fast", "limit", "unknown")
    assert found.reason == "None of 5 tests states its time."
    assert found.turns.startswith("It would pass if every test")


def test_a_limit_that_fails_says_by_how_much() -> None:
    slow = evidence([case("a", seconds="1.5")])
    policy = changed(slas=(Sla(name="fast", title="f", limit=Decimal(1)),))
    found = explain("fast", audit(slow, policy), slow, policy)
    assert found.margin == ("the greatest of the time of a test: 0.5 s above the limit",)
    assert found.turns == "It would pass if it were at most 1 s."
    assert ("worst 1", "a") in found.values


def test_an_expected_input_is_explained() -> None:
    found = explained("e2e/*.xml", changed(expected=("e2e/*.xml",)))
    assert (found.kind, found.state, found.reason) == ("expected input", "missing", "Nothing fits it.")
    assert found.turns == "It would be present if the artifacts that are missing were there."


def test_of_things_of_one_name_the_others_are_told_and_can_be_asked_for() -> None:
    gate = Gate(name="pay", condition="tests.failed == 0")
    held = changed(
        gates=(gate,),
        subjects=(Subject(name="pay", tests=(Pattern(name="*"),)),),
        checks=(Check(id="pay", text="Look"),),
    )
    first = explained("pay", held)
    assert (first.kind, first.name) == ("gate", "pay")
    assert first.reason.endswith(
        "A check has this name too: explain 'check:pay'. "
        "A component has this name too: explain 'component:pay'."
    )
    for name, kind in (
        ("component:pay", "component"),
        ("subject:pay", "component"),
        ("check:pay", "check"),
        ("gate:pay", "gate"),
    ):
        assert explained(name, held).kind == kind
    assert "too" not in explained("tests-pass").reason  # the check of a gate that ships
    with pytest.raises(UsageError):
        explained("risk:pay", held)


def test_of_many_names_the_first_are_listed() -> None:
    held = changed(subjects=tuple(Subject(name=f"s{n}") for n in range(50)))
    with pytest.raises(UsageError) as caught:
        explained("???", held)
    assert caught.value.hint.startswith("there is tests-pass, ")
    assert " more; or write a condition" in caught.value.hint
    assert "s49" not in caught.value.hint
