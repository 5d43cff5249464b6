"""What a criterion of a team's own is made of: a number over the metrics, or a set of checks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from reportgen.model.expression import Expression, Quantity, parse_condition, parse_quantity
from reportgen.model.states import Severity, State

Scale = Literal[100, 10, "grade"]

SEVERITY_WEIGHTS: Mapping[Severity, int] = {
    Severity.CRITICAL: 8,
    Severity.HIGH: 4,
    Severity.MEDIUM: 2,
    Severity.LOW: 1,
    Severity.INFO: 0,
}
"""How much a check counts among those of its criterion; `info` is told and never counts."""

_OF_SCORE = ("score.", "criteria.", "criteria[", "changes.score_points")
_MOST_KEPT = 8_192  # distinct texts; beyond it they are read again


class CriterionCheck(Struct, frozen=True, kw_only=True):
    """A check that a criterion is made of: it passes where `passes` holds, else warns where `warns` does.

    `minutes` is what mending it takes, None for the default of its severity. `policy` is the text that it
    stands for, `paths` are where its mending would begin. Raises `ValueError` for a wrong condition.
    """

    id: str
    passes: str
    warns: str = ""
    title: str = ""
    severity: Severity = Severity.MEDIUM
    remediation: str = ""
    minutes: int | None = None
    policy: str = ""
    paths: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a condition that cannot be judged, or that is made from what it makes."""
        condition_over(self.passes)
        if self.warns:
            condition_over(self.warns)


class CheckScore(Struct, frozen=True, kw_only=True):
    """A check of a criterion as judged. `minutes` is what mending it takes, whatever its state.

    `condition` is when it passes, `warns` when it else warns (empty: never).
    """

    id: str
    title: str
    state: State
    condition: str
    reason: str
    severity: Severity
    remediation: str
    minutes: int
    policy: str
    evidence: tuple[str, ...]
    warns: str = ""
    paths: tuple[str, ...] = ()


@lru_cache(maxsize=_MOST_KEPT)
def condition_over(text: str) -> Expression:
    """Read a check's condition; `ValueError` also where it speaks of the score, which it helps to make."""
    expression = parse_condition(text)
    _refuse_the_score(expression.names)
    return expression


@lru_cache(maxsize=_MOST_KEPT)
def number_over(text: str) -> Quantity:
    """Read an expression; `ValueError` also where it is always the same, or speaks of the score."""
    quantity = parse_quantity(text)
    if not quantity.names:
        raise ValueError("the expression speaks of no metric, so it could never change")
    _refuse_the_score(quantity.names)
    return quantity


def _refuse_the_score(names: tuple[str, ...]) -> None:
    for name in names:
        if name.startswith(_OF_SCORE):
            raise ValueError(
                f"a criterion cannot speak of {name!r}: the score is made from the criteria, and would be "
                "made from itself; a gate can"
            )
