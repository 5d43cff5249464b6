"""The most suspicious lines of each failing group, by Ochiai's coefficient.

Abreu, Zoeteweij and van Gemund, "An Evaluation of Similarity Coefficients for Software Fault Localization"
(PRDC 2006): ef / √((ef + nf) · (ef + ep)), of the failing tests that ran a line (ef) or did not (nf), and the
passing ones that did (ep). Lines are ranked by its square, which is exact.

Judged are the tests that ran, in the `run` phase: one that went wrong in setup ran nothing that could be
blamed, a skipped one nothing at all. Failures of other causes count neither as failing nor as passing, and
nor do flaky tests that passed: their lines are those of the attempts that failed, too. The tests' own files
are left out: a test runs its own lines alone, and each would rank first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import isqrt

from msgspec import structs

from reportgen.judge.failing.own_code import is_test_file
from reportgen.judge.failing.slices import Counter, united
from reportgen.model.audit_tests import FailureCause, Suspect
from reportgen.model.coverage import lines_of
from reportgen.model.evidence import Evidence, JoinedCoverage, JoinedFile
from reportgen.model.figures import plural
from reportgen.model.states import Outcome

MOST = 10
"""How many rows a cause lists."""

_DIGITS = 4
_NO_CONTEXT = "no measured line ran in a context of these tests"
_SHARED = "all parameters of these tests ran in one context, which does not say which of them ran a line"

_Classes = dict[tuple[int, int], list[tuple[JoinedFile, int]]]
"""How many failing and passing tests ran them -> the lines of each file of which that is true."""


def with_suspects(causes: tuple[FailureCause, ...], evidence: Evidence) -> tuple[FailureCause, ...]:
    """Add to each cause the lines that its tests ran more than passing ones did, or why that is not known."""
    coverage = evidence.coverage
    if coverage is None:
        return tuple(_without(cause, "no coverage was given") for cause in causes)
    if not coverage.contexts:
        return tuple(
            _without(cause, "the coverage does not say which test ran which line") for cause in causes
        )
    places = {name: place for place, name in enumerate(coverage.contexts)}
    passing = {
        places[each.id]
        for each in evidence.cases
        if each.outcome is Outcome.PASSED and not each.flaky and each.id in places
    }
    judged = {
        cause.id: [places[each] for each in cause.cases if each in places]
        for cause in causes
        if cause.phase == "run"
    }
    ranked = _classes(_measured(coverage, evidence), passing, judged) if passing else {}
    found = (_judged(cause, judged.get(cause.id, []), len(passing), ranked) for cause in causes)
    known = {each.id: each for each in evidence.cases}
    shared = _functions(name for name in coverage.contexts if name not in known)
    return tuple(
        structs.replace(cause, suspects_reason=_SHARED)
        if cause.suspects_reason == _NO_CONTEXT
        and all("[" in known[each].name and known[each].name.split("[")[0] in shared for each in cause.cases)
        else cause
        for cause in found
    )


def _functions(contexts: Iterable[str]) -> set[str]:
    """Return the functions that contexts name: `dynamic_context = test_function` tells no parameters."""
    return {name.rpartition(".")[2].rpartition(":")[2] for name in contexts}


def _without(cause: FailureCause, reason: str) -> FailureCause:
    return structs.replace(cause, suspects=(), suspects_reason=reason)


def _judged(
    cause: FailureCause, members: Sequence[int], passing: int, ranked: Mapping[str, _Classes]
) -> FailureCause:
    if cause.phase != "run":
        return _without(cause, f"the tests went wrong in {cause.phase}, not in their own run")
    if not members:
        return _without(cause, _NO_CONTEXT)
    if not passing:
        return _without(cause, "the coverage has no context of a test that passed")
    classes = ranked.get(cause.id)
    if not classes:
        return _without(cause, "the tests ran no measured line outside of test files")
    rows, left = _rows(classes, len(members))
    notes = []
    if len(members) < len(cause.cases):
        known = f"{len(members):,} of {plural(len(cause.cases), 'test')}"
        notes.append(f"only {known} {'has' if len(members) == 1 else 'have'} a context")
    if left:
        verb = "is" if left == 1 else "are"
        notes.append(
            f"{plural(left, 'more line')} {verb} as suspicious as the last of the {len(rows)} listed"
        )
    return structs.replace(cause, suspects=tuple(rows), suspects_reason="; ".join(notes))


def _measured(coverage: JoinedCoverage, evidence: Evidence) -> Iterator[JoinedFile]:
    """Yield the files that hold no tests: none by its path, and none by what a result says."""
    holding = {case.file.replace("\\", "/").removeprefix("./") for case in evidence.cases if case.file}
    return (file for file in coverage.files if file.path not in holding and not is_test_file(file.path))


def _classes(
    files: Iterable[JoinedFile], passing: set[int], judged: Mapping[str, list[int]]
) -> dict[str, _Classes]:
    """Split the lines that failing tests ran by how many tests of each sort ran them, for each cause."""
    cause_of = {place: cause for cause, places in judged.items() for place in places}
    ranked: dict[str, _Classes] = defaultdict(lambda: defaultdict(list))
    for file in files:
        runs = file.tests if file.runs is None else file.runs
        failed: dict[str, Counter] = defaultdict(Counter)
        for place, lines in runs:
            if place in cause_of:
                failed[cause_of[place]].add(lines)
        concerned = united(counter.any() for counter in failed.values())
        passed = Counter()
        for place, lines in runs if failed else ():
            if place in passing:
                passed.add(lines & concerned)
        by_passing = list(passed.groups(concerned))
        for cause, counter in failed.items():
            _split(file, counter, by_passing, ranked[cause])
    return ranked


def _split(
    file: JoinedFile, failed: Counter, by_passing: Sequence[tuple[int, int]], classes: _Classes
) -> None:
    for ef, ran in failed.groups(failed.any()):
        for ep, held in by_passing:
            lines = ran & held
            if lines:
                classes[ef, ep].append((file, lines))


def ochiai_square(ef: int, ep: int, failing: int) -> Fraction:
    """Return the square of Ochiai's coefficient; `failing` is ef + nf, and is not 0."""
    return Fraction(ef * ef, failing * (ef + ep)) if ef else Fraction(0)


def root_down(square: Fraction) -> Decimal:
    """Return the square root of a ratio, exactly rounded down to 4 digits."""
    scaled = isqrt(square.numerator * 10 ** (2 * _DIGITS) // square.denominator)
    return Decimal(scaled).scaleb(-_DIGITS)


def _rows(classes: _Classes, failing: int) -> tuple[list[Suspect], int]:
    """Return the first rows, and how many lines with the last one's score are beyond them."""
    by_score: dict[Fraction, list[tuple[int, int]]] = defaultdict(list)
    for ef, ep in classes:
        by_score[ochiai_square(ef, ep, failing)].append((ef, ep))
    rows: list[Suspect] = []
    for square in sorted(by_score, reverse=True):
        score = root_down(square)
        alike = [
            (
                Suspect(path=file.path, line=first, end_line=last, score=score, failing=ef, passing=ep),
                count,
                file,
            )
            for ef, ep in by_score[square]
            for file, lines in classes[ef, ep]
            for first, last, count in _spans(file, lines)
        ]
        alike.sort(key=lambda row: (row[0].path, row[0].line))
        room = MOST - len(rows)
        rows.extend(structs.replace(row, evidence=file.evidence) for row, _, file in alike[:room])
        if len(rows) == MOST:
            return rows, sum(count for _, count, _ in alike[room:])
    return rows, 0


def _spans(file: JoinedFile, lines: int) -> Iterator[tuple[int, int, int]]:
    """Yield runs of lines: first, last, and how many; lines that cannot run do not part them."""
    others = ((file.executable or 0) | file.covered) & ~lines
    first = last = count = 0
    for line in lines_of(lines):
        if count and not (others >> last) & ((1 << (line - last)) - 1):
            last, count = line, count + 1
            continue
        if count:
            yield first, last, count
        first, last, count = line, line, 1
    if count:
        yield first, last, count
