"""Times as producers write them, counts, and texts cut to their limits."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reportgen.readers.junit_values import TextKeeper, count_of, cut_name, cut_text, seconds_of


@pytest.mark.parametrize(
    ("text", "value", "odd"),
    [
        (None, None, ""),
        ("", None, ""),
        ("  ", None, ""),
        ("0", "0", ""),
        ("1.5", "1.5", ""),
        (" 0.5 ", "0.5", ""),
        ("+2", "2", ""),
        (".5", "0.5", ""),
        ("5.", "5", ""),
        ("1e3", "1000", ""),
        ("6e-05", "0.00006", ""),
        ("0.142000399999999998", "0.142000399999999998", ""),
        ("-0.0", "0", ""),
        ("1,234.567", "1234.567", "comma"),
        ("1.234,5", "1234.5", "comma"),
        ("0,012", "0.012", "comma"),
        ("1,234", "1.234", "comma"),
        ("-1", None, "negative"),
        ("-345345", None, "negative"),
        ("NaN", None, "nan"),
        ("-inf", None, "inf"),
        ("Infinity", None, "inf"),
        ("1e400", None, "huge"),
        ("9" * 400, None, "huge"),
        ("999999999", "999999999", ""),
        ("1000000000", None, "huge"),
        ("1.5s", None, "unit"),
        ("12ms", None, "unit"),
        ("3 min", None, "unit"),
        ("00:01:02.5", None, "clock"),
        ("PT1.5S", None, "iso8601"),
        ("1_000", None, "other"),
        ("0x10", None, "other"),
        ("\u0663\u066b\u0665", None, "other"),
        ("1,2,3", None, "other"),
        ("0.1 0.2", None, "other"),
        ("fast", None, "other"),
        ("1e9999999999", None, "other"),
    ],
)
def test_seconds(text: str | None, value: str | None, odd: str) -> None:
    found, told = seconds_of(text)
    assert (found, told) == (None if value is None else Decimal(value), odd)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        (" 12 ", 12),
        ("-1", -1),
        ("+3", 3),
        ("007", 7),
        ("", None),
        ("1.0", None),
        ("many", None),
        ("\u0663", None),
        ("9" * 5_000, 10**15),
    ],
)
def test_counts(text: str, value: int | None) -> None:
    assert count_of(text) == value


@pytest.mark.parametrize("length", [0, 9, 10])
def test_what_is_short_enough_is_not_cut(length: int) -> None:
    text = "x" * length
    assert cut_name(text, 10) is text
    assert cut_text(text, 10) is text


def test_cut_names_that_begin_alike_stay_apart() -> None:
    first, second = cut_name("x" * 100 + "1", 10), cut_name("x" * 100 + "2", 10)
    assert first != second
    assert first.startswith("xxxxxxxxxx… [cut from 101 characters, sha256 ")


def test_a_cut_text_keeps_both_ends_and_says_what_is_gone() -> None:
    assert cut_text("begin" + "x" * 1_000 + "end..", 10) == "begin\n… [1,000 characters left out] …\nend.."


@pytest.mark.parametrize("size", [0, 5, 100, 101, 1_000, 50_000])
@pytest.mark.parametrize("step", [1, 7, 100_000])
def test_gathering_pieces_is_the_same_as_cutting_the_whole(size: int, step: int) -> None:
    text = "".join(chr(97 + n % 26) for n in range(size))
    keeper = TextKeeper(100)
    for start in range(0, size, step):
        keeper.add(text[start : start + step])
    assert keeper.text == cut_text(text, 100)
    assert keeper.was_cut == (size > 100)
    assert keeper.is_empty == (size == 0)
