"""`tests = [{path, suite, class, name, marker, property}, …]`: which tests are meant."""

from __future__ import annotations

from msgspec import Struct, field

from reportgen.config.place import Place
from reportgen.errors import ConfigError
from reportgen.model.placing import Pattern


class PatternTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pattern of tests; all that is given must fit.

    `path` is a glob over the file of a test, or its class path read as folders. In the others `*` stands for
    anything: `suite` (a whole suite path, or one of its names), `class` (with or without packages), `name`
    (with or without parameters), `marker` (a marker, tag or category among its properties) and `property`, a
    table of JUnit properties: `{component = "payments*"}`.
    """

    path: str = ""
    suite: str = ""
    class_: str = field(default="", name="class")
    name: str = ""
    marker: str = ""
    property: dict[str, str] = field(default_factory=dict)


def patterns_of(rows: list[PatternTable] | list[str | PatternTable], place: Place) -> tuple[Pattern, ...]:
    """Make the patterns of a list."""
    return tuple(_pattern(row, place.at(number)) for number, row in enumerate(rows))


def _pattern(row: str | PatternTable, place: Place) -> Pattern:
    try:
        if isinstance(row, str):
            return pattern_of_text(row)
        return Pattern(
            path=row.path.strip(),
            suite=row.suite,
            classname=row.class_,
            name=row.name,
            marker=row.marker.strip(),
            properties=tuple(row.property.items()),
        )
    except ValueError as error:
        raise _told(error, place) from error


def _told(error: ValueError, place: Place) -> ConfigError:
    return place.error(str(error), 'for example {path = "tests/unit/**"}, or {marker = "slow"}')


def pattern_of_text(text: str) -> Pattern:
    """Read a pattern that is written as one text.

    With a slash, and no `::`, it is a glob over paths; else a test's id, its name, or class and name. Raises
    `ValueError` for an empty one.
    """
    clean = text.strip()
    if "/" in clean and "::" not in clean:
        return Pattern(path=clean)
    return Pattern(test=clean)
