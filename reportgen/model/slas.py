"""Limits on what tests measure: their time, or a number that they state as a property."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct

from reportgen.model.states import State

Of = Literal["test", "layer", "all"]
Aggregate = Literal["", "max", "min", "percentile"]


class Sla(Struct, frozen=True, kw_only=True):
    """A limit: in seconds for times, else in `unit`; with `at_least` it is the lowest value allowed.

    `of` a test the largest value counts (with `at_least` the smallest, or as `aggregate` and `percentile`
    say), of a layer the sum in each layer, of all the whole sum. `layer`, `subject`, `path` (a glob over test
    files) and `test` (a glob over test names) narrow down the tests. `property` is the measurement's name,
    empty for the time. `otherwise` is fail or warn.
    """

    name: str
    title: str
    limit: Decimal
    of: Of = "test"
    at_least: bool = False
    aggregate: Aggregate = ""
    percentile: Decimal | None = None
    layer: str = ""
    subject: str = ""
    path: str = ""
    test: str = ""
    property: str = ""
    unit: str = "s"
    otherwise: str = "fail"


class SlaResult(Struct, frozen=True, kw_only=True):
    """A limit as measured. `measured` is exact, None where nothing was measured.

    `what` says in words what was measured; `cases` are the tests that weigh most, the worst first; `bound` is
    `at most` or `at least`.
    """

    name: str
    title: str
    state: State
    limit: Decimal
    measured: Decimal | None
    unit: str
    what: str
    cases: tuple[str, ...]
    reason: str
    evidence: tuple[str, ...]
    bound: str = "at most"


def amount(value: Decimal, unit: str) -> str:
    """Write an exact number with its unit: `0.2 s`, `1,200 ms`."""
    plain = value.normalize() if value else Decimal(0)
    return f"{plain:,f} {unit}".strip()
