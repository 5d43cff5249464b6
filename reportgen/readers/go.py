"""Go cover profiles: `go test -coverprofile`, and what merges them (gocovmerge, `go tool covdata textfmt`).

    mode: set                                              or count, or atomic; merged profiles repeat it
    example.com/m/pkg/file.go:10.12,14.3 2 1               file:line.column,line.column statements count

Blocks of one position are one block, which ran if any of them did (as `go tool cover` has it). A line is
executable if a block with statements lies on it, and covered if one of those ran. `go tool cover` counts
statements, not lines; where all lines are covered and some statement is not, a warning says so.
"""

from __future__ import annotations

import re

from reportgen.model.coverage import CoverageFacts
from reportgen.model.figures import plural
from reportgen.model.limits import Limits
from reportgen.readers.base import Parts
from reportgen.readers.content import Content
from reportgen.readers.coverage_notes import note_garbage, note_nothing, with_short_names
from reportgen.readers.coverage_parts import FileTally, LineSets, text_lines
from reportgen.readers.oddities import Oddities

_MODE = re.compile(r"\s*mode: *(\w+)[ \t]*\r?(?:\n|$)")
_BLOCK = re.compile(r"(\d{1,18})\.(\d{1,18}),(\d{1,18})\.(\d{1,18}) (\d{1,18}) (\d+)", re.ASCII)
_MODES = frozenset(("set", "count", "atomic"))


def sniff(content: Content) -> bool:
    """Tell a profile by its first line."""
    return content.looks_like == "text" and _MODE.match(content.text_head) is not None


def read(content: Content, limits: Limits) -> Parts:
    """Read all blocks; a line that is none is left out and said."""
    profile = _Profile()
    for line in text_lines(content):
        profile.take(line.strip())
    profile.unfinished = not content.ends_a_line
    return profile.parts(limits)


class _Profile:
    """The blocks read so far: file -> position -> (statements, whether it ran)."""

    def __init__(self) -> None:
        self._files: dict[str, dict[str, tuple[int, bool]]] = {}
        self._unknown_mode = ""
        self._garbage = 0
        self._example = ""
        self.unfinished = False

    def take(self, line: str) -> None:
        """Take a line of the profile."""
        name, colon, rest = line.rpartition(":")
        if name == "mode":
            if rest.strip() not in _MODES:
                self._unknown_mode = rest.strip()[:40]
            return
        match = _BLOCK.fullmatch(rest) if colon and name else None
        if match is None:
            if line:
                self._garbage += 1
                self._example = self._example or line[:80]
            return
        position, statements, count = rest.split(" ")
        blocks = self._files.setdefault(name, {})
        known, ran = blocks.get(position, (0, False))
        blocks[position] = (max(known, int(statements)), ran or count.strip("0") != "")

    def parts(self, limits: Limits) -> Parts:
        """Make the facts, with what is odd."""
        sets, oddities = LineSets(limits), Oddities(limits)
        files = []
        statements = covered = 0
        for name, blocks in self._files.items():
            tally = FileTally()
            with_statements = [(_lines(position), ran) for position, (n, ran) in blocks.items() if n]
            tally.executable = sets.ranges(lines for lines, _ in with_statements)
            tally.covered = sets.ranges((lines for lines, ran in with_statements if ran), again=True)
            statements += sum(number for number, _ in blocks.values())
            covered += sum(number for number, ran in blocks.values() if ran)
            files.append(tally.facts(name))
        coverage = CoverageFacts(files=tuple(files))
        note_nothing(files, oddities)
        sets.note(oddities)
        note_garbage(self._garbage, self._example, oddities)
        if self.unfinished:
            message = "the last line has no end, as all of Go's have: it may be cut, and more may be missing"
            oddities.note(
                "unfinished line",
                message,
                "Run the tests again, and see that nothing stops them.",
                doubt=True,
            )
        if self._unknown_mode:
            message = f"its mode is {self._unknown_mode!r}; known are atomic, count and set"
            oddities.note("unknown mode", message, "It is read like these.", doubt=True)
        lines = coverage.line_counts()
        if lines.covered == lines.total and covered < statements:
            message = (
                f"every line is touched, but only {covered:,} of {plural(statements, 'statement')} ran: "
                "blocks that share a line with one that ran hide behind it"
            )
            oddities.note("missed statements", message, "See `go tool cover -func`.")
        return Parts(coverage=with_short_names(coverage, limits, oddities), warnings=oddities.problems)


def _lines(position: str) -> tuple[int, int]:
    """Return the first and the last line of a block's position."""
    start, _, end = position.partition(",")
    return int(start.partition(".")[0]), int(end.partition(".")[0])
