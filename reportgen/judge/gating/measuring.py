"""Limits on what tests measure: the numbers, and what they are known to be at least and at most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from reportgen.model.evidence import JoinedCase, exact_sum
from reportgen.model.placing import fits_name, fits_place
from reportgen.model.slas import Sla

NOTHING = Decimal(0)
ENDLESS = Decimal("Infinity")
_HUNDRED = 100
_MOST_DIGITS = 40


class Reading(NamedTuple):
    """What a test measured; None where it should have and did not."""

    case: JoinedCase
    value: Decimal | None


class Measured(NamedTuple):
    """A value over the tests that measured, and its bounds whatever the others would have measured."""

    value: Decimal
    least: Decimal
    most: Decimal


class Readings(NamedTuple):
    """What tests measured: the largest first, the values from the smallest on, and who measured nothing."""

    rows: tuple[Reading, ...]
    values: tuple[Decimal, ...]
    lost: tuple[Reading, ...]

    @property
    def total(self) -> int:
        """How many there are, with those that are not known."""
        return len(self.rows) + len(self.lost)


def gathered(found: Iterable[Reading]) -> Readings:
    """Put readings in order."""
    known: list[tuple[Decimal, Reading]] = []
    lost: list[Reading] = []
    for each in found:
        if each.value is None:
            lost.append(each)
        else:
            known.append((each.value, each))
    known.sort(key=lambda pair: (-pair[0], pair[1].case.id))
    return Readings(
        tuple(each for _, each in known), tuple(value for value, _ in reversed(known)), tuple(lost)
    )


def readings(sla: Sla, cases: Sequence[JoinedCase]) -> list[Reading]:
    """Return what each of the tests measured; one that does not have the property measures nothing of it."""
    if not sla.property:
        return [Reading(case, case.seconds) for case in cases]
    return [
        Reading(case, _number(text))
        for case in cases
        for name, text in case.properties
        if name == sla.property
    ]


def _number(text: str) -> Decimal | None:
    """Read a number as tools write it; None where it is none, or of endless size."""
    try:
        number = Decimal(text.strip())
    except ArithmeticError:
        return None
    return number if number.is_finite() and abs(number.adjusted()) <= _MOST_DIGITS else None


def measured(sla: Sla, found: Readings) -> Measured | None:
    """Bring the readings together as the limit asks; None where nothing was measured.

    One that is not known is taken for as small and for as large as it could be: a time is never below 0.
    """
    known, lost = found.values, len(found.lost)
    if not known:
        return None
    low = -ENDLESS if sla.property else NOTHING
    if sla.of != "test":
        total = exact_sum(known) or NOTHING
        return Measured(total, total, ENDLESS if lost else total)
    return Measured(
        _pick(sla, known),
        _pick(sla, sorted((*known, *[low] * lost)) if lost else known),
        _pick(sla, (*known, *[ENDLESS] * lost) if lost else known),
    )


def _pick(sla: Sla, values: Sequence[Decimal]) -> Decimal:
    """Take the value that counts from a sorted list."""
    if sla.percentile is not None:
        return nearest_rank(values, sla.percentile)
    least = sla.aggregate == "min" or (sla.at_least and not sla.aggregate)
    return values[0] if least else values[-1]


def nearest_rank(values: Sequence[Decimal], percentile: Decimal) -> Decimal:
    """Return the percentile of a sorted list by the nearest rank: the value of rank ⌈p/100·n⌉, from 1.

    It is always a value that was measured: the inverse of the empirical distribution function, definition 1
    of Hyndman and Fan, Sample Quantiles in Statistical Packages, The American Statistician 50 (1996).
    """
    numerator, denominator = percentile.as_integer_ratio()
    rank = -(-numerator * len(values) // (denominator * _HUNDRED))
    return values[max(rank, 1) - 1]


class Ran:
    """The tests that ran, found by what limits are of; each answer is kept, as many limits ask alike."""

    def __init__(self, cases: Sequence[JoinedCase], subjects: Mapping[str, Sequence[str]]) -> None:
        """Take the tests that ran, and subject -> ids of tests."""
        self._subjects = subjects
        self._by_layer: dict[str, list[JoinedCase]] = {"": list(cases)}
        self._by_place: dict[tuple[str, str], list[JoinedCase]] = {}
        self._by_id: dict[str, JoinedCase] = {}
        self._kept: dict[tuple[str, ...], tuple[JoinedCase, ...]] = {}
        self._read: dict[tuple[str, ...], Readings] = {}
        for case in cases:
            self._by_layer.setdefault(case.layer, []).append(case)
            self._by_place.setdefault((case.file, case.classname), []).append(case)
            self._by_id[case.id] = case

    def cases(self, sla: Sla) -> tuple[JoinedCase, ...]:
        """Return the tests that a limit is of."""
        key = (sla.layer, sla.subject, sla.path, sla.test)
        if key not in self._kept:
            self._kept[key] = tuple(self._found(sla))
        return self._kept[key]

    def readings(self, sla: Sla) -> Readings:
        """Return what these tests measured."""
        key = (sla.layer, sla.subject, sla.path, sla.test, sla.property)
        if key not in self._read:
            self._read[key] = gathered(readings(sla, self.cases(sla)))
        return self._read[key]

    def _found(self, sla: Sla) -> Iterator[JoinedCase]:
        for case in self._of_part(sla):
            if (not sla.layer or case.layer == sla.layer) and (
                not sla.test or fits_name(sla.test, case.name)
            ):
                yield case

    def _of_part(self, sla: Sla) -> Iterable[JoinedCase]:
        """Return the tests of the subject and the path, or of the layer where there is neither."""
        if not sla.path:
            return self._of_subject(sla.subject) if sla.subject else self._by_layer.get(sla.layer, ())
        placed = [
            case
            for (file, classname), cases in self._by_place.items()
            if fits_place(sla.path, file, classname)
            for case in cases
        ]
        if not sla.subject:
            return placed
        own = frozenset(self._subjects.get(sla.subject, ()))
        return [case for case in placed if case.id in own]

    def _of_subject(self, subject: str) -> list[JoinedCase]:
        return [self._by_id[each] for each in self._subjects.get(subject, ()) if each in self._by_id]
