"""When evidence was made, as far as its format tells: what is stale can then be told."""

from __future__ import annotations

import json

import pytest

from tests.formats.findings_reading import parts_of

LINES = (
    '<packages><package name="p"><classes><class name="a" filename="a.py"><lines>'
    '<line number="1" hits="1"/></lines></class></classes></package></packages>'
)
CLOVER = (
    '<coverage generated="1700000000"><project><file name="a.py">'
    '<line num="1" type="stmt" count="1"/></file></project></coverage>'
)
FILE = {"executed_lines": [1], "missing_lines": [], "summary": {}}


def sarif(*invocations: dict[str, object]) -> str:
    run = {"tool": {"driver": {"name": "T"}}, "results": [], "invocations": list(invocations)}
    return json.dumps({"version": "2.1.0", "runs": [run]})


def ended(moment: str) -> dict[str, object]:
    return {"executionSuccessful": True, "endTimeUtc": moment}


@pytest.mark.parametrize(
    ("form", "text", "time"),
    [
        ("cobertura", f'<coverage timestamp="1700000000123">{LINES}</coverage>', "2023-11-14T22:13:20Z"),
        ("cobertura", f'<coverage timestamp="1700000000">{LINES}</coverage>', "2023-11-14T22:13:20Z"),
        ("cobertura", f"<coverage>{LINES}</coverage>", ""),
        (
            "clover",
            CLOVER,
            "2023-11-14T22:13:20Z",
        ),
        (
            "coveragepy-json",
            json.dumps(
                {"meta": {"timestamp": "2023-11-14T22:13:20.5"}, "files": {"a.py": FILE}, "totals": {}}
            ),
            "2023-11-14T22:13:20.5",
        ),
        (
            "sarif",
            sarif(ended("2023-11-14T22:13:20Z"), ended("2023-11-15T00:00:00Z")),
            "2023-11-15T00:00:00Z",
        ),
        (
            "sarif",
            sarif({"executionSuccessful": True, "startTimeUtc": "2023-11-14T22:13:20Z"}),
            "2023-11-14T22:13:20Z",
        ),
        ("sarif", sarif(), ""),
        (
            "bandit",
            json.dumps({"results": [], "metrics": {}, "generated_at": "2023-11-14T22:13:20Z"}),
            "2023-11-14T22:13:20Z",
        ),
    ],
)
def test_when_it_was_made(form: str, text: str, time: str) -> None:
    parts = parts_of(text, form)
    facts = parts.coverage or parts.findings
    assert facts is not None
    assert facts.time == time
