"""The fixes that tools propose, as their formats tell them; an odd one costs the finding nothing."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.model.findings import MOST_EDITS, Edit, Fix
from tests.formats.findings_reading import facts_of, only, warned

EDIT = {"content": "", "location": {"row": 1, "column": 1}, "end_location": {"row": 2, "column": 1}}


def ruff(fix: object) -> list[object]:
    place = {"row": 1, "column": 1}
    return [
        {
            "code": "F401",
            "message": "m",
            "filename": "a.py",
            "location": place,
            "end_location": place,
            "fix": fix,
        }
    ]


def eslint(source: str | None = None, **told: object) -> list[object]:
    message = {"ruleId": "semi", "severity": 2, "message": "m", "line": 1, "column": 1, **told}
    return [{"filePath": "/a.js", "messages": [message], **({"source": source} if source else {})}]


def sarif(*fixes: object, uri: str = "a.py") -> dict[str, Any]:
    place = {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": 2}}}
    result = {"ruleId": "R", "message": {"text": "m"}, "locations": [place], "fixes": list(fixes)}
    return {
        "version": "2.1.0",
        "$schema": "sarif",
        "runs": [{"tool": {"driver": {"name": "T"}}, "results": [result]}],
    }


def change(uri: str, *replacements: object, text: str | None = "Do it") -> dict[str, object]:
    told = {"artifactLocation": {"uri": uri}, "replacements": list(replacements)}
    return {"artifactChanges": [told], **({"description": {"text": text}} if text else {})}


DELETED = {"deletedRegion": {"startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 5}}
INSERTED = DELETED | {"insertedContent": {"text": "xyz"}}


@pytest.mark.parametrize(
    ("fix", "expected"),
    [
        ({"message": "Remove it", "edits": [EDIT]}, Fix("Remove it", (Edit("", 1, 1, 2, 1),))),
        ({"message": None, "edits": [EDIT]}, Fix("", (Edit("", 1, 1, 2, 1),))),
        (None, None),
        ({"message": "old", "content": "", "location": {}}, None),
        ({"edits": []}, None),
        ({"edits": [EDIT] * (MOST_EDITS + 1)}, None),
        ({"edits": [EDIT | {"content": "x" * 5000}]}, None),
        ({"edits": "none"}, None),
        ([1], None),
    ],
)
def test_ruff(fix: object, expected: Fix | None) -> None:
    assert only(ruff(fix), "ruff").fix == expected
    assert warned(ruff(fix), "ruff") == {}


def test_a_fix_in_a_notebook_has_no_place() -> None:
    told = ruff({"message": "m", "edits": [EDIT]})
    told[0]["cell"] = 3  # type: ignore[index]  # it is an object of JSON
    assert only(told, "ruff").fix is None


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (eslint(fix={"range": [4, 5], "text": ";"}), Fix("", (Edit(";"),))),
        (
            eslint("a b\nc d\n", fix={"range": [4, 5], "text": ";"}),
            Fix("", (Edit(";", 2, 1, 2, 2, "c"),)),
        ),
        (eslint("ä b\nc d\n", fix={"range": [4, 5], "text": ";"}), Fix("", (Edit(";"),))),
        (eslint("a\n", fix={"range": [4, 50], "text": ";"}), Fix("", (Edit(";"),))),
        (
            eslint(suggestions=[{"desc": "Do so", "fix": {"range": [0, 0], "text": "x"}}]),
            Fix("Do so", (Edit("x"),)),
        ),
        (eslint(suggestions=[{"desc": "no fix"}]), None),
        (eslint(fix={"range": [1], "text": "x"}), None),
        (eslint(fix="x"), None),
    ],
)
def test_eslint(report: list[object], expected: Fix | None) -> None:
    assert only(report, "eslint").fix == expected
    assert "unread parts" not in warned(report, "eslint")


@pytest.mark.parametrize(
    ("fixes", "expected"),
    [
        ([change("a.py", INSERTED)], Fix("Do it", (Edit("xyz", 2, 3, 2, 5),))),
        ([change("a.py", DELETED, text=None)], Fix("", (Edit("", 2, 3, 2, 5),))),
        ([change("a.py", {"deletedRegion": {"startLine": 3}})], Fix("Do it", (Edit("", 3, 1, 3, 0),))),
        ([change("b.py", INSERTED), change("./a.py", INSERTED)], None),
        ([change("b.py", INSERTED), change("a.py", INSERTED)], Fix("Do it", (Edit("xyz", 2, 3, 2, 5),))),
        ([change("b.py", INSERTED)], None),
        ([{"artifactChanges": []}], None),
        (["odd"], None),
        ([{"artifactChanges": [{"replacements": [1], "artifactLocation": 5}]}], None),
        ([], None),
    ],
)
def test_sarif(fixes: list[object], expected: Fix | None) -> None:
    assert only(sarif(*fixes), "sarif").fix == expected
    assert "unread parts" not in warned(sarif(*fixes), "sarif")


def test_an_odd_fix_beside_an_odd_value_is_still_no_matter() -> None:
    """The second reader, for what does not fit, takes a fix as it comes as well."""
    report = sarif(change("a.py", INSERTED))
    report["runs"][0]["results"][0]["message"] = {"text": 5}
    assert only(report, "sarif").fix == Fix("Do it", (Edit("xyz", 2, 3, 2, 5),))


@pytest.mark.parametrize(
    ("hashes", "expected"),
    [
        ({"sha-256": "AB" * 32}, {"a.py": "ab" * 32}),
        ({"sha-1": "ab" * 20}, {}),
        ({"sha-256": "ab"}, {}),
        ({"sha-256": 5}, {}),
        ([], {}),
        (None, {}),
    ],
)
def test_sarif_tells_the_bytes_that_were_examined(hashes: object, expected: dict[str, str]) -> None:
    report = sarif()
    report["runs"][0]["artifacts"] = [{"location": {"uri": "a.py"}, "hashes": hashes}]
    assert facts_of(report, "sarif").digests == expected
