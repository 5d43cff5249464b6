"""Coverage as judged: so many of so many, by file, folder and layer."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from reportgen.model.coverage import Ratio


class Measure(Struct, frozen=True, kw_only=True):
    """So many of so many, with the percentage rounded down; null where the total is not known or nothing."""

    covered: int
    total: int | None
    percent: Fraction | None


class FileMeasure(Struct, frozen=True, kw_only=True):
    """Coverage of a source file (or, in `by_folder`, of a folder). `missing` is its lines that never ran.

    `missing` is ranges in words, such as `3-7, 12`, cut where there are very many.
    """

    path: str
    lines: Measure
    branches: Measure | None
    missing: str = ""
    by_tests: int | None = None
    layers: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


class LayerCoverage(Struct, frozen=True, kw_only=True):
    """Line coverage that one layer reaches; `lines` is null where no test of it ran, with the reason."""

    name: str
    lines: Measure | None
    reason: str
    evidence: tuple[str, ...]


class AuditCoverage(Struct, frozen=True, kw_only=True):
    """Coverage after joining. `percent` is of lines; `combined` is (lines + branches) as coverage.py has it.

    `by_tests` is the lines that ran in some test's context (null where contexts are not known);
    `only_at_import` the lines that ran in none. `gain` are the files where one more test would help most.
    """

    files: int
    lines: Measure
    branches: Measure | None
    percent: Fraction | None
    combined: Fraction | None
    by_tests: Measure | None
    only_at_import: int | None
    by_file: tuple[FileMeasure, ...]
    by_folder: tuple[FileMeasure, ...] = ()
    by_layer: tuple[LayerCoverage, ...] = ()
    gain: tuple[str, ...] = ()
    excluded: int = 0
    unlisted_lines: int = 0
    evidence: tuple[str, ...] = ()


def measure(ratio: Ratio) -> Measure:
    """Give a ratio its percentage; none where the total is not known, or nothing."""
    known = Fraction(100 * ratio.covered, ratio.total) if ratio.total else None
    return Measure(covered=ratio.covered, total=ratio.total, percent=known)
