"""What a condition can come to at all: from what the numbers in it can be, whatever the evidence says."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple, assert_never

from reportgen.model.metrics import Metric, metric_of
from reportgen.model.terms import (
    Call,
    Comparison,
    Condition,
    Junction,
    Name,
    Negation,
    Negative,
    Number,
    Sum,
    Term,
)

_NOTHING = Fraction(0)
_ALL = Fraction(100)
_UNBOUNDED = frozenset({"changes.tests_percent"})  # there can be three times as many tests as before


class Range(NamedTuple):
    """The least and the greatest that a number can be; None is without end."""

    least: Fraction | None
    most: Fraction | None


_ANY = Range(None, None)


def outcomes(condition: Condition) -> frozenset[bool]:
    """Return what a condition on known numbers can come to: true, false, or both.

    Each name is looked at by itself, so that the answer is sure where it is one of them: `tests.failed >= 0`
    can only be true.
    """
    match condition:
        case Comparison():
            return _compared(condition)
        case Negation(operand):
            return frozenset(not each for each in outcomes(operand))
        case Junction(word, operands):
            decides = word == "or"
            all_of_them = [outcomes(each) for each in operands]
            if any(each == {decides} for each in all_of_them):
                return frozenset({decides})
            return frozenset().union(*all_of_them)
        case _:
            assert_never(condition)


def _compared(comparison: Comparison) -> frozenset[bool]:
    left, right = range_of(comparison.left), range_of(comparison.right)
    below = left.most is not None and right.least is not None and left.most < right.least
    touching = left.most is not None and left.most == right.least
    above = left.least is not None and right.most is not None and left.least > right.most
    resting = left.least is not None and left.least == right.most
    sure: bool | None = None
    match comparison.relation:
        case "<":
            sure = True if below else False if above or resting else None
        case "<=":
            sure = True if below or touching else False if above else None
        case ">":
            sure = True if above else False if below or touching else None
        case ">=":
            sure = True if above or resting else False if below else None
        case "==":
            sure = False if below or above else None
        case "!=":
            sure = True if below or above else None
        case _:
            assert_never(comparison.relation)
    return frozenset({True, False}) if sure is None else frozenset({sure})


def range_of(term: Term) -> Range:
    """Return the least and the greatest that a number can be."""
    match term:
        case Number(value):
            return Range(value, value)
        case Name(name):
            metric = metric_of(name)
            return _ANY if metric is None else _of_metric(metric)
        case Negative(operand):
            least, most = range_of(operand)
            return Range(None if most is None else -most, None if least is None else -least)
        case Sum(left, sign, right):
            return _sum(range_of(left), sign, range_of(right))
        case Call(function, operands):
            return _call(function, [range_of(each) for each in operands])
        case _:
            assert_never(term)


def _of_metric(metric: Metric) -> Range:
    """Bound a metric by its unit; a change can be below nothing."""
    change = metric.name.startswith("changes.")
    match metric.unit:
        case "percent":
            return Range(_NOTHING, None if metric.name in _UNBOUNDED else _ALL)
        case "points":
            return Range(-_ALL, _ALL) if change else Range(_NOTHING, _ALL)
        case "count" | "seconds" | "minutes" | "weight":
            return Range(_NOTHING, None)
        case _:
            assert_never(metric.unit)


def _sum(left: Range, sign: str, right: Range) -> Range:
    match sign:
        case "+":
            return Range(_plus(left.least, right.least), _plus(left.most, right.most))
        case "-":
            return Range(_minus(left.least, right.most), _minus(left.most, right.least))
        case _:  # a product or quotient is bounded only where neither side can be below nothing
            positive = (
                left.least is not None and right.least is not None and min(left.least, right.least) >= 0
            )
            return Range(_NOTHING, None) if positive else _ANY


def _plus(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one + other


def _minus(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one - other


def _call(function: str, operands: list[Range]) -> Range:
    leasts, mosts = [each.least for each in operands], [each.most for each in operands]
    known_leasts = [each for each in leasts if each is not None]
    known_mosts = [each for each in mosts if each is not None]
    match function:
        case "max":
            whole = len(known_mosts) == len(operands)
            return Range(max(known_leasts, default=None), max(known_mosts) if whole else None)
        case "min":
            whole = len(known_leasts) == len(operands)
            return Range(min(known_leasts) if whole else None, min(known_mosts, default=None))
        case _:
            return Range(_NOTHING, None)
