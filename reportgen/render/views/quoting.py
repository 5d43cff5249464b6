"""The code at places, as sections print it: numbered lines in a fence, the meant ones marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from reportgen.model.audit import Audit
from reportgen.model.excerpts import Excerpt
from reportgen.render.escape import Markdown, excerpt
from reportgen.render.places import place_mark
from reportgen.render.wording import clipped

_PLACE = re.compile(r"(?P<path>.+):(?P<line>[1-9][0-9]{0,8})", re.DOTALL)
_LINE = 240


class CodeRow(Struct, frozen=True):
    """An excerpt: where it is, its lines, and what shows that the file has changed, if anything."""

    place: Markdown
    code: Markdown | None
    changed: str


class Quotes:
    """Finds the excerpts of a report by the places that they are of; each is printed once."""

    def __init__(self, audit: Audit) -> None:
        self._url = audit.source_url
        self._by_place = {(each.path, mark): each for each in audit.code for mark in each.marks}

    def mark(self, place: str, shown: str | Markdown) -> Markdown:
        """Print a place, as a link where that can be."""
        return shown if isinstance(shown, Markdown) else place_mark(place, shown, self._url)

    def of(self, places: Iterable[str], most: int = 2) -> tuple[CodeRow, ...]:
        """Return the code of the first places that have any."""
        found: dict[tuple[str, int], tuple[Excerpt, list[int]]] = {}
        for place in places:
            told = _PLACE.fullmatch(place)
            each = self._by_place.get((told["path"], int(told["line"]))) if told else None
            if told is None or each is None:
                continue
            if (each.path, each.first) not in found and len(found) >= most:
                break
            found.setdefault((each.path, each.first), (each, []))[1].append(int(told["line"]))
        # An excerpt may hold places of others, too: they are not meant here.
        return tuple(
            code_row(replace(each, marks=tuple(sorted(set(lines)))), self._url)
            for each, lines in found.values()
        )


def code_row(each: Excerpt, source_url: str) -> CodeRow:
    """Print one excerpt."""
    place = f"{each.path}:{each.marks[0] if each.marks else each.first}"
    return CodeRow(
        place=place_mark(place, clipped(place, _LINE), source_url),
        code=numbered(each) if each.lines else None,
        changed=each.why if each.changed else "",
    )


def numbered(each: Excerpt) -> Markdown:
    """Print the lines with their numbers, and mark those that are meant."""
    width = len(str(each.first + len(each.lines) - 1))
    marks = frozenset(each.marks)
    rows = [
        f"{'>' if number in marks else ' '} {number:>{width}} | {line}".rstrip()
        for number, line in enumerate(each.lines, each.first)
    ]
    return excerpt(rows)


def plain_code(text: str, most: int = 24) -> Markdown | None:
    """Print some code as it is, cut after so many lines; None where there is none."""
    lines: Sequence[str] = text.split("\n")
    if not text.strip():
        return None
    left = len(lines) - most
    shown = [clipped(line, _LINE) for line in lines[:most]]
    return excerpt([*shown, f"… {left:,} more lines"] if left > 0 else shown)
