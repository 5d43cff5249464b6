"""GitLab Code Quality and Code Climate JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reportgen.model.findings import Result, Rule
from reportgen.model.states import Severity
from tests.formats.findings_reading import content_of, facts_of, format_of, only, parts_of, warned

ISSUE = {
    "description": "Too complex",
    "check_name": "complexity",
    "fingerprint": "f1",
    "severity": "major",
    "location": {"path": "a.py", "lines": {"begin": 2, "end": 6}},
}
CLIMATE = ISSUE | {"type": "Issue", "engine_name": "Structure", "content": {"body": "Why."}}
MEASUREMENT = {"type": "measurement", "name": "loc", "value": 12}
RUFFS = {
    "check_name": "S101",
    "description": "S101: Use of `assert` detected",
    "severity": "major",
    "fingerprint": "67d8b5a3f01dbb6",
    "location": {"path": "a.py", "positions": {"begin": {"line": 2, "column": 5}}},
}


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ([ISSUE], True),
        ([CLIMATE], True),
        (json.dumps(CLIMATE) + "\0" + json.dumps(CLIMATE) + "\0", True),
        (json.dumps(CLIMATE) + "\0", True),
        ([{"description": "d", "location": "x"}], False),
        ([{"description": "d"}], False),
        ([], False),
    ],
)
def test_sniff(given: Any, taken: bool) -> None:
    assert (format_of(content_of(given)) == "codequality") is taken


def test_result() -> None:
    assert only([ISSUE], "codequality") == Result(
        tool="code quality",
        rule="complexity",
        level="major",
        severity=Severity.MEDIUM,
        message="Too complex",
        path="a.py",
        line=2,
        end_line=6,
        fingerprints={"codequality": "f1"},
    )


def test_code_climate_names_its_engine() -> None:
    parts = parts_of([CLIMATE], "codequality")
    assert parts.producer == "structure"
    assert parts.findings is not None
    assert parts.findings.tools == ("structure",)
    assert parts.findings.rules == {"complexity": Rule(id="complexity", help="Why.")}


def test_positions() -> None:
    positions = {"begin": {"line": 2, "column": 3}, "end": {"line": 4, "column": 5}}
    found = only([ISSUE | {"location": {"path": "a.py", "positions": positions}}], "codequality")
    assert (found.line, found.column, found.end_line, found.end_column) == (2, 3, 4, 5)


@pytest.mark.parametrize(
    ("location", "line"),
    [
        ({"path": "a.py", "lines": {"begin": -1}}, 0),
        ({"path": "a.py", "lines": {"begin": "7"}}, 7),
        ({"path": "a.py", "positions": {"begin": {"offset": 7}}}, 0),
        ({"path": "a.py"}, 0),
        (None, 0),
    ],
)
def test_line(location: object, line: int) -> None:
    assert only([ISSUE | {"location": location}], "codequality").line == line


@pytest.mark.parametrize(
    ("level", "severity"),
    [("blocker", "critical"), ("critical", "high"), ("minor", "low"), ("info", "info"), (None, "medium")],
)
def test_severity(level: str | None, severity: str) -> None:
    assert only([ISSUE | {"severity": level}], "codequality").severity == severity


def test_stream() -> None:
    text = "\0".join([json.dumps(CLIMATE), "\n" + json.dumps(CLIMATE | {"fingerprint": "f2"}), ""])
    assert len(facts_of(text, "codequality").results) == 2


@pytest.mark.parametrize(
    ("given", "kinds"),
    [
        ([ISSUE], {}),
        ([], {"empty list": True}),
        ([CLIMATE, MEASUREMENT], {"other items": False}),
        ([MEASUREMENT], {"empty list": True, "other items": False}),
        ([ISSUE, ISSUE], {"repeated fingerprint": False}),
        ([ISSUE | {"fingerprint": None}], {"no fingerprint": False}),
        ([ISSUE | {"severity": "blue"}], {"unknown level": False}),
        ([ISSUE, "x"], {"unread parts": True}),
        ([ISSUE | {"check_name": "", "description": "Parsing error: x"}], {"file not scanned": True}),
        ([ISSUE | {"check_name": "astroid-error"}], {"file not scanned": True}),
        ([ISSUE | {"check_name": "typecheck"}], {"file not scanned": True}),
        ([RUFFS], {}),
        ([RUFFS | {"check_name": "E902", "description": "E902: no such file"}], {"file not scanned": True}),
    ],
)
def test_warnings(given: Any, kinds: dict[str, bool]) -> None:
    assert warned(given, "codequality") == kinds


def test_a_check_given_as_nothing_is_not_the_same_as_none() -> None:
    given = [ISSUE | {"check_name": ""}, ISSUE | {"check_name": None, "fingerprint": "f2"}]
    assert facts_of(given, "codequality").counts().by_rule == {"": 1, "None": 1}


@pytest.mark.parametrize(
    ("given", "tool", "message"),
    [
        (RUFFS, "ruff", "Use of `assert` detected"),
        (RUFFS | {"engine_name": "Other"}, "other", RUFFS["description"]),
        (RUFFS | {"fingerprint": "f" * 32}, "code quality", RUFFS["description"]),
        (RUFFS | {"description": "Use of `assert`"}, "code quality", "Use of `assert`"),
        (RUFFS | {"location": {"path": "a.py", "lines": {"begin": 2}}}, "code quality", RUFFS["description"]),
    ],
)
def test_ruff_is_told_by_how_it_writes(given: dict[str, Any], tool: str, message: str) -> None:
    found = only([given], "codequality")
    assert (found.tool, found.message, found.severity) == (tool, message, Severity.MEDIUM)
    assert parts_of([given], "codequality").producer == ("" if tool == "code quality" else tool)
