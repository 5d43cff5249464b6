"""coverage.py's data files: SQLite of every schema, and the JSON of version 4."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from coverage import CoverageData

from reportgen.model.limits import Limits
from reportgen.readers.base import UnreadableError
from tests.formats.coverage_reading import (
    FILES,
    facts_of,
    format_of,
    lines,
    only,
    parts_of,
    refused,
    warned,
)

FORM = "coveragepy-sqlite"
SCHEMA = """
create table coverage_schema (version integer);
create table meta (key text, value text, unique (key));
create table file (id integer primary key, path text, unique (path));
create table context (id integer primary key, context text, unique (context));
create table line_bits (file_id integer, context_id integer, numbits blob, unique (file_id, context_id));
create table arc (file_id integer, context_id integer, fromno integer, tono integer);
insert into coverage_schema values (7);
insert into meta values ('version', '7.6.1');
"""


def database(script: str) -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(script)
        return connection.serialize()


def data_file(*rows: str, schema: str = SCHEMA) -> bytes:
    return database(schema + ";\n".join((*rows, "")))


FILE = "insert into file values (1, 'a.py')"
CONTEXT = "insert into context values (1, '')"

SCHEMA_TABLE = "create table coverage_schema (version integer)"
TABLE_1 = "create table file (id integer primary key, path text)"
TABLE_2 = "create table context (id integer primary key, context text)"


def old(version: int, *statements: str) -> str:
    """The script of an old schema's tables and rows."""
    schema = f"{SCHEMA_TABLE}; insert into coverage_schema values ({version})"  # noqa: S608 - ours
    return ";".join((schema, TABLE_1, FILE, *statements, ""))


# each schema, in line or branch mode; all of them ran lines 1 and 3
SCHEMAS = {
    "1": old(
        1,
        "create table line (file_id integer, lineno integer)",
        "insert into line values (1, 1), (1, 3)",
    ),
    "1 with arcs": old(
        1,
        "create table arc (file_id integer, fromno integer, tono integer)",
        "insert into arc values (1, -1, 1), (1, 1, 3), (1, 3, -1)",
    ),
    "2": old(
        2,
        TABLE_2,
        CONTEXT,
        "create table line (file_id integer, context_id integer, lineno integer)",
        "insert into line values (1, 1, 1), (1, 1, 3)",
    ),
    "3": old(
        3,
        TABLE_2,
        CONTEXT,
        "create table line_map (file_id integer, context_id integer, bitmap blob)",
        "insert into line_map values (1, 1, x'0a')",
    ),
    "6": old(
        6,
        TABLE_2,
        CONTEXT,
        "create table line_map (file_id integer, context_id integer, numbits blob)",
        "insert into line_map values (1, 1, x'0a')",
    ),
    "7": f"{SCHEMA} {FILE}; {CONTEXT}; insert into line_bits values (1, 1, x'0a');",  # noqa: S608 - ours
    "7 with arcs": f"{SCHEMA} {FILE}; {CONTEXT}; insert into arc values (1, 1, -1, 1), (1, 1, 1, 3);",  # noqa: S608 - ours
}


@pytest.mark.parametrize("script", SCHEMAS.values(), ids=SCHEMAS)
def test_every_schema(script: str) -> None:
    data = database(script)
    file = only(data)
    assert (file.path, file.executable, lines(file.covered)) == ("a.py", None, [1, 3])
    assert facts_of(data).branch_counts() is None
    assert warned(data) == {}


def test_contexts_are_numbered_in_their_order() -> None:
    data = data_file(
        "insert into file values (1, 'a.py'), (2, 'touched.py')",
        "insert into context values (1, ''), (2, 't::a'), (3, 't::b'), (4, 't::ran nothing')",
        "insert into line_bits values (1, 3, x'0c'), (1, 1, x'02'), (1, 2, x'04')",
    )
    facts = facts_of(data)
    assert facts.contexts == ("", "t::a", "t::b", "t::ran nothing")
    assert [(n, lines(bits)) for n, bits in facts.files[0].contexts] == [(0, [1]), (1, [2]), (2, [2, 3])]
    assert lines(facts.files[0].covered) == [1, 2, 3]
    assert [file.path for file in facts.files] == ["a.py", "touched.py"]


def test_arcs_of_a_context_that_come_in_several_runs_are_joined() -> None:
    data = data_file(
        FILE,
        "insert into context values (1, 't::a'), (2, 't::b')",
        "insert into arc values (1, 1, -1, 1), (1, 2, 1, 2), (1, 1, 1, 5), (1, 1, 5, -1)",
    )
    assert [(n, lines(bits)) for n, bits in only(data).contexts] == [(0, [1, 5]), (1, [1, 2])]


# rows beside a file and a context -> warnings
ODD = [
    (["insert into line_bits values (1, 1, x'02')"], {}),
    (["insert into line_bits values (1, 1, x'02'), (9, 1, x'02')"], {"orphan rows": True}),
    (["insert into line_bits values (1, 1, x'02'), (1, 9, x'02')"], {"orphan rows": True}),
    (["insert into arc values (1, 1, 1, 2), (1, 9, 1, 2)"], {"orphan rows": True}),
    (
        ["insert into line_bits values (1, 1, x'02')", "update coverage_schema set version = 8"],
        {"unknown version": True},
    ),
    (
        ["insert into line_bits values (1, 1, x'02')", "update coverage_schema set version = null"],
        {"unknown version": True},
    ),
    (
        ["insert into line_bits values (1, 1, x'0200000000000000000000000000000001')"],
        {"odd line numbers": True},
    ),
    (["insert into arc values (1, 1, 1, 2000000)"], {"odd line numbers": True}),
    ([], {"no lines": True}),
    (["delete from file"], {"no files": True}),
]


@pytest.mark.parametrize(("rows", "kinds"), ODD)
def test_what_is_odd_is_said(rows: list[str], kinds: dict[str, bool]) -> None:
    assert warned(data_file(FILE, CONTEXT, *rows), Limits(line=100)) == kinds


MAKE_VIEW = "alter table file rename to hidden"

# databases that attack, or are broken in their rows -> the kind of refusal
HOSTILE = {
    "a view": ((MAKE_VIEW, "create view file as select id, path from hidden"), "not-evidence"),
    "an endless view": (
        (
            MAKE_VIEW,
            "create view file as with recursive n(i) as (select 1 union all select i from n) select i from n",
        ),
        "not-evidence",
    ),
    "a generated column": (
        (
            "drop table file",
            "create table file (id integer, path text as (hex(zeroblob(99000000))))",
            "insert into file values (1)",
        ),
        "not-evidence",
    ),
    "text for a number": (("insert into arc values (1, 1, 'one', 2)",), "corrupt-sqlite"),
    "nothing for a number": (("insert into arc values (1, 1, null, 2)",), "corrupt-sqlite"),
    "a fraction for a number": (("insert into arc values (1, 1, 1.5, 2)",), "corrupt-sqlite"),
    "text for numbits": (("insert into line_bits values (1, 1, 'x')",), "corrupt-sqlite"),
    "nothing for numbits": (("insert into line_bits values (1, 1, null)",), "corrupt-sqlite"),
    "nothing for a path": (("update file set path = null",), "corrupt-sqlite"),
    "nothing for a context": (("update context set context = null",), "corrupt-sqlite"),
}


@pytest.mark.parametrize(("rows", "kind"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_databases_are_refused(rows: tuple[str, ...], kind: str) -> None:
    assert refused(data_file(FILE, CONTEXT, *rows), FORM) == kind


def test_other_databases_are_not_evidence() -> None:
    assert refused(database("create table person (name text)"), FORM) == "not-evidence"


def test_a_database_is_checked_whole() -> None:
    data = (FILES / FORM / "mini_ctx.coverage").read_bytes()
    assert refused(data[:-4096], FORM) == "corrupt-sqlite"
    assert refused(data[:20], FORM) == "corrupt-sqlite"
    assert refused(data[:8192] + bytes(4096) + data[12288:], FORM) == "corrupt-sqlite"


def test_a_database_in_wal_mode_is_read() -> None:
    data = bytearray((FILES / FORM / "mini_ctx.coverage").read_bytes())
    data[18:20] = b"\x02\x02"
    assert facts_of(bytes(data)).line_counts().covered == 32


def test_paths_that_are_no_text_stay_apart() -> None:
    data = data_file("insert into file values (1, cast(x'e9' as text)), (2, cast(x'e8' as text))")
    assert [file.path for file in facts_of(data).files] == ["\\xe9", "\\xe8"]


VERSION_4 = "!coverage.py: This is a private format, don't read it directly!"


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ('{"lines": {"a.py": [1, 3]}}', [1, 3]),
        ('{"arcs": {"a.py": [[-1, 1], [1, 3], [3, -1], [0, 3]]}, "file_tracers": {}}', [1, 3]),
        ('{"lines": {"a.py": []}, "runs": [{"brief_sys": "CPython 2.7"}]}', []),
    ],
)
def test_version_4(text: str, covered: list[int]) -> None:
    file = only(VERSION_4 + text)
    assert (file.path, file.executable, lines(file.covered)) == ("a.py", None, covered)


def test_version_4_that_says_nothing() -> None:
    assert format_of(VERSION_4 + "{}") == FORM
    assert warned(VERSION_4 + "{}") == {"no files": True}


def test_version_4_that_is_cut() -> None:
    with pytest.raises(UnreadableError) as caught:
        parts_of(VERSION_4 + '{"lines": {"a.py": [1')
    assert caught.value.problem.kind == "not-json"


def random_arcs(numbers: random.Random) -> list[tuple[int, int]]:
    return [(numbers.randint(-9, 400), numbers.randint(-9, 400)) for _ in range(numbers.randint(1, 40))]


@pytest.mark.parametrize("seed", range(8))
def test_the_same_as_coverage_itself_reads(seed: int, tmp_path: Path) -> None:
    numbers = random.Random(seed)  # noqa: S311 - a repeatable choice, and no secret
    written = CoverageData(str(tmp_path / "data"))
    for context in ("", *(f"tests/t.py::test_{n}|run" for n in range(numbers.randint(0, 9)))):
        written.set_context(context)
        names = [f"/src/{n}.py" for n in range(6) if numbers.random() < 0.5]
        arcs = {name: random_arcs(numbers) for name in names}
        if seed % 2:
            written.add_arcs(arcs)
        else:
            written.add_lines({name: [abs(start) + 1 for start, _ in found] for name, found in arcs.items()})
    written.touch_file("/src/touched.py")
    written.close()
    assert_same(tmp_path / "data")


def assert_same(path: Path) -> None:
    """Compare our reading of a data file with `CoverageData`'s, lines and contexts."""
    theirs = CoverageData(str(path))
    theirs.read()
    ours = facts_of(path.read_bytes())
    assert {file.path for file in ours.files} == theirs.measured_files()
    assert set(ours.contexts) == (theirs.measured_contexts() if any(theirs.measured_contexts()) else set())
    for file in ours.files:
        assert lines(file.covered) == sorted(theirs.lines(file.path) or ())
        by_line: dict[int, set[str]] = {}
        for number, bits in file.contexts:
            for line in lines(bits):
                by_line.setdefault(line, set()).add(ours.contexts[number])
        if ours.contexts:
            assert by_line == positive(theirs.contexts_by_lineno(file.path))
    theirs.close()


def positive(contexts: dict[int, list[str]]) -> dict[int, set[str]]:
    """The contexts of real lines: coverage.py lists those of entries and exits as well."""
    return {line: set(names) for line, names in contexts.items() if line > 0}


def data_files() -> Iterable[Path]:
    return sorted(
        path for path in (FILES / FORM).iterdir() if "cov4" not in path.name and "99" not in path.name
    )


@pytest.mark.parametrize("path", data_files(), ids=lambda path: path.name)
def test_our_files_the_same_as_coverage_itself_reads(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    assert_same(copy)
