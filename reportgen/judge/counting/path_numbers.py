"""The metrics of what a glob fits: tests by their own place, coverage and findings by the file's path."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property

from reportgen.judge.counting.case_index import CaseIndex
from reportgen.judge.counting.texts import Texts
from reportgen.judge.protecting.subject_numbers import Named, finding_numbers, measure_numbers, test_numbers
from reportgen.judge.protecting.subjects import looked_at
from reportgen.model.audit_coverage import Measure, measure
from reportgen.model.coverage import Ratio
from reportgen.model.evidence import Evidence, JoinedCase, JoinedFile, JoinedFinding, count_cases
from reportgen.model.metrics import keyed_name


class Paths:
    """Answers `paths["GLOB"]…`; each glob is held to the evidence once, when it is first asked for."""

    def __init__(self, evidence: Evidence, findings: Iterable[JoinedFinding], index: CaseIndex) -> None:
        self.index = index
        self._evidence = evidence
        self._open = tuple(finding for finding in findings if finding.state == "open")
        self._numbers: dict[str, Named] = {}
        self._globs_of_case: dict[str, list[str]] = defaultdict(list)
        self._globs_of_path: dict[str, list[str]] = defaultdict(list)

    def numbers(self, glob: str) -> Named:
        """Return the metrics of one glob."""
        known = self._numbers.get(glob)
        if known is None:
            known = self._numbers[glob] = self._count(glob)
        return known

    def cases(self, glob: str) -> list[JoinedCase]:
        """Return the tests whose place a glob fits."""
        return [self.index.cases[place] for place in sorted(self.index.at_path(glob))]

    def files(self, glob: str) -> list[JoinedFile]:
        """Return the covered files that a glob fits."""
        return [self.file_of[path] for path in self._file_paths.fit(glob)]

    def findings(self, glob: str) -> list[JoinedFinding]:
        """Return the open findings in files that a glob fits."""
        return [each for path in self._finding_paths.fit(glob) for each in self._by_path[path]]

    def globs_of_case(self, case: str) -> Iterable[str]:
        """Return the globs, of those asked for so far, that the place of a test fits."""
        return self._globs_of_case.get(case, ())

    def globs_of_path(self, path: str) -> Iterable[str]:
        """Return the globs, of those asked for so far, that the path of an open finding fits."""
        return self._globs_of_path.get(path, ())

    @cached_property
    def file_of(self) -> dict[str, JoinedFile]:
        """The covered files by path."""
        coverage = self._evidence.coverage
        return {} if coverage is None else {file.path: file for file in coverage.files}

    @cached_property
    def finding_of(self) -> dict[str, JoinedFinding]:
        """The open findings by id."""
        return {finding.id: finding for finding in self._open}

    @cached_property
    def _by_path(self) -> dict[str, list[JoinedFinding]]:
        found: dict[str, list[JoinedFinding]] = defaultdict(list)
        for finding in self._open:
            if finding.path:
                found[finding.path].append(finding)
        return found

    @cached_property
    def _file_paths(self) -> Texts:
        return Texts(self.file_of)

    @cached_property
    def _finding_paths(self) -> Texts:
        return Texts(self._by_path)

    @cached_property
    def _looked_at(self) -> Texts:
        return Texts(looked_at(self._evidence))

    def _count(self, glob: str) -> Named:
        lead = keyed_name("paths", glob)
        cases, findings = self.cases(glob), self.findings(glob)
        for case in cases:
            self._globs_of_case[case.id].append(glob)
        for path in {finding.path for finding in findings}:
            self._globs_of_path[path].append(glob)
        counts = count_cases(cases) if self._evidence.has_tests else None
        named: Named = dict(test_numbers(lead, counts, cases))
        named.update(measure_numbers(lead, self._lines(glob)))
        named.update(finding_numbers(lead, self._severities(glob, findings)))
        return named

    def _lines(self, glob: str) -> Measure | None:
        """Add up the lines of the files that a glob fits; None where it fits none."""
        ratios = [file.lines for file in self.files(glob)]
        if not ratios:
            return None
        totals = [ratio.total for ratio in ratios]
        whole = None if None in totals else sum(total or 0 for total in totals)
        return measure(Ratio(sum(ratio.covered for ratio in ratios), whole))

    def _severities(self, glob: str, findings: list[JoinedFinding]) -> dict[str, int] | None:
        """Count open findings; None where nothing was scanned, or no such file that is known of."""
        if findings:
            return dict(Counter(each.severity.value for each in findings))
        return {} if self._looked_at.fit(glob) else None
