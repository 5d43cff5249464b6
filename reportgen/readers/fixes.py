"""What tools propose to change: SARIF's fixes (3.55), ruff's fix, ESLint's fix and suggestions.

A fix is an aside: one that has an odd shape, or is too long to be shown, is left out, and costs the finding
nothing. So it is decoded as it comes, and looked at only here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import Any, TypeVar

import msgspec
from msgspec import Struct, field

from reportgen.model.findings import MOST_EDITS, Edit, Fix
from reportgen.model.limits import Limits
from reportgen.readers.findings import cut, line_of

T = TypeVar("T")
_MOST_SOURCE = 4 * 1024**2


class _Position(Struct):
    row: int | None = None
    column: int | None = None


class _RuffEdit(Struct):
    location: _Position
    end_location: _Position
    content: str | None = None


class _RuffFix(Struct):
    edits: list[_RuffEdit]
    message: str | None = None


class _Replacement(Struct):
    """ESLint's; `range` is offsets into the text of the file, in UTF-16 units."""

    range: tuple[int, int]
    text: str


class _Suggestion(Struct):
    fix: _Replacement
    desc: str | None = None


class _Text(Struct):
    text: str | None = None


class _Region(Struct, rename="camel"):
    start_line: int | None = None
    start_column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    snippet: _Text | None = None


class _SarifReplacement(Struct, rename="camel"):
    deleted_region: _Region
    inserted_content: _Text | None = None


class _Change(Struct, rename="camel"):
    replacements: list[_SarifReplacement]
    artifact_location: Any = None


class _SarifFix(Struct, rename="camel"):
    artifact_changes: list[_Change]
    description: _Text | None = field(default=None)


def of_ruff(value: Any, limits: Limits) -> Fix | None:  # noqa: ANN401 - JSON as it came
    """Read what ruff proposes for a finding."""
    told = _shaped(value, _RuffFix)
    if told is None:
        return None
    edits = [
        Edit(
            each.content or "",
            line_of(each.location.row, limits),
            line_of(each.location.column, limits),
            line_of(each.end_location.row, limits),
            line_of(each.end_location.column, limits),
        )
        for each in told.edits
    ]
    return _fix(told.message, edits, limits)


def of_sarif(value: Any, is_here: Callable[[Any], bool], limits: Limits) -> Fix | None:  # noqa: ANN401 - likewise
    """Read the first fix that changes one file, which `is_here` says is that of the finding."""
    for fix in _shaped(value, list[_SarifFix]) or ():
        if len(fix.artifact_changes) != 1 or not is_here(fix.artifact_changes[0].artifact_location):
            continue
        edits = [_sarif_edit(each, limits) for each in fix.artifact_changes[0].replacements]
        return _fix(fix.description.text if fix.description else None, edits, limits)
    return None


def _sarif_edit(told: _SarifReplacement, limits: Limits) -> Edit:
    """Read a replacement; a region without columns is whole lines, one without an end is one line (3.30)."""
    region = told.deleted_region
    line = line_of(region.start_line, limits)
    last = line_of(region.end_line, limits) or line
    start, end = line_of(region.start_column, limits) or 1, line_of(region.end_column, limits)
    return Edit(
        (told.inserted_content and told.inserted_content.text) or "",
        line,
        start,
        last,
        end,
        (region.snippet and region.snippet.text) or "",
    )


class EslintFixes:
    """Reads the fixes of one file of ESLint's, which tells its text where it can."""

    def __init__(self, source: str | None, limits: Limits) -> None:
        self._limits = limits
        # Offsets count UTF-16 units, which are characters in ASCII.
        self._source = source if source and source.isascii() and len(source) <= _MOST_SOURCE else ""
        self._starts: list[int] = []

    def fix(self, fix: Any, suggestions: Any) -> Fix | None:  # noqa: ANN401 - likewise
        """Read the fix, else the first suggestion; what it replaces is told only where the source is."""
        told = _shaped(fix, _Replacement)
        words = None
        if told is None:
            suggested = _shaped(suggestions, list[_Suggestion]) or []
            if not suggested:
                return None
            told, words = suggested[0].fix, suggested[0].desc
        return _fix(words, [self._edit(told)], self._limits)

    def _edit(self, told: _Replacement) -> Edit:
        start, end = told.range
        if not self._source or not 0 <= start <= end <= len(self._source):
            return Edit(told.text)
        (line, column), (last, end_column) = self._place(start), self._place(end)
        return Edit(told.text, line, column, last, end_column, self._source[start:end])

    def _place(self, offset: int) -> tuple[int, int]:
        if not self._starts:
            lengths = (len(each) + 1 for each in self._source.split("\n")[:-1])
            self._starts = [0, *accumulate(lengths)]
        number = bisect_right(self._starts, offset)
        return number, offset - self._starts[number - 1] + 1


def _fix(message: str | None, edits: Iterable[Edit], limits: Limits) -> Fix | None:
    """Make a fix; none where a part of it is too long to be shown, for a part of a fix is none."""
    made = tuple(edits)
    whole = all(max(len(each.text), len(each.before)) <= limits.name_chars for each in made)
    return Fix(cut(message, limits.name_chars), made) if made and whole and len(made) <= MOST_EDITS else None


def _shaped(value: Any, shape: type[T]) -> T | None:  # noqa: ANN401 - likewise
    if value is None:
        return None
    try:
        return msgspec.convert(value, shape)
    except (msgspec.ValidationError, RecursionError):
        return None
