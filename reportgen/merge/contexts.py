"""Coverage contexts: which of them are tests, and which joined test each one is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from reportgen.merge.ledger import Ledger
from reportgen.merge.parts import Part
from reportgen.model.evidence import JoinedCase

_PHASES = ("run", "setup", "teardown")  # pytest-cov writes `nodeid|phase`
_PYTHON = re.compile(r"\.py$")
_FUNCTION = re.compile(r"[\w.]*\b(?:test\w*|runTest)$")  # what `dynamic_context = test_function` writes

_SUBTEST = re.compile(r"([\w.]*\btest\w*) [(\[].*", re.DOTALL)  # `test_a (n=3)`, `test_a [first] (n=3)`


def dotted(words: str) -> str:
    """Write a pytest node id as path, class and name with dots; other words stay as they are.

    The parameters are left alone, as pytest does for its JUnit files.
    """
    base, bracket, parameters = words.partition("[")
    if "::" not in base:
        return words
    path, *names = base.split("::")
    return (
        ".".join((_PYTHON.sub("", path.replace("\\", "/").replace("/", ".")), *names)) + bracket + parameters
    )


def _suffixes(name: str) -> Iterator[str]:
    """Yield the proper suffixes of a dotted name, segment by segment; parameters are not cut."""
    end = name.find("[")
    stop = len(name) if end < 0 else end
    start = name.find(".", 0, stop) + 1
    while start:
        yield name[start:]
        start = name.find(".", start, stop) + 1


class _Tests:
    """The joined tests by dotted name, and by each suffix that a context asked for."""

    def __init__(self, cases: Iterable[JoinedCase], asked: set[str]) -> None:
        self.by_name: dict[str, list[JoinedCase]] = {}
        for case in cases:
            name = f"{case.classname}.{case.name}" if case.classname else case.name
            self.by_name.setdefault(name, []).append(case)
        self._add_subtests()
        self._by_suffix: dict[str, list[JoinedCase]] = {}
        missing = asked - self.by_name.keys() - {""}
        if missing:
            for name, found in self.by_name.items():
                for suffix in _suffixes(name):
                    if suffix in missing:
                        self._by_suffix.setdefault(suffix, []).extend(found)

    def _add_subtests(self) -> None:
        """Let a method stand for the first of its failed subtests: unittest runs them in one context."""
        methods: dict[str, list[JoinedCase]] = {}
        for name, found in self.by_name.items():
            told = _SUBTEST.fullmatch(name)
            if told and told[1] not in self.by_name:
                methods.setdefault(told[1], []).extend(found)
        self.by_name |= {name: [min(found, key=lambda case: case.id)] for name, found in methods.items()}

    def of(self, name: str, part: Part) -> list[JoinedCase]:
        """Return the tests that a dotted name fits; those of the artifact's own layer where several do."""
        found = self.by_name.get(name)
        if found is None:
            shorter = (case for suffix in _suffixes(name) for case in self.by_name.get(suffix, ()))
            found = [*self._by_suffix.get(name, ()), *shorter]
        if len(found) > 1:
            found = [case for case in found if case.layer == part.layer] or found
        if len(found) > 1:
            environment = part.facts.source.environment
            found = [case for case in found if case.environment == environment] or found
            if not environment and _is_one_test(found):
                return [min(found, key=lambda case: case.id)]
        return found


def _is_one_test(cases: Sequence[JoinedCase]) -> bool:
    """Tell whether these are one test that came out the same in each of several environments."""
    return len({(case.layer, case.suite, case.classname, case.name, case.outcome) for case in cases}) == 1


def _words(context: str) -> str:
    """Take the phase off a context's name."""
    words, bar, phase = context.rpartition("|")
    return words if bar and phase in _PHASES else context


def of_run(context: str) -> bool:
    """Whether a context is of a test's own run: not of what was set up before it, or torn down after it."""
    _, bar, phase = context.rpartition("|")
    return not bar or phase not in _PHASES or phase == "run"


def _forms(words: str) -> tuple[str, ...]:
    """Return what a context may stand for: itself, or what follows a static context (`linux|a.py::test`)."""
    _, bar, rest = words.partition("|")
    return (words, rest) if bar and rest else (words,)


def _is_test(context: str, words: str) -> bool:
    """Whether a context that no test result is known for names a test, and is no label of a whole run."""
    return context != words or "::" in words or _FUNCTION.fullmatch(words) is not None


def label_contexts(
    parts: Sequence[Part], cases: Iterable[JoinedCase], ledger: Ledger
) -> dict[int, tuple[str, ...]]:
    """Name the contexts of each part, by its number: the id of the joined test, else the context's own words.

    A context that is no test (the empty one, a label for a whole run) is named by nothing. A part none of
    whose contexts is a test is left out: which of its lines tests reached is not known.
    """
    recorded = [part for part in parts if part.facts.coverage and any(part.facts.coverage.contexts)]
    if not recorded:
        return {}
    asked = {
        dotted(form)
        for part in recorded
        for context in (part.facts.coverage.contexts if part.facts.coverage else ())
        for form in _forms(_words(context))
    }
    tests = _Tests(cases, asked)
    labels = {part.number: _labels(part, tests, ledger) for part in recorded}
    return {number: found for number, found in labels.items() if any(found)}


def _labels(part: Part, tests: _Tests, ledger: Ledger) -> tuple[str, ...]:
    known: dict[str, str] = {}
    labels: list[str] = []
    for context in part.facts.coverage.contexts if part.facts.coverage else ():
        words = _words(context)
        label = known.get(words)
        if label is None:
            label = known[words] = _label(words, part, tests, ledger) if words else ""
        labels.append(label or (words if _is_test(context, words) else ""))
    return tuple(labels)


def _label(words: str, part: Part, tests: _Tests, ledger: Ledger) -> str:
    for form in _forms(words):
        found = tests.of(dotted(form), part)
        if len(found) == 1:
            return found[0].id
        if found:
            ledger.add(
                "context",
                words,
                kept="the context's own words",
                overridden=f"it fits {len(found):,} tests",
                evidence=part.evidence,
                alike=("the context's own words", "they fit several tests"),
            )
            return ""
    return ""
