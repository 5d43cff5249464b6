"""The criteria of a policy, read once: what each is made of, and which of them a metric touches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import chain

from msgspec import Struct

from reportgen.model.criteria import CriterionCheck, condition_over, number_over
from reportgen.model.expression import Expression, Quantity
from reportgen.model.metrics import keyed_name, metric_of
from reportgen.model.policy import KINDS, Criterion, Policy

WHOLE = -1
"""Stands for a criterion as a whole, where a check of it is told by its place."""

_BUILT_IN = {"tests": "tests", "coverage": "coverage", "findings": "findings", "evidence": "completeness"}
_DERIVED = frozenset({"percent", "executed", "missed"})
_OF_TESTS = {
    "executed": ("total", "skipped", "waived"),
    "percent": ("passed", "total", "skipped", "waived"),
}

Touched = tuple[str, int]
"""A criterion by name, and a check of it by place, or WHOLE."""


class Basis(Struct, frozen=True):
    """What something that is judged stands on: the metrics that it speaks of, each once, in order.

    `kinds` are their kinds of evidence, of those that a policy may do without. `grounds` is metric -> the
    number that must not be 0 for it to mean anything: where no test was executed, and where no line is
    executable, nothing can be told.
    """

    names: tuple[str, ...]
    kinds: tuple[str, ...]
    grounds: Mapping[str, str]


class ReadCheck(Struct, frozen=True, kw_only=True):
    """A check with its conditions read. `mended` is the number that says that a step of a plan mended it."""

    check: CriterionCheck
    passes: Expression
    warns: Expression | None
    basis: Basis
    mended: str


class Measure(Struct, frozen=True, kw_only=True):
    """A criterion with a measure of its own: an expression, or checks."""

    criterion: Criterion
    quantity: Quantity | None
    checks: tuple[ReadCheck, ...]
    basis: Basis


class Measures:
    """All criteria of a policy. `own` holds those with a measure of their own, by name."""

    def __init__(self, policy: Policy) -> None:
        self.weights = {each.name: each.weight for each in policy.criteria}
        self.total = sum(self.weights.values(), Fraction(0))
        self.own = {each.name: _read(each) for each in policy.criteria if each.is_own}
        self.mended = [check.mended for each in self.own.values() for check in each.checks]
        self._touched: dict[str, list[Touched]] = {}
        self._known: dict[str, tuple[Touched, ...]] = {}
        for measure in self.own.values():
            for metric, place in _marks(measure):
                self._touched.setdefault(metric, []).append((measure.criterion.name, place))

    def touched(self, metric: str) -> tuple[Touched, ...]:
        """Return what a change of a number touches: criteria as a whole, and checks by their place."""
        known = self._known.get(metric)
        if known is None:
            known = self._known[metric] = tuple(self._touches(metric))
        return known

    def _touches(self, metric: str) -> Iterator[Touched]:
        built_in = _BUILT_IN.get(metric.partition(".")[0], "")
        if built_in in self.weights and built_in not in self.own:
            yield built_in, WHOLE
        yield from self._touched.get(metric, ())
        yield from self._touched.get(_group_of(metric), ())


def measures_of(policy: Policy) -> Measures:
    """Read the criteria of a policy."""
    return Measures(policy)


def _read(criterion: Criterion) -> Measure:
    quantity = number_over(criterion.expression) if criterion.expression else None
    checks = tuple(_check(criterion.name, each) for each in criterion.checks)
    names = quantity.names if quantity else tuple(chain(*(check.basis.names for check in checks)))
    return Measure(criterion=criterion, quantity=quantity, checks=checks, basis=basis_of(names))


def _check(criterion: str, check: CriterionCheck) -> ReadCheck:
    passes = condition_over(check.passes)
    warns = condition_over(check.warns) if check.warns else None
    return ReadCheck(
        check=check,
        passes=passes,
        warns=warns,
        basis=basis_of((*passes.names, *(warns.names if warns else ()))),
        mended=keyed_name("mended", f"{criterion}/{check.id}"),
    )


def basis_of(names: tuple[str, ...]) -> Basis:
    """Say what a number or condition over these metrics stands on."""
    each_once = tuple(dict.fromkeys(names))
    kinds = {kind for name in each_once if (metric := metric_of(name)) for kind in metric.kinds}
    grounds = {name: ground for name in each_once if (ground := _ground_of(name))}
    return Basis(each_once, tuple(kind for kind in KINDS if kind in kinds), grounds)


def _ground_of(name: str) -> str:
    """Return the number that a metric says nothing without: of its layer, subject or path, else of all.

    A time is that of all tests only where each that ran states its own.
    """
    if name.endswith("tests.seconds"):
        return f"{name.removesuffix('seconds')}timed"
    for group, ground in (("tests.", "tests.executed"), ("coverage.", "coverage.lines.total")):
        scope, found, _ = name.rpartition(group)
        if found and (not scope or scope.endswith(".")) and metric_of(scope + ground) is not None:
            return scope + ground
    return ""


def _marks(measure: Measure) -> Iterator[Touched]:
    """Yield the numbers that a measure depends on, each with the place of the check."""
    if measure.quantity is not None:
        yield from ((each, WHOLE) for each in _numbers(measure.basis))
    for place, check in enumerate(measure.checks):
        yield check.mended, place
        yield from ((each, place) for each in _numbers(check.basis))


def _numbers(basis: Basis) -> set[str]:
    """Return the counts that metrics are computed from; a group stands for all counts of it."""
    found: set[str] = set()
    for name in {*basis.names, *basis.grounds.values()}:
        group, _, part = name.rpartition(".")
        if part in _OF_TESTS and group.endswith("tests") and not group.endswith("by_tests"):
            found.update(f"{group}.{each}" for each in _OF_TESTS[part])
        elif name == "coverage.percent":
            found.add(_group_of("coverage.lines.percent"))
        else:
            found.add(_group_of(name) if part in _DERIVED else name)
    return found


def _group_of(metric: str) -> str:
    """Write the group of a metric as no metric is written."""
    return f"{metric.rpartition('.')[0]}.*"
