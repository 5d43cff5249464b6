"""Where a criterion is not met: the files that the metrics of its checks were counted in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct

from reportgen.model.audit import Audit, CriterionScore
from reportgen.model.criteria import CheckScore
from reportgen.model.evidence import JoinedCase, JoinedFinding
from reportgen.model.figures import plural
from reportgen.model.globs import fits
from reportgen.model.metrics import split_name
from reportgen.model.states import Outcome, State
from reportgen.model.suite_paths import met, place_of
from reportgen.render.views.remedies import names_in
from reportgen.render.views.suite_files import failed

_OPEN = frozenset({"open", "total", "distinct", "minutes"})
_OF_RUNS = frozenset({"tests.layers_without_run", "tests.files_without_run", "tests.layers_incomplete"})
_BAD_TESTS = frozenset({"failed", "errored", "passed", "percent"})


class Violation(Struct, frozen=True):
    """A file in violation: what counts against it, in words, and the findings or tests that do."""

    path: str
    what: str
    count: int
    findings: tuple[JoinedFinding, ...]


_Counted = tuple[dict[str, JoinedFinding], dict[str, tuple[JoinedCase, str]]]


class Violations:
    """Finds them; the findings and tests of a report are indexed once."""

    def __init__(self, audit: Audit) -> None:
        self._by_rule: dict[str, list[JoinedFinding]] = defaultdict(list)
        self._by_severity: dict[str, list[JoinedFinding]] = defaultdict(list)
        self._open: list[JoinedFinding] = []
        for each in audit.findings.items if audit.findings else ():
            if each.state == "open":
                self._open.append(each)
                self._by_rule[each.rule].append(each)
                self._by_severity[each.severity.value].append(each)
        paths = {each.path for each in self._open if each.path}
        self._odd: dict[str, JoinedCase] = {}
        self._of_layer: dict[str, list[str]] = defaultdict(list)
        for case in audit.tests.cases if audit.tests else ():
            if case.flaky or failed(case) or case.outcome is Outcome.SKIPPED:
                self._odd[case.id] = case
                self._of_layer[case.layer].append(case.id)
        self._meant = _meant(audit, self._open)
        spoken = (*self._odd.values(), *self._meant.values())
        self._paths = met({place_of(case) for case in spoken}, sorted(paths))
        self._places: dict[str, str] = {}
        self._known: dict[str, _Counted] = {}
        self._subjects = {one.name: one for one in audit.subjects}

        self._idle: tuple[Violation, ...] = ()
        if audit.tests is not None:
            layers = {f"layer {name}": one for name, one in audit.tests.by_layer.items()}
            partial = [name for name, one in layers.items() if one.ran and not one.complete]
            self._idle = (
                *(Violation(name, "no test ran", 1, ()) for name in _files(audit.tests.without_run)),
                *(Violation(name, "incomplete", 1, ()) for name in partial),
            )

    def of(self, criterion: CriterionScore) -> tuple[Violation, ...]:
        """Return the files in violation of a criterion, the most violations first."""
        findings: dict[str, JoinedFinding] = {}
        cases: dict[str, tuple[JoinedCase, str]] = {}
        for name in dict.fromkeys(self._names(criterion)):
            known = self._known.get(name)
            if known is None:
                told = {each.id: each for each in self._findings(name) if each.path}
                known = self._known[name] = told, self._tests(name) | self._tests_meant(name)
            findings |= known[0]
            cases |= known[1]
        files = sorted(
            self._by_file(findings.values(), cases.values()), key=lambda one: (-one.count, one.path)
        )
        idle = _OF_RUNS.isdisjoint(self._names(criterion))
        return tuple(files) if idle else (*self._idle, *files)

    def findings_of(self, check: CheckScore) -> tuple[JoinedFinding, ...]:
        """Return the findings that a check counts."""
        found = (each for name in names_in(check.condition) for each in self._findings(name))
        return tuple({each.id: each for each in found}.values())

    def _tests_meant(self, name: str) -> dict[str, tuple[JoinedCase, str]]:
        """Return the tests that findings without a path speak of, such as those of RG001."""
        return {
            f"{each.rule} {each.symbol}": (self._meant[each.symbol], f"in breach of {each.rule}")
            for each in self._findings(name)
            if not each.path and each.symbol in self._meant
        }

    def _names(self, criterion: CriterionScore) -> Iterator[str]:
        for check in criterion.checks:
            if check.state in {State.FAIL, State.WARN, State.UNKNOWN}:
                yield from names_in(check.condition)
        if criterion.checks or criterion.expression:
            return
        if criterion.name == "tests":
            yield from ("tests.failed", "tests.flaky")
        elif criterion.name == "findings":
            yield from ("findings.critical", "findings.high")

    def _findings(self, name: str) -> Iterable[JoinedFinding]:
        head, key, rest = split_name(name)
        if head == "findings.rules":
            return self._by_rule.get(key, ())
        group, _, word = (rest or name).rpartition(".")
        if not group.endswith("findings"):
            return ()
        found = self._open if word in _OPEN else self._by_severity.get(word, [])
        if head == "paths":
            return [each for each in found if each.path and fits(key, each.path)]
        if head == "subjects":
            files = frozenset(self._subjects[key].files if key in self._subjects else ())
            return [each for each in found if each.path in files]
        return found if not head else ()

    def _tests(self, name: str) -> dict[str, tuple[JoinedCase, str]]:
        """Return the tests that a metric counts against the policy, each with what it did."""
        head, key, rest = split_name(name)
        group, _, word = (rest or name).rpartition(".")
        if not group.endswith("tests"):
            return {}
        told = ((self._odd[id_], _told(self._odd[id_], word)) for id_ in self._ids(head, key))
        return {case.id: (case, words) for case, words in told if words}

    def _ids(self, head: str, key: str) -> Iterable[str]:
        """Return the tests of a part of the evidence that did anything but pass."""
        match head:
            case "":
                return self._odd
            case "layers":
                return self._of_layer.get(key, ())
            case "subjects" if key in self._subjects:
                return [id_ for id_ in self._subjects[key].cases if id_ in self._odd]
            case "paths":
                return [id_ for id_, case in self._odd.items() if fits(key, place_of(case))]
            case _:
                return ()

    def _by_file(
        self, findings: Iterable[JoinedFinding], cases: Iterable[tuple[JoinedCase, str]]
    ) -> Iterator[Violation]:
        rules: dict[str, list[JoinedFinding]] = defaultdict(list)
        words: dict[str, Counter[str]] = defaultdict(Counter)
        for each in findings:
            rules[each.path].append(each)
        for case, told in cases:
            words[self._path(case)][told] += 1
        for path in sorted({*rules, *words}):
            held = rules.get(path, [])
            counts = Counter(each.rule or "no rule" for each in held)
            ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
            parts = [f"{count:,} × {rule}" for rule, count in ordered]
            parts += [f"{plural(count, 'test')} {word}" for word, count in sorted(words[path].items())]
            yield Violation(path, ", ".join(parts), len(held) + sum(words[path].values()), tuple(held))

    def _path(self, case: JoinedCase) -> str:
        known = self._places.get(case.id)
        if known is None:
            place = place_of(case)
            known = self._places[case.id] = self._paths.get(place, place)
        return known


def _meant(audit: Audit, found: Iterable[JoinedFinding]) -> dict[str, JoinedCase]:
    ids = {each.symbol for each in found if not each.path and each.symbol}
    return {case.id: case for case in audit.tests.cases if case.id in ids} if ids and audit.tests else {}


def _files(without_run: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out the layers where files are named too."""
    return tuple(name for name in without_run if not name.startswith("layer ")) or without_run


def _told(case: JoinedCase, word: str) -> str:
    if word in _BAD_TESTS and failed(case):
        return "failed" if case.outcome is Outcome.FAILED else "errored"
    if word == "flaky" and case.flaky:
        return "flaky"
    return "skipped" if word == "skipped" and case.outcome is Outcome.SKIPPED else ""
