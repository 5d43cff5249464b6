"""Test files as a report speaks of them: joined with findings, their quality, and where they stand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from reportgen.model.audit import Audit
from reportgen.model.evidence import JoinedCase, JoinedFinding
from reportgen.model.profile import Profile
from reportgen.model.reach import FileReach
from reportgen.model.section import Section
from reportgen.model.states import Outcome, Severity, State
from reportgen.model.subjects import Links
from reportgen.model.suite_paths import holds_tests, place_of
from reportgen.render.markdown import to_markdown
from reportgen.render.views.file_structure import folder_layer
from reportgen.render.views.suite_files import files_text, suite_files
from tests.sample_audit import empty_audit, sample_audit
from tests.sample_parts import case, finding, sample_findings, sample_tests


def audit_of(cases: list[JoinedCase], findings: list[JoinedFinding] | None = None) -> Audit:
    scan = None if findings is None else sample_findings(findings)
    return replace(sample_audit(), tests=sample_tests(cases), findings=scan, reach=())


def printed(audit: Audit, name: str) -> str:
    profile = Profile(summary="", sections=("header", Section(section=name), "evidence"))
    return to_markdown(audit, profile).partition("\n## ")[2].partition("## Evidence index")[0]


@pytest.mark.parametrize(
    ("file", "classname", "place"),
    [
        ("./tests/test_a.py", "tests.test_a.TestB", "tests/test_a.py"),
        ("tests\\test_a.py", "", "tests/test_a.py"),
        ("", "tests.unit.test_a.TestB", "tests/unit/test_a.py"),
        ("", "tests.unit.test_a", "tests/unit/test_a.py"),
        ("", "com.acme.CartTest", "com.acme.CartTest"),
        ("", "Cart adds an item", "Cart adds an item"),
    ],
)
def test_the_file_of_a_test(file: str, classname: str, place: str) -> None:
    assert place_of(case(1, file=file, classname=classname)) == place


@pytest.mark.parametrize(
    ("path", "holds"),
    [
        ("tests/unit/test_a.py", True),
        ("a_test.go", True),
        ("web/cart.spec.ts", True),
        ("src/CartTest.java", True),
        ("tests/conftest.py", False),
        ("app/latest.py", False),
    ],
)
def test_what_holds_tests(path: str, holds: bool) -> None:
    assert holds_tests(path) is holds


def test_results_and_findings_of_one_file_meet_by_the_end_of_its_path() -> None:
    audit = audit_of(
        [case(1, classname="tests.unit.test_a.TestB"), case(2, classname="tests.test_twice")],
        [
            finding(1, path="svc/tests/unit/test_a.py"),
            finding(2, path="one/tests/test_twice.py"),
            finding(3, path="two/tests/test_twice.py"),
            finding(4, path="app/core.py"),
            finding(5, path="svc/tests/unit/test_a.py", state="suppressed"),
        ],
    )
    told = {file.path: (len(file.cases), len(file.findings), file.state) for file in suite_files(audit)}
    assert told == {
        "svc/tests/unit/test_a.py": (1, 1, State.PASS),
        "tests/test_twice.py": (1, 0, State.PASS),
        "one/tests/test_twice.py": (0, 1, State.UNKNOWN),
        "two/tests/test_twice.py": (0, 1, State.UNKNOWN),
    }
    assert files_text(audit) == "4 test files (2 in the test results, 3 with open findings)"


@pytest.mark.parametrize(
    ("cases", "state"),
    [
        ([case(1), case(2, Outcome.ERRORED)], State.FAIL),
        ([case(1), case(2, Outcome.UNKNOWN)], State.FAIL),
        ([case(1, Outcome.SKIPPED)], State.UNKNOWN),
        ([case(1), case(2, flaky=True)], State.WARN),
        ([case(1), case(2, Outcome.WAIVED)], State.WAIVED),
        ([case(1), case(2, Outcome.SKIPPED)], State.PASS),
    ],
)
def test_the_state_of_a_file(cases: list[JoinedCase], state: State) -> None:
    assert [file.state for file in suite_files(audit_of(cases))] == [state]


def test_files_are_counted_in_words() -> None:
    assert files_text(replace(empty_audit(), tests=None, findings=None)) == "none could be counted"
    assert files_text(audit_of([case(1)])) == "1 test file (1 in the test results)"
    assert files_text(audit_of([case(1)], [])) == (
        "1 test file (1 in the test results, none with an open finding)"
    )


def test_a_file_says_what_it_tests_how_it_came_out_and_which_test_stands_out() -> None:
    cases = [
        case(1),
        case(2, Outcome.FAILED, message="AssertionError: short", seconds=Decimal("0.5")),
        case(3),
    ]
    reach = FileReach(
        path="app/core.py",
        tests=3,
        cases=(cases[1].id, cases[2].id, cases[0].id),
        layers=("unit",),
        only_at_import=None,
        only_unit=None,
        only_failing=None,
        evidence=("E3",),
    )
    scan = [
        finding(n, path="tests/unit/test_lifecycle.py", rule="E1101", severity=Severity.HIGH) for n in (1, 2)
    ]
    audit = replace(
        audit_of(cases, scan),
        reach=(reach,),
        links=Links(by_test={cases[0].id: ("gone",)}),
    )
    page = printed(audit, "suite_quality")
    assert "1 test file." in page
    assert "### `test_lifecycle.py`" in page
    assert "❌ **FAIL** 3 tests: 2 passed, 1 failed, in 646 ms." in page
    assert "- Tests: gone" in page
    assert "- Stands out: `test_number_3` (73 ms)" in page  # the first that ran most of it and passed
    assert "- Fails: C1, 1 test: AssertionError: short" in page
    assert "- Scan: 2 open findings, 2 of them critical or high: 2 × E1101" in page
    assert "| Class |" not in page


def test_classes_are_told_apart_and_what_is_not_measured_is_said() -> None:
    cases = [case(1), case(2, Outcome.SKIPPED, classname="tests.unit.test_lifecycle.TestOther")]
    page = printed(audit_of(cases), "suite_quality")
    assert "| `TestAccept` | ✅ **PASS** | 1 | 1 | 0 | 0 | 0 | 73 ms |" in page
    assert "| `TestOther` | ❔ **UNKNOWN** | 1 | 0 | 0 | 0 | 1 | 73 ms |" in page
    assert "Which test stands out is not measured" in page
    assert "Stands out" not in page


def test_a_file_that_only_a_scan_names_is_unknown() -> None:
    audit = replace(audit_of([], [finding(1, path="tests/test_x.py")]), tests=None)
    page = printed(audit, "suite_quality")
    assert "1 test file in the findings of a scan; the test results name none of them." in page
    assert "❔ **UNKNOWN** The test results name no test of this file." in page
    nothing = printed(replace(empty_audit(), tests=None, findings=None), "suite_quality")
    assert "Not measured: neither test results nor a scan name a test file" in nothing


@pytest.mark.parametrize(
    ("path", "layer"),
    [
        ("tests/unit/test_a.py", "unit"),
        ("tests/integration/unit/test_a.py", "unit"),
        ("tests/end_to_end/test_a.py", "e2e"),
        ("tests/test_unit.py", ""),
    ],
)
def test_the_layer_that_a_folder_names(path: str, layer: str) -> None:
    assert folder_layer(path) == layer


def test_folders_add_up_and_a_file_of_two_layers_counts_once() -> None:
    cases = [
        case(1, file="tests/unit/test_a.py"),
        case(2, file="tests/unit/test_a.py", layer="integration"),
        case(3, file="tests/unit/test_b.py"),
    ]
    page = printed(audit_of(cases, [finding(1, path="tests/unit/test_a.py")]), "file_structure")
    assert "| `tests/unit` | integration | 1 | 1 | 1 |" in page
    assert "| `tests/unit` | unit | 1 | 2 | 0 |" in page
    assert "| Total | | 2 | 3 | 1 |" in page
    assert "⚠️ **WARN** 1 test file stands in a folder that names another layer" in page
    assert "| `tests/unit/test_a.py` | unit | integration | 1 |" in page


@pytest.mark.parametrize(
    ("cases", "told"),
    [
        (
            [case(1, file="tests/unit/test_a.py")],
            "✅ **PASS** The only test file with results stands in no folder",
        ),
        (
            [case(1, file="a/test_a.py"), case(2, file="a/test_b.py")],
            "➖ **n/a** No folder of a test file names a layer",
        ),
        (
            [case(1, file="unit/test_a.py"), case(2, file="unit/test_b.py")],
            "✅ **PASS** None of 2 test files with results stands in a folder",
        ),
    ],
)
def test_where_nothing_is_misplaced_it_says_of_how_many(cases: list[JoinedCase], told: str) -> None:
    assert told in printed(audit_of(cases), "file_structure")


def test_markers_and_names() -> None:
    cases = [
        case(1, name="test_a", properties=(("marker", "slow, db"),)),
        case(2, name="test_a", classname="tests.unit.test_other", properties=(("marker", "slow"),)),
        case(3, name="checks_that_it_all_works", properties=(("seed", "1"),)),
    ]
    page = printed(audit_of(cases), "file_structure")
    assert "| `slow` | 2 |" in page
    assert "| `db` | 1 |" in page
    assert "seed" not in page
    assert "- 2 of 3 names begin with “test”." in page
    assert "- 2 tests have a name of at most two words, which says little." in page
    assert "- 1 name is used in more than one class or file." in page
    plain = printed(audit_of([case(1)]), "file_structure")
    assert "Not measured: the results carry no markers." in plain
    assert "- The only name begins with “test”." in plain
