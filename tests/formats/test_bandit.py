"""bandit's JSON report."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.model.findings import Result, Rule
from reportgen.model.states import Severity
from tests.formats.findings_reading import content_of, facts_of, format_of, only, warned

ISSUE = {
    "code": "3 assert x\n",
    "col_offset": 0,
    "end_col_offset": 8,
    "filename": "a.py",
    "issue_confidence": "HIGH",
    "issue_severity": "LOW",
    "issue_text": "Use of assert detected.",
    "line_number": 3,
    "line_range": [3, 4],
    "more_info": "https://bandit.readthedocs.io/b101",
    "test_id": "B101",
    "test_name": "assert_used",
}


def report(*issues: dict[str, Any], files: tuple[str, ...] = ("a.py",), **more: Any) -> dict[str, Any]:
    counts = {f"SEVERITY.{name}": 0 for name in ("LOW", "MEDIUM", "HIGH")}
    for issue in issues:
        if issue["issue_severity"] in {"LOW", "MEDIUM", "HIGH"}:
            counts[f"SEVERITY.{issue['issue_severity']}"] += 1
    metrics = {"_totals": counts | {"nosec": 0}} | {file: {"loc": 3, "nosec": 0} for file in files}
    return {"errors": [], "results": list(issues), "metrics": metrics} | more


def test_result() -> None:
    given = report(ISSUE, files=("a.py", "b.py"))
    assert format_of(content_of(given)) == "bandit"
    facts = facts_of(given, "bandit")
    assert facts.results == (
        Result(
            tool="bandit",
            rule="B101",
            level="LOW",
            severity=Severity.LOW,
            message="Use of assert detected.",
            path="a.py",
            line=3,
            column=1,
            end_line=4,
            end_column=9,
            snippet="3 assert x\n",
        ),
    )
    assert facts.examined == ("a.py", "b.py")
    assert facts.rules == {
        "B101": Rule(id="B101", name="assert_used", help_uri="https://bandit.readthedocs.io/b101")
    }


@pytest.mark.parametrize(
    ("level", "severity"), [("HIGH", "high"), ("MEDIUM", "medium"), ("LOW", "low"), ("UNDEFINED", "medium")]
)
def test_severity(level: str, severity: str) -> None:
    assert only(report(ISSUE | {"issue_severity": level}), "bandit").severity == severity


ERROR = {"filename": "bad.py", "reason": "syntax error"}


@pytest.mark.parametrize(
    ("given", "kinds"),
    [
        (report(ISSUE), {}),
        (report(), {}),
        (report(files=()), {"nothing examined": True}),
        (report(errors=[ERROR]), {"file not scanned": True}),
        (report(errors=[ERROR], files=("bad.py",)), {"file not scanned": True, "nothing examined": True}),
        (report(results=None), {"results missing": True}),
        (report(metrics={"_totals": {"nosec": 2}, "a.py": {}}), {"suppressed lines": False}),
        (report(metrics={"_totals": {"SEVERITY.LOW": 5.0}, "a.py": {}}), {"declared count": False}),
        (report(ISSUE | {"issue_severity": "BLUE"}), {"unknown level": False}),
    ],
)
def test_warnings(given: Any, kinds: dict[str, bool]) -> None:
    assert warned(given, "bandit") == kinds


def test_a_file_that_was_not_scanned_was_not_examined() -> None:
    assert facts_of(report(errors=[ERROR], files=("a.py", "bad.py")), "bandit").examined == ("a.py",)
