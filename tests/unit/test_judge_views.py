from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from msgspec import structs

from reportgen.judge import judge
from reportgen.judge.counting.hotspots import crap
from reportgen.judge.counting.ranges import missing_lines
from reportgen.model.artifact import Problem
from reportgen.model.audit import Audit
from reportgen.model.coverage import Ratio
from reportgen.model.evidence import Evidence
from reportgen.model.states import Outcome
from tests.unit.judge_evidence import (
    DATE,
    audit,
    bits,
    case,
    changed,
    evidence,
    file,
    finding,
    item,
    many,
    scan,
)


@pytest.mark.parametrize(
    ("executable", "covered", "expected"),
    [
        ((), (), ""),
        ((1, 2, 3), (1, 2, 3), ""),
        ((1, 2, 3), (), "1-3"),
        ((3, 4, 5, 12), (), "3-12"),
        ((3, 4, 5, 8, 12), (8,), "3-5, 12"),
        ((0, 2), (), "0-2"),
        ((1, 3, 5, 7, 9, 11), (3, 7, 11), "1, 5 and 1 more"),
    ],
)
def test_missing_lines_are_told_as_ranges(
    executable: tuple[int, ...], covered: tuple[int, ...], expected: str
) -> None:
    assert missing_lines(bits(*executable), bits(*covered), shown=2) == expected


def test_coverage_by_file_folder_and_layer() -> None:
    joined = evidence(
        many("p"),
        files=[
            file("src/a.py", {1, 2}, {1, 2, 3, 4}, by_tests={1}, branches=Ratio(1, 2)),
            file("src/b.py", (), {1}),
            file("tests/test_a.py", (), range(1, 90)),
            file("main.py", {1}, {1}),
        ],
    )
    coverage = audit(joined).coverage
    assert coverage is not None
    assert (coverage.files, coverage.lines.covered, coverage.lines.total) == (4, 3, 95)
    assert coverage.percent == Fraction(300, 95)
    assert coverage.combined == Fraction(100 * 4, 97)
    assert coverage.by_tests is not None
    assert (coverage.by_tests.covered, coverage.only_at_import) == (1, 1)
    assert [(row.path, row.lines.covered, row.lines.total) for row in coverage.by_folder] == [
        (".", 1, 1),
        ("src", 2, 5),
        ("tests", 0, 89),
    ]
    assert coverage.by_file[0].missing == "3-4"
    assert coverage.gain == ("src/a.py", "src/b.py")
    assert [row.name for row in coverage.by_layer] == ["unit"]


def test_what_is_not_known_has_no_percentage() -> None:
    coverage = audit(evidence(many("p"), files=[file("a.py", {1}, None), file("b.py", {1}, {1})])).coverage
    assert coverage is not None
    assert (coverage.lines.total, coverage.percent, coverage.combined) == (None, None, None)
    assert (coverage.by_tests, coverage.only_at_import, coverage.branches) == (None, None, None)


def test_tests_by_layer_and_suite() -> None:
    cases = [
        *many("pfs"),
        case("x", "errored", "collection failure", layer="e2e", suite="z"),
        case("slow", seconds="1.5", layer="e2e"),
        case("slower", seconds="2.5", layer="e2e"),
        case("quick", seconds="1", layer="e2e"),
    ]
    tests = audit(evidence(cases)).tests
    assert tests is not None
    assert list(tests.by_layer) == ["e2e", "unit"]
    e2e, unit = tests.by_layer["e2e"], tests.by_layer["unit"]
    assert (unit.total, unit.passed, unit.failed, unit.skipped, unit.ran, unit.complete) == (
        3,
        1,
        1,
        1,
        True,
        True,
    )
    assert (e2e.errored, e2e.ran, e2e.complete) == (1, True, False)
    assert {suite: counts.total for suite, counts in e2e.suites.items()} == {"s": 3, "z": 1}
    assert str(e2e.seconds) == "5.0"
    assert unit.seconds is None
    assert tests.slow == ("e2e/C.slower", "e2e/C.slow")


def test_what_ran_nothing_is_named() -> None:
    joined = evidence(
        [*many("p"), *many("s", layer="e2e", cited="E2")], items=[item(1, "a.xml"), item(2, "e2e.xml")]
    )
    tests = audit(joined).tests
    assert tests is not None
    assert tests.without_run == ("layer e2e", "e2e.xml")


def test_hotspots() -> None:
    joined = evidence(
        many("p"),
        files=[
            file("complex.py", {1}, {1, 2}, complexity=10),
            file("covered.py", {1}, {1}, complexity=99),
            file("risky.py", {1}, {1, 2, 3}),
            file("safe.py", {1}, {1, 2}),
        ],
        findings=scan(
            finding("H", "high", "risky.py", 2),
            finding("L", "low", "risky.py", 3),
            finding("L", "low", "risky.py", 1),
            finding("L", "low", "safe.py", 1),
        ),
    )
    spots = audit(joined).hotspots
    assert [(spot.path, spot.risk, spot.basis, spot.findings, spot.uncovered) for spot in spots] == [
        ("complex.py", Fraction(225, 10), "CRAP", 0, 1),
        ("risky.py", Fraction(70), "findings on uncovered lines", 2, 2),
    ]


@pytest.mark.parametrize(
    ("complexity", "covered", "expected"),
    [(1, 1, 1), (10, 1, 10), (10, 0, 110), (5, Fraction(1, 2), Fraction(65, 8))],
)
def test_crap(complexity: int, covered: Fraction, expected: Fraction) -> None:
    assert crap(complexity, Fraction(covered)) == expected


def test_findings_by_rule_severity_and_result() -> None:
    items = (
        finding("F401", "low"),
        structs.replace(finding("F401", "low", line=2), results=3),
        finding("E1", "high", path="b.py"),
        finding("E1", "high", state="suppressed"),
        finding("", "info"),
    )
    joined = evidence(findings=structs.replace(scan(*items), total=7))
    own = finding("RG001", "info", tool="reportgen")
    findings = audit(structs.replace(joined, observations=(structs.replace(own, results=0),))).findings
    assert findings is not None
    assert (findings.total, findings.distinct, findings.open, findings.suppressed) == (7, 6, 5, 1)
    assert findings.by_severity == {"high": 1, "low": 2, "info": 2}
    assert findings.by_rule == {"E1": 2, "F401": 4, "None": 1}
    assert [(row.rule, row.count, row.files, row.minutes) for row in findings.rules] == [
        ("E1", 1, 1, 60),
        ("F401", 2, 1, 20),
        ("", 1, 1, 0),
        ("RG001", 1, 1, 0),
    ]


def checks(found: Audit) -> dict[str, tuple[str, str]]:
    return {check.id: (check.state.value, check.reason) for check in found.checklist}


@pytest.mark.parametrize(
    ("joined", "name", "expected"),
    [
        (evidence(many("ppf")), "tests-pass", ("fail", "Currently 1 of 3 executed tests does not pass.")),
        (evidence(many("pp")), "tests-pass", ("pass", "2 executed tests passed.")),
        (evidence(many("ss")), "tests-pass", ("unknown", "No test was executed.")),
        (evidence(), "tests-pass", ("unknown", "No test results were offered.")),
        (
            evidence([*many("pp"), *many("fep", layer="e2e")]),
            "tests-pass-e2e",
            ("fail", "Currently 2 of 3 executed tests do not pass."),
        ),
        (
            evidence([*many("pp"), *many("s", layer="e2e")]),
            "tests-pass-e2e",
            ("unknown", "No test was executed."),
        ),
        (
            evidence([*many("pp"), *many("s", layer="e2e")]),
            "layers-ran",
            ("unknown", "There is 1 layer in which no test ran."),
        ),
        (evidence(many("ps")), "no-skipped-test", ("warn", "There is 1 skipped test.")),
        (
            evidence(many("p"), files=[file("a.py", {1}, None)]),
            "coverage-measured",
            ("unknown", "Line coverage is not known."),
        ),
        (
            evidence(many("p"), files=[file("a.py", {1}, {1})]),
            "coverage-measured",
            ("pass", "Line coverage is 100 %."),
        ),
        (evidence(many("p")), "coverage-measured", ("unknown", "No coverage was offered.")),
        (
            evidence(findings=scan(finding("H", "high"))),
            "no-critical-or-high-finding",
            ("fail", "There is 1 open high finding."),
        ),
        (
            evidence(many("p")),
            "no-critical-or-high-finding",
            ("unknown", "No findings of a scan were offered."),
        ),
        (
            evidence(many("p"), warnings=(Problem("x", "y", doubt=True),)),
            "evidence-sound",
            ("unknown", "There is 1 doubt about what was read."),
        ),
    ],
)
def test_the_checklist_is_tied_to_evidence(joined: Evidence, name: str, expected: tuple[str, str]) -> None:
    assert checks(audit(joined))[name] == expected


@pytest.mark.parametrize(
    ("newest", "date", "warned"),
    [
        ("", datetime(2000, 1, 1, tzinfo=UTC), False),
        ("2026-01-02T00:00:00+00:00", datetime(2026, 1, 1, tzinfo=UTC), True),
        ("2026-01-01T00:00:00+00:00", datetime(2026, 1, 1, tzinfo=UTC), False),
        # without an offset it may have been any time of that day somewhere
        ("2026-01-01T13:00:00", datetime(2026, 1, 1, tzinfo=UTC), False),
        ("2026-01-01T15:00:00", datetime(2026, 1, 1, tzinfo=UTC), True),
        ("0001-01-01T00:00:00", datetime(2026, 1, 1, tzinfo=UTC), False),
        ("odd", datetime(2026, 1, 1, tzinfo=UTC), False),
    ],
)
def test_a_date_before_the_newest_evidence_is_a_warning(newest: str, date: datetime, *, warned: bool) -> None:
    joined = structs.replace(evidence(many("p")), newest=newest)
    found = judge(joined, generated_at=date)
    assert [warning.kind for warning in found.warnings] == ["early date"] * warned
    assert found.verdict == "pass"


def test_what_is_given_is_passed_on() -> None:
    found = judge(evidence(many("p")), generated_at=DATE, title="T", revision="abc", scope=("x",))
    assert (found.title, found.revision, found.scope, found.generated_at) == ("T", "abc", ("x",), DATE)


UNSIZED = "1 open finding takes 60 minutes to mend; the size of the only examined file is not known (b.py)."


def summary(joined: Evidence) -> tuple[str, list[str], list[str], list[str]]:
    said = audit(joined).summary
    return said.verdict, list(said.strengths), list(said.concerns), list(said.not_measured)


def test_the_summary_of_what_is_all_right() -> None:
    joined = evidence(many("pp"), files=[file("a.py", {1}, {1})], findings=scan())
    assert summary(joined) == (
        "The verdict is pass: 5 gates passed.",
        [
            "All 2 executed tests passed.",
            "No test is flaky.",
            "Line coverage is 100 %.",
            "No finding is open.",
            "All 3 artifacts were read whole.",
        ],
        [],
        [],
    )


def test_the_summary_of_what_is_not() -> None:
    cases = [
        *many("pps"),
        case("a", "failed", "boom"),
        case("b", "errored", "boom"),
        *many("ss", layer="e2e"),
    ]
    joined = evidence(
        cases,
        files=[file("a.py", {1, 2}, {1, 2, 3, 4}, by_tests={1})],
        findings=scan(finding("H", "high", "b.py")),
        problems=(Problem("not-found", "no", path="x.xml"),),
    )
    assert summary(joined) == (
        "The verdict is fail: there is 1 failed test and 1 errored test. Besides, 2 gates are unknown.",
        ["No test is flaky."],
        [
            "Of 4 executed tests, 1 failed and 1 errored.",
            "All 2 failing tests have one cause: boom.",
            "No test of layer e2e ran: all 2 were skipped.",
            "3 of 7 tests were skipped.",
            "Line coverage is 50.0 % (2 of 4 lines).",
            "1 covered line ran only at import, in no test.",
            "1 high finding is open.",
            "1 artifact could not be read, or not whole.",
        ],
        [
            f"Findings (worth 20.0 points): {UNSIZED}",
        ],
    )


def test_nothing_is_said_of_nothing() -> None:
    verdict, strengths, concerns, not_measured = summary(evidence())
    assert verdict.startswith("The verdict is unknown: no test results were offered; ")
    assert (strengths, concerns) == ([], [])
    assert len(not_measured) == 4


def test_the_method_quotes_the_policy() -> None:
    said = audit(
        evidence(many("p")), changed(switched_off=("tests-ran",), without=frozenset({"coverage"}))
    ).method
    assert "The configuration switches off the gate tests-ran." in said
    assert "The policy expects no coverage." in said
    assert any("tests 40, coverage 30, findings 20 and completeness 10" in sentence for sentence in said)


def test_an_unknown_outcome_counts_as_errored_everywhere() -> None:
    tests = audit(evidence([case("t", Outcome.UNKNOWN.value)])).tests
    assert tests is not None
    assert (tests.errored, len(tests.causes)) == (1, 1)


def test_a_layer_that_skips_all_is_told_once() -> None:
    concerns = summary(evidence([*many("pf"), *many("ss", layer="e2e")]))[2]
    assert "No test of layer e2e ran: all 2 were skipped." in concerns
    assert not [each for each in concerns if each.endswith("tests were skipped.")]
