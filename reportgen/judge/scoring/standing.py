"""What a criterion's checks and expression come to on some numbers; what is not known is never a pass."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from reportgen.judge.scoring.measures import Basis, Measure, ReadCheck
from reportgen.model.criteria import SEVERITY_WEIGHTS
from reportgen.model.figures import HUNDRED, plural
from reportgen.model.states import State
from reportgen.model.terms import Values

_THERE = {"tests": "tests.total", "coverage": "coverage.files", "findings": "findings.open"}
_WORDS = {"tests": "test results", "coverage": "coverage", "findings": "findings of a scan"}
_OF_MEASURED = frozenset({"diff.percent", "diff.covered", "diff.uncovered", "diff.tests"})
_HALF = {State.PASS: 2, State.WARN: 1, State.FAIL: 0}
"""What a check earns, in halves of its weight."""


Saved = tuple[list[State], set[int], int, int, int]
"""The sums of a criterion's checks as they were: states, places to judge again, earned, whole, unknown."""


class CheckState(NamedTuple):
    """What a check came to, and why where its conditions were not what decided."""

    state: State
    why: str = ""


def state_of(read: ReadCheck, values: Values) -> CheckState:
    """Judge a check: pass, else warn, else fail; unknown where that cannot be told."""
    basis, told = read.basis, _told(read.basis, values)
    passes = read.passes.evaluate(values)
    untouched = _untouched(basis, values)
    if untouched is not None and (passes is not False or all(map(_of_diff, basis.names))):
        return untouched
    if passes is not False:
        sure = passes and read.passes.evaluate(told) and not _lone_kind_missing(basis, values)
        return CheckState(State.PASS) if sure else CheckState(State.UNKNOWN, groundless(basis, values))
    warns = read.warns.evaluate(values) if read.warns is not None else False
    if warns is False:
        return CheckState(State.FAIL)
    sure = warns and read.warns is not None and read.warns.evaluate(told)
    return CheckState(State.WARN) if sure else CheckState(State.UNKNOWN, groundless(basis, values))


def _told(basis: Basis, values: Values) -> Values:
    """Return the values of those metrics that mean something; the others are not known."""
    hollow = {ground for ground in basis.grounds.values() if values(ground) == 0}
    untouched = _untouched(basis, values) is not None
    if not hollow and not untouched:
        return values
    grounds = basis.grounds

    def told(name: str) -> Fraction | None:
        means_nothing = grounds.get(name) in hollow or (untouched and _of_diff(name))
        return None if means_nothing else values(name)

    return told


def groundless(basis: Basis, values: Values) -> str:
    """Say why what is said of these metrics cannot be told; empty where that is their own business."""
    lacking = missing(basis, values)
    if lacking:
        return lacking
    for name in dict.fromkeys(basis.grounds.values()):
        if values(name) == 0:
            scope, told = _nothing_in(name, values)
            return f"{told} in {scope}" if scope else told
    untouched = _untouched(basis, values)
    return "" if untouched is None else untouched.why


def _nothing_in(ground: str, values: Values) -> tuple[str, str]:
    """Return the scope of a ground that is 0, empty for all the evidence, and what is not there in it."""
    scope, found, _ = ground.rpartition("tests.")
    if not found:
        return ground.removesuffix("coverage.lines.total").rstrip("."), "there is no executable line"
    ran = values(f"{scope}tests.executed") != 0
    told = "not every test that ran states its time" if ran else "no test was executed"
    return scope.rstrip("."), told


def _lone_kind_missing(basis: Basis, values: Values) -> bool:
    """Tell whether the one kind of evidence that is spoken of is not there."""
    return len(basis.kinds) == 1 and values(_THERE[basis.kinds[0]]) is None


def missing(basis: Basis, values: Values) -> str:
    """Say which kinds of evidence are not there at all, of those that the metrics come from."""
    absent = [_WORDS[kind] for kind in basis.kinds if values(_THERE[kind]) is None]
    offered = "was" if absent == ["coverage"] else "were"
    return f"no {' and no '.join(absent)} {offered} offered" if absent else ""


def _untouched(basis: Basis, values: Values) -> CheckState | None:
    """Tell that changed lines hold nothing to judge; None where they do, or where they are not the matter.

    Nothing to judge is not applicable, but where a changed file has no coverage it is unknown: what was not
    measured could have been there.
    """
    lines = values("diff.lines") if any(map(_of_diff, basis.names)) else None
    if lines is None or any(values(name) is None and not name.startswith("diff.") for name in basis.names):
        return None
    if lines == 0:
        return CheckState(State.NOT_APPLICABLE, "no line was added or changed")
    if _OF_MEASURED.isdisjoint(basis.names) or values("diff.measured") != 0:
        return None
    unmeasured = values("diff.unmeasured_files") or Fraction(0)
    if not unmeasured:
        return CheckState(State.NOT_APPLICABLE, "no measured line was changed")
    without = plural(int(unmeasured), "changed file")
    has = "has" if unmeasured == 1 else "have"
    return CheckState(State.UNKNOWN, f"no measured line was changed, and {without} {has} no coverage")


def _of_diff(name: str) -> bool:
    """Tell whether a metric speaks of what changed lines hold, and not of how many there are."""
    return name in _OF_MEASURED or name.startswith("diff.findings")


def points_of_number(measure: Measure, values: Values) -> Fraction | None:
    """Evaluate a criterion's expression to 0 to 100 points; beyond them it counts as the nearest of them."""
    if measure.quantity is None:
        raise ValueError(f"{measure.criterion.name!r} has no expression")
    number = measure.quantity.evaluate(_told(measure.basis, values))
    if number is None or _lone_kind_missing(measure.basis, values):
        return None
    return min(max(number, Fraction(0)), HUNDRED)


class Sums:
    """The checks of a criterion added up; where a number changes, only those that it touches are judged."""

    def __init__(self, measure: Measure) -> None:
        self._checks = measure.checks
        self._states: list[State] = [State.NOT_APPLICABLE] * len(measure.checks)
        self._dirty = set(range(len(measure.checks)))
        self._earned = self._whole = self._unknown = 0

    def touch(self, place: int) -> None:
        """Note that a check has to be judged again."""
        self._dirty.add(place)

    def points(self, values: Values, mended: dict[str, int | Fraction | None]) -> Fraction | None:
        """Return 100 times what the checks earned of what they could; None where one of them is unknown.

        What does not apply is left out, and None where nothing is left. `mended` says what a plan mended.
        """
        for place in self._dirty:
            self._count(place, -1)
            check = self._checks[place]
            self._states[place] = State.PASS if mended.get(check.mended) else state_of(check, values).state
            self._count(place, 1)
        self._dirty.clear()
        if self._unknown or not self._whole:
            return None
        return Fraction(100 * self._earned, 2 * self._whole)

    def saved(self) -> Saved:
        """Return what there is to go back to."""
        return (list(self._states), set(self._dirty), self._earned, self._whole, self._unknown)

    def restore(self, saved: Saved) -> None:
        """Go back to what was saved, with the numbers that there were then."""
        self._states, self._dirty, self._earned, self._whole, self._unknown = saved

    def _count(self, place: int, sign: int) -> None:
        state = self._states[place]
        weight = SEVERITY_WEIGHTS[self._checks[place].check.severity]
        if state is State.UNKNOWN:
            self._unknown += sign if weight else 0
        elif state is not State.NOT_APPLICABLE:
            self._earned += sign * weight * _HALF[state]
            self._whole += sign * weight


def worst_first(states: Iterator[State]) -> dict[State, int]:
    """Count states, the worst first; those that there are none of are left out."""
    counts = dict.fromkeys((State.FAIL, State.UNKNOWN, State.WARN, State.PASS, State.NOT_APPLICABLE), 0)
    for state in states:
        counts[state] += 1
    return {state: count for state, count in counts.items() if count}
