"""Rows and columns as plain text, which reads the same on a terminal and in a log."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

from reportgen.cli.terminal import safe

_MOST_IN_CELL = 100


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay out rows under their head, each cell made harmless; the last column is as wide as it likes."""
    cells = [[safe(cell, _MOST_IN_CELL) for cell in row] for row in (head, *rows)]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(map(_padded, row, widths)).rstrip() for row in cells]
    rule = "  ".join("-" * width for width in widths[:-1]) + "  " + "-" * _width(cells[0][-1])
    return "\n".join((lines[0], rule, *lines[1:])) + "\n"


def _width(text: str) -> int:
    """Count the columns on a terminal: two for the wide characters of East Asia and for most emoji."""
    return len(text) if text.isascii() else sum(1 + (east_asian_width(each) in "WF") for each in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
