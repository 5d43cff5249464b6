"""`[slas.NAME]`: limits on the time of tests, and on what they measure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta, Struct

from reportgen.config.exact import exact
from reportgen.config.place import Place
from reportgen.model.slas import Sla

_TIME = re.compile(r"(\d{1,12}(?:\.\d{1,9})?)\s*(ms|s|sec|m|min|h)")
_SECONDS = {
    "ms": Decimal("0.001"),
    "s": Decimal(1),
    "sec": Decimal(1),
    "m": Decimal(60),
    "min": Decimal(60),
    "h": Decimal(3_600),
}
_WHOLE = 100
_LEAST = -(10**30)


class SlaTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A limit on what tests measure: `limit` is the most that passes, or `at_least` the least.

    Of times it is a number of seconds, or text such as 200ms, 2s or 1m. `of` says what is measured: each test
    (the largest counts, or a `percentile`), each layer (the sum of its tests), or all of them (the sum).
    `layer`, `subject`, `path` (a glob over test files or class paths) and `name` (test names, `*` for
    anything) narrow down which tests. `property` takes the number that tests state under this name instead of
    their time, `unit` is its unit for the report, and `aggregate` which value counts. `otherwise` is fail or
    warn.
    """

    title: str = ""
    limit: int | float | str | None = None
    at_least: int | float | str | None = None
    of: Literal["test", "layer", "all"] = "test"
    percentile: int | Decimal | None = None
    aggregate: Literal["", "max", "min", "percentile"] = ""
    layer: str = ""
    subject: str = ""
    path: str = ""
    name: str = ""
    property: str = ""
    unit: Annotated[str, Meta(max_length=20)] = ""
    otherwise: Literal["fail", "warn"] = "fail"


def slas_of(tables: dict[str, SlaTable], place: Place) -> tuple[Sla, ...]:
    """Make the limits, in the order of the file."""
    return tuple(_sla(name, table, place.at(name)) for name, table in tables.items())


def _sla(name: str, table: SlaTable, place: Place) -> Sla:
    if not name.strip():
        raise place.error("a limit needs a name")
    key = "limit" if table.at_least is None else "at_least"
    given = table.limit if table.at_least is None else table.at_least
    if given is None:
        raise place.error("it has no limit", 'write limit = "200ms", or at_least = 1000')
    if table.limit is not None and table.at_least is not None:
        raise place.at("at_least").error(
            "`limit` and `at_least` are both given", "make a limit of each, so that a report can tell which"
        )
    percentile = _percentile(table, place)
    aggregate = table.aggregate or ("percentile" if percentile is not None else "")
    _refuse_nonsense(table, place)
    return Sla(
        name=name,
        title=table.title or name,
        limit=_limit(given, place.at(key), of_time=not table.property),
        of=table.of,
        at_least=table.at_least is not None,
        aggregate=aggregate,
        percentile=percentile,
        layer=table.layer,
        subject=table.subject,
        path=table.path,
        test=table.name,
        property=table.property,
        unit=table.unit if table.property else "s",
        otherwise=table.otherwise,
    )


def _refuse_nonsense(table: SlaTable, place: Place) -> None:
    """Refuse keys that say nothing together."""
    if table.of != "test":
        for key in ("percentile", "aggregate", "property", "at_least"):
            if getattr(table, key):
                raise place.at(key).error(
                    f"`{key}` is of tests, and of = {table.of!r} is the sum of their times",
                    'leave out `of`, which is then "test"',
                )
    if table.unit and not table.property:
        raise place.at("unit").error("times are in seconds", "`unit` is of a `property`")


def _percentile(table: SlaTable, place: Place) -> Decimal | None:
    if table.percentile is None:
        if table.aggregate == "percentile":
            raise place.at("aggregate").error("which percentile is not said", "add percentile = 95")
        return None
    here = place.at("percentile")
    if table.aggregate not in ("", "percentile"):
        raise here.error(f"`percentile` and aggregate = {table.aggregate!r} say two things", "leave one out")
    exact(table.percentile, here, least=0, most=_WHOLE)
    percentile = Decimal(table.percentile)
    if not percentile:
        raise here.error("expected a number above 0 and up to 100, got 0", 'or aggregate = "min"')
    return percentile


def _limit(given: float | str, place: Place, *, of_time: bool) -> Decimal:
    if not isinstance(given, str):
        number = Decimal(repr(given))  # as it was written: the shortest text that means this number
        exact(number, place, least=0 if of_time else _LEAST)
        return number
    found = _TIME.fullmatch(given.strip()) if of_time else None
    if found is None:
        wanted = 'a number of seconds, or "200ms", "2s", "1m"' if of_time else "a number, in the `unit`"
        raise place.error(f"{given!r} is no limit", f"write {wanted}")
    return Decimal(found[1]) * _SECONDS[found[2]]
