"""The tests, looked up by pattern: by place, suite, class, name, marker and property, each of them once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from functools import cached_property

from reportgen.judge.counting.texts import Texts
from reportgen.model.evidence import Evidence, JoinedCase
from reportgen.model.markers import markers_of
from reportgen.model.placing import Pairs, Pattern, dotted, is_absolute, names_of, places_of, spellings

_SEPARATORS = re.compile(r"[,;\s|]+")
_Places = dict[str, list[int]]


class Held:
    """Texts, and at which places among the tests each of them stands."""

    def __init__(self, places: Mapping[str, list[int]]) -> None:
        self._places = places
        self._texts = Texts(places)

    def like(self, *patterns: str) -> set[int]:
        """Return the places of the texts that are like one of some patterns."""
        return self._all(text for pattern in patterns for text in self._texts.like(pattern))

    def fit(self, *globs: str) -> set[int]:
        """Return the places of the texts that one of some globs fits."""
        return self._all(text for glob in globs for text in self._texts.fit(glob))

    def _all(self, texts: Iterable[str]) -> set[int]:
        return {place for text in texts for place in self._places[text]}


class CaseIndex:
    """The tests of the evidence; an index is made when a pattern first asks for it."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self.cases: tuple[JoinedCase, ...] = evidence.cases
        self._found: dict[Pattern, frozenset[int]] = {}

    def fitting(self, pattern: Pattern) -> frozenset[int]:
        """Return the places (0, 1, …) of the tests that a pattern fits."""
        known = self._found.get(pattern)
        if known is None:
            parts = [part for part in self._parts(pattern) if part is not None]
            known = self._found[pattern] = frozenset(set.intersection(*parts))
        return known

    def _parts(self, pattern: Pattern) -> Iterable[set[int] | None]:
        yield self.at_path(pattern.path) if pattern.path else None
        yield self._suites.like(pattern.suite) if pattern.suite else None
        name = pattern.classname
        yield self._classes.like(name, f"*.{name}", f"*::{name}") if name else None
        yield self._names.like(pattern.name) if pattern.name else None
        if pattern.test:
            wanted = dotted(pattern.test)
            yield self._ids.like(pattern.test) | self._full_names.like(wanted, f"*.{wanted}")
        yield self._markers.like(pattern.marker.lower().strip("@ ")) if pattern.marker else None
        for key, value in pattern.properties:
            found: set[int] = set()
            for name in self._keys.like(key):
                found |= self._values[name].like(value)
            yield found

    def at_path(self, glob: str) -> set[int]:
        """Return the places of the tests whose file or class path a glob fits."""
        return self._places.fit(*spellings(glob, absolute=False)) | self._absolute.fit(
            *spellings(glob, absolute=True)
        )

    def naming(self, properties: Iterable[str], known: Container[str]) -> dict[str, list[int]]:
        """Return the ids that the values of some properties name, with the tests.

        The names of properties are taken in any case. A value is one id where it is `known`, else a list.
        """
        wanted = {name.lower() for name in properties}
        found: dict[str, list[int]] = defaultdict(list)
        for place, held in enumerate(self._properties):
            ids = [
                id_
                for key, value in held
                if key.lower() in wanted
                for id_ in ((value,) if value in known else _SEPARATORS.split(value))
                if id_
            ]
            for id_ in dict.fromkeys(ids):
                found[id_].append(place)
        return found

    @cached_property
    def by_id(self) -> dict[str, JoinedCase]:
        """All tests by id."""
        return {case.id: case for case in self.cases}

    @cached_property
    def by_class(self) -> dict[tuple[str, str], list[int]]:
        """The places of the tests by their own file and their class."""
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, case in enumerate(self.cases):
            found[case.file, case.classname].append(number)
        return found

    @cached_property
    def _suite_facts(self) -> dict[tuple[str, str], tuple[str, Pairs]]:
        """Map (evidence, suite) to the suite's file and properties, which are also those of its tests."""
        ids = {item.sha256 or item.path: item.id for item in self._evidence.items}
        found: dict[tuple[str, str], tuple[str, Pairs]] = {}
        for part in self._evidence.parts:
            evidence = ids.get(part.source.sha256 or part.source.path, "")
            for suite in part.tests.suites if part.tests is not None else ():
                if suite.file or suite.properties:
                    key = (evidence, " / ".join(suite.path))
                    known = found.get(key, ("", ()))
                    found[key] = (known[0] or suite.file, (*known[1], *suite.properties))
        return found

    def _of_suites(self, case: JoinedCase) -> Iterable[tuple[str, Pairs]]:
        facts = self._suite_facts
        if facts:
            for each in case.evidence:
                if (each, case.suite) in facts:
                    yield facts[each, case.suite]

    @cached_property
    def _properties(self) -> list[Pairs]:
        rows: list[Pairs] = []
        for case in self.cases:
            pairs = case.properties
            for _, held in self._of_suites(case):
                pairs = (*pairs, *held)
            rows.append(pairs)
        return rows

    @cached_property
    def _paths(self) -> tuple[Held, Held]:
        relative: _Places = defaultdict(list)
        absolute: _Places = defaultdict(list)
        numbers: dict[tuple[str, str], list[int]] = self.by_class
        if self._suite_facts:
            numbers = defaultdict(list)
            for number, case in enumerate(self.cases):
                file = case.file or next((file for file, _ in self._of_suites(case) if file), "")
                numbers[file, case.classname].append(number)
        for key, held in numbers.items():
            for place in places_of(*key):
                (absolute if is_absolute(place) else relative)[place].extend(held)
        return Held(relative), Held(absolute)

    @property
    def _places(self) -> Held:
        return self._paths[0]

    @property
    def _absolute(self) -> Held:
        return self._paths[1]

    @cached_property
    def _suites(self) -> Held:
        return _held({case.suite, *case.suite.split(" / ")} for case in self.cases)

    @cached_property
    def _classes(self) -> Held:
        return _held((case.classname,) for case in self.cases)

    @cached_property
    def _names(self) -> Held:
        return _held({case.name, case.name.partition("[")[0]} for case in self.cases)

    @cached_property
    def _full_names(self) -> Held:
        return _held(names_of(case.classname, case.name) for case in self.cases)

    @cached_property
    def _ids(self) -> Held:
        return _held((case.id,) for case in self.cases)

    @cached_property
    def _markers(self) -> Held:
        known: dict[Pairs, frozenset[str]] = {}
        for pairs in self._properties:
            if pairs not in known:
                known[pairs] = markers_of(pairs)
        return _held(known[pairs] for pairs in self._properties)

    @cached_property
    def _values(self) -> dict[str, Held]:
        found: dict[str, _Places] = defaultdict(lambda: defaultdict(list))
        for number, pairs in enumerate(self._properties):
            for key, value in pairs:
                found[key][value].append(number)
        return {key: Held(places) for key, places in found.items()}

    @cached_property
    def _keys(self) -> Texts:
        return Texts(self._values)


def _held(texts: Iterable[Iterable[str]]) -> Held:
    places: _Places = defaultdict(list)
    for number, each in enumerate(texts):
        for text in each:
            places[text].append(number)
    return Held(places)
