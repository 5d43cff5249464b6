"""The numbers that everything is judged by, as metrics by name; a plan changes a copy of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from reportgen.judge.counting.path_numbers import Paths
from reportgen.judge.scoring.criteria import Base, points_of
from reportgen.judge.scoring.measures import WHOLE, Measures, measures_of
from reportgen.judge.scoring.score import Overall, overall
from reportgen.judge.scoring.standing import Sums, points_of_number
from reportgen.model.metrics import split_name
from reportgen.model.policy import Policy

_NOTHING = Fraction(0)


class Numbers:
    """The counts of the leaves, and what follows from them. `None` is not known.

    `base` holds metric -> number; besides the metrics of the table it holds `evidence.full` (artifacts read
    whole that hold a fact), `findings.clean` (1 where a scan left nothing that takes time to mend) and for
    each check of a criterion how often a plan mended it. `measures` are those of the policy, where they are
    read already; `paths` tells the metrics of globs, which join the base when they are first asked for.
    """

    def __init__(
        self, base: Base, policy: Policy, measures: Measures | None = None, paths: Paths | None = None
    ) -> None:
        self.measures = measures_of(policy) if measures is None else measures
        self.base = {**dict.fromkeys(self.measures.mended, 0), **base}
        self.policy = policy
        self.paths = paths
        self._overall: Overall | None = None
        self._points: dict[str, Fraction | None] = {}
        self._derived: dict[str, Fraction | None] = {}
        self._gains: dict[tuple[int, frozenset[tuple[str, int]]], Fraction] = {}
        self._sums = {name: Sums(measure) for name, measure in self.measures.own.items() if measure.checks}

    def copy(self) -> Numbers:
        """Return numbers that can be changed without changing these."""
        return Numbers(self.base, self.policy, self.measures, self.paths)

    def globs_of_case(self, case: str) -> Iterable[str]:
        """Return the globs that conditions asked of, as far as the place of a test fits them."""
        return () if self.paths is None else self.paths.globs_of_case(case)

    def globs_of_path(self, path: str) -> Iterable[str]:
        """Return the globs that conditions asked of, as far as a path fits them."""
        return () if self.paths is None else self.paths.globs_of_path(path)

    def change(self, by: Mapping[str, int], sign: int = 1) -> None:
        """Add to the numbers, or take away with `sign` -1; what is not known stays so."""
        base = self.base
        for name, difference in by.items():
            known = base.get(name)
            if known is not None and difference:
                base[name] = known + sign * difference
                for criterion, place in self.measures.touched(name):
                    self._points.pop(criterion, None)
                    if place != WHOLE:
                        self._sums[criterion].touch(place)
        self._overall = None
        self._derived.clear()
        self._gains = {}

    def points(self, criterion: str) -> Fraction | None:
        """Return the points of a criterion, None where it is not measured."""
        if criterion not in self._points:
            self._points[criterion] = self._measured(criterion)
        return self._points[criterion]

    def _measured(self, criterion: str) -> Fraction | None:
        own = self.measures.own.get(criterion)
        if own is None:
            return points_of(criterion, self.base, self.policy)
        if own.quantity is not None:
            return points_of_number(own, self.value)
        return self._sums[criterion].points(self.value, self.base)

    @property
    def overall(self) -> Overall:
        """The overall score of these numbers."""
        if self._overall is None:
            criteria = self.policy.criteria
            self._overall = overall(criteria, [self.points(each.name) for each in criteria])
        return self._overall

    def gain(self, by: Mapping[str, int]) -> Fraction:
        """Return what a change adds to the lowest score possible; the numbers stay as they are."""
        known = self._gains
        asked = (len(self.base), frozenset(by.items()))
        if asked not in known:
            gained = self._gained(by)
            self._gains = known  # as the numbers are what they were
            known[asked] = gained
        return known[asked]

    def _gained(self, by: Mapping[str, int]) -> Fraction:
        touched = self._touched(by)
        before = {criterion: self.points(criterion) for criterion in touched}
        saved = {criterion: self._sums[criterion].saved() for criterion in touched & self._sums.keys()}
        gained = self.apply(by)
        self.change(by, sign=-1)
        self._points |= before
        for criterion, sums in saved.items():
            self._sums[criterion].restore(sums)
        return gained

    def apply(self, by: Mapping[str, int]) -> Fraction:
        """Change the numbers, and return what that adds to the lowest score possible."""
        weights, total = self.measures.weights, self.measures.total
        touched = self._touched(by)
        before = {criterion: self.points(criterion) or _NOTHING for criterion in touched}
        self.change(by)
        gains = (
            weights[criterion] * ((self.points(criterion) or _NOTHING) - points) / total
            for criterion, points in before.items()
            if total
        )
        return sum(gains, _NOTHING)

    def settle(self, values: Mapping[str, int | Fraction | None]) -> Fraction:
        """Set numbers to what they are now, and return what that adds to the lowest score possible."""
        new = {name: value for name, value in values.items() if self.base.get(name) != value}
        if not new:
            return _NOTHING
        self._gains = {}
        touched = {criterion for name in new for criterion, _ in self.measures.touched(name)}
        weights, total = self.measures.weights, self.measures.total
        before = {criterion: self.points(criterion) or _NOTHING for criterion in touched}
        for name, value in new.items():
            self.base[name] = value
            for criterion, place in self.measures.touched(name):
                self._points.pop(criterion, None)
                if place != WHOLE:
                    self._sums[criterion].touch(place)
        self._overall = None
        self._derived.clear()
        gains = (
            weights[each] * ((self.points(each) or _NOTHING) - was) / total for each, was in before.items()
        )
        return sum(gains, _NOTHING) if total else _NOTHING

    def _touched(self, by: Mapping[str, int]) -> set[str]:
        return {criterion for name in by if by[name] for criterion, _ in self.measures.touched(name)}

    def value(self, name: str) -> Fraction | None:
        """Return a metric's value, None where it is not known."""
        if name in self._derived:
            return self._derived[name]
        if name in self.base:
            known = self.base[name]
            return None if known is None else Fraction(known)
        head, key, rest = split_name(name)
        if head == "paths" and self.paths is not None:
            self.base.update(
                {name: n for name, n in self.paths.numbers(key).items() if name not in self.base}
            )
            known = self.base.get(name)
            return self._derive(name) if name not in self.base else None if known is None else Fraction(known)
        if head == "criteria":
            return self.points(key)
        if head == "findings.rules":
            return None if self.base["findings.open"] is None else Fraction(0)
        if name.startswith("score."):
            return self._score(name.removeprefix("score."))
        return self._derive(name) if rest else None

    def _score(self, name: str) -> Fraction | None:
        score = self.overall
        return {
            "value": score.value,
            "lower": score.lower,
            "upper": score.upper,
            "measured_weight": score.measured,
            "total_weight": score.total,
        }[name]

    def _derive(self, name: str) -> Fraction | None:
        """Compute what follows from the counts, once until they change."""
        self._derived[name] = number = self._computed(name)
        return number

    def _computed(self, name: str) -> Fraction | None:
        """Compute what follows from the counts; a ratio of nothing is not known."""
        group, _, part = name.rpartition(".")
        match part:
            case "executed":
                ran = _difference(self.value(f"{group}.total"), self.value(f"{group}.skipped"))
                return _difference(ran, self.value(f"{group}.waived") or _NOTHING)
            case "missed":
                return _difference(self.value(f"{group}.total"), self.value(f"{group}.covered"))
            case "percent" if name == "coverage.percent":
                return self.value("coverage.lines.percent")
            case "percent" if group.endswith("tests") and not group.endswith("by_tests"):
                return _percent(self.value(f"{group}.passed"), self.value(f"{group}.executed"))
            case "percent":
                return _percent(self.value(f"{group}.covered"), self.value(f"{group}.total"))
            case _:
                return None


def _difference(whole: Fraction | None, part: Fraction | None) -> Fraction | None:
    return None if whole is None or part is None else whole - part


def _percent(part: Fraction | None, whole: Fraction | None) -> Fraction | None:
    return None if part is None or not whole else 100 * part / whole
