"""Gates that guard nothing: they never could fail, never could pass, or are about what is not there."""

from __future__ import annotations

from typing import Protocol

from reportgen.judge.gating.bounds import outcomes
from reportgen.judge.ground import Ground
from reportgen.judge.wording import joined, sentence
from reportgen.model.expression import Expression
from reportgen.model.metrics import keyed_name, split_name
from reportgen.model.policy import BASELINE_GATES, DEFAULT_GATES, Gate
from reportgen.model.states import State
from reportgen.model.terms import Comparison, Name, Number

_SHIPPED = frozenset(gate.condition for gate in (*DEFAULT_GATES, *BASELINE_GATES))
_WORDS = {"layers": "layer", "subjects": "subject", "paths": "path"}


class _Checked(Protocol):
    @property
    def gate(self) -> Gate: ...
    @property
    def expression(self) -> Expression: ...
    @property
    def warn(self) -> Expression | None: ...
    @property
    def names(self) -> tuple[str, ...]: ...


def note_of(checked: _Checked, ground: Ground, state: State) -> str:
    """Say why a gate never could fail, or never pass; empty where it can do both.

    A gate that asks for nothing but that a number is known (`coverage.lines.percent >= 0`, otherwise unknown)
    is as it is meant to be, and so is one that ships.
    """
    gate = checked.gate
    if gate.condition in _SHIPPED:
        return ""
    parts = [_of_bounds(checked), _of_scope(checked, ground)]
    if state is State.NOT_APPLICABLE and not gate.required and not parts[1]:
        parts.append(
            "the evidence that it speaks of is not there, and it does not ask for it: it cannot fail"
        )
    return " ".join(sentence(part) for part in parts if part)


def _of_bounds(checked: _Checked) -> str:
    """Say that a condition has only one outcome, whatever is measured."""
    can = outcomes(checked.expression.condition)
    if can == {False}:
        return f"no measurement could make this condition true: {_why(checked.expression)}; it cannot pass"
    if checked.gate.otherwise == "unknown" and checked.warn is None:
        return ""
    if can == {True}:
        return f"no measurement could make this condition false: {_why(checked.expression)}; it cannot fail"
    if checked.warn is not None and outcomes(checked.warn.condition) == {True}:
        return f"no measurement could make its `warn` false: {_why(checked.warn)}; it cannot fail"
    return ""


def _why(expression: Expression) -> str:
    """Name the comparisons that are decided beforehand."""
    sure = [each for each in expression.comparisons() if len(outcomes(each)) == 1]
    return joined([_written(each) for each in sure or expression.comparisons()])


def _written(comparison: Comparison) -> str:
    left, right = comparison.text
    always = "always" if True in outcomes(comparison) else "never"
    match comparison:
        case Comparison(Name(), _, Number()):
            return f"{left} is {always} {comparison.relation} {right}"
        case _:
            return f"{left} {comparison.relation} {right} {always} holds"


def _of_scope(checked: _Checked, ground: Ground) -> str:
    """Name the layers, subjects and paths that a gate is about and that nothing belongs to."""
    parts = dict.fromkeys(split_name(name)[:2] for name in checked.names)
    nowhere = [
        f"{_WORDS[head]} {key}"
        for head, key in parts
        if head in _WORDS and not _has_anything(head, key, ground)
    ]
    if not nowhere:
        return ""
    return f"nothing in the evidence belongs to {joined(nowhere)}"


def _has_anything(head: str, key: str, ground: Ground) -> bool:
    if head == "layers":
        of_tests = ground.tests.by_layer if ground.tests is not None else {}
        rows = ground.coverage.by_layer if ground.coverage is not None else ()
        return key in of_tests or any(row.name == key for row in rows)
    values = (
        ground.numbers.value(keyed_name(head, key, rest))
        for rest in ("tests.total", "coverage.lines.total", "findings.open")
    )
    return any(values)
