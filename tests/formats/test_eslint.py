"""ESLint's JSON, with and without metadata."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.model.findings import Result, Rule
from reportgen.model.states import Severity
from tests.formats.findings_reading import content_of, facts_of, format_of, only, parts_of, warned

MESSAGE = {
    "ruleId": "no-undef",
    "severity": 2,
    "message": "'x' is not defined.",
    "line": 3,
    "column": 5,
    "nodeType": "Identifier",
    "messageId": "undef",
    "endLine": 3,
    "endColumn": 6,
}
PARSE_ERROR = {
    "ruleId": None,
    "fatal": True,
    "severity": 2,
    "message": "Parsing error",
    "line": 1,
    "column": 1,
}
IGNORED = {"ruleId": None, "severity": 1, "message": "File ignored because of a matching ignore pattern."}


def file(*messages: dict[str, Any], path: str = "/p/a.js", **more: Any) -> dict[str, Any]:
    errors = sum(message.get("severity") == 2 for message in messages)
    warnings = sum(message.get("severity") == 1 for message in messages)
    counts = {"errorCount": errors, "warningCount": warnings}
    return {"filePath": path, "messages": list(messages)} | counts | more


@pytest.mark.parametrize(
    "given", [[file()], [file(MESSAGE)], {"results": [file(MESSAGE)], "metadata": {"cwd": "/p"}}]
)
def test_sniff(given: Any) -> None:
    assert format_of(content_of(given)) == "eslint"


def test_result() -> None:
    assert only([file(MESSAGE)], "eslint") == Result(
        tool="eslint",
        rule="no-undef",
        level="error",
        severity=Severity.MEDIUM,
        message="'x' is not defined.",
        path="/p/a.js",
        line=3,
        column=5,
        end_line=3,
        end_column=6,
    )


@pytest.mark.parametrize(
    ("severity", "level", "ours"),
    [(2, "error", "medium"), (1, "warning", "low"), (None, "None", "medium"), (7, "7", "medium")],
)
def test_severity(severity: int | None, level: str, ours: str) -> None:
    found = only([file(MESSAGE | {"severity": severity})], "eslint")
    assert (found.level, found.severity) == (level, ours)


def test_suppressed_messages_stand_apart() -> None:
    hidden = MESSAGE | {"suppressions": [{"kind": "directive", "justification": "why"}]}
    facts = facts_of([file(MESSAGE, suppressedMessages=[hidden])], "eslint")
    assert [(result.apart, result.suppressed, result.suppression) for result in facts.results] == [
        (False, False, ""),
        (True, True, "directive: why"),
    ]
    counts = facts.counts()
    assert (counts.total, counts.suppressed, counts.by_rule) == (1, 1, {"no-undef": 1})


def test_every_file_that_was_looked_at_is_examined() -> None:
    given: list[object] = [file(path="a.js"), file(PARSE_ERROR, path="b.js"), file(IGNORED, path="c.js")]
    assert facts_of(given, "eslint").examined == ("a.js",)


def test_metadata() -> None:
    meta = {
        "no-undef": {"type": "problem", "docs": {"description": "d", "url": "https://eslint.org/x"}},
        "unused": {"docs": {}},
    }
    given = {"results": [file(MESSAGE)], "metadata": {"cwd": "/p", "rulesMeta": meta}}
    facts = facts_of(given, "eslint")
    assert facts.rules == {"no-undef": Rule(id="no-undef", summary="d", help_uri="https://eslint.org/x")}
    assert facts.roots == ("/p",)
    assert parts_of(given, "eslint").producer == "ESLint"


@pytest.mark.parametrize(
    ("given", "kinds"),
    [
        ([file()], {}),
        ([], {"nothing examined": True}),
        ([file(PARSE_ERROR)], {"file not scanned": True}),
        ([file(PARSE_ERROR | {"fatal": None})], {"file not scanned": True}),
        ([file(IGNORED), file(path="/p/b.js")], {"file ignored": False}),
        ([file(IGNORED)], {"file ignored": False, "nothing examined": True}),
        ([file() | {"messages": None}], {"results missing": True}),
        ([file(errorCount=1)], {"declared count": True}),
        ([file(MESSAGE, errorCount=0)], {"declared count": False}),
        ([{"filePath": "a.js", "messages": [MESSAGE]}], {}),
        ([file(MESSAGE | {"severity": 9})], {"unknown level": False}),
        ('[{"filePath": "a.js", "messages": [{"severity": 2}], "messages": []}]', {"repeated key": True}),
    ],
)
def test_warnings(given: Any, kinds: dict[str, bool]) -> None:
    assert warned(given, "eslint") == kinds
