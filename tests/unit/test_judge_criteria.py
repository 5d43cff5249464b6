"""Criteria of a team's own: expressions, checks, their place in the score, the waterfall and the plan."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec import structs

from reportgen.judge.explaining.explain import explain
from reportgen.judge.explaining.explanation import Explanation
from reportgen.judge.scoring.measures import measures_of
from reportgen.judge.scoring.score import shown_on
from reportgen.judge.scoring.standing import state_of
from reportgen.model.audit import Audit, CriterionScore
from reportgen.model.criteria import CriterionCheck, Scale
from reportgen.model.evidence import Evidence
from reportgen.model.figures import HUNDRED, floor_digits
from reportgen.model.policy import DEFAULT_CRITERIA, DEFAULT_POLICY, Criterion, Policy
from reportgen.model.states import Severity, State
from tests.unit.judge_evidence import audit, case, changed, evidence, file, finding, item, many, scan

STEADY = CriterionCheck(id="steady", passes="tests.flaky == 0", severity=Severity.HIGH)
PASSING = CriterionCheck(
    id="passing",
    passes="tests.percent >= 90",
    warns="tests.percent >= 50",
    severity=Severity.CRITICAL,
    title="Nearly all tests pass",
    remediation="Mend the tests",
    minutes=45,
    policy="QA-1",
    paths=("tests/",),
)
COVERED = CriterionCheck(id="covered", passes="coverage.lines.percent >= 80", severity=Severity.LOW)


def checks(*given: CriterionCheck, **fields: object) -> Criterion:
    return structs.replace(Criterion(name="own", weight=Fraction(1), checks=given), **fields)


def number(text: str, **fields: object) -> Criterion:
    return structs.replace(Criterion(name="own", weight=Fraction(1), expression=text), **fields)


def only(criterion: Criterion, **fields: object) -> Policy:
    return changed(criteria=(criterion,), **fields)


def own(joined: Evidence, criterion: Criterion) -> CriterionScore:
    return audit(joined, only(criterion)).criteria[0]


@pytest.mark.parametrize(
    ("expression", "points", "reason"),
    [
        ("100 - 10 * tests.failed", 80, "100 - 10 * tests.failed comes to 80 (tests.failed = 2)."),
        ("100 * tests.failed", 100, "comes to 200, and counts as 100 (tests.failed = 2)."),
        ("0 - tests.failed", 0, "comes to -2, and counts as 0 (tests.failed = 2)."),
        ("tests.passed / 3", 1, "comes to 1 (tests.passed = 3)."),
        ("100 / (tests.passed - 3)", None, "is not known: it divides by nothing."),
        ("coverage.percent", None, "coverage.percent is not known: no coverage was offered."),
        ("layers.e2e.tests.percent", None, "is not known: layers.e2e.tests.percent = not known."),
    ],
)
def test_an_expression_comes_to_points(expression: str, points: int | None, reason: str) -> None:
    found = own(evidence(many("pppff")), number(expression))
    assert found.score == points
    assert found.reason.endswith(reason)
    assert found.expression == expression


@pytest.mark.parametrize(
    ("joined", "expression", "reason"),
    [
        (evidence(many("ss")), "100 - tests.failed", "no test was executed"),
        (evidence([]), "100 - tests.failed", "no test was executed"),
        (
            evidence([*many("p"), *many("s", layer="e2e")]),
            "100 - layers.e2e.tests.failed",
            "no test was executed in layers.e2e",
        ),
        (
            evidence(many("p"), files=[file("a.py", (), ())]),
            "100 - coverage.lines.missed",
            "there is no executable line",
        ),
        (evidence(many("p")), "100 - findings.critical", "no findings of a scan were offered"),
        (
            evidence([case("a", seconds="2"), case("b", layer="e2e")]),
            "100 - tests.seconds",
            "not every test that ran states its time",
        ),
        (
            evidence([case("a", seconds="2"), case("b", layer="e2e")]),
            "100 - layers.e2e.tests.seconds - layers.unit.tests.seconds",
            "not every test that ran states its time in layers.e2e",
        ),
        (evidence([case("a", "skipped", seconds="2")]), "100 - tests.seconds", "no test was executed"),
    ],
)
def test_a_number_about_nothing_is_not_known(joined: Evidence, expression: str, reason: str) -> None:
    found = own(joined, number(expression))
    assert found.score is None
    assert reason in found.reason


@pytest.mark.parametrize(
    ("outcomes", "state", "points"),
    [
        ("p" * 9 + "f", State.PASS, 100),
        ("pf", State.WARN, 50),
        ("pff", State.FAIL, 0),
        ("ss", State.UNKNOWN, None),
    ],
)
def test_a_check_passes_or_warns_or_fails(outcomes: str, state: State, points: int | None) -> None:
    found = own(evidence(many(outcomes)), checks(PASSING))
    check = found.checks[0]
    assert (check.state, found.score) == (state, points)
    assert (check.title, check.condition, check.warns) == (PASSING.title, PASSING.passes, PASSING.warns)
    assert (check.severity, check.remediation, check.minutes) == (Severity.CRITICAL, "Mend the tests", 45)
    assert (check.policy, check.paths, check.evidence) == ("QA-1", ("tests/",), ("E1",))


def test_checks_are_weighed_by_severity() -> None:
    """High 4 passes, critical 8 warns, low 1 fails: (4 + 4) of 13."""
    joined = evidence(many("ppf"), files=[file("a.py", {1}, {1, 2})])
    found = own(joined, checks(STEADY, PASSING, COVERED))
    assert found.score == Fraction(100 * 8, 13)
    assert (
        found.reason
        == "Of 3 checks 1 fails, 1 warns and 1 passes; not passed: “Nearly all tests pass” and “covered”."
    )
    assert found.evidence == ("E1", "E2")
    assert found.checks[2].minutes == 10
    assert own(joined, checks(COVERED)).reason == "The only check fails: “covered”."
    assert own(evidence(many("pp")), checks(STEADY, PASSING)).reason == "Both checks pass."
    assert found.checks[2].reason == "Line coverage is 50.0 %, and 80.0 % or more is asked for."


def test_one_unknown_check_makes_the_criterion_unknown_and_is_named() -> None:
    found = own(evidence(many("p")), checks(STEADY, COVERED))
    assert found.score is None
    assert [check.state for check in found.checks] == [State.PASS, State.UNKNOWN]
    assert found.reason == (
        "1 of 2 checks is unknown, so that the whole is: covered (No coverage was offered)."
    )


def test_a_check_of_severity_info_is_told_and_counts_for_nothing() -> None:
    told = structs.replace(COVERED, severity=Severity.INFO)
    found = own(evidence(many("p")), checks(STEADY, told))
    assert found.score == 100
    assert found.checks[1].state is State.UNKNOWN
    assert own(evidence(many("p")), checks(told)).score is None


@pytest.mark.parametrize(
    ("condition", "state"),
    [
        ("findings.critical == 0", State.UNKNOWN),
        ("evidence.total > 0 or findings.critical == 0", State.UNKNOWN),
        ("layers.e2e.tests.failed == 0", State.UNKNOWN),
        ("layers.unit.tests.failed == 0", State.PASS),
        ("layers.smoke.tests.failed == 0", State.UNKNOWN),
        ("diff.percent >= 80", State.UNKNOWN),
        ("changes.new_failures == 0", State.UNKNOWN),
        ("tests.failed == 1 or coverage.percent > 1", State.UNKNOWN),
        ("tests.failed == 1 and coverage.percent > 1", State.FAIL),
    ],
)
def test_what_is_not_known_is_never_a_pass(condition: str, state: State) -> None:
    joined = evidence([*many("p"), *many("s", layer="e2e")])
    found = own(joined, checks(CriterionCheck(id="c", passes=condition)))
    assert found.checks[0].state is state
    assert found.score == {State.PASS: 100, State.FAIL: 0}.get(state)


def test_findings_of_our_own_rules_can_fail_a_check_but_not_pass_it() -> None:
    joined = evidence(many("p"), findings=scan(finding("X", "critical")))
    found = own(joined, checks(CriterionCheck(id="c", passes="findings.critical == 0")))
    assert found.checks[0].state is State.FAIL
    assert found.checks[0].evidence == ("E3",)


@pytest.mark.parametrize(
    ("scale", "points", "shown"),
    [
        (100, Fraction(856, 10), "85/100"),
        (100, Fraction(100), "100/100"),
        (100, Fraction(1, 2), "< 1/100"),
        (100, Fraction(0), "0/100"),
        (10, Fraction(859, 10), "8.5/10"),
        (10, Fraction(80), "8/10"),
        (10, Fraction(9999, 100), "9.9/10"),
        (10, Fraction(1, 2), "< 0.1/10"),
        ("grade", Fraction(86), "B+"),
        ("grade", None, "n/a"),
    ],
)
def test_a_scale_is_only_how_points_are_shown(scale: Scale, points: Fraction | None, shown: str) -> None:
    assert shown_on(scale, points, DEFAULT_POLICY) == shown


def test_a_measure_of_its_own_takes_the_place_of_what_ships() -> None:
    replaced = structs.replace(DEFAULT_CRITERIA[0], checks=(STEADY,), title="Tests are steady")
    found = audit(evidence(many("pf")), changed(criteria=(replaced, *DEFAULT_CRITERIA[1:])))
    tests = found.criteria[0]
    assert (tests.score, tests.title, tests.weight, tests.required) == (
        HUNDRED,
        "Tests are steady",
        Fraction(40),
        True,
    )
    assert "Tests: failed" not in {line.label for line in found.score.waterfall}
    assert any(
        "The criterion tests is the weighted share of 1 check that it passes, and not" in each
        for each in found.method
    )


def test_the_waterfall_names_the_checks_that_failed() -> None:
    joined = evidence(many("ppf"), files=[file("a.py", {1}, {1, 2})])
    score = audit(joined, only(checks(STEADY, PASSING, COVERED, title="Quality"))).score
    assert [line.label for line in score.waterfall] == [
        "Quality: Nearly all tests pass (a warning)",
        "Quality: covered",
    ]
    assert [line.points for line in score.waterfall] == [Fraction(400, 13), Fraction(100, 13)]
    assert sum(line.points for line in score.waterfall) == 100 - score.lower
    assert sum(line.printed for line in score.waterfall) == 100 - floor_digits(score.lower, 1)


def test_an_expression_is_one_line_of_the_waterfall() -> None:
    score = audit(evidence(many("pf")), only(number("tests.percent"))).score
    assert [(line.label, line.points) for line in score.waterfall] == [("Own", Fraction(50))]


def steps(found: Audit) -> list[tuple[str, str, Fraction]]:
    return [(step.kind, step.title, step.gain) for step in found.remediation]


def test_a_failed_check_is_a_step_with_its_gain() -> None:
    """The time to cover lines is no step of its own, so that the check is one; 1 of 5 by weight."""
    joined = evidence(many("p"), files=[file("a.py", {1}, {1, 2})])
    mended = structs.replace(COVERED, remediation="Cover more", minutes=7, paths=("a.py",))
    found = audit(joined, only(checks(STEADY, mended)))
    assert steps(found) == [("check", "Cover more", Fraction(20))]
    step = found.remediation[0]
    assert (step.minutes, step.places, step.after, step.priority) == (7, ("a.py",), HUNDRED, "low")


def test_what_another_step_turns_is_counted_there_and_only_once() -> None:
    found = audit(evidence(many("pf")), only(checks(PASSING, STEADY)))
    assert [(kind, gain) for kind, _, gain in steps(found)] == [("failures", Fraction(100, 3))]
    assert found.remediation[-1].after == 100


def test_checks_with_one_condition_and_remediation_are_one_step() -> None:
    joined = evidence(many("p"), files=[file("a.py", {1}, {1, 2})])
    twice = structs.replace(COVERED, id="again", severity=Severity.HIGH)
    found = audit(joined, only(checks(COVERED, twice)))
    assert steps(found) == [
        ("check", "Make this check pass: covered (coverage.lines.percent >= 80)", HUNDRED)
    ]
    assert found.remediation[0].minutes == 60


def test_the_step_of_a_check_that_is_unknown_is_to_provide_evidence() -> None:
    found = audit(evidence(many("p")), only(checks(COVERED)))
    assert steps(found) == [
        ("gap", "Provide the evidence that Own is made of (up to 100 points)", Fraction(0))
    ]


def test_a_required_criterion_that_is_unknown_makes_the_verdict_unknown() -> None:
    criterion = checks(COVERED, name="end to end", required=True)
    found = audit(evidence(many("p")), only(criterion, gates=()))
    assert [(gate.name, gate.state) for gate in found.gates] == [("end to end-measured", State.UNKNOWN)]
    assert found.verdict is State.UNKNOWN


def explained(name: str, joined: Evidence, *criteria: Criterion) -> Explanation:
    policy = changed(criteria=criteria)
    return explain(name, audit(joined, policy), joined, policy)


JOINED = evidence(many("ppf"), files=[file("a.py", {1}, {1, 2})])


def test_a_criterion_is_explained_by_its_checks() -> None:
    told = explained("own", JOINED, checks(STEADY, PASSING, COVERED, scale=10))
    assert (told.kind, told.state) == ("criterion", "6.1/10 (61.5)")
    assert told.condition == "checks, by weight: steady 4, passing 8, covered 1"
    assert told.values == (
        ("tests.flaky", "0"),
        ("tests.percent", "66.6 %"),
        ("coverage.lines.percent", "50.0 %"),
    )
    assert told.margin == (
        "check steady (high): pass, 4 of 4",
        "check passing (critical): warn, 4 of 8",
        "check covered (low): fail, 0 of 1",
    )
    assert "With full points for own the score would be 38.4 points higher." in told.turns
    assert "Covered: it would pass if coverage.lines.percent were 80 or more" in told.turns
    assert told.evidence == ("E1", "E2")


@pytest.mark.parametrize("name", ["own/passing", "passing"])
def test_a_check_is_explained_like_a_gate(name: str) -> None:
    told = explained(name, JOINED, checks(STEADY, PASSING))
    assert (told.name, told.kind, told.state) == ("own/passing", "check", "warn")
    assert told.condition == "tests.percent >= 90; else warn: tests.percent >= 50"
    assert told.reason.endswith("The policy: QA-1. To mend it: Mend the tests.")
    assert told.margin == (
        "tests.percent: 66.6 %, 23.3 points below 90",
        "tests.percent: 66.6 %, 16.6 points above 50",
    )
    assert told.turns == "It would pass if tests.percent were 90 or more (now 66.6 %)."


def test_an_expression_is_explained_by_its_formula() -> None:
    told = explained("own", JOINED, number("100 - tests.failed", scale="grade"))
    assert (told.state, told.condition) == ("A (99.0)", "100 - tests.failed")
    assert told.values == (("tests.failed", "1"),)


def test_the_digest_covers_checks_and_expressions() -> None:
    variants = [
        only(checks(STEADY)),
        only(checks(structs.replace(STEADY, severity=Severity.LOW))),
        only(checks(structs.replace(STEADY, passes="tests.flaky <= 1"))),
        only(checks(structs.replace(STEADY, policy="QA-1"))),
        only(checks(STEADY, scale=10)),
        only(number("100 - tests.flaky")),
        only(number("99 - tests.flaky")),
    ]
    assert len({audit(evidence(many("p")), policy).digest for policy in variants}) == len(variants)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"expression": "tests.failed", "checks": (STEADY,)}, "an expression and checks"),
        ({"checks": (STEADY, STEADY)}, "two checks of 'own' have one id"),
        ({"expression": "score.lower"}, "cannot speak of 'score.lower'"),
        ({"weight": Fraction(-1)}, "cannot be below 0"),
    ],
)
def test_a_criterion_is_checked_when_it_is_made(fields: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        structs.replace(Criterion(name="own", weight=Fraction(1)), **fields)


def test_removing_the_only_coverage_makes_less_of_the_score() -> None:
    with_it = audit(JOINED, only(checks(STEADY, COVERED)))
    without = audit(evidence(many("ppf")), only(checks(STEADY, COVERED), without=frozenset({"coverage"})))
    assert (with_it.score.lower, without.score.lower) == (Fraction(80), Fraction(0))


def test_a_title_stands_for_the_name_and_the_score_is_shown_on_its_scale() -> None:
    found = audit(evidence([case("t")], items=[item(1, "j.xml")]))
    assert [each.title for each in found.criteria] == ["tests", "coverage", "findings", "completeness"]
    assert [each.shown for each in found.criteria] == ["100/100", "n/a", "n/a", "100/100"]


@pytest.mark.parametrize(
    ("diff", "condition", "state", "why"),
    [
        (
            {"lines": 0, "measured": 0},
            "diff.percent >= 80",
            State.NOT_APPLICABLE,
            "no line was added or changed",
        ),
        (
            {"lines": 0, "findings": 0},
            "diff.findings == 0",
            State.NOT_APPLICABLE,
            "no line was added or changed",
        ),
        (
            {"lines": 4, "measured": 0},
            "diff.uncovered == 0",
            State.NOT_APPLICABLE,
            "no measured line was changed",
        ),
        (
            {"lines": 4, "measured": 0, "unmeasured_files": 1},
            "diff.uncovered == 0",
            State.UNKNOWN,
            "no measured line was changed, and 1 changed file has no coverage",
        ),
        ({"lines": 4, "measured": 2, "uncovered": 0}, "diff.uncovered == 0", State.PASS, ""),
        ({"lines": 4, "measured": 2, "uncovered": 1}, "diff.uncovered == 0", State.FAIL, ""),
        ({"lines": 0, "measured": 0}, "diff.uncovered == 0 and tests.failed == 0", State.FAIL, ""),
        ({"lines": 0, "findings": 0}, "diff.findings == 0 and findings.open == 0", State.UNKNOWN, ""),
        ({"lines": 0}, "diff.lines > 0", State.FAIL, ""),
    ],
)
def test_unchanged_lines_do_not_apply_and_unmeasured_ones_are_not_known(
    diff: dict[str, int], condition: str, state: State, why: str
) -> None:
    told = {
        "tests.total": 2,
        "tests.executed": 2,
        "tests.failed": 1,
        "coverage.files": 1,
        "coverage.lines.total": 9,
    }
    values = {name: Fraction(number) for name, number in told.items()}
    values |= {
        f"diff.{name}": Fraction(number)
        for name, number in {"uncovered": 0, "unmeasured_files": 0, **diff}.items()
    }
    measures = measures_of(only(checks(CriterionCheck(id="c", passes=condition))))
    found = state_of(measures.own["own"].checks[0], values.get)
    assert found.state is state
    assert found.why == why or (not why and found.why.startswith("no findings"))


def test_a_change_of_numbers_judges_again_only_what_it_touches() -> None:
    measures = measures_of(only(checks(STEADY, PASSING, COVERED)))
    touched = {
        name: {place for _, place in measures.touched(name)}
        for name in (
            "tests.flaky",
            "tests.passed",
            "coverage.lines.covered",
            "layers.unit.tests.passed",
            "evidence.full",
        )
    }
    assert touched == {
        "tests.flaky": {0},
        "tests.passed": {1},
        "coverage.lines.covered": {2},
        "layers.unit.tests.passed": set(),
        "evidence.full": set(),
    }
