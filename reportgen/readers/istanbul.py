"""Istanbul's JSON (`coverage-final.json`): nyc, Jest, Vitest, c8, Karma.

    {"/src/a.js": {"path": …, "statementMap": {"0": {"start": {"line": 1, …}, …}}, "s": {"0": 3},
                   "branchMap": {"0": {"loc": …}}, "b": {"0": [1, 0]}, "fnMap": …, "f": …}}

As in istanbul-lib-coverage, a line is where a statement starts, and it is covered if any of the statements
that start there ran. A branch is an arm of `b`. A statement without a count has not run.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct, field

from reportgen.model.coverage import CoverageFacts
from reportgen.model.figures import plural
from reportgen.model.limits import Limits
from reportgen.readers.base import Parts
from reportgen.readers.content import Content
from reportgen.readers.coverage_notes import note_nothing, with_short_names
from reportgen.readers.coverage_parts import FileTally, LineSets
from reportgen.readers.jsonsniff import is_object_with
from reportgen.readers.jsontext import decode, text_of
from reportgen.readers.junit_values import cut_name
from reportgen.readers.oddities import Oddities, some

_SHORT = 20  # characters of a branch's own name; Istanbul numbers them


class _Position(Struct):
    line: int | None = None


class _Span(Struct):
    start: _Position | None = None


class _Branch(Struct):
    loc: _Span | None = None
    line: int | None = None
    locations: list[msgspec.Raw] | None = None


class _Entry(Struct):
    """What is known of one file; some versions wrap it in `data`."""

    path: str = ""
    statements: dict[str, _Span] | None = field(name="statementMap", default=None)
    counts: dict[str, int | float | None] = field(name="s", default_factory=dict)
    branches: dict[str, _Branch] = field(name="branchMap", default_factory=dict)
    arms: dict[str, list[int | float | None]] = field(name="b", default_factory=dict)
    data: _Entry | None = None


def sniff(content: Content) -> bool:
    """Tell the report by its first member, which is of a file and has a map of statements."""
    members = content.json_keys if content.looks_like == "json" else {}
    if members is None:
        return is_object_with(content, "statementMap", "branchMap")
    first = bytes(next(iter(members.values()), msgspec.Raw(b"")))
    return first.startswith(b"{") and b'"statementMap"' in first and b'"s"' in first


def read(content: Content, limits: Limits) -> Parts:
    """Read all files."""
    oddities = Oddities(limits)
    sets = LineSets(limits)
    text = text_of(content)
    entries = decode(text, dict[str, _Entry], oddities)
    files = []
    renamed: list[str] = []
    unmapped: list[str] = []
    without_count = 0
    for path, wrapped in entries.items():
        entry = wrapped.data or wrapped
        tally = FileTally()
        without_count += _lines(entry, tally, sets)
        without_count += _arms(entry, tally)
        files.append(tally.facts(path))
        if entry.path not in {"", path}:
            renamed.append(path)
        if entry.statements is None:
            unmapped.append(path)
    if text.count(b'"statementMap"') > len(entries):
        message = "some file stands in it more than once; the last one was read"
        oddities.note("repeated key", message, "Look at what wrote the file.", doubt=True)
    if unmapped:
        message = f"files without a map of their statements: {some(unmapped)}"
        oddities.note("no statements", message, "What could run there is not known.", doubt=True)
    if renamed:
        message = f"files that are called otherwise within their own entry: {some(renamed)}"
        oddities.note("two paths", message, "The outer name was taken.")
    if without_count:
        what = plural(without_count, "statement or branch", "statements or branches")
        oddities.note("missing counts", f"{what} without a count", "They count as not run.")
    note_nothing(files, oddities)
    sets.note(oddities)
    coverage = CoverageFacts(files=tuple(files), has_branches=True)
    short = with_short_names(coverage, limits, oddities)
    return Parts(producer="Istanbul", coverage=short, warnings=oddities.problems)


def _lines(entry: _Entry, tally: FileTally, sets: LineSets) -> int:
    """Put the lines of the statements into the tally; return how many statements have no count."""
    lines: list[int] = []
    hit: list[int] = []
    missing = 0
    for identity, span in (entry.statements or {}).items():
        line = span.start.line if span.start else None
        count = entry.counts.get(identity)
        missing += count is None
        if line is None:
            sets.left_out += 1
            continue
        lines.append(line)
        if count is not None and count > 0:
            hit.append(line)
    tally.executable = sets.bits(lines)
    tally.covered = sets.bits(hit, again=True)
    return missing


def _arms(entry: _Entry, tally: FileTally) -> int:
    """Put the arms into the tally, as line:branch:arm; return how many branches lack counts."""
    missing = 0
    for identity in dict.fromkeys((*entry.arms, *entry.branches)):
        counts = entry.arms.get(identity, [])
        branch = entry.branches.get(identity)
        line = lacking = 0
        if branch is not None:
            start = branch.loc.start if branch.loc else None
            line = (start.line if start else branch.line) or 0
            lacking = max(0, len(branch.locations or ()) - len(counts))
        missing += lacking > 0 or identity not in entry.arms
        name = f"{line}:{cut_name(identity, _SHORT)}"
        for arm, count in enumerate([*counts, *[None] * lacking]):
            tally.arms[f"{name}:{arm}"] = count is not None and count > 0
    return missing
