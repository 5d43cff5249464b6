"""The test files that a report speaks of: those that results name, and those that a scan found more in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.evidence import JoinedCase, JoinedFinding
from reportgen.model.figures import plural
from reportgen.model.states import Outcome, State
from reportgen.model.suite_paths import holds_tests, met, place_of

_FAILING = frozenset({Outcome.FAILED, Outcome.ERRORED, Outcome.UNKNOWN})


class SuiteFile(Struct, frozen=True):
    """A test file: its tests in the results, and the open findings in it.

    `path` is the fullest that the evidence has, or the class path where no file is known. `cases` is empty
    where a tool looked at the file, and no result names it.
    """

    path: str
    cases: tuple[JoinedCase, ...]
    findings: tuple[JoinedFinding, ...]

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers that its tests count for."""
        return tuple(sorted({case.layer for case in self.cases}))

    @property
    def outcomes(self) -> Mapping[Outcome, int]:
        """Count its tests by outcome."""
        return Counter(case.outcome for case in self.cases)

    @property
    def failing(self) -> tuple[JoinedCase, ...]:
        """Those of its tests that failed or errored."""
        return tuple(case for case in self.cases if case.outcome in _FAILING)

    @property
    def state(self) -> State:
        """Fail where a test did, unknown where none ran, warn where one is flaky, waived where one is."""
        counts = self.outcomes
        if any(counts[each] for each in _FAILING):
            return State.FAIL
        if not counts[Outcome.PASSED] and not counts[Outcome.WAIVED]:
            return State.UNKNOWN
        if any(case.flaky for case in self.cases):
            return State.WARN
        return State.WAIVED if counts[Outcome.WAIVED] else State.PASS


def suite_files(audit: Audit) -> tuple[SuiteFile, ...]:
    """Put tests and open findings together by file, sorted by path.

    A result and a finding are of one file if one path is a whole-segment ending of the other, and of no
    second one.
    """
    cases: dict[str, list[JoinedCase]] = defaultdict(list)
    for case in audit.tests.cases if audit.tests else ():
        cases[place_of(case)].append(case)
    found: dict[str, list[JoinedFinding]] = defaultdict(list)
    for each in audit.findings.items if audit.findings else ():
        if each.state == "open" and each.path:
            found[each.path].append(each)
    known = met(cases, found)
    files = [
        SuiteFile(known.get(place, place), tuple(members), tuple(found.get(known.get(place, place), ())))
        for place, members in cases.items()
    ]
    there = {file.path for file in files}
    files += [
        SuiteFile(path, (), tuple(members))
        for path, members in found.items()
        if path not in there and holds_tests(path)
    ]
    return tuple(sorted(files, key=lambda file: file.path))


def files_text(audit: Audit) -> str:
    """Count the test files, and say who names them: `5 test files (2 in the test results, 5 in findings)`."""
    files = suite_files(audit)
    if not files:
        return "none could be counted"
    ran = sum(bool(file.cases) for file in files)
    scanned = sum(bool(file.findings) for file in files)
    told = f"{ran:,} in the test results" if ran else "none in the test results"
    if audit.findings is not None:
        told += f", {scanned:,} with open findings" if scanned else ", none with an open finding"
    return f"{plural(len(files), 'test file')} ({told})"


def failed(case: JoinedCase) -> bool:
    """Tell whether a test failed or errored; one whose outcome nobody wrote counts as errored."""
    return case.outcome in _FAILING


def by_rule(findings: Iterable[JoinedFinding]) -> Iterator[tuple[str, int]]:
    """Count findings by rule, the most first."""
    counts = Counter(each.rule or "no rule" for each in findings)
    return iter(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
