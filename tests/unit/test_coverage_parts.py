"""Sets of lines within bounds, and the small readings that the coverage readers share."""

from __future__ import annotations

import io

import pytest

from reportgen.model.coverage import lines_of
from reportgen.model.limits import Limits
from reportgen.readers.base import UnreadableError
from reportgen.readers.content import Content
from reportgen.readers.coverage_parts import FileTally, LineSets, first_of, hits, root_name, text_lines, whole


@pytest.mark.parametrize(
    ("numbers", "kept", "left_out"),
    [
        ([], [], 0),
        ([1, 2, 3], [1, 2, 3], 0),
        ([3, 1, 3], [1, 3], 0),
        ([0], [0], 0),
        ([1000], [1000], 0),
        ([1, 1001, -1], [1], 2),
        ([1001], [], 1),
        ([-1], [], 1),
    ],
)
def test_bits(numbers: list[int], kept: list[int], left_out: int) -> None:
    sets = LineSets(Limits(line=1000))
    assert list(lines_of(sets.bits(numbers))) == kept
    assert sets.left_out == left_out


@pytest.mark.parametrize("numbers", [[5], [1, 900], list(range(500)), list(range(0, 999, 7))])
def test_bits_are_the_same_however_dense(numbers: list[int]) -> None:
    assert LineSets(Limits()).bits(numbers) == sum(1 << number for number in numbers)


@pytest.mark.parametrize(
    ("ranges", "kept", "left_out"),
    [
        ([], [], 0),
        ([(1, 3)], [1, 2, 3], 0),
        ([(5, 6), (1, 2)], [1, 2, 5, 6], 0),
        ([(1, 5), (2, 3), (4, 7)], [1, 2, 3, 4, 5, 6, 7], 0),
        ([(3, 2), (1, 1001), (4, 4)], [4], 2),
    ],
)
def test_ranges(ranges: list[tuple[int, int]], kept: list[int], left_out: int) -> None:
    sets = LineSets(Limits(line=1000))
    assert list(lines_of(sets.ranges(ranges))) == kept
    assert sets.left_out == left_out


def test_what_is_asked_again_is_left_out_once() -> None:
    sets = LineSets(Limits(line=1000))
    assert list(lines_of(sets.bits([-1, 2], again=True))) == [2]
    assert list(lines_of(sets.ranges([(3, 2), (4, 4)], again=True))) == [4]
    assert sets.left_out == 0


def test_within() -> None:
    sets = LineSets(Limits(line=4))
    assert sets.within(0b11011) == 0b11011
    assert sets.within(0b1111010) == 0b11010
    assert sets.left_out == 2


def test_a_set_may_not_take_more_than_its_room() -> None:
    sets = LineSets(Limits(file_bytes=1000))
    sets.bits([1500])
    with pytest.raises(UnreadableError) as caught:
        sets.bits([1500])
    assert caught.value.problem.kind == "too-big"


def test_a_covered_line_is_executable() -> None:
    tally = FileTally()
    tally.covered = 0b110
    tally.executable = 0b1010
    assert tally.facts("a.c").executable == 0b1110
    assert tally.facts("a.c", lists_lines=False).executable is None


@pytest.mark.parametrize(
    ("text", "hit", "odd"),
    [
        ("0", False, False),
        ("00", False, False),
        ("7", True, False),
        ("9" * 5000, True, False),
        ("-1", False, True),
        ("0.5", True, True),
        ("1e9", True, True),
        ("nan", False, True),
        ("inf", False, True),
        ("", False, True),
        ("x", False, True),
        ("٣", True, True),
    ],
)
def test_hits(text: str, hit: bool, odd: bool) -> None:
    assert hits(text) == (hit, odd)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("12", 12),
        ("12.0", 12),
        ("1.5", None),
        ("-1", None),
        ("", None),
        (None, None),
        ("x", None),
        ("nan", None),
        ("9" * 400, None),
    ],
)
def test_whole(text: str | None, number: int | None) -> None:
    assert whole(text) == number


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", []),
        (b"a\nb\n", ["a", "b"]),
        (b"a\r\nb", ["a", "b"]),
        (b"\n\na", ["", "", "a"]),
        (b"a" * 600_000 + b"\nb\n", ["a" * 600_000, "b"]),
        ("é\nb".encode("utf-16"), ["é", "b"]),
        (b"\xef\xbb\xbfa\n", ["a"]),
        (b"\xff\n\xfe", ["\\xff", "\\xfe"]),
    ],
)
def test_text_lines(data: bytes, found: list[str]) -> None:
    assert list(text_lines(Content(io.BytesIO(data), 1 << 30))) == found


@pytest.mark.parametrize(
    ("text", "root", "first"),
    [
        ("<a><c/><b/></a>", "a", "c"),
        ("<n:a xmlns:n='u'><n:b/></n:a>", "a", "b"),
        ("<!-- <z/> --><a><bb/></a>", "a", ""),
        ("<a b='1", "a", ""),
        ("a", "", ""),
    ],
)
def test_what_an_xml_document_begins_with(text: str, root: str, first: str) -> None:
    content = Content(io.BytesIO(text.encode()), 1 << 30)
    assert root_name(content) == root
    assert first_of(content, "b", "c") == first
