"""Who covers what: the files by what only some tests reach of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from reportgen.model.evidence import JoinedCase
from reportgen.model.figures import plural
from reportgen.model.reach import FileReach, ReachedLines
from reportgen.render.escape import Markdown, code
from reportgen.render.marks import evidence_marks
from reportgen.render.places import place_mark
from reportgen.render.views.coverage import first_ranges
from reportgen.render.views.parts import CELL, Cut, Subject, cases_by_id, cut
from reportgen.render.wording import clipped

_NAMED = 3
_SHORT = 60


class ReachRow(Struct, frozen=True):
    """A file: how many tests run it, some of them, from which layers, and the lines that only some reach."""

    path: Markdown
    tests: str
    cases: Cut[Markdown]
    layers: str
    at_import: str
    only_unit: str
    only_failing: str
    evidence: Markdown


class ReachView(Struct, frozen=True):
    """The section on who covers what; a column that says nothing of any file is left out."""

    notes: tuple[str, ...]
    rows: Cut[ReachRow]
    has_tests: bool
    has_unit: bool
    has_failing: bool


def reach(subject: Subject) -> ReachView | None:
    """Say who reaches what; None where neither contexts nor several layers tell."""
    found = subject.audit.reach
    told = [each for each in found if each.tests is not None or each.only_unit is not None]
    if not told:
        return None
    reached = [each for each in told if each.tests or each.layers]
    rows = sorted(reached, key=lambda each: (-_count(each.only_failing), -(each.tests or 0), each.path))
    tests = subject.audit.tests
    wanted = [id_ for each in rows[: subject.limit + 1] for id_ in each.cases[:_NAMED]]
    known = cases_by_id(tests.cases, wanted) if tests else {}
    return ReachView(
        notes=tuple(_notes(told, len(found))),
        rows=cut(rows, subject.limit, "reach", lambda each: _row(each, known, subject.audit.source_url)),
        has_tests=any(each.tests is not None for each in rows),
        has_unit=any(each.only_unit is not None for each in rows),
        has_failing=any(_count(each.only_failing) for each in rows),
    )


def _count(lines: ReachedLines | None) -> int:
    return 0 if lines is None else lines.count


def _notes(told: list[FileReach], files: int) -> Iterator[str]:
    known = [each for each in told if each.tests is not None]
    if known:
        some = [each for each in known if each.tests]
        yield f"Tests run lines of {len(some):,} of {plural(files, 'source file')}."
        loaded = [each for each in known if not each.tests and _count(each.only_at_import)]
        if loaded:
            lines = plural(sum(_count(each.only_at_import) for each in loaded), "line")
            yield f"{plural(len(loaded), 'file')} ran only at import ({lines}): no test runs a line of them."
        failing = sum(_count(each.only_failing) for each in known)
        if failing:
            lines = f"{plural(failing, 'line')} {'is' if failing == 1 else 'are'}"
            yield f"{lines} reached by failing tests only: no test shows that they work."
    unit = sum(_count(each.only_unit) for each in told)
    if unit:
        yield f"{plural(unit, 'line')} {'is' if unit == 1 else 'are'} reached by unit tests only."


def _row(each: FileReach, known: Mapping[str, JoinedCase], source_url: str) -> ReachRow:
    cases = [known[id_] for id_ in each.cases[:_NAMED] if id_ in known]
    return ReachRow(
        path=place_mark(each.path, clipped(each.path, CELL) or ".", source_url, sure=True),
        cases=Cut(
            tuple(code(clipped(case.name, _SHORT)) for case in cases),
            max((each.tests or 0) - len(cases), 0),
            "reach",
        ),
        tests="n/a" if each.tests is None else f"{each.tests:,}",
        layers=clipped(", ".join(each.layers), CELL) or "none",
        at_import=_cell(each.only_at_import),
        only_unit=_cell(each.only_unit),
        only_failing=_cell(each.only_failing),
        evidence=evidence_marks(each.evidence),
    )


def _cell(lines: ReachedLines | None) -> str:
    if lines is None:
        return "n/a"
    return f"{lines.count:,} ({first_ranges(lines.ranges, 3)})" if lines.count else "0"
