"""What a report may count of files: tests and open findings by file, class, folder, layer and rule.

Added up are the tests of each file, class and folder by outcome, layer and cause; the open findings of each
file and folder by rule and severity; the files of each rule and folder; and the names of the tests.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from reportgen.model.audit import Audit
from reportgen.model.evidence import JoinedCase, JoinedFinding
from reportgen.model.markers import markers_of
from reportgen.model.profile import Profile
from reportgen.model.states import Severity
from reportgen.model.suite_paths import place_of
from reportgen.render.views.area_states import area_state
from reportgen.render.views.suite_files import suite_files

_LISTED = (0, 1, 3, 6)
"""What lists of places and of names leave out beyond."""


def file_numbers(audit: Audit, profile: Profile) -> set[str]:
    """Count everything, and what is left of a list that is cut."""
    counts = {*_cases(audit), *_files(audit), *_words(audit), *_areas(audit, profile)}
    cut = {count - less for count in _findings(audit) for less in _LISTED if count >= less}
    return {str(count) for count in counts | cut}


def _pairs(rows: Iterable[tuple[object, ...]]) -> Iterator[int]:
    """Count the rows by each of their columns, by each two of them, and what each holds of another."""
    single: Counter[object] = Counter()
    held: dict[object, set[object]] = defaultdict(set)
    total = 0
    for row in rows:
        total += 1
        cells = list(enumerate(row))
        single.update(cells)
        for one, other in combinations(cells, 2):
            single[one, other] += 1
            held[one, other[0]].add(other[1])
            held[other, one[0]].add(one[1])
    yield total
    yield from single.values()
    yield from (len(each) for each in held.values())


def _cases(audit: Audit) -> Iterator[int]:
    tests = audit.tests
    if tests is None:
        return
    causes = {id_: cause.id for cause in tests.causes for id_ in cause.cases}
    kinds = {cause.id: cause.kind for cause in tests.causes}

    def row(case: JoinedCase) -> tuple[object, ...]:
        place = place_of(case)
        cause = causes.get(case.id, "")
        return place, case.classname, place.rpartition("/")[0], case.layer, case.outcome, case.flaky, cause

    yield from _pairs(map(row, tests.cases))
    yield from Counter(kinds.get(causes.get(case.id, ""), "") for case in tests.cases).values()
    yield tests.failed + tests.errored
    failing = [len(cause.cases) for cause in tests.causes]
    yield from (sum(some) for size in (2, 3) for some in combinations(failing[:20], size))


def _findings(audit: Audit) -> Iterator[int]:
    opened = [each for each in (audit.findings.items if audit.findings else ()) if each.state == "open"]
    severe = (Severity.CRITICAL, Severity.HIGH)

    def row(each: JoinedFinding) -> tuple[object, ...]:
        return each.path, each.rule, each.path.rpartition("/")[0], each.severity in severe, each.message

    yield from _pairs(map(row, opened))
    yield sum(each.severity in severe for each in opened)


def _files(audit: Audit) -> Iterator[int]:
    files = suite_files(audit)
    yield from _pairs(
        (file.path.rpartition("/")[0], file.layers, file.state, bool(file.cases), bool(file.findings))
        for file in files
    )
    folders: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for file in files:
        for layer in file.layers or ("",):
            folders[file.path.rpartition("/")[0], layer][0] += len(file.findings)
            folders[file.path.rpartition("/")[0], layer][1] += 1
    yield from (number for pair in folders.values() for number in pair)
    yield sum(len(file.findings) for file in files)


def _words(audit: Audit) -> Iterator[int]:
    cases = audit.tests.cases if audit.tests else ()
    yield from Counter(word for case in cases for word in markers_of(case.properties)).values()
    yield sum(case.name.lower().startswith("test") for case in cases)
    classes: dict[str, set[str]] = defaultdict(set)
    for case in cases:
        classes[case.name].add(case.classname + case.file)
    yield sum(len(each) > 1 for each in classes.values())
    lengths = Counter(
        len([part for part in case.name.partition("[")[0].split("_") if part and part != "test"])
        for case in cases
    )
    yield sum(count for length, count in lengths.items() if length <= 2)


def _areas(audit: Audit, profile: Profile) -> Iterator[int]:
    yield from Counter(area_state(each, audit, profile) for each in audit.criteria).values()
    own = [each for each in audit.criteria if each.checks or each.expression]
    yield from Counter(area_state(each, audit, profile) for each in own).values()
    yield len(own)
    yield from Counter(item.state for item in audit.checklist if item.manual).values()
