"""Tests: the same test of many files, retries and repeats becomes one case."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from itertools import islice
from operator import attrgetter, eq

import msgspec
from msgspec import Struct

from reportgen.merge.attempts import (
    Place,
    Run,
    attempt_of,
    deciding,
    is_flaky,
    runs_of,
    without_equals,
)
from reportgen.merge.layers import Layers
from reportgen.merge.ledger import Ledger
from reportgen.merge.moments import moment
from reportgen.merge.parts import Part
from reportgen.model.cases import Case, Suite
from reportgen.model.evidence import Attempt, JoinedCase
from reportgen.model.states import RepeatRule

_PATH = re.compile(r"[./\\:]*[^\s./\\:]+(?:[./\\:]+[^\s./\\:]+)+")


class Identity(Struct, frozen=True, order=True):
    """What tests of one class have in common: a test is this and its name."""

    layer: str
    environment: str
    suite: tuple[str, ...]
    classname: str

    @property
    def prefix(self) -> str:
        """What the ids of its tests start with: `unit@linux/suite/class::`."""
        at = f"@{self.environment}" if self.environment else ""
        return "/".join((self.layer + at, *self.suite, self.classname)) + "::"


_Batch = tuple[list[Case], Place, Part]
Told = tuple[Case, Place, Part]


class JoinedCases(Struct, frozen=True):
    """Tests sorted by id, and the layers that each part's tests are in, by its number."""

    cases: tuple[JoinedCase, ...]
    layers: dict[int, set[str]]


def join_cases(parts: Iterable[Part], layers: Layers, rule: RepeatRule, ledger: Ledger) -> JoinedCases:
    """Join the test cases of all parts."""
    groups: dict[Identity, list[_Batch]] = {}
    for part in parts:
        if part.facts.tests is not None:
            _spread(part, layers, groups)
    joined: list[JoinedCase] = []
    for identity in sorted(groups):
        joined.extend(_join_group(identity, groups[identity], rule, ledger))
    joined.sort(key=attrgetter("id"))
    found: dict[int, set[str]] = {}
    for identity, batches in groups.items():
        for _, place, _ in batches:
            found.setdefault(place.number, set()).add(identity.layer)
    return JoinedCases(_with_unique_ids(joined), found)


def _spread(part: Part, layers: Layers, groups: dict[Identity, list[_Batch]]) -> None:
    """Sort the cases of a part by what they have in common but their names."""
    tests, source = part.facts.tests, part.facts.source
    assert tests is not None  # noqa: S101 - the caller has looked
    for suite in tests.suites:
        place = Place(part.id, part.number, suite.timestamp, moment(suite.timestamp), tests.repeats)
        for (classname, file_or_name), cases in _by_class(suite).items():
            file = cases[0].file or suite.file
            path = file if classname or file else _path_in(cases[0].name)
            layer = layers.of_test(source, path, classname or path)
            placed = layers.placing.spread(suite, file or file_or_name, classname, cases, layer)
            for name, members in placed:
                identity = Identity(name, source.environment, suite.path, classname)
                groups.setdefault(identity, []).append((members, place, part))


def _path_in(name: str) -> str:
    """Return the path that a name is or starts with, as pytest's `tests.e2e.test_x` of a broken module.

    A name that is a sentence tells of no layer: `unit prices are rounded`.
    """
    found = _PATH.match(name)
    return found[0] if found else ""


def _by_class(suite: Suite) -> dict[tuple[str, str], list[Case]]:
    """Sort the cases of a suite by class and file; those without either each by their own name."""
    found: dict[tuple[str, str], list[Case]] = {}
    cases: list[Case] = []
    last_class = last_file = ""
    for case in suite.cases:
        classname, file = case.classname, case.file
        if classname != last_class or file != last_file or not (classname or file):
            last_class, last_file = classname, file
            cases = found.setdefault((classname, file if classname or file else case.name), [])
        cases.append(case)
    return found


def _join_group(
    identity: Identity, batches: list[_Batch], rule: RepeatRule, ledger: Ledger
) -> list[JoinedCase]:
    """Join the tests of one class. Nearly all are told once, and those cost nearly nothing."""
    repeated = _repeated(batches)
    told: dict[str, list[Told]] = {}
    layer, environment, classname = identity.layer, identity.environment, identity.classname
    prefix, suite = identity.prefix, " / ".join(identity.suite)
    joined: list[JoinedCase] = []
    for cases, place, part in batches:
        own, stamp, evidence = place.evidence, place.timestamp, part.evidence
        for case in cases:
            name = case.name
            if case.retries or name in repeated:
                told.setdefault(name, []).append((case, place, part))
                continue
            outcome, seconds = case.outcome, case.seconds
            if case.details:
                attempt = attempt_of(case, place)
            else:
                attempt = Attempt(outcome, seconds, "", "", "", own, stamp)
            joined.append(
                JoinedCase(
                    prefix + name,
                    layer,
                    environment,
                    suite,
                    classname,
                    name,
                    outcome,
                    False,
                    seconds,
                    (attempt,),
                    attempt.type,
                    attempt.message,
                    evidence,
                    case.file,
                    case.line,
                    case.properties,
                )
            )
    for name, elements in told.items():
        joined.append(_Join(identity, prefix + name, rule, ledger).join(elements))
    return joined


def _repeated(batches: list[_Batch]) -> frozenset[str]:
    """Return the names that stand more than once."""
    names = [case.name for cases, _, _ in batches for case in cases]
    if len(set(names)) == len(names):
        return frozenset()
    return frozenset(name for name, count in Counter(names).items() if count > 1)


class _Join(Struct, frozen=True):
    """A test that was told more than once."""

    identity: Identity
    id: str
    rule: RepeatRule
    ledger: Ledger

    def join(self, elements: list[Told]) -> JoinedCase:
        """Join its elements, file by file in order, then across files."""
        by_part: dict[int, list[tuple[Case, Place]]] = {}
        names: dict[str, None] = {}
        for case, place, part in elements:
            by_part.setdefault(place.number, []).append((case, place))
            names[part.id] = None
        told = [run for number in sorted(by_part) for run in runs_of(by_part[number])]
        runs = without_equals(told)
        best = deciding(runs, self.rule)
        outcomes = [run.counts.outcome for run in runs]
        evidence = tuple(names)
        self._note(told, runs, best, evidence)
        return JoinedCase(
            self.id,
            self.identity.layer,
            self.identity.environment,
            " / ".join(self.identity.suite),
            self.identity.classname,
            best.case.name,
            best.counts.outcome,
            is_flaky(outcomes) or any(run.flaky for run in runs),
            best.counts.seconds,
            _attempts(runs),
            best.counts.type,
            best.counts.message,
            evidence,
            best.case.file,
            best.case.line,
            best.case.properties,
        )

    def _note(self, told: list[Run], runs: list[Run], best: Run, evidence: tuple[str, ...]) -> None:
        """Write down each override: equal attempts, phases of one attempt, retries, repeats."""
        if len(runs) < len(told):
            count = len(told) - len(runs)
            self._add(
                "equal attempt",
                "one attempt",
                f"told {count + 1} times" if count > 1 else "told twice",
                evidence,
            )
        for run in runs:
            own = (run.place.evidence,)
            if run.phases:
                self._add("setup or teardown error", run.counts.outcome, ", ".join(run.phases), own)
            if len(run.attempts) > 1:
                others = ", ".join(one.outcome for one in run.attempts if one is not run.counts)
                self._add("retry", f"{run.counts.outcome} of {len(run.attempts)} attempts", others, own)
        if len(runs) > 1:
            others = ", ".join(sorted(run.counts.outcome for run in runs if run is not best))
            self._add("repeat", f"{best.counts.outcome}, the {self.rule} of {len(runs)}", others, evidence)

    def _add(self, kind: str, kept: str, overridden: str, evidence: tuple[str, ...]) -> None:
        self.ledger.add(kind, self.id, kept=kept, overridden=overridden, evidence=evidence)


def _attempts(runs: list[Run]) -> tuple[Attempt, ...]:
    """List the attempts of all runs by time and file, equal ones once."""
    if len(runs) == 1:
        return runs[0].attempts
    order = sorted(runs, key=lambda run: (run.place.moment, run.place.number, run.keys[0][0]))
    found = {
        key: attempt for run in reversed(order) for key, attempt in zip(run.keys, run.attempts, strict=True)
    }
    seen = dict.fromkeys(key for run in order for key in run.keys)
    return tuple(found[key] for key in seen)


def _with_unique_ids(cases: list[JoinedCase]) -> tuple[JoinedCase, ...]:
    """Mark the ids that names with `/` or `::` made equal by a digest of the identity; cases come sorted."""
    ids = [case.id for case in cases]
    if not any(map(eq, ids, islice(ids, 1, None))):
        return tuple(cases)
    count: dict[str, int] = {}
    for case in cases:
        count[case.id] = count.get(case.id, 0) + 1
    marked = [
        msgspec.structs.replace(case, id=f"{case.id} #{_digest(case)}") if count[case.id] > 1 else case
        for case in cases
    ]
    return tuple(sorted(marked, key=attrgetter("id")))


def _digest(case: JoinedCase) -> str:
    identity = (case.layer, case.environment, case.suite, case.classname, case.name)
    return sha256(repr(identity).encode()).hexdigest()[:12]
