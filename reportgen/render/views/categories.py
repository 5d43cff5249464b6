"""The table of audit metrics."""

from __future__ import annotations

from msgspec import Struct

from reportgen.model.categories import Category
from reportgen.render.escape import Markdown
from reportgen.render.marks import evidence_marks
from reportgen.render.views.parts import CELL, Subject
from reportgen.render.wording import NOT_KNOWN, clipped


class CategoryRow(Struct, frozen=True):
    """A line of the table."""

    name: str
    audited: str
    high_quality: str
    issues: str
    critical: str
    evidence: Markdown


class CategoriesView(Struct, frozen=True):
    """The lines and their totals; `scanned` says whether anything is known of findings."""

    rows: tuple[CategoryRow, ...]
    total: CategoryRow
    scanned: bool


def categories(subject: Subject) -> CategoriesView | None:
    """Print what was audited by category; None where there is neither a test nor a scan."""
    found = subject.audit.categories
    if found is None:
        return None
    scanned = found.total.issues is not None
    return CategoriesView(tuple(map(_row, found.rows)), _row(found.total), scanned)


def _row(row: Category) -> CategoryRow:
    return CategoryRow(
        name=clipped(row.name, CELL),
        audited=f"{row.audited:,}",
        high_quality=_count(row.high_quality),
        issues=_count(row.issues),
        critical=_count(row.critical),
        evidence=evidence_marks(row.evidence),
    )


def _count(count: int | None) -> str:
    return NOT_KNOWN if count is None else f"{count:,}"
