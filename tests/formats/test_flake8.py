"""The JSON of flake8-json."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.model.findings import Result
from reportgen.model.states import Severity
from tests.formats.findings_reading import content_of, facts_of, format_of, only, warned

FOUND = {
    "code": "F401",
    "filename": "a.py",
    "line_number": 3,
    "column_number": 1,
    "text": "'os' imported but unused",
    "physical_line": "import os\n",
}


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ({"a.py": [FOUND]}, True),
        ({"a.py": [], "b.py": [FOUND]}, True),
        ({"a.py": []}, True),
        ({"./a.pyi": [], "-": []}, True),
        ({"errors": []}, False),
        ({"a.py": [], "errors": []}, False),
        ({"a.py": {"path": "a.py"}}, False),
        ({"a.py": [{"code": "F401"}]}, False),
        ({}, False),
    ],
)
def test_sniff(given: Any, taken: bool) -> None:
    assert (format_of(content_of(given)) == "flake8") is taken


def test_result() -> None:
    assert only({"a.py": [FOUND]}, "flake8") == Result(
        tool="flake8",
        rule="F401",
        level="None",
        severity=Severity.LOW,
        message="'os' imported but unused",
        path="a.py",
        line=3,
        column=1,
        snippet="import os",
    )


def test_files_without_a_violation_were_examined_and_broken_ones_not() -> None:
    broken = FOUND | {"code": "E999", "physical_line": None}
    facts = facts_of({"a.py": [], "b.py": [FOUND], "c.py": [broken]}, "flake8")
    assert facts.examined == ("a.py", "b.py")


@pytest.mark.parametrize(
    ("given", "kinds"),
    [
        ({"a.py": []}, {}),
        ({}, {"nothing examined": True}),
        ({"a.py": [FOUND], "b.py": None}, {"results missing": True}),
        ({"a.py": [FOUND | {"code": "E999"}]}, {"file not scanned": True}),
        ({"a.py": [FOUND | {"code": "E902"}]}, {"file not scanned": True}),
        (
            '{"a.py": [{"code": "F401", "line_number": 1, "column_number": 1}], "a.py": []}',
            {"repeated key": True},
        ),
        ({"a.py": [FOUND | {"text": "line_number"}]}, {}),
    ],
)
def test_warnings(given: Any, kinds: dict[str, bool]) -> None:
    assert warned(given, "flake8") == kinds
