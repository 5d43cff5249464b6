"""Clover XML: Clover and OpenClover, PHPUnit, Istanbul (Jest, Vitest, c8), gcovr, ReportGenerator.

`coverage/project//file/line` with `type` stmt, cond or method; `testproject` holds the tests and is left out.
A line is a distinct number of a file over all types. What a cond line means depends on its writer:

- Clover counts how often the condition was true and false: two branches, a line that was evaluated ran;
- Istanbul and ReportGenerator write how many arms were taken and not taken: `falsecount` is no execution.

Which it is shows in the `metrics` of the files, whose `conditionals` fit one of the two; where they tell
nothing, `clover="3.2.0"` is Istanbul.
"""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.model.coverage import CoverageFacts
from reportgen.model.figures import plural
from reportgen.model.limits import Limits
from reportgen.readers.base import Parts
from reportgen.readers.content import Content
from reportgen.readers.coverage_notes import (
    note_impossible_counts,
    note_nameless,
    note_nothing,
    note_odd_counts,
    note_totals,
    with_short_names,
)
from reportgen.readers.coverage_parts import FileTally, LineSets, first_of, hits, root_name, whole
from reportgen.readers.junit_values import cut_name
from reportgen.readers.moments import epoch
from reportgen.readers.oddities import Oddities
from reportgen.readers.xml import Element, local, walk

_ISTANBUL = "3.2.0"


def sniff(content: Content) -> bool:
    """Tell the report by its root and what stands first in it: Cobertura has the same root."""
    if root_name(content) != "coverage":
        return False
    first = first_of(content, "project", "testproject", "sources", "packages")
    root = content.xml_root
    return first in {"project", "testproject"} or (
        not first and root is not None and "clover" in root.attributes
    )


def read(content: Content, limits: Limits) -> Parts:
    """Read all files of the projects, one at a time."""
    report = _Report(limits)
    package = ""
    in_tests = False
    for event, element in walk(content, limits, "coverage", "project", "testproject", "package", "file"):
        match local(element), event:
            case "coverage", "start" if element.getparent() is None:
                report.root = dict(element.attrib)
            case "testproject", _:
                in_tests = event == "start"
            case "package", _:
                name = element.get("name") or "" if event == "start" else ""
                package = cut_name(name, limits.name_chars)
            case "file", "end" if not in_tests:
                report.add(element, package)
            case "project", "end":
                report.totals(element)
    return report.parts()


class _File:
    """A file as read: `branches` and `maybe` as Clover means them, `arms` as Istanbul does."""

    __slots__ = ("arms", "maybe", "tally")

    def __init__(self) -> None:
        self.tally = FileTally()
        self.maybe = 0
        self.arms: dict[int, tuple[int, int]] = {}


class _Report:
    """The files read so far, by path; `_votes` is for arms where above 0, for Clover's own meaning below."""

    def __init__(self, limits: Limits) -> None:
        self.root: Mapping[str, str] = {}
        self._oddities = Oddities(limits)
        self._limits = limits
        self._sets = LineSets(limits)
        self._files: dict[str, _File] = {}
        self._stated: dict[str, int] = {}
        self._statements = 0
        self._odd_hits = 0
        self._impossible = 0
        self._nameless: list[int] = []
        self._votes = 0

    def add(self, element: Element, package: str) -> None:
        """Take a file."""
        path = _path(element, package)
        file = self._files.setdefault(path, _File())
        lines: list[int] = []
        hit: list[int] = []
        maybe: list[int] = []
        clover: dict[int, tuple[int, int]] = {}
        arms: dict[int, tuple[int, int]] = {}
        statements: set[int] = set()
        for line in element.iter("{*}line"):
            try:
                number = int(line.get("num") or "")
            except ValueError:
                self._sets.left_out += 1
                continue
            lines.append(number)
            kind = line.get("type")
            count = line.get("count")
            if count is not None or kind != "cond":
                covered, odd = hits(count or "")
                self._odd_hits += odd
                if covered:
                    hit.append(number)
            if kind == "stmt":
                statements.add(number)
            elif kind == "cond" and self._sets.fits(number):
                true, false = (
                    self._count(line.get("truecount", "0")),
                    self._count(line.get("falsecount", "0")),
                )
                _add(clover, number, (true > 0) + (false > 0), 2)
                _add(arms, number, true, true + false)
                (hit if true else maybe if false else []).append(number)
        self._statements += len(statements)
        if lines and not path:
            self._nameless.append(len(lines))
        tally = file.tally
        tally.executable |= self._sets.bits(lines)
        tally.covered |= self._sets.bits(hit, again=True)
        file.maybe |= self._sets.bits(maybe, again=True)
        tally.branches.update(clover)
        file.arms.update(arms)
        self._file_metrics(element, tally, clover, arms)

    def _count(self, text: str) -> int:
        """Read how often a condition was true or false; what is no count is nothing, and counted itself."""
        value = whole(text)
        self._impossible += value is None
        return value or 0

    def _file_metrics(
        self,
        element: Element,
        tally: FileTally,
        clover: dict[int, tuple[int, int]],
        arms: dict[int, tuple[int, int]],
    ) -> None:
        """Take the file's complexity, and its vote on what a condition's counts mean."""
        for part in element:
            if local(part) == "metrics":
                complexity = whole(part.get("complexity"))
                if complexity:
                    tally.complexity = (tally.complexity or 0) + complexity
                stated = whole(part.get("coveredconditionals")), whole(part.get("conditionals"))
                self._votes += (stated == _sum(arms)) - (stated == _sum(clover))

    def totals(self, project: Element) -> None:
        """Take the totals that a project states."""
        for part in project:
            if local(part) == "metrics":
                for name in ("files", "statements", "coveredstatements"):
                    value = whole(part.get(name))
                    if value is not None:
                        self._stated[name] = self._stated.get(name, 0) + value

    def parts(self) -> Parts:
        """Make the facts, with what is odd."""
        arms = self._votes > 0 or (not self._votes and self.root.get("clover") == _ISTANBUL)
        for file in self._files.values():
            if arms:
                file.tally.branches = file.arms
            else:
                file.tally.covered |= file.maybe
        files = tuple(file.tally.facts(path) for path, file in self._files.items())
        coverage = CoverageFacts(files=files, time=epoch(self.root.get("generated", "")))
        oddities = self._oddities
        note_nothing(files, oddities, _claim(self._stated))
        note_nameless("file", self._nameless, files, oddities)
        self._sets.note(oddities)
        note_odd_counts(self._odd_hits, oddities)
        note_impossible_counts(self._impossible, oddities)
        self._note_totals(coverage)
        short = with_short_names(coverage, self._limits, oddities)
        return Parts(producer=self._producer(), coverage=short, warnings=oddities.problems)

    def _note_totals(self, coverage: CoverageFacts) -> None:
        """Compare the projects' statements and files with those listed; missing files are a doubt."""
        total = coverage.line_counts().total or 0
        found = []
        statements = self._stated.get("statements")
        if statements is not None and statements not in {self._statements, total}:
            found.append(
                f"statements {statements:,}, counted {self._statements:,} in {plural(total, 'line')}"
            )
        files = self._stated.get("files", 0)
        if files > len(coverage.files):
            found.append(f"files {files:,}, counted {len(coverage.files):,}")
        doubt = files > len(coverage.files) or (bool(statements) and not total)
        note_totals(found, self._oddities, doubt=doubt)

    def _producer(self) -> str:
        version = self.root.get("clover", "").strip()
        if version == _ISTANBUL:
            return "Istanbul"
        if not version:
            return "PHPUnit" if self._files else ""
        return f"Clover {version[:40]}" if "." in version else ""


def _path(element: Element, package: str) -> str:
    """Return the file's path: PHPUnit and old Clovers write it as the name; a bare name needs its package."""
    name = element.get("name") or ""
    path = element.get("path") or name
    if path == name and package and not element.get("path") and "/" not in name and "\\" not in name:
        return f"{package.replace('.', '/')}/{name}"
    return path


def _add(counts: dict[int, tuple[int, int]], line: int, covered: int, total: int) -> None:
    """Add the branches of one more condition of a line."""
    known = counts.get(line, (0, 0))
    counts[line] = (known[0] + covered, known[1] + total)


def _sum(counts: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """Sum (covered, total) over lines."""
    return sum(covered for covered, _ in counts.values()), sum(total for _, total in counts.values())


def _claim(stated: Mapping[str, int]) -> str:
    """Say what the metrics state, for a report that lists nothing."""
    return f"statements {stated['statements']:,}" if stated.get("statements") else ""
