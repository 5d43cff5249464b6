"""LCOV trace files of both generations, and what producers make of them."""

from __future__ import annotations

import pytest

from reportgen.model.limits import Limits
from tests.formats.coverage_reading import facts_of, format_of, lines, only, warned, words


def record(*rows: str, path: str = "a.c") -> str:
    return "\n".join((f"SF:{path}", *rows, "end_of_record", ""))


# the records of one file -> executable, covered
LINES = [
    (("DA:1,5", "DA:2,0"), [1, 2], [1]),
    (("DA:1,0", "DA:1,2"), [1], [1]),
    (("DA:1,1,3d2f==", "DA:2,0,"), [1, 2], [1]),
    (("DA:0,0",), [0], []),
    (("DA:1,99999999999999999999",), [1], [1]),
    (("DA:1,-3", "DA:2,abc", "DA:3,1e3"), [1, 2, 3], [3]),
    (("VER:abc", "FN:1,5,f", "FNDA:2,f", "FNL:0,1,5", "FNA:0,2,f", "FNF:1", "FNH:1", "DA:1,1"), [1], [1]),
    (("MCDC:1,2,t,1,0,a && b", "MCF:2", "MCH:1", "DA:1,1"), [1], [1]),
]


@pytest.mark.parametrize(("rows", "executable", "covered"), LINES)
def test_lines(rows: tuple[str, ...], executable: list[int], covered: list[int]) -> None:
    file = only(record(*rows))
    assert lines(file.executable) == executable
    assert lines(file.covered) == covered


# the branch records of one file -> its arms
ARMS = [
    (("BRDA:3,0,0,1", "BRDA:3,0,1,-", "BRDA:3,0,2,0"), {"3:0:0": True, "3:0:1": False, "3:0:2": False}),
    (("BRDA:3,0,0,-", "BRDA:3,0,0,7"), {"3:0:0": True}),
    (("BRDA:3,0,0,7", "BRDA:3,0,0,-"), {"3:0:0": True}),
    (("BRDA:3,0,0,1", "BRDA:3,e0,0,-"), {"3:0:0": True, "3:e0:0": False}),
    (("BRDA:3,0,jump to line 7,1",), {"3:0:jump to line 7": True}),
    (("BRDA:3,0,f(a, b) && c,0",), {"3:0:f(a, b) && c": False}),
    (("BRDA:0,4,1,1",), {"0:4:1": True}),
]


@pytest.mark.parametrize(("rows", "arms"), ARMS)
def test_branches(rows: tuple[str, ...], arms: dict[str, bool]) -> None:
    assert only(record("DA:3,1", *rows)).arms == arms


def test_records_of_one_file_are_one_file() -> None:
    text = (
        "TN:one\n" + record("DA:1,0", "DA:2,0") + "TN:two\n" + record("DA:2,1") + record("DA:1,1", path="b.c")
    )
    facts = facts_of(text)
    assert [(file.path, words(file.line_counts())) for file in facts.files] == [
        ("a.c", "1/2"),
        ("b.c", "1/1"),
    ]


# the text -> its warnings, and whether each leaves doubt
ODD = [
    (record("DA:1,1"), {}),
    (record("DA:1,1").replace("\n", "\r\n"), {}),
    ("# made by hand\n\nTN:\n" + record("DA:1,1") + "EOF\n", {}),
    (record("DA:1,1").replace("end_of_record", "end_of_record "), {}),
    (record("DA:1,1", "LF:1", "LH:1", "BRF:0", "BRH:0"), {}),
    (record("DA:1,1", "LF:2", "LH:1"), {"stated totals differ": False}),
    (record("DA:1,1") + record("LF:9", "LH:9", path="b.c"), {"stated totals differ": True}),
    (record("DA:1,1", "BRDA:1,0,0,1", "BRF:2", "BRH:2"), {"stated totals differ": False}),
    (record("DA:1,1", "what is this"), {"garbage lines": True}),
    (record("DA:1,1", "DA:x,1", "DA:2", "BRDA:1,0"), {"garbage lines": True}),
    ("TN:\nDA:1,1\n" + record("DA:1,1"), {"garbage lines": True}),
    (record("DA:1,1", "NEW:1"), {"unknown records": False}),
    ("SF:a.c\nDA:1,1\n" + record("DA:1,1", path="b.c"), {"unfinished record": True}),
    ("TN:\nSF:a.c\nDA:1,1\n", {"unfinished record": True}),
    ("TN:\nSF:a.c\nDA:1,1\nDA:2", {"garbage lines": True, "unfinished record": True}),
    (record("DA:1,no"), {"odd counts": False}),
    (record("DA:1,1", "DA:1000001,1", "DA:-4,1", "BRDA:1000001,0,0,1"), {"odd line numbers": True}),
    (record("FNF:0"), {"no lines": True}),
    (record("DA:1,1", path=""), {"no file name": False}),
    (record("DA:1,1", path="") + record("DA:1,0", path=""), {"no file name": True}),
    ("TN:\n", {"no files": True}),
]


@pytest.mark.parametrize(("text", "kinds"), ODD)
def test_what_is_odd_is_said(text: str, kinds: dict[str, bool]) -> None:
    assert warned(text) == kinds


def test_a_line_without_end_is_cut() -> None:
    text = record("DA:1,1") + "x" * 3_000_000
    assert facts_of(text).line_counts().covered == 1
    assert warned(text) == {"garbage lines": True}


def test_paths_that_are_no_text_stay_apart() -> None:
    data = record("DA:1,1", path="é.c").encode("latin-1") + record("DA:1,1", path="è.c").encode("latin-1")
    assert [file.path for file in facts_of(data).files] == ["\\xe9.c", "\\xe8.c"]


def test_a_trace_written_by_a_shell_on_windows() -> None:
    assert words(facts_of(record("DA:1,1", "DA:2,0").encode("utf-16")).line_counts()) == "1/2"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("TN:\nSF:a.c\n", "lcov"),
        ("SF:a.c\nDA:1,1\n", "lcov"),
        ("garbage\nSF:a.c\nBRF:0\n", "lcov"),
        ("SF:a.c\n", None),
        ("DA:1,1\n", None),
        ("Notes\nTN: see above\n", None),
        ("# by hand\n\n  # twice\nTN:\nSF:a.c\n", "lcov"),
        (f"{'#' * 10_000}\nhello\n", None),  # as a banner has it: told at once
    ],
)
def test_what_a_trace_is_told_by(text: str, form: str | None) -> None:
    assert format_of(text) == form


def test_the_highest_line_is_a_limit() -> None:
    assert lines(only(record("DA:10,1", "DA:11,1"), Limits(line=10)).executable) == [10]
