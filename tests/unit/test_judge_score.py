from __future__ import annotations

from fractions import Fraction

import pytest

from reportgen.judge.digest import digest_of
from reportgen.model.artifact import Problem
from reportgen.model.audit import Audit
from reportgen.model.evidence import Evidence, EvidenceItem, JoinedFinding, SuiteError
from reportgen.model.figures import floor_digits
from reportgen.model.policy import DEFAULT_POLICY, Criterion, Effort
from reportgen.model.states import Severity
from tests.unit.judge_evidence import audit, case, changed, evidence, file, finding, item, many, scan


def points(found: Audit) -> dict[str, Fraction | None]:
    return {criterion.name: criterion.score for criterion in found.criteria}


def reasons(found: Audit) -> dict[str, str]:
    return {criterion.name: criterion.reason for criterion in found.criteria}


@pytest.mark.parametrize(
    ("outcomes", "expected", "reason"),
    [
        (None, None, "No test results were offered."),
        ("", None, "No test was executed: the test results hold no test."),
        ("s", None, "No test was executed: the only test was skipped."),
        ("sss", None, "No test was executed: all 3 tests were skipped."),
        ("p", 100, "1 of 1 executed test passed."),
        ("pps", 100, "2 of 2 executed tests passed; 1 skipped test was not executed."),
        ("pfeu", 25, "1 of 4 executed tests passed."),
    ],
)
def test_tests_are_passed_of_executed(outcomes: str | None, expected: int | None, reason: str) -> None:
    found = audit(evidence(None if outcomes is None else many(outcomes)))
    assert points(found)["tests"] == expected
    assert reasons(found)["tests"] == reason


@pytest.mark.parametrize(
    ("joined", "expected", "reason"),
    [
        (evidence(many("p")), None, "No coverage was offered."),
        (
            evidence(many("p"), files=[file("a.py", {1}, {1, 2, 3})]),
            Fraction(100, 3),
            "1 of 3 executable lines ran.",
        ),
        (
            evidence(many("p"), files=[file("a.py", {1}, {1}), file("b.py", {1}, None)]),
            None,
            "No evidence lists the executable lines of every file, so there is no rate.",
        ),
        (
            evidence(many("p"), files=[file("a.py", (), ())]),
            None,
            "The coverage evidence holds no executable line.",
        ),
        (evidence(files=[file("a.py", {1}, {1})]), Fraction(100), "1 of 1 executable line ran."),
    ],
)
def test_coverage_is_the_line_rate(joined: Evidence, expected: Fraction | None, reason: str) -> None:
    found = audit(joined)
    assert (points(found)["coverage"], reasons(found)["coverage"]) == (expected, reason)


HUNDRED_LINES = file("a.py", range(1, 101), range(1, 101))


@pytest.mark.parametrize(
    ("items", "examined", "expected"),
    [
        ((), None, 100),
        ((), ("a.py",), 100),
        ((), ("unsized.py",), 100),
        ((finding("I", "info"),), None, 100),
        # 30 · 100 lines = 3,000 minutes; a debt of a half leaves nothing
        ((finding("L", "low"),), None, 100 - Fraction(100 * 10 * 2, 3000)),
        ((finding("C", "critical"), finding("H", "high", line=2)), None, 88),
        (tuple(finding("C", "critical", line=n) for n in range(12)), None, 4),
        (tuple(finding("C", "critical", line=n) for n in range(13)), None, 0),
        ((finding("L", "low", state="suppressed"),), None, 100),
        ((finding("L", "low", path="unsized.py"),), None, None),
        ((finding("L", "low"),), ("a.py", "unsized.py"), None),
        ((finding("L", "low", path=""),), None, None),
        # a suppressed finding still says that its file was examined
        ((finding("L", "low"), finding("L", "low", path="unsized.py", state="suppressed")), None, None),
    ],
)
def test_findings_are_the_debt_ratio(
    items: tuple[JoinedFinding, ...], examined: tuple[str, ...] | None, expected: Fraction | None
) -> None:
    joined = evidence(files=[HUNDRED_LINES], findings=scan(*items, examined=examined))
    assert points(audit(joined))["findings"] == expected


def test_no_scan_is_not_a_clean_scan() -> None:
    found = audit(evidence(many("p")))
    assert points(found)["findings"] is None
    assert reasons(found)["findings"] == "No findings of a scan were offered."


def test_what_is_not_known_of_findings_is_said() -> None:
    joined = evidence(findings=scan(finding("L"), finding("L", path="b.py"), examined=("a.py",)))
    assert reasons(audit(joined))["findings"] == (
        "2 open findings take 20 minutes to mend; the size of none of the 2 examined files is known "
        "(a.py and 1 more). Coverage, a source_root or sizes in the config would tell it."
    )


@pytest.mark.parametrize(
    ("examined", "sized", "told"),
    [
        (("a.py",), set(), "the size of the only examined file is not known (a.py)"),
        (
            ("a.py", "b.py", "c.py"),
            {"a.py"},
            "the size of 2 of 3 examined files is not known (b.py and 1 more)",
        ),
        (("a.py", "b.py"), set(), "the size of none of the 2 examined files is known (a.py and 1 more)"),
    ],
)
def test_the_size_that_is_not_known_is_said(examined: tuple[str, ...], sized: set[str], told: str) -> None:
    joined = evidence(
        files=[file(path, {1}, {1}) for path in sorted(sized)],
        findings=scan(finding("L"), examined=examined),
    )
    assert told in reasons(audit(joined))["findings"]


def test_sizes_severities_and_efforts_come_from_the_policy() -> None:
    joined = evidence(findings=scan(finding("S101", "low"), finding("S102", "low"), finding("X1", "low")))
    policy = changed(
        sizes={"a.py": 100},
        severities={"S*": Severity.HIGH, "S102": Severity.INFO},
        effort=Effort(by_rule={"X*": 5}, line=10),
    )
    found = audit(joined, policy)
    assert found.findings is not None
    assert {one.rule: one.severity.value for one in found.findings.items} == {
        "S101": "high",
        "S102": "info",
        "X1": "low",
    }
    assert found.findings.by_severity == {"high": 1, "low": 1, "info": 1}
    assert points(found)["findings"] == 100 - Fraction(100 * (60 + 5) * 2, 100 * 10)


@pytest.mark.parametrize(
    ("items", "expected_globs", "expected"),
    [
        ([], (), None),
        ([], ("junit-*.xml",), 0),
        ([item(1, "a.xml")], (), 100),
        (
            [item(1, "a.xml"), item(2, "b.xml", whole=False), item(3, "c.xml", has_facts=False)],
            (),
            Fraction(100, 3),
        ),
        ([item(1, "r/junit-1.xml")], ("junit-*.xml", "r/*.xml", "cov/**"), 50),
    ],
)
def test_completeness_is_full_artifacts_of_those_offered_or_expected(
    items: list[EvidenceItem], expected_globs: tuple[str, ...], expected: Fraction | None
) -> None:
    found = audit(evidence(items=items), changed(expected=expected_globs))
    assert points(found)["completeness"] == expected


def test_a_path_that_nothing_was_found_at_is_offered() -> None:
    missing = Problem("not-found", "there is no such file", path="gone.xml")
    found = audit(evidence(many("p"), problems=(missing,)))
    assert points(found)["completeness"] == 50
    assert reasons(found)["completeness"] == (
        "1 of 2 artifacts offered was read whole and holds facts; 1 not read whole."
    )


def test_unmeasured_criteria_count_as_nothing_in_the_lower_score() -> None:
    found = audit(evidence(many("pppf"))).score
    assert [found.value, found.lower, found.upper] == [80, 40, 90]
    assert [found.measured_weight, found.total_weight] == [50, 100]
    assert found.grade == "F"


def test_evidence_that_is_left_out_raises_no_grade_whatever_the_policy_expects() -> None:
    whole = audit(evidence(many("pf"), files=[HUNDRED_LINES]))
    without = audit(evidence(many("pf")), changed(without=frozenset({"coverage"})))
    assert without.score.lower < whole.score.lower


@pytest.mark.parametrize(
    ("weights", "value", "lower", "upper"),
    [
        ((0, 0), None, 0, 100),
        ((1, 0), 50, 50, 50),
        ((0, 1), None, 0, 100),
        ((1, 3), 50, Fraction(25, 2), Fraction(175, 2)),
    ],
)
def test_weights_are_relative(
    weights: tuple[int, int], value: int | None, lower: Fraction, upper: Fraction
) -> None:
    criteria = (
        Criterion(name="tests", weight=Fraction(weights[0])),
        Criterion(name="coverage", weight=Fraction(weights[1])),
    )
    found = audit(evidence(many("pf")), changed(criteria=criteria)).score
    assert (found.value, found.lower, found.upper) == (value, lower, upper)
    assert sum(line.points for line in found.waterfall) == 100 - lower


@pytest.mark.parametrize(
    ("passed", "of", "grade"),
    [(9, 10, "A"), (89, 100, "B+"), (8, 10, "B"), (6, 10, "D"), (5, 10, "F"), (0, 1, "F")],
)
def test_the_grade_is_that_of_the_lower_score(passed: int, of: int, grade: str) -> None:
    only = (Criterion(name="tests", weight=Fraction(1)),)
    found = audit(evidence(many("p" * passed + "f" * (of - passed))), changed(criteria=only))
    assert found.score.grade == grade


def test_the_waterfall_adds_up_exactly_and_as_printed() -> None:
    joined = evidence(
        many("ppfeeess"),
        files=[file("a.py", {1}, {1, 2, 3})],
        findings=scan(finding("H", "high"), finding("L", "low")),
        items=[item(1, "j.xml"), item(2, "c.xml"), item(3, "r.json"), item(4, "x.xml", whole=False)],
    )
    found = audit(joined).score
    assert [line.label for line in found.waterfall] == [
        "Tests: failed",
        "Tests: errored",
        "Coverage: lines that never ran",
        "Findings: high",
        "Findings: low",
        "Completeness: not read whole",
    ]
    assert sum(line.points for line in found.waterfall) == 100 - found.lower
    assert sum(line.printed for line in found.waterfall) == 100 - floor_digits(found.lower, 1)
    assert found.waterfall[0].points == Fraction(40, 6)
    assert found.waterfall[1].points == 3 * found.waterfall[0].points
    assert found.waterfall[0].evidence == ("E1",)


def test_nothing_is_deducted_from_what_is_all_right() -> None:
    perfect = evidence(many("p"), files=[HUNDRED_LINES], findings=scan())
    assert audit(perfect).score.waterfall == ()


def test_the_digest_is_of_the_policy_alone() -> None:
    first, second = audit(evidence(many("p"))), audit(evidence(many("f")))
    assert first.digest == second.digest == digest_of(DEFAULT_POLICY)
    assert digest_of(changed(fail_under=Fraction(1, 3))) != first.digest
    assert digest_of(changed(severities={"B": Severity.LOW, "A": Severity.HIGH})) == digest_of(
        changed(severities={"A": Severity.HIGH, "B": Severity.LOW})
    )


def test_suite_errors_are_no_tests() -> None:
    error = SuiteError("unit", "s", "boom", "", "E1")
    assert points(audit(evidence([case("t")], suite_errors=(error,))))["tests"] == 100
