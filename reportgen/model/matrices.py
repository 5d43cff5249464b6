"""What protects what: subjects against layers or environments, cell by cell, and what no test protects.

A cell passes if tests of its row ran in its column and every one of them passed, none of them flaky. The
status of a row follows from its cells: see `RowStatus`. The score of a matrix is the share of its wanted
cells that pass.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from reportgen.model.audit_coverage import Measure
from reportgen.model.evidence import JoinedCounts
from reportgen.model.states import State

RowStatus = Literal["COMPLETE", "GOOD", "GAP", "FAILING", "UNKNOWN"]
"""What a row came to.

FAILING: a test of it failed or errored. COMPLETE: none did, every wanted column passes, and nothing else
speaks against the subject (a critical finding, evidence that was not read whole). GOOD: none did, and tests
passed in a wanted column, but the row is not complete. GAP: none did, and no test passed in a wanted column.
UNKNOWN: there are no test results at all.
"""

GapKind = Literal[
    "untested requirement",
    "untested component",
    "untested risk",
    "unknown requirement",
    "unprotected",
    "skipped everywhere",
    "nothing passes",
]
"""What is missing: a subject without a test; a requirement that tests name and nobody stated; a subject whose
tests all fail or do not run; a test of a subject that is skipped wherever it is there; a wanted column in
which no test of any row passed."""


class MatrixPolicy(Struct, frozen=True, kw_only=True):
    """Which layers and environments every subject wants; where empty, those of the evidence are taken."""

    layers: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()


class MatrixCell(Struct, frozen=True, kw_only=True, gc=False):
    """The tests of a row in a column. `tests` are their ids, sorted; `wanted` says that the score counts it.

    `state` is fail where one failed or errored, unknown where none was executed but some are wanted, not
    applicable where none is there and none is wanted, warn where one is flaky, waived where a waiver covers
    one, else pass.
    """

    column: str
    state: State
    counts: JoinedCounts
    tests: tuple[str, ...]
    reason: str
    wanted: bool = True


class MatrixRow(Struct, frozen=True, kw_only=True, gc=False):
    """A subject and its cells, one a column; `total` is the sum of their counts.

    `impact` is what is at stake: its value statement, else how critical it is. `coverage` is of its files,
    `findings` counts the open ones in them; both are null where that is not known. `waivers` are ids.
    """

    id: str
    subject: str
    title: str
    kind: str
    impact: str
    cells: tuple[MatrixCell, ...]
    total: JoinedCounts
    status: RowStatus
    reason: str
    coverage: Measure | None = None
    findings: int | None = None
    waivers: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


class MatrixTotal(Struct, frozen=True, kw_only=True, gc=False):
    """A column added up over the rows: a test that stands in several rows counts in each."""

    column: str
    counts: JoinedCounts
    passing: int
    wanted: int


class Gap(Struct, frozen=True, kw_only=True, gc=False):
    """Something that no test protects, in a sentence; `tests` are ids of the tests that it is about."""

    kind: GapKind
    subject: str
    sentence: str
    tests: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


class Matrix(Struct, frozen=True, kw_only=True):
    """Rows by columns. `totals` has a sum for each column, `total` the sum of the rows.

    `distinct` tests stand in the rows, each counted once, and `outside` in none: together they are all tests.
    `score` is 100 · `passing` / `wanted`, the share of the wanted cells that pass; null where none is wanted.
    `statuses` counts the rows by status. `scored` says who stated which columns are wanted.
    """

    name: str
    title: str
    kind: Literal["layers", "environments", "requirements"]
    axis: str
    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    totals: tuple[MatrixTotal, ...]
    total: JoinedCounts
    distinct: int
    outside: int
    passing: int
    wanted: int
    score: Fraction | None
    scored: str
    statuses: Mapping[str, int]
    gaps: tuple[Gap, ...] = ()
