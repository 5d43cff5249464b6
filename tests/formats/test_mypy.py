"""mypy's JSON lines, and what stands between them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reportgen.model.findings import Result
from reportgen.model.states import Severity
from tests.formats.findings_reading import content_of, facts_of, format_of, only, refused, warned

ERROR = {
    "file": "a.py",
    "line": 1,
    "column": 9,
    "end_line": 1,
    "end_column": 12,
    "message": "Incompatible types",
    "hint": None,
    "code": "assignment",
    "severity": "error",
}
FIRST_VERSION = {"file": "a.py", "line": 1, "column": 0, "message": "m", "hint": None, "code": "misc"}
BLOCKED = "Found 1 error in 1 file (errors prevented further checking)\n"
FOUND = "Found 2 errors in 1 file (checked 3 source files)\n"
CLEAN = "Success: no issues found in 3 source files\n"


def lines(*items: dict[str, Any]) -> str:
    return "".join(json.dumps(item) + "\n" for item in items)


@pytest.mark.parametrize(
    "given",
    [
        lines(ERROR),
        lines(ERROR, ERROR),
        lines(FIRST_VERSION),
        "a warning first\n" + lines(ERROR),
        BLOCKED,
        FOUND,
        CLEAN,
        lines(ERROR) + BLOCKED,
    ],
)
def test_sniff(given: str) -> None:
    assert format_of(content_of(given)) == "mypy"


def test_result() -> None:
    assert only(lines(ERROR), "mypy") == Result(
        tool="mypy",
        rule="assignment",
        level="error",
        severity=Severity.HIGH,
        message="Incompatible types",
        path="a.py",
        line=1,
        column=10,
        end_line=1,
        end_column=13,
    )


def test_a_note_is_a_result_and_no_finding() -> None:
    note = only(lines(ERROR | {"severity": "note", "code": None, "column": -1}), "mypy")
    assert (note.level, note.severity, note.counts, note.rule, note.column) == ("note", "low", False, "", 0)


def test_a_hint_is_part_of_the_message() -> None:
    assert only(lines(ERROR | {"hint": "Use it"}), "mypy").message == "Incompatible types\nUse it"


def test_the_first_version_had_no_severity() -> None:
    assert only(lines(FIRST_VERSION), "mypy").level == "None"


def test_mypy_s_own_word_that_there_is_nothing_is_a_result() -> None:
    assert facts_of(CLEAN, "mypy").results == ()
    assert warned(CLEAN, "mypy") == {}


@pytest.mark.parametrize(
    ("given", "kinds"),
    [
        (lines(ERROR), {}),
        (lines(ERROR) + FOUND, {"text lines": False}),
        (lines(ERROR) + BLOCKED, {"scan stopped": True}),
        (lines(ERROR) + "error: INTERNAL ERROR\n", {"text lines": True}),
        (lines(ERROR | {"code": "syntax"}), {"file not scanned": True}),
        (lines(ERROR | {"code": None, "message": 'Duplicate module named "a"'}), {"file not scanned": True}),
        (lines(ERROR | {"code": None, "severity": "note"}), {}),
        (lines(ERROR | {"severity": "blue"}), {"unknown level": False}),
        (lines(ERROR) + '{"file": "b.py", "li', {"unread parts": True}),
    ],
)
def test_warnings(given: str, kinds: dict[str, bool]) -> None:
    assert warned(given, "mypy") == kinds


@pytest.mark.parametrize("given", [BLOCKED, FOUND, CLEAN + BLOCKED, CLEAN.replace("3", "0")])
def test_text_alone_is_refused(given: str) -> None:
    assert refused(given, "mypy") == "not-json"
