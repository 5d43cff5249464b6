"""Tests that patterns of the configuration place in a layer, one by one where a pattern asks for that."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.model.cases import Case, Suite
from reportgen.model.markers import markers_of
from reportgen.model.placing import Pairs, Pattern, fits_name

Rules = tuple[tuple[str, Pattern], ...]


class Placing:
    """Answers which layer a test is placed in; what the tests of a class have in common is asked once."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._by_class: dict[tuple[str, str, str], Rules] = {}
        self._markers: dict[Pairs, frozenset[str]] = {}
        self.used: set[str] = set()

    def __bool__(self) -> bool:
        """Whether there is any pattern."""
        return bool(self._rules)

    def of_suite(self, suite: Suite) -> str:
        """Return the layer of what a suite says of itself, empty where no pattern fits it."""
        path = " / ".join(suite.path)
        markers = self._told(suite.properties)
        for layer, pattern in self._of_class(suite.file, "", path):
            if not (pattern.name or pattern.test) and pattern.fits_properties(suite.properties, markers):
                self.used.add(layer)
                return layer
        return ""

    def spread(
        self, suite: Suite, file: str, classname: str, cases: list[Case], otherwise: str
    ) -> Iterable[tuple[str, list[Case]]]:
        """Yield the cases of one class by their layer; elements of one name stay together."""
        rules = self._of_class(file, classname, " / ".join(suite.path))
        if not rules:
            return ((otherwise, cases),)
        if not rules[0][1].of_case:
            self.used.add(rules[0][0])
            return ((rules[0][0], cases),)
        ranks: dict[str, int] = {}
        for case in cases:
            rank = self._rank(rules, case, suite)
            ranks[case.name] = min(ranks.get(case.name, rank), rank)
        found: dict[str, list[Case]] = {}
        for case in cases:
            rank = ranks[case.name]
            layer = rules[rank][0] if rank < len(rules) else otherwise
            self.used |= {layer} if rank < len(rules) else set()
            found.setdefault(layer, []).append(case)
        return found.items()

    def _rank(self, rules: Rules, case: Case, suite: Suite) -> int:
        """Return the place of the first rule that fits a case; behind the last where none does."""
        properties = (*case.properties, *suite.properties)
        markers = self._told(case.properties) | self._told(suite.properties)
        for rank, (_, pattern) in enumerate(rules):
            if pattern.name and not fits_name(pattern.name, case.name):
                continue
            if pattern.fits_properties(properties, markers):
                return rank
        return len(rules)

    def _of_class(self, file: str, classname: str, suite: str) -> Rules:
        """Return the rules that may fit a test of a class, up to the first that asks for nothing more."""
        key = (file, classname, suite)
        known = self._by_class.get(key)
        if known is None:
            found: list[tuple[str, Pattern]] = []
            for rule in self._rules:
                if rule[1].fits_class(file, classname, suite):
                    found.append(rule)
                    if not rule[1].of_case:
                        break
            known = self._by_class[key] = tuple(found)
        return known

    def _told(self, properties: Pairs) -> frozenset[str]:
        known = self._markers.get(properties)
        if known is None:
            known = self._markers[properties] = markers_of(properties)
        return known
