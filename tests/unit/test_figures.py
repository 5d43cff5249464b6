from __future__ import annotations

from fractions import Fraction

import pytest

from reportgen.model.figures import (
    decimal_text,
    floor_digits,
    one_decimal,
    percent,
    percent_text,
    plural,
    share_out,
    size_text,
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "n/a"),
        (Fraction(0), "0"),
        (Fraction(1, 1000), "< 0.1"),
        (Fraction(99999, 1000), "99.9"),
        (Fraction(100), "100"),
        (Fraction(2, 3), "0.6"),
        (Fraction(50), "50.0"),
    ],
)
def test_one_decimal_is_rounded_down_and_100_is_exact(value: Fraction | None, expected: str) -> None:
    assert one_decimal(value) == expected


def test_a_ratio_of_nothing_is_no_number() -> None:
    assert percent(0, 0) is None
    assert percent(3, None) is None
    assert percent(1, 3) == Fraction(100, 3)
    assert percent_text(percent(0, 0)) == "n/a"


def test_rounding_is_down_also_below_nothing() -> None:
    assert floor_digits(Fraction(-1, 3), 1) == Fraction(-4, 10)


@pytest.mark.parametrize(
    ("values", "total", "expected"),
    [
        (["33.33", "33.33", "33.34"], None, ["33.3", "33.3", "33.4"]),
        (["0.05", "0.05"], None, ["0.1", "0"]),
        (["0.05", "0.04"], None, ["0", "0"]),
        (["0.05", "0.04"], "0.1", ["0.1", "0"]),
        (["1.29", "0", "1.25"], "2.6", ["1.3", "0", "1.3"]),
        ([], None, []),
    ],
)
def test_the_last_digit_goes_to_the_largest_remainder(
    values: list[str], total: str | None, expected: list[str]
) -> None:
    wanted = None if total is None else Fraction(total)
    shared = share_out([Fraction(value) for value in values], total=wanted)
    assert list(shared) == [Fraction(value) for value in expected]


def test_a_total_that_cannot_be_reached_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be rounded"):
        share_out([Fraction(1)], total=Fraction(2))


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1234.5", "1,234.5"), ("-0.25", "-0.25"), ("0.12345", "0.123…"), ("7", "7"), ("0.0004", "< 0.001")],
)
def test_a_decimal_is_cut_and_says_so(value: str, expected: str) -> None:
    assert decimal_text(Fraction(value)) == expected


def test_plurals() -> None:
    assert [plural(n, "branch", "branches") for n in (0, 1, 2, 1024)] == [
        "0 branches",
        "1 branch",
        "2 branches",
        "1,024 branches",
    ]


@pytest.mark.parametrize(
    ("difference", "printed"),
    [("0", "0"), ("-1/30", "< 0.1"), ("1/30", "< 0.1"), ("-100/27", "3.8"), ("100/27", "3.7"), ("-2", "2.0")],
)
def test_a_difference_is_as_large_as_its_signed_figure_says(difference: str, printed: str) -> None:
    assert size_text(Fraction(difference)) == printed
