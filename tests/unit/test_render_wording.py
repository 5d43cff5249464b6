from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

import pytest

from reportgen.model.audit_coverage import Measure
from reportgen.model.figures import percent
from reportgen.render.wording import (
    clipped,
    gain_text,
    measure_text,
    minutes_text,
    moment_text,
    points_text,
    seconds_text,
    share_text,
    weight_text,
)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "n/a"),
        ("NaN", "n/a"),
        ("0", "0 s"),
        ("0.0004", "< 1 ms"),
        ("0.4459", "445 ms"),
        ("0.9999", "999 ms"),
        ("1", "1.0 s"),
        ("20.449", "20.4 s"),
        ("59.99", "59.9 s"),
        ("60", "1 min 0 s"),
        ("187.9", "3 min 7 s"),
        ("7500", "2 h 5 min"),
        ("36000000", "10,000 h"),
    ],
)
def test_a_time_is_rounded_down_and_never_to_nothing(seconds: str | None, words: str) -> None:
    assert seconds_text(None if seconds is None else Decimal(seconds)) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 min"), (45, "45 min"), (60, "1 h"), (310, "5 h 10 min"), (120000, "2,000 h")],
)
def test_an_effort_is_hours_and_minutes(minutes: int, words: str) -> None:
    assert minutes_text(minutes) == words


def test_a_moment_is_printed_in_utc() -> None:
    assert moment_text(datetime(2026, 11, 20, 18, 5, 59, tzinfo=UTC)) == "2026-11-20 18:05 UTC"
    east = timezone(timedelta(hours=2))
    assert moment_text(datetime(2026, 1, 1, 1, 0, tzinfo=east)) == "2025-12-31 23:00 UTC"
    assert moment_text(datetime(2026, 1, 1)) == "2026-01-01 00:00 UTC"  # noqa: DTZ001 - naive on purpose


@pytest.mark.parametrize(
    ("points", "exact", "words"),
    [
        (Fraction(253, 10), Fraction(2526, 100), "−25.3"),
        (Fraction(-253, 10), Fraction(-253, 10), "−25.3"),
        (Fraction(0), Fraction(1, 100), "< 0.1"),
        (Fraction(0), Fraction(0), "0"),
    ],
)
def test_points_have_one_decimal_and_a_sign(points: Fraction, exact: Fraction, words: str) -> None:
    assert points_text(points, exact, sign="−") == words


@pytest.mark.parametrize(
    ("covered", "total", "words", "share"),
    [
        (1573, 9934, "1,573 of 9,934 (15.8 %)", "15.8 %"),
        (1, 9934, "1 of 9,934 (< 0.1 %)", "< 0.1 %"),
        (9933, 9934, "9,933 of 9,934 (99.9 %)", "99.9 %"),
        (4, 4, "4 of 4 (100 %)", "100 %"),
        (0, 0, "none to cover", "n/a"),
        (7, None, "7 of an unknown number", "n/a"),
    ],
)
def test_a_measure_never_says_more_than_the_truth(
    covered: int, total: int | None, words: str, share: str
) -> None:
    measure = Measure(covered=covered, total=total, percent=percent(covered, total))
    assert (measure_text(measure), share_text(measure)) == (words, share)


def test_no_measure_is_not_known() -> None:
    assert (measure_text(None), share_text(None)) == ("n/a", "n/a")


@pytest.mark.parametrize(("weight", "words"), [(Fraction(40), "40"), (Fraction(25, 2), "12.5")])
def test_a_weight_is_short(weight: Fraction, words: str) -> None:
    assert weight_text(weight) == words


def test_a_long_text_loses_its_middle_and_says_so() -> None:
    assert clipped("a" * 25, 20) == "a" * 25
    assert clipped("a" * 30 + "b" * 10, 20) == "aaaaaaaaaaaaaaa […20 characters…] bbbbb"


@pytest.mark.parametrize(
    ("printed", "exact", "words"),
    [
        ("1.5", "1.55", "+1.5"),
        ("0", "0", "0"),
        ("0", "0.01", "< 0.1"),
        ("-1.5", "-1.44", "−1.5"),
        ("0", "-0.01", "> −0.1"),
    ],
)
def test_a_gain_has_its_sign(printed: str, exact: str, words: str) -> None:
    assert gain_text(Fraction(printed), Fraction(exact)) == words
