"""The table of audit metrics: what was audited in each category, what of it is good, and what is not."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from reportgen.judge.cited import cited
from reportgen.judge.counting.case_index import CaseIndex
from reportgen.model.audit_tests import AuditTests
from reportgen.model.categories import OTHER, Categories, Category
from reportgen.model.evidence import JoinedFinding
from reportgen.model.states import Outcome, Severity
from reportgen.model.suite_paths import holds_tests, met, place_of

_MAGIC = re.compile(r"[*?\[]")
_SEVERE = frozenset({Severity.CRITICAL, Severity.HIGH})


def categories_of(
    tests: AuditTests | None, findings: Iterable[JoinedFinding], index: CaseIndex, *, scanned: bool
) -> Categories | None:
    """Count tests by layer, and open findings by the layer of the test file that they stand in.

    A file whose tests are of several layers counts for the layer of most of them; a test file that no
    result names, for that of the test files beside it, if they are all of one. None where there is neither a
    test nor a scan.
    """
    if tests is None and not scanned:
        return None
    opened = [each for each in findings if each.state == "open"]
    layers, flawed = _placed(opened, index)
    issues: dict[str, list[JoinedFinding]] = defaultdict(list)
    for each in opened:
        case = None if each.path else index.by_id.get(each.symbol)  # a rule of ours speaks of a test
        issues[case.layer if case else layers.get(each.path, OTHER)].append(each)
    good = Counter(
        case.layer
        for place, case in enumerate(index.cases)
        if case.outcome is Outcome.PASSED and not case.flaky and place not in flawed
    )
    by_layer = {} if tests is None else tests.by_layer
    rows = [
        _row(name, by_layer[name].total, good[name], issues[name], by_layer[name].evidence, scanned=scanned)
        for name in by_layer
    ]
    if issues[OTHER] and OTHER not in by_layer:
        rows.append(_row(OTHER, 0, 0, issues[OTHER], (), scanned=scanned))
    return Categories(rows=tuple(rows), total=_total(rows, scanned=scanned))


def _placed(opened: Sequence[JoinedFinding], index: CaseIndex) -> tuple[dict[str, str], set[int]]:
    """Return path -> layer of the test files with open findings, and the tests in files with severe ones."""
    severe = {each.path for each in opened if each.severity in _SEVERE}
    paths = sorted({each.path for each in opened if each.path})
    layers: dict[str, str] = {}
    flawed: set[int] = set()
    for path, places in _tests_in(paths, index):
        counts = Counter(index.cases[place].layer for place in places)
        layers[path] = min(counts, key=lambda name: (-counts[name], name))
        if path in severe:
            flawed |= places
    beside: dict[str, set[str]] = defaultdict(set)
    for path, layer in layers.items():
        beside[path.rpartition("/")[0]].add(layer)
    for path in paths:
        found = beside.get(path.rpartition("/")[0], set())
        if path not in layers and len(found) == 1 and holds_tests(path):
            layers[path] = next(iter(found))
    return layers, flawed


def _tests_in(paths: Sequence[str], index: CaseIndex) -> Iterator[tuple[str, set[int]]]:
    """Yield each path with the tests in it; a result may name a file by the end of its path only."""
    left: list[str] = []
    for path in paths:
        places = index.at_path(_MAGIC.sub(r"[\g<0>]", path))
        if places:
            yield path, places
        else:
            left.append(path)
    named: dict[str, set[int]] = defaultdict(set)
    for (file, classname), held in index.by_class.items() if left else ():
        if file or classname:  # which is all that the place is told by
            named[place_of(index.cases[held[0]])].update(held)
        else:
            for place in held:
                named[place_of(index.cases[place])].add(place)
    for name, path in met(named, left).items():
        yield path, named[name]


def _row(
    name: str,
    audited: int,
    good: int,
    found: Sequence[JoinedFinding],
    tests: tuple[str, ...],
    *,
    scanned: bool,
) -> Category:
    return Category(
        name=name,
        audited=audited,
        high_quality=good if scanned else None,
        issues=len(found) if scanned else None,
        critical=sum(each.severity in _SEVERE for each in found) if scanned else None,
        evidence=cited(tests, *(each.evidence for each in found)),
    )


def _total(rows: Sequence[Category], *, scanned: bool) -> Category:
    return Category(
        name="total",
        audited=sum(row.audited for row in rows),
        high_quality=sum(row.high_quality or 0 for row in rows) if scanned else None,
        issues=sum(row.issues or 0 for row in rows) if scanned else None,
        critical=sum(row.critical or 0 for row in rows) if scanned else None,
        evidence=cited(*(row.evidence for row in rows)),
    )
