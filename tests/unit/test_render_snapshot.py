"""The snapshot of the evidence: a line a test file, and the lines add up."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reportgen.model.evidence import JoinedCase, JoinedFinding
from reportgen.render.markdown import to_markdown
from reportgen.render.profiles import load_profile
from reportgen.render.views.parts import Subject
from reportgen.render.views.snapshot import SnapshotView, snapshot
from tests.unit.judge_evidence import audit, case, evidence, finding, scan

PROFILE = replace(load_profile("compliance"), sections=("snapshot", "evidence"))


def view(cases: list[JoinedCase], *findings: JoinedFinding, scanned: bool = True) -> SnapshotView | None:
    joined = evidence(cases, findings=scan(*findings)) if scanned else evidence(cases)
    return snapshot(Subject(audit(joined), PROFILE))


def of(name: str, outcome: str = "passed", module: str = "test_a") -> JoinedCase:
    return case(name, outcome, classname=f"tests.unit.{module}")


@pytest.mark.parametrize(
    ("cases", "findings", "state", "sentence"),
    [
        ([of("t1")], (), "PASS", "1 test file: 1 passes."),
        ([of("t1"), of("t2", "failed")], (), "FAIL", "1 test file: 1 has failing tests."),
        ([of("t1", "skipped")], (), "UNKNOWN", "1 test file: 1 has no test that ran."),
        (
            [of("t1")],
            (finding("S1", "high", "tests/unit/test_a.py"),),
            "WARN",
            "1 test file: 1 has a flaky test or a critical or high finding.",
        ),
        ([of("t1")], (finding("S1", "low", "tests/unit/test_a.py"),), "PASS", "1 test file: 1 passes."),
        ([], (finding("S1", "low", "tests/test_b.py"),), "UNKNOWN", "1 test file: 1 has no test that ran."),
    ],
)
def test_a_file_has_the_state_of_its_tests(
    cases: list[JoinedCase], findings: tuple[JoinedFinding, ...], state: str, sentence: str
) -> None:
    found = view(cases, *findings)
    assert found is not None
    assert f"**{state}**" in found.rows.rows[0].badge.source
    assert found.sentence == sentence


def test_the_worst_file_comes_first_and_all_add_up() -> None:
    found = view(
        [of("t1"), of("t2", "failed", "test_b"), of("t3", "skipped", "test_c")],
        finding("S1", "low", "tests/unit/test_b.py"),
        finding("S1", "high", "src/b.py"),
    )
    assert found is not None
    assert found.sentence == "3 test files: 1 has failing tests, 1 has no test that ran, 1 passes."
    assert [row.path for row in found.rows.rows] == [f"tests/unit/test_{name}.py" for name in "bca"]
    total = found.total
    assert (total.tests, total.passed, total.failing, total.other) == (3, 1, 1, 1)
    assert (total.findings, total.severe) == ("1", "0")


def test_files_that_are_left_out_are_added_up_too() -> None:
    cases = [of(f"t{at}", module=f"test_{at}") for at in range(40)]
    page = to_markdown(audit(evidence(cases, findings=scan())), PROFILE)
    assert "| … 15 more, in `audit.json` under `tests.cases` | – | unit | 15 | 15 | 0 | 0 | 0 | " in page
    assert "| Total | – | – | 40 | 40 | 0 | 0 | 0 | " in page


def test_without_a_scan_findings_are_not_known() -> None:
    found = view([of("t1")], scanned=False)
    assert found is not None
    assert (found.total.findings, found.total.severe) == ("n/a", "n/a")


def test_without_a_test_file_the_section_says_what_would_measure_it() -> None:
    assert view([], scanned=False) is None
    assert "Not measured: no test result and no finding names a test file" in to_markdown(
        audit(evidence()), PROFILE
    )
