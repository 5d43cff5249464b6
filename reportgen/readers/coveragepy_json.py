"""coverage.py's JSON report (`coverage json`), formats 1 (without a number) to 3, with or without contexts.

The headline numbers of a file are its own `summary`: up to 7.13, `executed_lines` and `executed_branches`
also hold what ran and is no statement (docstrings, excluded lines). So the summary is taken where it misses
exactly what is listed as missing; where it contradicts the lists, the lists are. `functions` and `classes`
repeat the lines of their file and are not added. With `--show-contexts`, `contexts` is line -> contexts that
ran it; it can be huge, and is decoded file by file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Raw, Struct
from msgspec.structs import replace

from reportgen.model.coverage import CoverageFacts, FileCoverage
from reportgen.model.limits import Limits
from reportgen.readers.base import Parts
from reportgen.readers.content import Content
from reportgen.readers.coverage_notes import difference, note_nothing, note_totals, with_short_names
from reportgen.readers.coverage_parts import FileTally, LineSets
from reportgen.readers.jsonsniff import is_object_with
from reportgen.readers.jsontext import decode, text_of
from reportgen.readers.oddities import Oddities, some

_NEWEST = 3
_LONG = 10  # digits: no line number has so many
_FILE = re.compile(rb'"((?:[^"\\]|\\.)*+)"\s*:\s*\{\s*"executed_lines"')


class _Summary(Struct):
    covered_lines: int | None = None
    num_statements: int | None = None
    num_branches: int | None = None
    covered_branches: int | None = None


class _Region(Struct):
    """A function or a class: only counted, to tell whether a key is repeated."""


class _File(Struct):
    executed_lines: list[int] = []
    missing_lines: list[int] = []
    executed_branches: list[list[int]] | None = None
    missing_branches: list[list[int]] | None = None
    contexts: Raw = Raw(b"")
    summary: _Summary | None = None
    functions: dict[str, _Region] = {}
    classes: dict[str, _Region] = {}


class _Meta(Struct):
    version: str = ""
    format: int | None = None
    branch_coverage: bool | None = None
    timestamp: str | None = None


class _Report(Struct):
    meta: _Meta
    files: dict[str, _File] = {}
    totals: _Summary | None = None


def sniff(content: Content) -> bool:
    """Tell the report by its three members."""
    members = content.json_keys if content.looks_like == "json" else {}
    if members is None:
        return is_object_with(content, "meta", "files", "executed_lines")
    return {"meta", "files", "totals"} <= members.keys() and bytes(memoryview(members["files"])[:1]) == b"{"


def read(content: Content, limits: Limits) -> Parts:
    """Read all files, with their contexts if there are any."""
    oddities = Oddities(limits)
    text = text_of(content)
    report = decode(text, _Report, oddities)
    reader = _Reader(limits, oddities)
    files = tuple(reader.file(path, file) for path, file in report.files.items())
    named = any(reader.contexts)
    if not named:  # the empty context alone is no context
        files = tuple(replace(file, contexts=()) for file in files)
    coverage = CoverageFacts(
        files=files,
        contexts=tuple(reader.contexts) if named else (),
        has_branches=bool(report.meta.branch_coverage) or any(f.stated_branches or f.arms for f in files),
        time=(report.meta.timestamp or "")[: limits.name_chars],
    )
    if (report.meta.format or 1) > _NEWEST:
        message = (
            f"format {report.meta.format} of coverage.py's JSON is not known; the newest that is is {_NEWEST}"
        )
        oddities.note("unknown version", message, "It was read like that one.", doubt=True)
    if reader.contradicted:
        message = f"summaries that are not what the lists of the file say: {some(reader.contradicted)}"
        oddities.note("stated totals differ", message, "The lists are used.", doubt=True)
    if reader.both:
        message = f"lines listed both as executed and as missing: {some(reader.both)}"
        oddities.note("executed and missing", message, "They count as executed.", doubt=True)
    if reader.without_lines:
        message = f"how many lines ran, but not which, in {some(reader.without_lines)}"
        oddities.note(
            "counters only", message, "Counted as stated; they join with no other report.", doubt=True
        )
    _note_repeats(text, report, oddities)
    note_nothing(files, oddities)
    reader.sets.note(oddities)
    _note_totals(report.totals, coverage, oddities)
    producer = f"coverage.py {report.meta.version}".strip()
    short = with_short_names(coverage, limits, oddities)
    return Parts(producer=producer, coverage=short, warnings=oddities.problems)


class _Reader:
    """Makes the facts of each file; contexts are numbered in the order in which they are met."""

    def __init__(self, limits: Limits, oddities: Oddities) -> None:
        self.sets = LineSets(limits)
        self._oddities = oddities
        self.both: list[str] = []
        self.contradicted: list[str] = []
        self.without_lines: list[str] = []
        self.contexts: dict[str, int] = {}

    def file(self, path: str, file: _File) -> FileCoverage:
        """Make the facts of one file."""
        tally = FileTally()
        tally.covered = self.sets.bits(file.executed_lines)
        missed = self.sets.bits(file.missing_lines)
        if missed & tally.covered > 1:  # line 0 is no line: old versions list it for an empty file
            self.both.append(path)
        tally.executable = tally.covered | missed
        for taken, arcs in ((False, file.missing_branches), (True, file.executed_branches)):
            for arc in arcs or ():
                tally.arms[":".join(map(str, arc))] = taken
        if file.summary is not None:
            self._summary(path, file, file.summary, tally)
        facts = tally.facts(path)
        contexts = self._contexts_of(file.contexts)
        return replace(facts, contexts=contexts) if contexts else facts

    def _summary(self, path: str, file: _File, summary: _Summary, tally: FileTally) -> None:
        """Take the summary where it says other than the lists, and fits what they miss."""
        covered, total = tally.covered.bit_count(), tally.executable.bit_count()
        stated = (summary.covered_lines, summary.num_statements)
        if not total and summary.num_statements:
            self.without_lines.append(path)
        tally.stated = self._headline(path, stated, (covered, total), known=total > 0)
        branches = (summary.covered_branches, summary.num_branches)
        listed = file.executed_branches is not None or file.missing_branches is not None
        taken = sum(tally.arms.values())
        tally.stated_branches = self._headline(path, branches, (taken, len(tally.arms)), known=listed)

    def _headline(
        self, path: str, stated: tuple[int | None, int | None], counted: tuple[int, int], *, known: bool
    ) -> tuple[int, int] | None:
        """Return the stated (covered, total) if they are to be taken instead of the counted ones."""
        covered, total = stated
        if covered is None or total is None or (known and (covered, total) == counted):
            return None
        fits = covered <= counted[0] and total - covered == counted[1] - counted[0]
        if 0 <= covered <= total and (fits or not known):
            return covered, total
        self.contradicted.append(path)
        return None

    def _contexts_of(self, raw: Raw) -> tuple[tuple[int, int], ...]:
        """Turn line -> contexts into (context, lines), in the order of the contexts' numbers."""
        text = bytes(raw)
        if not text.startswith(b"{"):
            return ()
        lines: dict[str, list[int]] = {}
        for number, names in decode(text, dict[str, list[str]], self._oddities).items():
            if not (number.isascii() and number.isdigit() and len(number) < _LONG):
                self.sets.left_out += 1
                continue
            line = int(number)
            for name in names:
                lines.setdefault(name, []).append(line)
        numbers = self.contexts
        sets = [(numbers.setdefault(name, len(numbers)), self.sets.bits(of)) for name, of in lines.items()]
        return tuple(sorted(sets))


def _note_totals(totals: _Summary | None, coverage: CoverageFacts, oddities: Oddities) -> None:
    """Compare the report's totals with the sums of its files; more lines than are listed is a doubt."""
    if totals is None:
        return
    lines, branches = coverage.line_counts(), coverage.branch_counts()
    found = [
        *difference("num_statements", totals.num_statements, lines.total),
        *difference("covered_lines", totals.covered_lines, lines.covered),
    ]
    if branches is not None:
        found += difference("num_branches", totals.num_branches, branches.total)
        found += difference("covered_branches", totals.covered_branches, branches.covered)
    note_totals(found, oddities, doubt=(totals.num_statements or 0) > (lines.total or 0))


def _note_repeats(text: bytes, report: _Report, oddities: Oddities) -> None:
    """Say that a file stands twice in the report: the last one hides what the first one said."""
    files: Sequence[_File] = tuple(report.files.values())
    expected = sum(1 + len(file.functions) + len(file.classes) for file in files)
    if text.count(b'"executed_lines"') <= expected:
        return
    counts = Counter(match.decode("utf-8", "replace") for match in _FILE.findall(text))
    repeated = [path for path in report.files if counts[path] > 1]
    if repeated:
        message = f"files that stand in it more than once: {some(repeated)}; the last one was read"
        oddities.note("repeated key", message, "Look at what wrote the file.", doubt=True)
