"""What the coverage readers share: sets of lines within bounds, and files as they are gathered."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from math import inf

from reportgen.model.coverage import FileCoverage
from reportgen.model.figures import plural
from reportgen.model.limits import Limits
from reportgen.readers.base import UnreadableError
from reportgen.readers.content import Content
from reportgen.readers.oddities import Oddities

_LONGEST = 1_000_000  # characters of a line of text; what is longer is no record of any format
_CHUNK = 64 * 1024
_DENSE = 64  # so few numbers to a line that writing the set out in binary digits is fastest
_ONE = ord("1")
_REMEMBERED = 64  # characters of a number; to keep longer ones would fill the memory


class LineSets:
    """Turns line numbers into bit sets (bit n is line n), within bounds.

    Numbers below 0 or above `limits.line` are left out, and counted in `left_out`. A report whose sets would
    take more memory than a quarter of `limits.file_bytes` (512 MiB) raises `UnreadableError` (too-big): its
    numbers are no line numbers.
    """

    def __init__(self, limits: Limits) -> None:
        self._highest = limits.line
        self._room = limits.file_bytes * 2  # in bits
        self.left_out = 0

    def bits(self, lines: Collection[int], *, again: bool = False) -> int:
        """Return the set of `lines` as an integer.

        `again` says that they are among lines asked before: what is left out of both is counted once.
        """
        ordered = sorted(lines)  # they mostly are, and then this costs less than asking for both ends
        if not ordered:
            return 0
        if ordered[0] < 0 or ordered[-1] > self._highest:
            ordered = [line for line in ordered if 0 <= line <= self._highest]
            self.left_out += 0 if again else len(lines) - len(ordered)
            if not ordered:
                return 0
        top = ordered[-1]
        self.spend(top)
        if top < _DENSE * len(ordered):
            marks = bytearray(b"0") * (top + 1)
            for line in ordered:
                marks[line] = _ONE
            marks.reverse()
            return int(marks, 2)
        octets = bytearray((top >> 3) + 1)
        for line in ordered:
            octets[line >> 3] |= 1 << (line & 7)
        return int.from_bytes(octets, "little")

    def fits(self, line: int) -> bool:
        """Tell whether a line number is one."""
        return 0 <= line <= self._highest

    def within(self, bits: int) -> int:
        """Take out of a set the numbers that are too high."""
        if bits.bit_length() <= self._highest + 1:
            return bits
        self.left_out += (bits >> (self._highest + 1)).bit_count()
        return bits & ((1 << (self._highest + 1)) - 1)

    def ranges(self, ranges: Iterable[tuple[int, int]], *, again: bool = False) -> int:
        """Return the set of all lines of `ranges`, each from its first to its last, both included.

        `again` as in `bits`.
        """
        kept: list[tuple[int, int]] = []
        top = 0
        for first, last in ranges:
            if 0 <= first <= last <= self._highest:
                kept.append((first, last))
                top = max(top, last)
            else:
                self.left_out += not again
        if not kept:
            return 0
        self.spend(top)
        marks = bytearray(b"0") * (top + 1)
        end = -1
        for first, last in sorted(kept):
            if last > end:
                start = max(first, end + 1)
                marks[start : last + 1] = b"1" * (last + 1 - start)
                end = last
        marks.reverse()
        return int(marks, 2)

    def spend(self, top: int) -> None:
        """Take the room that a set with highest line `top` needs."""
        self._room -= top
        if self._room < 0:
            raise UnreadableError(
                "too-big",
                "its line sets would take more memory than a quarter of limits.file_bytes: "
                f"too many files with lines near {self._highest:,}",
                "Find out who wrote this file, or set limits.line or limits.file_bytes.",
            )

    def note(self, oddities: Oddities) -> None:
        """Say that line numbers were left out, if any were; the lines behind them are not known."""
        if self.left_out:
            what = plural(self.left_out, "line number")
            message = f"{what} left out: not a whole number from 0 to {self._highest:,}"
            hint = "The lines behind them are not counted; have the tool write the file again."
            oddities.note("odd line numbers", message, hint, doubt=True)


class FileTally:
    """One source file as it is gathered; a report may come back to it any number of times."""

    __slots__ = ("arms", "branches", "complexity", "covered", "executable", "stated", "stated_branches")

    def __init__(self) -> None:
        self.executable = 0
        self.covered = 0
        self.branches: dict[int, tuple[int, int]] = {}
        self.arms: dict[str, bool] = {}
        self.complexity: int | None = None
        self.stated: tuple[int, int] | None = None
        self.stated_branches: tuple[int, int] | None = None

    def facts(self, path: str, *, lists_lines: bool = True) -> FileCoverage:
        """Make the record; `lists_lines` is false where the format gives counts and no lines."""
        return FileCoverage(
            path=path,
            executable=self.executable | self.covered if lists_lines else None,
            covered=self.covered,
            branches=self.branches,
            arms=self.arms,
            stated=self.stated,
            stated_branches=self.stated_branches,
            complexity=self.complexity,
        )


def hits(text: str) -> tuple[bool, bool]:
    """Read a hit count: (whether it is above nothing, whether it is odd: no plain whole number from 0)."""
    return _hits.__wrapped__(text) if len(text) > _REMEMBERED else _hits(text)


@lru_cache(maxsize=4096)
def _hits(text: str) -> tuple[bool, bool]:
    plain = text.isascii() and text.isdigit()
    if plain:
        return text.strip("0") != "", False
    try:
        return 0 < float(text) < inf, True
    except ValueError:
        return False, True


def whole(text: str | None) -> int | None:
    """Read a count that a report states (`12`, also `12.0`); None where it is no whole number from 0."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return int(value) if 0 <= value < 2**53 and value.is_integer() else None


def text_lines(content: Content) -> Iterator[str]:
    r"""Yield the lines of a text, without their ends; a line too long for any record comes out cut.

    Bytes that are no text in the content's encoding are kept apart as `\x..`.
    """
    decode = getincrementaldecoder(content.encoding)("backslashreplace").decode
    rest = ""
    while chunk := content.read(_CHUNK):
        first, *others = decode(chunk).split("\n")
        rest = rest[:_LONGEST] + first
        if others:
            yield rest.rstrip("\r")
            for line in others[:-1]:
                yield line.rstrip("\r")
            rest = others[-1]
    rest = rest[:_LONGEST] + decode(b"", True)
    if rest:
        yield rest.rstrip("\r")


_START = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)(?=[\s/>])")


def root_name(content: Content) -> str:
    """Return the local name of an XML document's root element, as far as it can be told; else nothing."""
    if content.looks_like != "xml":
        return ""
    root = content.xml_root
    if root is not None and root.name:
        return root.name
    found = _START.search(content.text_head)
    return found.group(1) if found else ""


def first_of(content: Content, *names: str) -> str:
    """Return which of the elements `names` starts first in the head of an XML document; nothing if none."""
    wanted = re.compile(rf"<(?:[\w.-]+:)?({'|'.join(names)})(?=[\s/>])")
    found = wanted.search(content.text_head)
    return found.group(1) if found else ""
