"""gcovr's own JSON."""

from __future__ import annotations

import json

import pytest

from tests.formats.coverage_reading import facts_of, lines, only, warned, words

Json = dict[str, object]


def report(*entries: Json, version: str = "0.15", files: list[Json] | None = None) -> str:
    listed = [{"file": "a.c", "lines": list(entries), "functions": []}] if files is None else files
    return json.dumps({"gcovr/format_version": version, "files": listed})


def line(number: int, count: int, *branches: Json, **more: object) -> Json:
    names = {name.replace("gcovr_", "gcovr/"): value for name, value in more.items()}
    return {"line_number": number, "count": count, "branches": list(branches), **names}


def branch(count: int, **more: object) -> Json:
    names = {name.replace("gcovr_", "gcovr/"): value for name, value in more.items()}
    return {"count": count, "fallthrough": False, "throw": False, **names}


# line entries -> executable, covered, branches
LINES = [
    ([line(1, 2), line(2, 0)], [1, 2], [1], "0/0"),
    ([line(1, 0, function_name="f"), line(1, 3, function_name="g")], [1], [1], "0/0"),
    ([line(1, 0, gcovr_excluded=True), line(2, 0, gcovr_noncode=True), line(3, 1)], [3], [3], "0/0"),
    ([line(1, 1, branch(1), branch(0))], [1], [1], "1/2"),
    ([line(1, 1, branch(1), branch(0, gcovr_excluded=True))], [1], [1], "1/1"),
    ([line(1, 1, branch(1), gcovr_excluded=True), line(2, 1)], [2], [2], "0/0"),
    ([line(1, 1, branch(0), function_name="f"), line(1, 1, branch(1), function_name="g")], [1], [1], "1/2"),
    ([line(1, 1, branch(0), function_name="f"), line(1, 1, branch(1), function_name="f")], [1], [1], "1/1"),
]


@pytest.mark.parametrize(("entries", "executable", "covered", "branches"), LINES)
def test_lines(entries: list[Json], executable: list[int], covered: list[int], branches: str) -> None:
    text = report(*entries)
    file = only(text)
    assert lines(file.executable) == executable
    assert lines(file.covered) == covered
    assert words(facts_of(text).branch_counts()) == branches


def test_entries_of_one_file_are_one_file() -> None:
    text = report(
        files=[{"file": "a.c", "lines": [line(1, 0), line(2, 0)]}, {"file": "a.c", "lines": [line(1, 1)]}]
    )
    assert words(only(text).line_counts()) == "1/2"


ODD = [
    (report(line(1, 1)), {}),
    (report(line(1, 1), version="0.1"), {}),
    (report(line(1, 1), version="0.16"), {"unknown version": False}),
    (report(line(1, 1), version="1.0"), {"unknown version": True}),
    (report(line(1, 1), version=""), {"unknown version": True}),
    (report(line(1, 1), {"count": 1}), {"odd line numbers": True}),
    (report(), {"no lines": True}),
    (report(files=[]), {"no files": True}),
    (report(files=[{"lines": [line(1, 1)]}]), {"no file name": False}),
    (report(files=[{"lines": [line(1, 1)]}, {"lines": [line(1, 0)]}]), {"no file name": True}),
]


@pytest.mark.parametrize(("text", "kinds"), ODD)
def test_what_is_odd_is_said(text: str, kinds: dict[str, bool]) -> None:
    assert warned(text) == kinds
