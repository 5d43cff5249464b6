"""JaCoCo XML: JaCoCo, Kover, Pester, and gcovr's rendering of it.

`report(/group)*/package/sourcefile/line` with `nr`, and missed and covered instructions (`mi`, `ci`) and
branches (`mb`, `cb`). A line is covered if some instruction of it ran, as JaCoCo's own LINE counter has it.
Where no line carries `ci` (gcovr), or there are no lines, only the counters count: they are taken of source
files, else of classes, packages, or the report: the finest that add up to the report's own.

The path of a file is its package and its name. Two groups (modules) may have the same: then the group is put
before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from reportgen.model.coverage import CoverageFacts, FileCoverage
from reportgen.model.figures import plural
from reportgen.model.limits import Limits
from reportgen.readers.base import Parts
from reportgen.readers.content import Content
from reportgen.readers.coverage_notes import (
    difference,
    note_impossible_counts,
    note_nothing,
    note_totals,
    with_short_names,
)
from reportgen.readers.coverage_parts import FileTally, LineSets, first_of, root_name, whole
from reportgen.readers.junit_values import cut_name
from reportgen.readers.oddities import Oddities
from reportgen.readers.xml import Element, local, walk

Counters = dict[str, tuple[int, int]]
"""Counter type -> (covered, total)."""

_PROLOG = 2_000  # characters, within which the document type stands
_PRODUCERS = (("GCOVR", "gcovr"), ("Pester", "Pester"), ("Intellij Coverage", "Kover"))


class _Key(NamedTuple):
    """What tells a source file or class apart: its groups, its package and its name."""

    group: str
    package: str
    name: str


def sniff(content: Content) -> bool:
    """Tell the report by its root and its document type, or by elements that only it has."""
    if root_name(content) != "report":
        return False
    typed = "jacoco" in content.text_head[:_PROLOG].lower()
    return typed or bool(first_of(content, "sessioninfo", "sourcefile", "counter"))


def read(content: Content, limits: Limits) -> Parts:
    """Read all packages, one source file or class at a time."""
    report = _Report(limits)
    stacks: dict[str, list[str]] = {"group": [], "package": []}
    key = _Key("", "", "")
    for event, element in walk(content, limits, "report", "group", "package", "class", "sourcefile"):
        kind = local(element)
        if kind in stacks:
            if event == "start":
                stacks[kind].append(element.get("name") or "")
            else:
                report.whole(kind, key, element)
                stacks[kind].pop()
            joined = cut_name("/".join(stacks[kind]), limits.name_chars)
            key = key._replace(group=joined) if kind == "group" else key._replace(package=joined)
        elif kind == "report":
            if event == "start":
                report.name = element.get("name") or ""
            elif element.getparent() is None:
                report.whole(kind, key, element)
        elif event == "end":
            report.add(kind, key._replace(name=element.get("name") or ""), element)
    return report.parts("JaCoCo" if "//JACOCO//" in content.text_head else "")


class _Report:
    """The source files read so far, and the counters of whatever has some."""

    def __init__(self, limits: Limits) -> None:
        self.name = ""
        self._oddities = Oddities(limits)
        self._limits = limits
        self._sets = LineSets(limits)
        self._files: dict[_Key, FileTally] = {}
        self._counters: dict[str, dict[_Key, Counters]] = {
            kind: {} for kind in ("sourcefile", "class", "package", "report")
        }
        self._listed = 0
        self._has_hits = False
        self._without_lines = 0
        self._impossible = 0

    def add(self, kind: str, key: _Key, element: Element) -> None:
        """Take a source file, or a class: of that only the counters, and the name of its file."""
        counters = self._counters_of(element)
        if kind == "class":
            self._without_lines += "INSTRUCTION" in counters and "LINE" not in counters
            source = element.get("sourcefilename")
            if source:
                key = key._replace(name=source)
            self._add_counters(kind, key, counters)
            return
        self._add_counters(kind, key, counters)
        tally = self._files.setdefault(key, FileTally())
        if "COMPLEXITY" in counters:
            tally.complexity = (tally.complexity or 0) + counters["COMPLEXITY"][1]
        self._lines((part for part in element if local(part) == "line"), tally)

    def whole(self, kind: str, key: _Key, element: Element) -> None:
        """Take the counters of a package or of the report."""
        if kind in self._counters:
            self._add_counters(kind, key, self._counters_of(element))

    def _add_counters(self, kind: str, key: _Key, counters: Counters) -> None:
        known = self._counters[kind].setdefault(key, {})
        for name, (covered, total) in counters.items():
            before = known.get(name, (0, 0))
            known[name] = (before[0] + covered, before[1] + total)

    def _count(self, text: str) -> int:
        """Read a count; one that is none counts as nothing, and is counted itself."""
        value = whole(text)
        self._impossible += value is None
        return value or 0

    def _counters_of(self, element: Element) -> Counters:
        """Read the counters that stand directly below an element."""
        found: Counters = {}
        for part in element:
            if local(part) == "counter":
                missed, covered = self._count(part.get("missed", "")), self._count(part.get("covered", ""))
                found[part.get("type") or ""] = (covered, missed + covered)
        return found

    def _lines(self, elements: Iterable[Element], tally: FileTally) -> None:
        lines: list[int] = []
        hit: list[int] = []
        for element in elements:
            get = element.get
            try:
                number = int(get("nr") or "")
            except ValueError:
                self._sets.left_out += 1
                continue
            lines.append(number)
            instructions = get("ci")
            if instructions is not None:
                self._has_hits = True
                if self._count(instructions):
                    hit.append(number)
            missed, covered = self._count(get("mb", "0")), self._count(get("cb", "0"))
            if (missed or covered) and self._sets.fits(number):
                known = tally.branches.get(number, (0, 0))
                tally.branches[number] = (known[0] + covered, known[1] + missed + covered)
        self._listed += len(lines)
        tally.executable |= self._sets.bits(lines)
        tally.covered |= self._sets.bits(hit, again=True)

    def parts(self, producer: str) -> Parts:
        """Make the facts, with what is odd."""
        stated = self._counters["report"].get(_Key("", "", ""), {})
        files = self._by_lines() if self._has_hits else self._by_counters()
        coverage = CoverageFacts(files=files, has_branches=not self._has_hits and "BRANCH" in stated)
        oddities = self._oddities
        claim = f"{plural(stated['LINE'][1], 'line')}" if "LINE" in stated else ""
        note_nothing(files, oddities, claim)
        self._sets.note(oddities)
        note_impossible_counts(self._impossible, oddities)
        if files and not self._has_hits:
            message = "it says how many lines ran, not which"
            hint = "Counted as stated; it cannot be joined line by line."
            # gcovr writes no more than the counts, but of each source file, and these are whole.
            whole_files = all("LINE" in self._counters["sourcefile"].get(key, ()) for key in self._files)
            oddities.note("counters only", message, hint, doubt=not (self._files and whole_files))
        if self._has_hits and self._without_lines:
            what = plural(self._without_lines, "class", "classes")
            oddities.note("classes without lines", f"{what} compiled without line numbers are not counted")
        self._note_totals(stated, coverage)
        named = next((tool for mark, tool in _PRODUCERS if self.name.startswith(mark)), producer)
        short = with_short_names(coverage, self._limits, oddities)
        return Parts(producer=named, coverage=short, warnings=oddities.problems)

    def _by_lines(self) -> tuple[FileCoverage, ...]:
        paths = _paths(self._files, dotted=False)
        return tuple(tally.facts(paths[key]) for key, tally in self._files.items())

    def _by_counters(self) -> tuple[FileCoverage, ...]:
        """Make a record of each source file, class, package or report, whatever is the finest with lines."""
        stated = self._counters["report"].get(_Key("", "", ""), {})
        found: dict[_Key, Counters] = {}
        for kind in ("sourcefile", "class", "package", "report"):
            found = {key: counters for key, counters in self._counters[kind].items() if "LINE" in counters}
            if found and all(
                _total(found, name) == stated[name] for name in ("LINE", "BRANCH") if name in stated
            ):
                break
        found = {key: Counters() for key in self._files} | found
        paths = _paths(found, dotted=self.name.startswith("GCOVR"))
        records = []
        for key, counters in found.items():
            tally = self._files.get(key, FileTally())
            tally.branches = {}
            tally.stated = counters.get("LINE", (0, 0))
            tally.stated_branches = counters.get("BRANCH")
            records.append(tally.facts(paths[key] or self.name, lists_lines=False))
        return tuple(records)

    def _note_totals(self, stated: Counters, coverage: CoverageFacts) -> None:
        """Compare the report's counters with what was counted; more lines at a lower rate are a doubt."""
        lines, branches = coverage.line_counts(), coverage.branch_counts()
        total = lines.total or 0
        covered, whole_number = stated.get("LINE", (lines.covered, total))
        found = difference("LINE", whole_number, total) + difference("LINE covered", covered, lines.covered)
        if branches is not None and "BRANCH" in stated:
            found += difference("BRANCH", stated["BRANCH"][1], branches.total)
            found += difference("BRANCH covered", stated["BRANCH"][0], branches.covered)
        doubt = whole_number > max(total, self._listed) and covered * total <= lines.covered * whole_number
        note_totals(found, self._oddities, doubt=doubt)


def _total(found: Mapping[_Key, Counters], name: str) -> tuple[int, int]:
    """Sum the counters of one type."""
    counts = [counters.get(name, (0, 0)) for counters in found.values()]
    return sum(covered for covered, _ in counts), sum(total for _, total in counts)


def _paths(keys: Iterable[_Key], *, dotted: bool) -> dict[_Key, str]:
    """Give each file its path; `dotted` where the producer writes folders with dots for slashes."""
    plain = {key: _path(key, dotted=dotted) for key in keys}
    counts = Counter(plain.values())
    return {
        key: f"{key.group}/{path}" if counts[path] > 1 and key.group else path for key, path in plain.items()
    }


def _path(key: _Key, *, dotted: bool) -> str:
    """Join package and name; Pester repeats the folder in the name, and gcovr may give a whole path there."""
    package = key.package.replace(".", "/") if dotted and "/" not in key.package else key.package
    name = key.name.replace("\\", "/")
    if not package or name.startswith(("/", f"{package}/")):
        return name or package
    folders, parts = package.split("/"), name.split("/")
    for shared in range(min(len(folders), len(parts) - 1), 0, -1):
        if folders[-shared:] == parts[:shared]:
            return "/".join(folders[:-shared] + parts)
    return f"{package}/{name}" if name else package
