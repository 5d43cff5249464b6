"""What was audited, by category: the layers of the tests, and the code that is no test."""

from __future__ import annotations

from msgspec import Struct

OTHER = "other code"
"""The category of what stands in no test file."""


class Category(Struct, frozen=True, kw_only=True):
    """A line of the table of audit metrics; its columns add up to the line of the totals.

    `audited` tests belong to it. `high_quality` of them passed, are not flaky, and stand in a file without an
    open critical or high finding; null where nothing was scanned. `issues` are open findings in its files,
    `critical` those of them that are critical or high; null likewise.
    """

    name: str
    audited: int
    high_quality: int | None
    issues: int | None
    critical: int | None
    evidence: tuple[str, ...] = ()


class Categories(Struct, frozen=True, kw_only=True):
    """The categories, the last of them what stands in no test file, and their totals."""

    rows: tuple[Category, ...]
    total: Category
