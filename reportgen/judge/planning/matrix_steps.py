"""What the matrices say for the summary, and the steps that close their gaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from reportgen.judge.cited import cited
from reportgen.judge.ground import Ground
from reportgen.judge.planning.actions import Draft
from reportgen.judge.wording import joined, some
from reportgen.model.figures import percent_text, plural
from reportgen.model.matrices import Gap, GapKind, Matrix

_MOST_NAMED = 5
_MOST_TITLE = 120
_UNTESTED: Mapping[GapKind, str] = {
    "untested requirement": "requirement",
    "untested risk": "risk",
    "untested component": "component",
}
_ROWS = {"layers": "subject", "requirements": "requirement"}
_MOVED = ("score", "passing", "complete", "good", "gap", "gaps")


def matrix_steps(ground: Ground) -> Iterator[Draft]:
    """Yield a step for the subjects without a test, for tests that run nowhere, and for unknown requirements.

    Subjects whose tests fail have no step here: what makes their tests fail has one.
    """
    told: dict[GapKind, list[Gap]] = defaultdict(list)
    for matrix in ground.matrices:
        for gap in matrix.gaps:
            told[gap.kind].append(gap)
    names = tuple(f"matrices.{each.name}.{moved}" for each in ground.matrices for moved in _MOVED)
    for kind, noun in _UNTESTED.items():
        found = told[kind]
        if found:
            requirements = ("requirements.tested", "requirements.untested", "requirements.passing")
            more = requirements if noun == "requirement" else ()
            yield _step(_write(found, noun), found, ground, names + more)
    skipped = told["skipped everywhere"]
    if skipped:
        tests = sorted({each for gap in skipped for each in gap.tests})
        title = f"Run or remove {some(len(tests), 'test that', 'is', 'are', 'tests that')} skipped everywhere"
        yield _step(title, skipped, ground, names, places=tuple(tests))
    unknown = told["unknown requirement"]
    if unknown:
        ids = [gap.subject for gap in unknown]
        tests = sorted({each for gap in unknown for each in gap.tests})
        verb = "names" if len(tests) == 1 else "name"
        title = f"State {_named('requirement', ids)}, which {plural(len(tests), 'test')} {verb}"
        yield _step(title, unknown, ground, (*names, "requirements.unknown"), places=tuple(tests))


def _write(found: list[Gap], noun: str) -> str:
    names = [gap.subject for gap in found]
    if len(names) == 1:
        return f"Write a test for {noun} {names[0]}"
    return f"Write tests for {_named(noun, names)}"


def _named(noun: str, names: list[str]) -> str:
    if len(names) == 1:
        return f"{noun} {names[0]}"
    if len(names) <= _MOST_NAMED:
        return f"{noun}s {joined(names)}"
    return f"{plural(len(names), noun)}, {', '.join(names[:_MOST_NAMED])} among them"


def _step(
    title: str,
    found: list[Gap],
    ground: Ground,
    names: tuple[str, ...],
    *,
    places: tuple[str, ...] = (),
) -> Draft:
    where = places or tuple(gap.subject for gap in found)
    return Draft(
        kind="gap",
        title=title if len(title) <= _MOST_TITLE else f"{title[: _MOST_TITLE - 1].rstrip()}…",
        places=where,
        count=len(where),
        minutes=ground.policy.effort.gap * len(where),
        names=names,
        evidence=cited(*(gap.evidence for gap in found)),
    )


def matrix_concerns(ground: Ground) -> Iterator[str]:
    """Say what no test protects; nothing is said of matrices without a gap."""
    for matrix in ground.matrices:
        if matrix.kind != "environments":
            yield from _unprotected(matrix)
        for gap in matrix.gaps:
            if gap.kind == "nothing passes":
                yield gap.sentence
    unknown = [gap for matrix in ground.matrices for gap in matrix.gaps if gap.kind == "unknown requirement"]
    if unknown:
        are = "is" if len(unknown) == 1 else "are"
        yield f"{plural(len(unknown), 'requirement')} that tests name {are} stated nowhere."


def _unprotected(matrix: Matrix) -> Iterator[str]:
    noun = _ROWS[matrix.kind]
    untested = sum(gap.kind in _UNTESTED for gap in matrix.gaps)
    failing = sum(gap.kind == "unprotected" for gap in matrix.gaps)
    rows = len(matrix.rows)
    if untested:
        yield f"{_who(untested, rows, noun)} {'has' if untested == 1 else 'have'} no test."
    if failing:
        are = "is" if failing == 1 else "are"
        by = "verified by none of the tests there are" if noun == "requirement" else "protected by no layer"
        if failing == rows and noun != "requirement":
            yield f"No layer protects {f'the only {noun}' if rows == 1 else f'any of the {rows:,} {noun}s'}."
        else:
            yield f"{_who(failing, rows, noun)} {are} {by}."
    if matrix.score is not None and matrix.passing < matrix.wanted and matrix.kind == "layers":
        yield f"Subjects by layer: {_cells(matrix)}."


def _who(count: int, rows: int, noun: str) -> str:
    """Name so many of the rows: `2 of 3 subjects`, `All 3 subjects`, `The only subject`."""
    if count < rows:
        return f"{count:,} of {plural(rows, noun)}"
    return f"The only {noun}" if rows == 1 else f"All {plural(rows, noun)}"


def _cells(matrix: Matrix) -> str:
    if matrix.wanted == 1:
        return "the only wanted cell does not pass"
    if not matrix.passing:
        return f"none of {matrix.wanted:,} wanted cells passes"
    verb = "passes" if matrix.passing == 1 else "pass"
    return f"{matrix.passing:,} of {matrix.wanted:,} wanted cells {verb} ({percent_text(matrix.score)})"
