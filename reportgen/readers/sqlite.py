"""SQLite from bytes, safely: the one door of sqlite3 for databases that others wrote."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from reportgen.readers.base import UnreadableError

_HEADER = 100
_WAL = 2
_STEPS = 10_000
_LEAST = 1_000_000
_CUT = "The run or the upload was cut off: run it again, and look at why it stopped."

Tables = dict[str, set[str]]
"""Table -> its columns."""


def open_database(data: bytes, wanted: Collection[str]) -> tuple[sqlite3.Connection, Tables]:
    """Open a database in memory, with those of the `wanted` tables that are plain ones.

    A view, a virtual table, or a table with computed columns is not there. Of the others SQLite looks at
    every page, so that no row is missing in silence; CHECK constraints are not run. Then only SELECT is
    allowed: no function, no recursion, no ATTACH; and a query that takes far more steps than the content can
    have rows is stopped. Raises `UnreadableError` (corrupt-sqlite) where the file is shorter than its header
    says, and `sqlite3.Error` where SQLite finds it damaged.
    """
    _check_length(data)
    if _WAL in data[18:20]:  # whose journal is not here; what was checkpointed is
        data = data[:18] + b"\x01\x01" + data[20:]
    database = sqlite3.connect(":memory:", isolation_level=None)
    try:
        database.deserialize(data)
        _restrict(database, len(data))
        tables = _plain_tables(database, wanted)
        for name in tables:
            _check_pages(database, name)
        database.set_authorizer(_allow)
    except BaseException:
        database.close()
        raise
    return database, tables


def _check_length(data: bytes) -> None:
    """Refuse a file that is shorter than its header says, if the header is up to date."""
    size = int.from_bytes(data[16:18], "big")
    wanted = int.from_bytes(data[28:32], "big") * (65536 if size == 1 else size)
    if len(data) < _HEADER or (data[24:28] == data[92:96] and wanted > len(data)):
        message = f"the SQLite database is cut: {len(data):,} bytes of {max(wanted, _HEADER):,}"
        raise UnreadableError("corrupt-sqlite", message, _CUT)


def _restrict(database: sqlite3.Connection, size: int) -> None:
    """Bound what reading may cost, and keep text that is no UTF-8 apart."""
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, max(size, _LEAST))
    database.text_factory = lambda text: text.decode("utf-8", "backslashreplace")
    for setting in ("trusted_schema = off", "query_only = on", "cell_size_check = on"):
        database.execute(f"pragma {setting}")
    database.execute("pragma ignore_check_constraints = on")
    left = size // 100 + 1_000

    def step() -> int:
        nonlocal left
        left -= 1
        return left < 0

    database.set_progress_handler(step, _STEPS)


def _plain_tables(database: sqlite3.Connection, wanted: Collection[str]) -> Tables:
    """Return the wanted tables that are stored as they are, with their columns."""
    found: Tables = {}
    query = "select name from sqlite_master where type = 'table' and rootpage > 0"
    for (name,) in database.execute(query).fetchall():
        if name in wanted:
            columns = database.execute(f'pragma table_xinfo("{name}")').fetchall()
            if not any(hidden for *_, hidden in columns):
                found[name] = {column for _, column, *_ in columns}
    return found


def _check_pages(database: sqlite3.Connection, table: str) -> None:
    found = database.execute(f'pragma quick_check("{table}")').fetchone()
    if found != ("ok",):
        raise sqlite3.DatabaseError(str(found[0])[:200] if found else "its check says nothing")


def _allow(action: int, *_: str | None) -> int:
    """Allow reading, and nothing else."""
    return (
        sqlite3.SQLITE_OK if action in {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ} else sqlite3.SQLITE_DENY
    )
