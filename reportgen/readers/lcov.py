"""LCOV trace files, 1.x and 2.x: `lcov`, coverage.py, Istanbul, gcovr, grcov, llvm-cov, coverlet, Dart, ….

The format is described in geninfo(1) under FILES. A record goes from `SF:` to `end_of_record`:

    DA:<line>,<hits>[,<checksum>]                 a line; hits of the same line are one line
    BRDA:<line>,[e]<block>,<branch>,<taken>       a branch; <branch> may be text with commas, <taken> may be -

Records of one file are one file, whatever their test (`TN:`). Functions (FN, FNDA, FNL, FNA) and MC/DC (MCDC)
are passed over, and so are the summaries but for their sums, which are checked against what is listed.
"""

from __future__ import annotations

import re
from collections import Counter

from reportgen.model.coverage import CoverageFacts
from reportgen.model.figures import plural
from reportgen.model.limits import Limits
from reportgen.readers.base import Parts
from reportgen.readers.content import Content
from reportgen.readers.coverage_notes import (
    difference,
    note_garbage,
    note_nameless,
    note_nothing,
    note_odd_counts,
    note_totals,
    with_short_names,
)
from reportgen.readers.coverage_parts import FileTally, LineSets, hits, text_lines, whole
from reportgen.readers.oddities import Oddities

_SUMS = ("LF", "LH", "BRF", "BRH")
_PASSED_OVER = frozenset(
    ("TN", "VER", "FN", "FNDA", "FNF", "FNH", "FNL", "FNA", "MCDC", "MCF", "MCH", "BA", *_SUMS)
)
_MOST_PENDING = 1_000_000  # lines of one record, held as numbers before they become a set
_FIRST = re.compile(r"\s*+(?:#[^\n]*+\s*+)*+TN:")  # white space and comments are never tried in another way
_SOURCE = re.compile(r"^SF:", re.MULTILINE)
_RECORD = re.compile(r"^(?:DA|LF|LH|FN|FNL|FNF|FNDA|BRDA|BRF|VER):|^end_of_record", re.MULTILINE)


def sniff(content: Content) -> bool:
    """Tell a trace file by its first record, or by a test name with nothing behind it."""
    if content.looks_like != "text":
        return False
    head = content.text_head
    return _FIRST.match(head) is not None or bool(_SOURCE.search(head) and _RECORD.search(head))


def read(content: Content, limits: Limits) -> Parts:
    """Read all records; what is no record is left out and said."""
    trace = _Trace(limits)
    for line in text_lines(content):
        if line.startswith("DA:"):
            trace.line(line)
        else:
            trace.record(line)
    return trace.parts(Oddities(limits))


class _Trace:
    """The records read so far; `_files` is by path, in the order of their first record."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._sets = LineSets(limits)
        self._highest = limits.line
        self._files: dict[str, FileTally] = {}
        self._file: FileTally | None = None
        self._lines: list[int] = []
        self._hit: list[int] = []
        self._sums = dict.fromkeys(_SUMS, 0)
        self._listed = 0
        self._open_sum = 0
        self._nameless: list[int] = []
        self._odd: Counter[str] = Counter()
        self._example = ""

    def line(self, text: str) -> None:
        """Take a DA record: line number, hits, and maybe a checksum."""
        fields = text[3:].split(",")
        if self._file is None:
            self._note("outside", text)
            return
        try:
            number = int(fields[0])
            hit, odd = hits(fields[1])
        except (ValueError, IndexError):
            self._note("broken", text)
            return
        self._lines.append(number)
        if hit:
            self._hit.append(number)
        if len(self._lines) >= _MOST_PENDING:
            self._flush(self._file)
        if odd:
            self._odd["hits"] += 1

    def record(self, text: str) -> None:
        """Take any other record, or a line that is none."""
        text = text.strip()
        key, colon, value = text.partition(":")
        if text == "end_of_record":
            self._close()
        elif key in {"SF", "KF"} and colon:
            if self._file is not None:
                self._odd["open"] += 1
                self._close()
            self._file = self._files.setdefault(value, FileTally())
        elif key == "BRDA" and colon:
            self._branch(text, value)
        elif key in _PASSED_OVER and colon:
            if key in self._sums:
                stated = whole(value) or 0
                self._sums[key] += stated
                self._open_sum += stated if key == "LF" else 0
        elif text and text[0] != "#" and text != "EOF":
            self._note("unknown" if key.isupper() and colon else "garbage", text)

    def _branch(self, text: str, value: str) -> None:
        """Take a BRDA record; its identity is line, block and branch as written, `e` included."""
        identity, _, taken = value.rpartition(",")
        number, comma, rest = identity.partition(",")
        if self._file is None:
            self._note("outside", text)
        elif not (comma and "," in rest and number.isascii() and number.isdigit()):
            self._note("broken", text)
        elif len(number) > len(str(self._highest)) or int(number) > self._highest:
            self._sets.left_out += 1
        else:
            hit, odd = hits(taken)
            arms = self._file.arms
            name = identity.replace(",", ":", 2)
            arms[name] = hit or arms.get(name, False)
            if odd and taken != "-":
                self._odd["hits"] += 1

    def _close(self) -> None:
        """End the open record: its lists become sets."""
        if self._file is not None:
            self._flush(self._file)
            if self._file is self._files.get("") and self._listed:
                self._nameless.append(self._listed)
            if self._open_sum and not self._listed:
                self._odd["unlisted"] += self._open_sum
        self._file, self._open_sum, self._listed = None, 0, 0

    def _flush(self, file: FileTally) -> None:
        """Turn the lines gathered so far into sets."""
        file.executable |= self._sets.bits(self._lines)
        file.covered |= self._sets.bits(self._hit, again=True)
        self._listed += len(self._lines)
        self._lines, self._hit = [], []

    def _note(self, what: str, text: str) -> None:
        """Count something odd, and keep the first line of it to show."""
        self._odd[what] += 1
        if what != "unknown" and not self._example:
            self._example = text[:80]

    def parts(self, oddities: Oddities) -> Parts:
        """Make the facts, with what is odd."""
        if self._file is not None:
            self._odd["cut"] += 1
            self._close()
        files = tuple(tally.facts(path) for path, tally in self._files.items())
        coverage = CoverageFacts(files=files)
        note_nothing(files, oddities)
        note_nameless("record", self._nameless, files, oddities)
        self._sets.note(oddities)
        note_odd_counts(self._odd["hits"], oddities)
        broken = self._odd["broken"] + self._odd["garbage"] + self._odd["outside"]
        note_garbage(broken, self._example, oddities)
        self._note_records(oddities)
        note_totals(self._differences(coverage), oddities, doubt=self._odd["unlisted"] > 0)
        return Parts(coverage=with_short_names(coverage, self._limits, oddities), warnings=oddities.problems)

    def _differences(self, coverage: CoverageFacts) -> list[str]:
        """Compare the sums of LF, LH, BRF and BRH, where they are given, with what is listed."""
        lines, branches = coverage.line_counts(), coverage.branch_counts()
        found: list[str] = []
        if self._sums["LF"]:
            found += difference("LF", self._sums["LF"], lines.total)
            found += difference("LH", self._sums["LH"], lines.covered)
        if self._sums["BRF"] and branches is not None:
            found += difference("BRF", self._sums["BRF"], branches.total)
            found += difference("BRH", self._sums["BRH"], branches.covered)
        return found

    def _note_records(self, oddities: Oddities) -> None:
        unfinished = self._odd["open"] + self._odd["cut"]
        if unfinished:
            where = ", the last of them at the end of the file" if self._odd["cut"] else ""
            message = f"{plural(unfinished, 'record')} without end_of_record{where}"
            hint = "What follows may be missing: have the tool write the file again."
            oddities.note("unfinished record", message, hint, doubt=True)
        if self._odd["unknown"]:
            message = f"{plural(self._odd['unknown'], 'record')} of a kind that LCOV does not have"
            oddities.note("unknown records", message, "Lines and branches are counted from DA and BRDA.")
