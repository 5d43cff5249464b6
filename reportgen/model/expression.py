"""Conditions as text: a small language over the metrics, with Python's grammar and none of its powers.

Names of metrics, numbers, `+ - * /`, comparisons (also chained), `and`, `or`, `not`, parentheses, `min`,
`max` and `abs`; a layer, subject, criterion or rule that is no plain word stands in brackets, and so does
every glob of paths: `layers["end to end"].tests.failed`, `paths["src/pay/**"].findings.critical`.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from reportgen.model.metrics import KEYED, keyed_name, metric_of, nearest_metric
from reportgen.model.terms import (
    Call,
    Comparison,
    Condition,
    Junction,
    Name,
    Negation,
    Negative,
    Number,
    Relation,
    Sign,
    Sum,
    Term,
    Values,
    comparisons,
    holds,
    names_in,
    number_of,
)

MOST_CHARACTERS = 1_000
MOST_DEPTH = 40
_MOST_DIGITS = 40

_RELATIONS: Mapping[type[ast.cmpop], Relation] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_SIGNS: Mapping[type[ast.operator], Sign] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_FUNCTIONS: Mapping[str, Literal["min", "max", "abs"]] = {"min": "min", "max": "max", "abs": "abs"}


class Expression(Struct, frozen=True):
    """A condition that was read. `names` are the metrics that it speaks of, each once, in order."""

    text: str
    condition: Condition
    names: tuple[str, ...]

    def evaluate(self, values: Values) -> bool | None:
        """Tell whether it holds; None where what is not known could decide it."""
        return holds(self.condition, values)

    def comparisons(self) -> tuple[Comparison, ...]:
        """List its comparisons, from left to right."""
        return tuple(comparisons(self.condition))

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of evidence that it speaks of: tests, coverage, findings, evidence, score; sorted."""
        return _kinds_of(self.names)


@lru_cache(maxsize=1024)
def _kinds_of(names: tuple[str, ...]) -> tuple[str, ...]:
    metrics = map(metric_of, names)
    return tuple(sorted({kind for metric in metrics if metric is not None for kind in metric.kinds}))


class Quantity(Struct, frozen=True):
    """A number that was read, such as `tests.failed` or `100 * tests.passed / tests.total`."""

    text: str
    term: Term
    names: tuple[str, ...]

    def evaluate(self, values: Values) -> Fraction | None:
        """Evaluate it; None where a part of it is not known."""
        return number_of(self.term, values)


def parse_condition(text: str) -> Expression:
    """Read a condition such as `coverage.lines.percent >= 80 and tests.failed == 0`.

    Raises `ValueError` with the column and, for a wrong name, the nearest right one.
    """
    reader = _Reader(text)
    condition = reader.condition(reader.parse(), 0)
    parts = [side for each in comparisons(condition) for side in (each.left, each.right)]
    names = tuple(dict.fromkeys(name for part in parts for name in names_in(part)))
    if not names:
        raise ValueError("the condition speaks of no metric, so it could never change")
    return Expression(text, condition, names)


def parse_quantity(text: str) -> Quantity:
    """Read a number over the metrics; `ValueError` as for `parse_condition`."""
    reader = _Reader(text)
    term = reader.term(reader.parse(), 0)
    return Quantity(text, term, tuple(dict.fromkeys(names_in(term))))


class _Reader:
    """Turns Python's syntax tree into ours, and refuses whatever is not in the language."""

    def __init__(self, text: str) -> None:
        self.text = text

    def parse(self) -> ast.expr:
        if not self.text.strip():
            raise ValueError("the condition is empty")
        if len(self.text) > MOST_CHARACTERS:
            raise ValueError(f"the condition is longer than {MOST_CHARACTERS:,} characters")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # the parser warns of odd literals; they are told below
                return ast.parse(self.text, "<condition>", mode="eval").body
        except SyntaxError as error:
            raise ValueError(_syntax(self.text, error)) from None
        except (MemoryError, RecursionError):
            raise ValueError("the condition is nested too deeply") from None
        except ValueError as error:
            raise ValueError(f"the condition cannot be read: {error}") from None

    def error(self, node: ast.expr, message: str) -> ValueError:
        column = len(self.text.encode().splitlines()[node.lineno - 1][: node.col_offset].decode()) + 1
        return ValueError(f"column {column}: {message}")

    def written(self, node: ast.expr) -> str:
        return " ".join((ast.get_source_segment(self.text, node) or ast.unparse(node)).split())

    def condition(self, node: ast.expr, depth: int) -> Condition:
        self._bound(node, depth)
        match node:
            case ast.BoolOp(op, values):
                word: Literal["and", "or"] = "and" if isinstance(op, ast.And) else "or"
                return Junction(word, tuple(self.condition(value, depth + 1) for value in values))
            case ast.UnaryOp(ast.Not(), operand):
                return Negation(self.condition(operand, depth + 1))
            case ast.Compare():
                return self._comparison(node, depth)
            case _:
                self.term(node, depth)  # says what is wrong with it, if anything is
                raise self.error(
                    node, f"{self.written(node)!r} is a number; compare it: {self.written(node)} >= 1"
                )

    def _comparison(self, node: ast.Compare, depth: int) -> Condition:
        sides = [node.left, *node.comparators]
        pairs: list[Condition] = []
        for left, operator, right in zip(sides, node.ops, sides[1:], strict=False):
            relation = _RELATIONS.get(type(operator))
            if relation is None:
                raise self.error(node, "compare with ==, !=, <, <=, > or >=")
            terms = (self.term(left, depth + 1), self.term(right, depth + 1))
            pairs.append(Comparison(terms[0], relation, terms[1], (self.written(left), self.written(right))))
        return pairs[0] if len(pairs) == 1 else Junction("and", tuple(pairs))

    def term(self, node: ast.expr, depth: int) -> Term:
        self._bound(node, depth)
        match node:
            case ast.Constant():
                return self._number(node)
            case ast.Name() | ast.Attribute() | ast.Subscript():
                return Name(self._name(node))
            case ast.UnaryOp(ast.USub(), operand):
                return Negative(self.term(operand, depth + 1))
            case ast.UnaryOp(ast.UAdd(), operand):
                return self.term(operand, depth + 1)
            case ast.BinOp(left, operator, right) if type(operator) in _SIGNS:
                return Sum(self.term(left, depth + 1), _SIGNS[type(operator)], self.term(right, depth + 1))
            case ast.Call():
                return self._call(node, depth)
            case ast.Compare() | ast.BoolOp() | ast.UnaryOp(ast.Not()):
                raise self.error(node, f"{self.written(node)!r} is true or false, where a number is expected")
            case _:
                raise self.error(node, f"{self.written(node)!r} is not part of the language of conditions")

    def _call(self, node: ast.Call, depth: int) -> Term:
        word = node.func.id if isinstance(node.func, ast.Name) else ""
        if word not in _FUNCTIONS or node.keywords:
            raise self.error(node, "only min(…), max(…) and abs(…) can be called")
        if not node.args or (word == "abs" and len(node.args) != 1):
            raise self.error(
                node, f"{word}(…) takes {'one number' if word == 'abs' else 'one number or more'}"
            )
        return Call(_FUNCTIONS[word], tuple(self.term(each, depth + 1) for each in node.args))

    def _number(self, node: ast.Constant) -> Number:
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            raise self.error(node, f"{self.written(node)} is no number")
        exact = Decimal(node.value if isinstance(node.value, int) else self.written(node))
        if abs(exact.adjusted()) >= _MOST_DIGITS or len(self.written(node)) > _MOST_DIGITS:
            raise self.error(node, f"the number has more than {_MOST_DIGITS} digits")
        return Number(Fraction(exact))

    def _name(self, node: ast.expr) -> str:
        parts = self._parts(node)
        if len(parts) > 1 and parts[0] in ("layers", "subjects", "paths", "criteria"):
            rest = ".".join(parts[2:])
            if parts[0] == "subjects" and parts[2:3] == ["layers"] and len(parts) > 3:  # noqa: PLR2004 - and its key
                rest = keyed_name("layers", parts[3], ".".join(parts[4:]))
            name = keyed_name(parts[0], parts[1], rest)
        elif len(parts) > 2 and parts[:2] == ["findings", "rules"]:  # noqa: PLR2004 - head, group, rule
            name = keyed_name("findings.rules", ".".join(parts[2:]))
        else:
            name = ".".join(parts)
        if metric_of(name) is None:
            if name in KEYED:
                raise self.error(node, f"{name!r} is no metric; write {KEYED[name]}")
            raise self.error(node, f"there is no metric {name!r}{nearest_metric(name)}")
        return name

    def _parts(self, node: ast.expr) -> list[str]:
        match node:
            case ast.Name(id=word):
                return [word]
            case ast.Attribute(value=value, attr=word):
                return [*self._parts(value), word]
            case ast.Subscript(value=value, slice=ast.Constant(value=str() as word)):
                owner = self._parts(value)
                if ".".join(owner) not in KEYED and (owner[:1], owner[2:]) != (["subjects"], ["layers"]):
                    raise self.error(node, f"only {', '.join(KEYED)} can be followed by a name in brackets")
                return [*owner, word]
            case ast.Subscript():
                raise self.error(node, 'put the name in quotes, as in layers["unit"]')
            case _:
                raise self.error(node, f"{self.written(node)!r} is not part of the language of conditions")

    def _bound(self, node: ast.expr, depth: int) -> None:
        if depth > MOST_DEPTH:
            raise self.error(node, "the condition is nested too deeply")


def _syntax(text: str, error: SyntaxError) -> str:
    hints = (("&&", "write `and`"), ("||", "write `or`"), ("!", "write `not`"), ("%", "leave out the %"))
    hint = next((f"; {say}" for sign, say in hints if sign in text.replace("!=", "")), "")
    if hint == "" and "=" in text and not any(sign in text for sign in ("==", "!=", "<=", ">=")):
        hint = "; write == to compare"
    return f"column {error.offset or 1}: this is not a condition{hint}"
