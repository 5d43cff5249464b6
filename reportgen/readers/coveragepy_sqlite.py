"""coverage.py's data file (`.coverage`): SQLite, schemas 1 to 7, since coverage.py 5.0.

It knows which lines ran, and in which context (mostly a test), but not which could have run. In line mode
`line_bits` (schema 7; `line_map` in 3 to 6, `line` in 1 and 2) holds a set of lines a file and context, as
numbits: bit n of the little-endian blob is line n. In branch mode `arc` holds jumps; the lines are their
positive ends, and an end at or below 0 is an entry or an exit.

It is read here and not by coverage's own CoverageData: that opens files by name, in its own schema alone, and
takes many times as long where there are thousands of contexts. A test holds that both read the same.

The bytes are opened in memory, never as a file. Whatever the schema holds (views, triggers, generated
columns), only plain tables of coverage.py are read, no SQL function runs, and the steps are counted.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import reduce
from operator import or_

from msgspec.structs import replace

from reportgen.model.coverage import CoverageFacts, FileCoverage
from reportgen.model.figures import plural
from reportgen.model.limits import Limits
from reportgen.readers.base import Parts, UnreadableError
from reportgen.readers.content import Content
from reportgen.readers.coverage_notes import note_nothing, with_short_names
from reportgen.readers.coverage_parts import LineSets
from reportgen.readers.jsontext import paused_gc
from reportgen.readers.oddities import Oddities
from reportgen.readers.sqlite import Tables, open_database

_NEWEST = 7
_HINT = "Run the tests again with coverage, and look at whether the run was stopped or the disk was full."
_TABLES = frozenset(("coverage_schema", "meta", "file", "context", "line_bits", "line_map", "line", "arc"))
_NUMBITS = {  # where the lines stand, by the table and its column that says so
    ("line_bits", "numbits"): "select file_id, context_id, numbits from line_bits",
    ("line_map", "numbits"): "select file_id, context_id, numbits from line_map",
    ("line_map", "bitmap"): "select file_id, context_id, bitmap from line_map",
}


def sniff(content: Content) -> bool:
    """Tell any SQLite database; whether it is coverage.py's is seen when it is read."""
    return content.looks_like == "sqlite"


def read(content: Content, limits: Limits) -> Parts:
    """Read all files and contexts; `UnreadableError` (corrupt-sqlite, not-evidence) where there are none."""
    try:
        database, tables = open_database(content.data, _TABLES)
        with closing(database):
            return _Reader(database, tables, limits).parts()
    except (sqlite3.Error, TypeError, ValueError, OverflowError) as error:
        message = f"the SQLite database cannot be read as coverage.py's: {error}"
        raise UnreadableError("corrupt-sqlite", message, _HINT) from error


class _Reader:
    """One open data file. A row that holds another type than coverage.py writes raises TypeError."""

    def __init__(self, database: sqlite3.Connection, tables: Tables, limits: Limits) -> None:
        self._database = database
        self._tables = tables
        self._limits = limits
        self._sets = LineSets(limits)
        self._oddities = Oddities(limits)
        self._orphans = 0
        if "coverage_schema" not in self._tables or "file" not in self._tables:
            message = "it is a SQLite database, but none of coverage.py: the table coverage_schema is missing"
            raise UnreadableError("not-evidence", message, "Name the .coverage file of the run.")

    def parts(self) -> Parts:
        """Read everything."""
        oddities = self._oddities
        self._note_schema()
        files = dict(self._rows("select id, path from file"))
        names = {0: ""}
        if "context" in self._tables:
            names = dict(self._rows("select id, context from context order by id"))
        with paused_gc():
            records = self._records(files, self._runs(files, names))
        if self._orphans:
            what = plural(self._orphans, "row")
            oddities.note("orphan rows", f"{what} of no file or context that it knows", _HINT, doubt=True)
        note_nothing(records, oddities)
        self._sets.note(oddities)
        named = any(names.values())
        if not named:
            records = tuple(replace(record, contexts=()) for record in records)
        contexts = tuple(names.values()) if named else ()
        coverage = CoverageFacts(files=records, contexts=contexts)
        short = with_short_names(coverage, self._limits, oddities)
        return Parts(producer=self._producer(), coverage=short, warnings=oddities.problems)

    def _rows(self, query: str) -> Iterator[tuple[int, str]]:
        """Yield (id, text) rows of the right types."""
        for number, text in self._database.execute(query):
            if not (isinstance(number, int) and isinstance(text, str)):
                raise TypeError(f"a row of {query.split(' from ')[1]!r} has another type than it should")
            yield number, text

    def _note_schema(self) -> None:
        row = self._database.execute("select version from coverage_schema").fetchone()
        version = row[0] if row else None
        if not isinstance(version, int) or not 1 <= version <= _NEWEST:
            message = f"version {str(version)[:20]} of coverage.py's schema is not known; 1 to {_NEWEST} are"
            self._oddities.note("unknown version", message, f"It was read like {_NEWEST}.", doubt=True)

    def _producer(self) -> str:
        if {"key", "value"} <= self._tables.get("meta", set()):
            row = self._database.execute("select value from meta where key = 'version'").fetchone()
            if row and isinstance(row[0], str):
                return f"coverage.py {row[0][:40]}"
        return "coverage.py"

    def _runs(self, files: dict[int, str], names: dict[int, str]) -> dict[int, list[tuple[int, int]]]:
        """Return file -> (place of a context in `names`, lines that ran in it), in the order of the rows."""
        runs: dict[int, list[tuple[int, int]]] = {number: [] for number in files}
        places = {number: place for place, number in enumerate(names)}
        for query in self._queries():
            if query in _NUMBITS.values():
                for file, context, blob in self._database.execute(query):
                    try:
                        runs[file].append((places[context], int.from_bytes(blob, "little")))
                    except KeyError:
                        self._orphans += 1
            else:
                for file, context, bits in self._grouped(query):
                    try:
                        runs[file].append((places[context], bits))
                    except KeyError:
                        self._orphans += 1
        return runs

    def _queries(self) -> Iterator[str]:
        """Yield the queries of the tables that are there; a data file has lines or arcs, never both."""
        for (table, column), query in _NUMBITS.items():
            if column in self._tables.get(table, ()):
                yield query
        for table, start, end in (("line", "lineno", "lineno"), ("arc", "fromno", "tono")):
            columns = self._tables.get(table, set())
            if {start, end} <= columns:
                context = "context_id" if "context_id" in columns else "0"
                yield f"select file_id, {context}, {start}, {end} from {table}"  # noqa: S608 - names from above

    def _grouped(self, query: str) -> Iterator[tuple[int, int, int]]:
        """Yield a set for each run of rows of one file and context: coverage.py writes these together."""
        lines: set[int] = set()
        last_file = last_context = -1
        for file, context, start, end in self._database.execute(query):
            if context != last_context or file != last_file:
                if lines:
                    yield last_file, last_context, self._sets.bits(lines)
                last_file, last_context, lines = file, context, set()
            if start > 0:
                lines.add(start)
            if end > 0:
                lines.add(end)
        if lines:
            yield last_file, last_context, self._sets.bits(lines)

    def _records(
        self, files: dict[int, str], runs: dict[int, list[tuple[int, int]]]
    ) -> tuple[FileCoverage, ...]:
        """Make the facts; ids of one path are one file."""
        by_path: dict[str, list[tuple[int, int]]] = {}
        for number, path in files.items():
            if path in by_path:
                by_path[path] += runs.pop(number)
            else:
                by_path[path] = runs.pop(number)
        records = []
        for path, pairs in by_path.items():
            contexts = _joined(pairs)
            covered = reduce(or_, (bits for _, bits in contexts), 0)
            within = self._sets.within(covered)
            if within != covered:
                contexts = [(place, bits & within) for place, bits in contexts]
            records.append(FileCoverage(path=path, covered=within, contexts=tuple(contexts)))
        return tuple(records)


def _joined(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sort by context, and join what stands there more than once; equal sets share their memory."""
    pairs.sort()
    if len({place for place, _ in pairs}) == len(pairs):
        shared: dict[int, int] = {}
        return [(place, shared.setdefault(bits, bits)) for place, bits in pairs] if len(pairs) > 1 else pairs
    joined: dict[int, int] = {}
    for place, bits in pairs:
        joined[place] = joined.get(place, 0) | bits
    return list(joined.items())
