"""The elements of one test: which are attempts of one run, which are repeats, and what they come to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from reportgen.model.cases import Case, Detail, Repeats
from reportgen.model.evidence import Attempt, exact_sum
from reportgen.model.states import Outcome, RepeatRule

# pytest says "failed on setup with …" and "failed on teardown with …"; before 5.4 "test setup failure".
_PHASE = re.compile(r"failed on (setup|teardown)\b|test (setup|teardown) failure")
_RANK: Mapping[Outcome, int] = {
    Outcome.ERRORED: 0,
    Outcome.FAILED: 1,
    Outcome.UNKNOWN: 2,
    Outcome.SKIPPED: 3,
    Outcome.PASSED: 4,
}
_BAD = frozenset((Outcome.ERRORED, Outcome.FAILED, Outcome.UNKNOWN))


Key = tuple[int, str, Outcome, Decimal | None, str]


class Place(Struct, frozen=True):
    """Where cases were found: the evidence's id and number, their suite's timestamp as text and moment."""

    evidence: str
    number: int
    timestamp: str
    moment: datetime
    repeats: Repeats


class Run(Struct, frozen=True):
    """One run of one test: its attempts in order, the one that counts, and the element that it is from.

    `keys` are what makes two attempts one: position, timestamp, outcome, seconds and message.
    `phases` is the outcomes that a setup or teardown error outranked.
    """

    attempts: tuple[Attempt, ...]
    counts: Attempt
    case: Case
    place: Place
    keys: tuple[Key, ...]
    phases: tuple[Outcome, ...] = ()

    @property
    def flaky(self) -> bool:
        """Whether it passed, and an earlier attempt did not."""
        return len(self.attempts) > 1 and is_flaky(attempt.outcome for attempt in self.attempts)


def is_flaky(outcomes: Iterable[Outcome]) -> bool:
    """Tell whether outcomes of one test hold a pass and something that is worse than a skip."""
    found = set(outcomes)
    return Outcome.PASSED in found and not found.isdisjoint(_BAD)


def attempt_of(case: Case, place: Place) -> Attempt:
    """Make the attempt that a case's own outcome is."""
    return _told(case.outcome, case.seconds, case.details, place)


def runs_of(elements: Sequence[tuple[Case, Place]]) -> list[Run]:
    """Tell the runs of one test in one file, from its elements in order."""
    case, place = elements[0]
    if len(elements) == 1 and not case.retries:
        attempt = attempt_of(case, place)
        return [Run((attempt,), attempt, case, place, (_key(0, attempt),))]
    mode = place.repeats
    units = _units(elements, joins_passed=mode is not Repeats.CHILDLESS_RERUNS)
    runs: list[Run] = []
    waiting: list[list[tuple[Case, Place]]] = []
    position = 0
    for number, unit in enumerate(units):
        waiting.append(unit)
        if number < len(units) - 1 and _goes_on(unit, mode):
            continue
        run = _run(waiting, mode, position)
        position += len(run.attempts)
        runs.append(run)
        waiting = []
    return runs


def _key(position: int, attempt: Attempt) -> Key:
    return (position, attempt.timestamp, attempt.outcome, attempt.seconds, attempt.message)


def _goes_on(unit: list[tuple[Case, Place]], mode: Repeats) -> bool:
    """Whether what comes after this element is another attempt of the same run."""
    if mode is Repeats.RETRIES:
        return True
    return mode is Repeats.CHILDLESS_RERUNS and _is_childless(unit)


def _is_childless(unit: list[tuple[Case, Place]]) -> bool:
    case = unit[0][0]
    return len(unit) == 1 and case.outcome is Outcome.PASSED and not case.details and not case.retries


def _phase(case: Case) -> str:
    """Return `setup` or `teardown` where that is what the case's error is about."""
    if case.outcome is not Outcome.ERRORED or case.retries:
        return ""
    found = (_PHASE.match(detail.message) for detail in case.details if detail.outcome is Outcome.ERRORED)
    return next((match[1] or match[2] for match in found if match), "")


def _units(elements: Sequence[tuple[Case, Place]], *, joins_passed: bool) -> list[list[tuple[Case, Place]]]:
    """Put a case and the setup or teardown error of the same attempt together; each other stands alone."""
    units: list[list[tuple[Case, Place]]] = []
    for case, place in elements:
        if units and _is_one_attempt([one for one, _ in units[-1]], case, joins_passed=joins_passed):
            units[-1].append((case, place))
        else:
            units.append([(case, place)])
    return units


def _is_one_attempt(unit: list[Case], case: Case, *, joins_passed: bool) -> bool:
    phases = [_phase(one) for one in unit]
    phase = _phase(case)
    if phase:
        bodies = [one.outcome for one, its in zip(unit, phases, strict=True) if not its]
        if phase in phases:
            return False
        return Outcome.PASSED not in bodies or (joins_passed and phase == "teardown")
    return case.outcome is Outcome.FAILED and all(phases)


def _run(units: list[list[tuple[Case, Place]]], mode: Repeats, position: int) -> Run:
    """Make a run of its elements. The last attempt counts, or the last that was not skipped.

    A `rerunFailure` stands beside the failure of the first attempt, and comes after it (Surefire, nextest);
    what counts is then that first failure, as the element itself says.
    """
    attempts: list[Attempt] = []
    phases: list[Outcome] = []
    last = 0
    for number, unit in enumerate(units):
        case, place = unit[0]
        comes_after = "rerun" if case.outcome in _BAD else ()
        after = [one for one in case.retries if one.tag.startswith(comes_after)]
        before = [one for one in case.retries if not one.tag.startswith(comes_after)]
        attempts.extend(_told(one.outcome, one.seconds, (one,), place) for one in before)
        if number < len(units) - 1 and mode is Repeats.CHILDLESS_RERUNS:
            attempt = _told(Outcome.UNKNOWN, case.seconds, (), place)
        elif len(unit) > 1:
            attempt = _joined([one for one, _ in unit], place)
            phases.extend(sorted({one.outcome for one, _ in unit} - {attempt.outcome}))
        else:
            attempt = attempt_of(case, place)
        last = len(attempts)
        attempts.append(attempt)
        attempts.extend(_told(one.outcome, one.seconds, (one,), place) for one in after)
    case, place = units[-1][0]
    until = last + 1 if attempts[last].outcome in _BAD else len(attempts)
    counts = next((one for one in reversed(attempts[:until]) if _ran(one)), attempts[-1])
    keys = tuple(_key(position + number, one) for number, one in enumerate(attempts))
    return Run(tuple(attempts), counts, case, place, keys, tuple(phases))


def _ran(attempt: Attempt) -> bool:
    return attempt.outcome is not Outcome.SKIPPED


def _joined(cases: list[Case], place: Place) -> Attempt:
    """Make one attempt of a case and its setup or teardown error: the worst outcome counts."""
    outcome = worst_outcome(case.outcome for case in cases)
    details = tuple(detail for case in cases for detail in case.details)
    return _told(outcome, exact_sum(case.seconds for case in cases), details, place)


def worst_outcome(outcomes: Iterable[Outcome]) -> Outcome:
    """Return the worst: error outranks failure outranks unknown outranks skipped outranks passed."""
    return min(outcomes, key=_RANK.__getitem__)


def _told(outcome: Outcome, seconds: Decimal | None, details: tuple[Detail, ...], place: Place) -> Attempt:
    """Make an attempt of what its elements say: those that made the outcome first, then the others."""
    if not details:
        return Attempt(outcome, seconds, "", "", "", place.evidence, place.timestamp)
    order = sorted(details, key=lambda detail: detail.outcome is not outcome)
    messages = dict.fromkeys(detail.message.strip() for detail in order)
    texts = dict.fromkeys(detail.text for detail in order)
    return Attempt(
        outcome,
        seconds,
        order[0].type,
        "; ".join(message for message in messages if message),
        "\n\n".join(text for text in texts if text),
        place.evidence,
        place.timestamp,
    )


def without_equals(runs: list[Run]) -> list[Run]:
    """Leave out the runs that another tells wholly: equal attempts are one attempt, whoever tells them."""
    holders: dict[Key, list[int]] = {}
    for number, run in enumerate(runs):
        for key in run.keys:
            holders.setdefault(key, []).append(number)
    return [
        run
        for number, run in enumerate(runs)
        if not any(
            _is_told_by(run, runs[other], first=number < other)
            for other in holders[run.keys[0]]
            if other != number
        )
    ]


def _is_told_by(run: Run, other: Run, *, first: bool) -> bool:
    if len(run.keys) > len(other.keys) or (first and len(run.keys) == len(other.keys)):
        return False
    return set(run.keys) <= set(other.keys)


def deciding(runs: list[Run], rule: RepeatRule) -> Run:
    """Return the run that counts by the rule for repeats; of equals the first."""
    match rule:
        case RepeatRule.WORST:
            return min(runs, key=lambda run: _RANK[run.counts.outcome])
        case RepeatRule.LATEST:
            return max(runs, key=lambda run: (run.place.moment, -_RANK[run.counts.outcome]))
        case RepeatRule.BEST:
            ran = [run for run in runs if _ran(run.counts)] or runs
            return max(ran, key=lambda run: _RANK[run.counts.outcome])
