"""ruff's JSON and JSON lines, old and new."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reportgen.model.findings import Result, Rule
from reportgen.model.states import Severity
from tests.formats.findings_reading import content_of, facts_of, format_of, only, refused, warned

OLD = {
    "code": "F401",
    "message": "`os` imported but unused",
    "location": {"row": 1, "column": 8},
    "end_location": {"row": 1, "column": 10},
    "filename": "a.py",
    "fix": None,
}
NEW = OLD | {
    "cell": None,
    "name": "unused-import",
    "noqa_row": 1,
    "severity": "error",
    "url": "https://docs.astral.sh/ruff/rules/unused-import",
}


def lines(*items: dict[str, Any]) -> str:
    return "".join(json.dumps(item) + "\n" for item in items)


@pytest.mark.parametrize("given", [[OLD], lines(OLD), lines(OLD, NEW), [NEW], "\n" + lines(NEW)])
def test_sniff(given: Any) -> None:
    assert format_of(content_of(given)) == "ruff"


def test_an_empty_list_is_nobody_s() -> None:
    assert format_of(content_of([])) is None


def test_result() -> None:
    assert only([NEW], "ruff") == Result(
        tool="ruff",
        rule="F401",
        level="error",
        severity=Severity.LOW,
        message="`os` imported but unused",
        path="a.py",
        line=1,
        column=8,
        end_line=1,
        end_column=10,
    )
    assert only([OLD], "ruff").level == "None"


@pytest.mark.parametrize(
    ("code", "severity", "kinds"),
    [
        ("F401", "low", {}),
        ("F821", "high", {}),
        ("S101", "medium", {}),
        (None, "high", {"file not scanned": True}),
        ("invalid-syntax", "high", {"file not scanned": True}),
        ("E999", "high", {"file not scanned": True}),
        ("E902", "low", {"file not scanned": True}),
        ("panic", "low", {"file not scanned": True}),
    ],
)
def test_severity_and_doubt(code: str | None, severity: str, kinds: dict[str, bool]) -> None:
    assert only([NEW | {"code": code}], "ruff").severity == severity
    assert warned([NEW | {"code": code}], "ruff") == kinds


def test_the_cell_of_a_notebook_is_part_of_the_finding() -> None:
    first, second = facts_of([NEW | {"cell": 1}, NEW | {"cell": 2}], "ruff").results
    assert first.message == "`os` imported but unused (cell 1)"
    assert first != second


def test_rules() -> None:
    unsafe = NEW | {"code": "X1", "url": "javascript:alert(1)"}
    assert facts_of([OLD, NEW, unsafe], "ruff").rules == {
        "F401": Rule(id="F401"),
        "X1": Rule(id="X1", name="unused-import"),
    }
    told = facts_of([NEW], "ruff").rules["F401"]
    assert (told.name, told.help_uri) == ("unused-import", "https://docs.astral.sh/ruff/rules/unused-import")


@pytest.mark.parametrize(
    ("given", "kinds"),
    [
        ([], {"empty list": True}),
        (lines(NEW) + "Found 1 error.\n", {"text lines": False}),
        (lines(NEW) + "panicked at x\n", {"text lines": True}),
        (lines(NEW) + '{"code": "F4', {"unread parts": True}),
        ([NEW | {"location": {"row": "x"}}], {"odd values": False}),
        ([NEW, 5], {"unread parts": True}),
    ],
)
def test_warnings(given: Any, kinds: dict[str, bool]) -> None:
    assert warned(given, "ruff") == kinds


@pytest.mark.parametrize(("given", "kind"), [("[{", "not-json"), ("{}]", "not-json"), ("[1, 2", "not-json")])
def test_refused(given: str, kind: str) -> None:
    assert refused(given, "ruff") == kind
