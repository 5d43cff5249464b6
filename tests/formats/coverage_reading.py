"""Reads a coverage report in the tests: by its content, as the whole program does."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from reportgen.model.coverage import CoverageFacts, FileCoverage, Ratio, lines_of
from reportgen.model.limits import Limits
from reportgen.readers import READERS, module_of
from reportgen.readers.base import Parts, Reader, UnreadableError
from reportgen.readers.content import Content

FILES = Path(__file__).parent / "coverage"
LIMITS = Limits()


def content_of(data: bytes | str) -> Content:
    return Content(io.BytesIO(data.encode() if isinstance(data, str) else data), LIMITS.file_bytes)


def rows_of(content: Content) -> list[Reader]:
    """The rows of the table that take the content for theirs."""
    return [row for row in READERS if row.kind == content.looks_like and module_of(row).sniff(content)]


def format_of(data: bytes | str) -> str | None:
    rows = rows_of(content_of(data))
    return rows[0].name if rows else None


def parts_of(data: bytes | str, limits: Limits = LIMITS) -> Parts:
    """Read it as what it shows itself to be; exactly one row of the table may claim it."""
    (row,) = rows_of(content_of(data))
    return module_of(row).read(content_of(data), limits)


def facts_of(data: bytes | str, limits: Limits = LIMITS) -> CoverageFacts:
    facts = parts_of(data, limits).coverage
    assert facts is not None
    return facts


def only(data: bytes | str, limits: Limits = LIMITS) -> FileCoverage:
    (file,) = facts_of(data, limits).files
    return file


def warned(data: bytes | str, limits: Limits = LIMITS) -> dict[str, bool]:
    """The kinds of the warnings, and whether each leaves doubt."""
    for problem in parts_of(data, limits).warnings:
        assert problem.message
    return {problem.kind: problem.doubt for problem in parts_of(data, limits).warnings}


def refused(data: bytes | str, form: str, limits: Limits = LIMITS) -> str:
    """The kind of problem with which the readers of a format refuse it."""
    row = next(row for row in READERS if row.name == form)
    with pytest.raises(UnreadableError) as caught:
        module_of(row).read(content_of(data), limits)
    problem = caught.value.problem
    assert problem.message
    assert problem.hint
    return problem.kind


def lines(bits: int | None) -> list[int]:
    """The numbers of a set of lines."""
    assert bits is not None
    return list(lines_of(bits))


def words(ratio: Ratio | None) -> str:
    """Write a ratio as `17/19`, an unknown total as `17/?`, and none as nothing."""
    if ratio is None:
        return ""
    return f"{ratio.covered}/{'?' if ratio.total is None else ratio.total}"
