"""`expected`: the evidence that must be there."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from msgspec import Meta, Struct

from reportgen.config.place import Place
from reportgen.config.tables.minimums import Least
from reportgen.model.expected import Expectation

_AGE = re.compile(r"(\d{1,6})\s*(m|min|h|d|w)")
_SECONDS = {"m": 60, "min": 60, "h": 3_600, "d": 86_400, "w": 604_800}


class ExpectedTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Evidence that must be there: `{path = "shards/*.xml", layer = "unit", kind = "tests", count = 4}`.

    `path` is a glob over the paths of evidence. Of what it fits, `count` at least must be there, in `layer`,
    hold `kind`, and be at most `max_age` (30m, 24h, 7d) older than the report; `min_tests` tests must have
    run in them together.
    """

    path: Annotated[str, Meta(min_length=1)]
    layer: str = ""
    kind: Literal["", "tests", "coverage", "findings"] = ""
    count: Least | None = None
    max_age: str | None = None
    min_tests: Least | None = None


def expected_of(rows: list[str | ExpectedTable], place: Place) -> tuple[str | Expectation, ...]:
    """Make what is expected, in the order of the file."""
    return tuple(_expected(row, place.at(number)) for number, row in enumerate(rows))


def _expected(row: str | ExpectedTable, place: Place) -> str | Expectation:
    if isinstance(row, str):
        if not row.strip():
            raise place.error("the path is empty", 'a glob such as "reports/*.xml"')
        return row
    if row.min_tests is not None and row.kind not in ("", "tests"):
        raise place.at("min_tests").error(
            f"`min_tests` is of tests, and {row.kind} are expected", "leave out `min_tests` or `kind`"
        )
    return Expectation(
        path=row.path,
        layer=row.layer,
        kind=row.kind,
        count=row.count,
        max_age=None if row.max_age is None else _seconds(row.max_age, place.at("max_age")),
        min_tests=row.min_tests,
    )


def _seconds(text: str, place: Place) -> int:
    found = _AGE.fullmatch(text.strip())
    if found is None or not int(found[1]):
        raise place.error(f"{text!r} is no age", 'write "30m", "24h", "7d" or "2w"')
    return int(found[1]) * _SECONDS[found[2]]
