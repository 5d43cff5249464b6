"""pylint's two JSON formats, and the plain text that it writes instead."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.model.findings import Result, Rule
from reportgen.model.states import Severity
from tests.formats.findings_reading import content_of, facts_of, format_of, only, refused, warned

LISTED = {
    "type": "warning",
    "module": "pkg.mod",
    "obj": "Class.method",
    "line": 12,
    "column": 0,
    "endLine": 12,
    "endColumn": 9,
    "path": "pkg/mod.py",
    "symbol": "unused-import",
    "message": "Unused import os",
    "message-id": "W0611",
}
NAMED = {name: value for name, value in LISTED.items() if name != "message-id"} | {"messageId": "W0611"}


def json2(*messages: dict[str, Any], linted: int = 3, **counts: int) -> dict[str, Any]:
    statistics = {"messageTypeCount": {"warning": 0, "error": 0} | counts, "modulesLinted": linted}
    return {"messages": list(messages), "statistics": statistics}


@pytest.mark.parametrize("given", [[LISTED], json2(), json2(NAMED, warning=1), [NAMED]])
def test_sniff(given: Any) -> None:
    assert format_of(content_of(given)) == "pylint"


@pytest.mark.parametrize("given", [[LISTED], json2(NAMED, warning=1)])
def test_result(given: Any) -> None:
    assert only(given, "pylint") == Result(
        tool="pylint",
        rule="W0611",
        level="warning",
        severity=Severity.MEDIUM,
        message="Unused import os",
        path="pkg/mod.py",
        line=12,
        column=1,
        end_line=12,
        end_column=10,
        symbol="Class.method",
    )
    assert facts_of(given, "pylint").rules == {"W0611": Rule(id="W0611", name="unused-import")}
    assert facts_of(given, "pylint").examined is None


@pytest.mark.parametrize(
    ("level", "severity"),
    [("fatal", "critical"), ("error", "high"), ("refactor", "low"), ("convention", "low"), ("info", "info")],
)
def test_severity(level: str, severity: str) -> None:
    assert only([LISTED | {"type": level}], "pylint").severity == severity


@pytest.mark.parametrize(
    ("given", "kinds"),
    [
        ([LISTED], {}),
        (json2(NAMED, warning=1), {}),
        (json2(), {}),
        ([], {"empty list": True}),
        (json2(linted=0), {"nothing examined": True}),
        (json2(warning=2), {"declared count": True}),
        (json2(NAMED, warning=0), {"declared count": False}),
        ({"messages": None, "statistics": {"modulesLinted": 1}}, {"results missing": True}),
        ([LISTED | {"message-id": "E0001"}], {"file not scanned": True}),
        ([LISTED | {"message-id": "F0002"}], {"file not scanned": True}),
        ([LISTED | {"type": "blue"}], {"unknown level": False}),
        (
            (
                '{"messages": [{"type": "error", "messageId": "E1"}], "messages": [], '
                '"statistics": {"modulesLinted": 1}}'
            ),
            {"repeated key": True},
        ),
    ],
)
def test_warnings(given: Any, kinds: dict[str, bool]) -> None:
    assert warned(given, "pylint") == kinds


@pytest.mark.parametrize(
    "text", ["No files to lint: exiting.\n", "************* Module a\na.py:1:0: C0114: Missing docstring\n"]
)
def test_plain_text_is_refused(text: str) -> None:
    assert format_of(content_of(text)) == "pylint"
    assert refused(text, "pylint") == "not-json"


def test_nothing_at_all_is_refused() -> None:
    assert refused("", "pylint") == "not-json"
