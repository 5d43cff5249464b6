"""The overall score: what was measured, the lowest and the highest that it can be, and its grade."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from reportgen.model.criteria import Scale
from reportgen.model.figures import HUNDRED, floor_digits
from reportgen.model.policy import Criterion, Policy


class Overall(NamedTuple):
    """The weighted mean of the points, 0 to 100, and the weights that it was made of.

    `value` is over the measured criteria, None where they weigh nothing; `lower` counts the others as 0,
    `upper` as 100.
    """

    value: Fraction | None
    lower: Fraction
    upper: Fraction
    measured: Fraction
    total: Fraction


def overall(criteria: Sequence[Criterion], points: Sequence[Fraction | None]) -> Overall:
    """Weigh the points of the criteria; where they all weigh nothing, nothing is known of the score."""
    earned = measured = total = Fraction(0)
    for criterion, score in zip(criteria, points, strict=True):
        total += criterion.weight
        if score is not None:
            measured += criterion.weight
            earned += criterion.weight * score
    if not total:
        return Overall(None, Fraction(0), HUNDRED, measured, total)
    lower = earned / total
    upper = (earned + HUNDRED * (total - measured)) / total
    return Overall(earned / measured if measured else None, lower, upper, measured, total)


def grade_of(score: Fraction, policy: Policy) -> str:
    """Return the best grade whose lowest score this one reaches; the last one where it reaches none."""
    scale = sorted(policy.grades, key=lambda grade: grade[1], reverse=True)
    reached = [word for word, lowest in scale if score >= lowest]
    return reached[0] if reached else scale[-1][0]


def shown_on(scale: Scale, points: Fraction | None, policy: Policy) -> str:
    """Write points on a scale, rounded down: `85/100`, `8.5/10`, or the word of a grade; else `n/a`.

    What is more than nothing is not rounded down to nothing.
    """
    if points is None:
        return "n/a"
    if scale == "grade":
        return grade_of(points, policy)
    digits = 0 if scale == HUNDRED else 1
    number = points * scale / 100
    least = Fraction(1, 10**digits)
    if 0 < number < least:
        return f"< {_plain(least)}/{scale}"
    return f"{_plain(floor_digits(number, digits))}/{scale}"


def _plain(number: Fraction) -> str:
    """Print a number with at most one decimal, and none where it is whole."""
    return f"{number.numerator}" if number.denominator == 1 else f"{float(number):.1f}"
