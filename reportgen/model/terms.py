"""What a condition is made of, and what it comes to where some numbers are not known."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Literal, assert_never

from msgspec import Struct

Values = Callable[[str], Fraction | None]
Sign = Literal["+", "-", "*", "/"]
Relation = Literal["==", "!=", "<", "<=", ">", ">="]

_COMPARE: Mapping[Relation, Callable[[Fraction, Fraction], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class Number(Struct, frozen=True, tag=True):
    """A number as it was written, exactly."""

    value: Fraction


class Name(Struct, frozen=True, tag=True):
    """A metric, by its canonical name."""

    name: str


class Negative(Struct, frozen=True, tag=True):
    """A number with its sign turned."""

    operand: Term


class Sum(Struct, frozen=True, tag=True):
    """Two numbers and one of the four signs of arithmetic."""

    left: Term
    sign: Sign
    right: Term


class Call(Struct, frozen=True, tag=True):
    """`min`, `max` or `abs` of numbers."""

    function: Literal["min", "max", "abs"]
    operands: tuple[Term, ...]


class Comparison(Struct, frozen=True, tag=True):
    """Two numbers that are compared; `text` is both sides as they were written."""

    left: Term
    relation: Relation
    right: Term
    text: tuple[str, str]


class Junction(Struct, frozen=True, tag=True):
    """Conditions joined with `and` or `or`."""

    word: Literal["and", "or"]
    operands: tuple[Condition, ...]


class Negation(Struct, frozen=True, tag=True):
    """A condition that must not hold."""

    operand: Condition


Term = Number | Name | Negative | Sum | Call
Condition = Comparison | Junction | Negation


def number_of(term: Term, values: Values) -> Fraction | None:
    """Evaluate a number; unknown where any part of it is, and where it is divided by nothing."""
    match term:
        case Number(value):
            return value
        case Name(name):
            return values(name)
        case Negative(operand):
            turned = number_of(operand, values)
            return None if turned is None else -turned
        case Sum(left, sign, right):
            return _sum(number_of(left, values), sign, number_of(right, values))
        case Call(function, operands):
            return _call(function, [number_of(each, values) for each in operands])
        case _:
            assert_never(term)


def _call(function: Literal["min", "max", "abs"], operands: list[Fraction | None]) -> Fraction | None:
    known = [value for value in operands if value is not None]
    if len(known) < len(operands):
        return None
    match function:
        case "min":
            return min(known)
        case "max":
            return max(known)
        case "abs":
            return abs(known[0])
        case _:
            assert_never(function)


def _sum(left: Fraction | None, sign: Sign, right: Fraction | None) -> Fraction | None:
    if left is None or right is None:
        return None
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right if right else None
        case _:
            assert_never(sign)


def holds(condition: Condition, values: Values) -> bool | None:
    """Evaluate a condition in three values (Kleene's logic): unknown, unless what is known decides it."""
    match condition:
        case Comparison(left, relation, right):
            return compare(number_of(left, values), relation, number_of(right, values))
        case Negation(operand):
            result = holds(operand, values)
            return None if result is None else not result
        case Junction(word, operands):
            decides = word == "or"
            results = [holds(each, values) for each in operands]
            if decides in results:
                return decides
            return None if None in results else not decides
        case _:
            assert_never(condition)


def compare(left: Fraction | None, relation: Relation, right: Fraction | None) -> bool | None:
    """Compare two numbers; unknown where one of them is."""
    if left is None or right is None:
        return None
    return _COMPARE[relation](left, right)


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """Yield the comparisons of a condition, from left to right."""
    match condition:
        case Comparison():
            yield condition
        case Negation(operand):
            yield from comparisons(operand)
        case Junction(_, operands):
            for each in operands:
                yield from comparisons(each)
        case _:
            assert_never(condition)


def names_in(term: Term) -> Iterator[str]:
    """Yield the names of metrics in a number, from left to right."""
    match term:
        case Number():
            return
        case Name(name):
            yield name
        case Negative(operand):
            yield from names_in(operand)
        case Sum(left, _, right):
            yield from names_in(left)
            yield from names_in(right)
        case Call(_, operands):
            for each in operands:
                yield from names_in(each)
        case _:
            assert_never(term)
