"""The overall score: what was measured, the lowest and the highest that it can be, and its grade."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from reportgen.model.figures import HUNDRED
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
