"""Coverage: what ran, what only ran at import, and where one more test would help most."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from reportgen.model.audit_coverage import AuditCoverage, FileMeasure, LayerCoverage
from reportgen.model.figures import percent_text, plural
from reportgen.render.escape import Markdown
from reportgen.render.marks import evidence_marks
from reportgen.render.places import place_mark
from reportgen.render.views.parts import CELL, Cut, Subject, cut
from reportgen.render.views.quoting import CodeRow, Quotes
from reportgen.render.wording import clipped, measure_text, share_text

_DIGITS = re.compile("[0-9]+")
MOST_CODE = 5
"""How many files show the code of their first line that never ran."""

RANGES = 8
"""How many ranges of lines a file's row prints."""


class LayerRow(Struct, frozen=True):
    """What one layer's tests reach."""

    name: str
    lines: str
    reason: str
    evidence: Markdown


class PlaceRow(Struct, frozen=True):
    """Coverage of a folder or a file; `not_run` are the lines of it that never ran, in ranges."""

    path: str | Markdown
    covered: int
    total: str
    percent: str
    branches: str
    not_run: str
    missing: int | None


class CoverageView(Struct, frozen=True):
    """The section on coverage; `notes` are sentences on what the figures leave out."""

    sentence: str
    notes: tuple[str, ...]
    evidence: Markdown
    layers: tuple[LayerRow, ...]
    folders: Cut[PlaceRow]
    gain: Cut[PlaceRow]
    has_branches: bool
    code: tuple[CodeRow, ...] = ()


def coverage(subject: Subject) -> CoverageView | None:
    """Say what ran; None where no evidence of coverage was given."""
    found = subject.audit.coverage
    if found is None:
        return None
    wanted = frozenset(found.gain)
    by_path = {file.path: file for file in found.by_file if file.path in wanted}
    gain = [by_path[path] for path in found.gain if path in by_path]
    folders = sorted(found.by_folder, key=lambda folder: folder.path)
    return CoverageView(
        sentence=_sentence(found),
        notes=tuple(_notes(found)),
        evidence=evidence_marks(found.evidence),
        layers=tuple(map(_layer, found.by_layer)) if len(found.by_layer) > 1 else (),
        folders=cut(folders, subject.limit, "coverage.by_folder", _place),
        gain=cut(
            gain,
            min(subject.limit, 10),
            "coverage.gain",
            lambda file: _linked(file, subject.audit.source_url),
        ),
        has_branches=found.branches is not None,
        code=Quotes(subject.audit).of((_first_missed(file) for file in gain), MOST_CODE),
    )


def _sentence(found: AuditCoverage) -> str:
    of_files = f"of {plural(found.files, 'source file')}"
    if not found.files or found.lines.total == 0:
        return f"The evidence {of_files} lists no line that could run, so there is no rate."
    if found.lines.total is None:
        lines = plural(found.lines.covered, "line")
        return f"{lines} {of_files} ran. No evidence says how many could have, so there is no rate."
    parts = [f"Lines {of_files}: {measure_text(found.lines)}"]
    if found.branches is not None:
        parts.append(f"branches: {measure_text(found.branches)}")
        parts.append(f"both together: {percent_text(found.combined)}")
    return f"{'; '.join(parts)}."


def _notes(found: AuditCoverage) -> list[str]:
    notes: list[str] = []
    if found.by_tests is not None:
        rest = "" if found.only_at_import is None else f"; {found.only_at_import:,} ran only at import"
        notes.append(f"Lines that ran in some test: {measure_text(found.by_tests)}{rest}.")
    if found.excluded:
        taken = plural(found.excluded, "file")
        notes.append(f"The include and exclude patterns took out {taken}.")
    if found.unlisted_lines:
        ran = plural(found.unlisted_lines, "line")
        notes.append(f"{ran} ran that no evidence lists as executable; the figures leave them out.")
    return notes


def _layer(layer: LayerCoverage) -> LayerRow:
    return LayerRow(
        name=layer.name,
        lines=measure_text(layer.lines),
        reason=clipped(layer.reason, CELL),
        evidence=evidence_marks(layer.evidence),
    )


def first_ranges(ranges: str, most: int = RANGES) -> str:
    """Print the first ranges of lines; all of them stand in the model."""
    pieces = ranges.split(", ")
    return ranges if len(pieces) <= most + 1 else f"{', '.join(pieces[:most])}, …"


def _first_missed(file: FileMeasure) -> str:
    """Name the place of the first line that never ran."""
    first = _DIGITS.match(file.missing)
    return f"{file.path}:{first[0]}" if first else ""


def _linked(file: FileMeasure, source_url: str) -> PlaceRow:
    row = _place(file)
    place = _first_missed(file) or file.path
    return replace(row, path=place_mark(place, str(row.path), source_url, sure=True))


def _place(file: FileMeasure) -> PlaceRow:
    total = file.lines.total
    return PlaceRow(
        path=clipped(file.path, CELL) or ".",
        covered=file.lines.covered,
        total="n/a" if total is None else f"{total:,}",
        percent=share_text(file.lines),
        branches=share_text(file.branches),
        not_run=first_ranges(file.missing),
        missing=None if total is None else total - file.lines.covered,
    )
