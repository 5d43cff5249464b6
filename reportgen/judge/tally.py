"""The numbers that everything is judged by, as metrics by name; a plan changes a copy of them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from reportgen.judge.criteria import CRITERION_OF, Base, points_of
from reportgen.judge.score import Overall, overall
from reportgen.model.metrics import split_name
from reportgen.model.policy import Policy

_NOTHING = Fraction(0)


class Numbers:
    """The counts of the leaves, and what follows from them. `None` is not known.

    `base` holds metric -> number; besides the metrics of the table it holds `evidence.full` (artifacts read
    whole that hold a fact) and `findings.clean` (1 where a scan left nothing that takes time to mend).
    """

    def __init__(self, base: Base, policy: Policy) -> None:
        self.base = dict(base)
        self.policy = policy
        self._overall: Overall | None = None
        self._points: dict[str, Fraction | None] = {}
        self._weight = sum((each.weight for each in policy.criteria), _NOTHING)

    def copy(self) -> Numbers:
        """Return numbers that can be changed without changing these."""
        return Numbers(self.base, self.policy)

    def change(self, by: Mapping[str, int], sign: int = 1) -> None:
        """Add to the numbers, or take away with `sign` -1; what is not known stays so."""
        base = self.base
        for name, difference in by.items():
            known = base.get(name)
            if known is not None:
                base[name] = known + sign * difference
                self._points.pop(CRITERION_OF.get(name.partition(".")[0], ""), None)
        self._overall = None

    def points(self, criterion: str) -> Fraction | None:
        """Return the points of a criterion, None where it is not measured."""
        if criterion not in self._points:
            self._points[criterion] = points_of(criterion, self.base, self.policy)
        return self._points[criterion]

    @property
    def overall(self) -> Overall:
        """The overall score of these numbers."""
        if self._overall is None:
            criteria = self.policy.criteria
            self._overall = overall(criteria, [self.points(each.name) for each in criteria])
        return self._overall

    def gain(self, by: Mapping[str, int]) -> Fraction:
        """Return what a change adds to the lowest score possible; the numbers stay as they are."""
        touched = {CRITERION_OF.get(name.partition(".")[0], "") for name in by}
        criteria = [each for each in self.policy.criteria if each.name in touched]
        before = [self.points(each.name) or _NOTHING for each in criteria]
        self.change(by)
        after = [self.points(each.name) or _NOTHING for each in criteria]
        self.change(by, sign=-1)
        total = self._weight
        gains = (
            each.weight * (new - old) / total for each, old, new in zip(criteria, before, after, strict=True)
        )
        return sum(gains, _NOTHING) if total else _NOTHING

    def value(self, name: str) -> Fraction | None:
        """Return a metric's value, None where it is not known."""
        if name in self.base:
            known = self.base[name]
            return None if known is None else Fraction(known)
        head, key, rest = split_name(name)
        if head == "criteria":
            return self.points(key)
        if head == "findings.rules":
            return None if self.base["findings.open"] is None else Fraction(0)
        if name.startswith("score."):
            return self._score(name.removeprefix("score."))
        return self._derived(name) if rest else None

    def _score(self, name: str) -> Fraction | None:
        score = self.overall
        return {
            "value": score.value,
            "lower": score.lower,
            "upper": score.upper,
            "measured_weight": score.measured,
            "total_weight": score.total,
        }[name]

    def _derived(self, name: str) -> Fraction | None:
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
