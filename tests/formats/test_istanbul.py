"""Istanbul's JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import pytest

from tests.formats.coverage_reading import facts_of, format_of, lines, only, warned, words


def entry(
    statements: Sequence[tuple[int | None, int | None]],
    arms: Mapping[str, list[int | None]] = {},
    path: str = "/a.js",
) -> dict[str, object]:
    """A file of (start line, count) statements, and branches."""
    return {
        "path": path,
        "statementMap": {
            str(n): {"start": {"line": line}, "end": {"line": 99}} for n, (line, _) in enumerate(statements)
        },
        "s": {str(n): count for n, (_, count) in enumerate(statements) if count is not None},
        "branchMap": {name: {"loc": {"start": {"line": 7}}, "type": "if"} for name in arms},
        "b": dict(arms),
        "fnMap": {},
        "f": {},
    }


def report(*entries: dict[str, object]) -> str:
    return json.dumps({str(each["path"]): each for each in entries})


# statements -> executable, covered
STATEMENTS = [
    ([(1, 3), (2, 0)], [1, 2], [1]),
    ([(1, 0), (1, 1)], [1], [1]),
    ([(1, 1), (1, 0)], [1], [1]),
    ([(1, None), (2, 1)], [1, 2], [2]),
    ([(None, 1), (2, 1)], [2], [2]),
]


@pytest.mark.parametrize(("statements", "executable", "covered"), STATEMENTS)
def test_lines(
    statements: list[tuple[int | None, int | None]], executable: list[int], covered: list[int]
) -> None:
    file = only(report(entry(statements)))
    assert lines(file.executable) == executable
    assert lines(file.covered) == covered


def test_branches_are_arms() -> None:
    file = only(report(entry([(1, 1)], {"0": [1, 0], "1": [None, 4, 0]})))
    assert file.arms == {"7:0:0": True, "7:0:1": False, "7:1:0": False, "7:1:1": True, "7:1:2": False}


def test_old_branches_have_their_line_beside_them() -> None:
    each = entry([(1, 1)], {"0": [1]}) | {"branchMap": {"0": {"line": 3, "type": "if"}}}
    assert only(report(each)).arms == {"3:0:0": True}


@pytest.mark.parametrize("counts", [{}, {"0": []}, {"0": [1]}])
def test_arms_without_a_count_have_not_run(counts: dict[str, list[int]]) -> None:
    branch = {"loc": {"start": {"line": 7}}, "locations": [{}, {}]}
    text = report(entry([(1, 1)]) | {"branchMap": {"0": branch}, "b": counts})
    assert words(facts_of(text).branch_counts()) == f"{sum(map(sum, counts.values()))}/2"
    assert warned(text) == {"missing counts": False}


def test_a_file_without_branches_has_none_of_none() -> None:
    assert words(facts_of(report(entry([(1, 1)]))).branch_counts()) == "0/0"


def test_an_entry_may_be_wrapped() -> None:
    text = json.dumps({"/a.js": {"data": entry([(1, 1), (2, 0)])}})
    assert words(facts_of(text).line_counts()) == "1/2"


ODD = [
    (report(entry([(1, 1)])), {}),
    (report(entry([(1, None)])), {"missing counts": False}),
    (
        report(entry([(1, 1)])).replace('"b": {}', '"b": {}, "branchMap": {"0": {}}'),
        {"missing counts": False},
    ),
    (report(entry([(1, 1)])).replace('"path": "/a.js"', '"path": "/b.js"'), {"two paths": False}),
    (report(entry([(None, 1), (2, 1)])), {"odd line numbers": True}),
    (report(entry([])), {"no lines": True}),
    (report(entry([(1, 1)]), {"path": "/b.js"}), {"no statements": True}),
    (
        report(entry([(1, 1)]), entry([(1, 0)], path="/b.js")).replace("/b.js", "/a.js"),
        {"repeated key": True},
    ),
    (report(entry([(1, 1)])).replace('"0": 1', '"0": NaN'), {"missing counts": False, "not a number": False}),
]


@pytest.mark.parametrize(("text", "kinds"), ODD)
def test_what_is_odd_is_said(text: str, kinds: dict[str, bool]) -> None:
    assert warned(text) == kinds


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (report(entry([(1, 1)])), "istanbul"),
        (report(entry([(1, 1)]))[:-20], "istanbul"),
        ('{"/a.js": {"lines": {"total": 3, "covered": 3, "pct": 100}}}', None),
        ("{}", None),
    ],
)
def test_what_a_report_is_told_by(text: str, form: str | None) -> None:
    assert format_of(text) == form
