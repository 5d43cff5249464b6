"""Evidence as hypothesis draws it: from few names, so that everything meets everything."""

from __future__ import annotations

from decimal import Decimal

import msgspec
from hypothesis import strategies as st

from reportgen.model.artifact import Problem, Source
from reportgen.model.cases import Case, Declared, Detail, Repeats, Suite
from reportgen.model.coverage import CoverageFacts, FileCoverage
from reportgen.model.evidence import JoinRules
from reportgen.model.facts import CaseFacts, Facts
from reportgen.model.findings import FindingFacts, Result
from reportgen.model.placing import Pattern
from reportgen.model.states import Outcome, RepeatRule, Severity

_messages = st.sampled_from(["", "boom", "failed on teardown with x", "failed on setup with y"])
_seconds = st.sampled_from([None, Decimal("0.1"), Decimal("1E-7"), Decimal("1.0"), Decimal("1.00")])
_stamps = st.sampled_from(["", "2026-11-20T10:00:00Z", "2026-11-20T11:30:00+02:00", "yesterday"])
_outcomes = st.sampled_from([each for each in Outcome if each is not Outcome.WAIVED])
_paths = st.sampled_from(
    ["x.py", "a/x.py", "b/x.py", "/ci/a/x.py", "C:\\w\\a\\x.py", "./x.py", "../x.py", "/_/a/x.py", "y.py", ""]
)
_roots = st.lists(st.sampled_from(["", ".", "/ci", "/ci/a", "a", "/w"]), max_size=2).map(tuple)
_lines = st.integers(0, 63).map(lambda bits: bits << 1)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A test case; its details may contradict its outcome, as they do in the field."""
    details = st.builds(Detail, st.sampled_from(["failure", "error", "skipped"]), _outcomes, _messages)
    return Case(
        draw(st.sampled_from(["t", "u", "a::b", "", "t[1.5]"])),
        draw(st.sampled_from(["C", "tests.unit.test_x", "tests.e2e.a", "a/b", ""])),
        draw(_outcomes),
        draw(_seconds),
        draw(st.lists(details, max_size=2).map(tuple)),
        draw(st.lists(details, max_size=1).map(tuple)),
        properties=draw(st.sampled_from([(), (), (("tag", "slow"),)])),
        file=draw(st.sampled_from(["", "tests/integration/a.py"])),
    )


@st.composite
def case_facts(draw: st.DrawFn) -> CaseFacts:
    """What one file says of tests."""
    details = st.builds(Detail, st.just("error"), _outcomes, _messages)
    names = st.lists(st.sampled_from(["s", "a/b", "a", "b"]), max_size=2).map(tuple)
    suites = st.builds(
        Suite,
        names,
        st.lists(cases(), max_size=5).map(tuple),
        _stamps,
        st.lists(details, max_size=1).map(tuple),
    )
    declared = st.builds(Declared, st.just("suite s"), st.just("tests"), st.just("3"), st.integers(0, 2))
    return CaseFacts(
        suites=draw(st.lists(suites, max_size=2).map(tuple)),
        declared=draw(st.lists(declared, max_size=2).map(tuple)),
        repeats=draw(st.sampled_from(list(Repeats))),
    )


@st.composite
def file_coverage(draw: st.DrawFn, path: str, contexts: int) -> FileCoverage:
    """What one file of evidence says of one source file, in any of the ways that formats have."""
    executable = draw(st.one_of(st.none(), _lines))
    covered = draw(_lines) if executable is None else draw(_lines) & executable
    counts = st.integers(0, 4).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))
    arms = st.sampled_from(["1:0:0", "1:0:1", "2:0:0", "odd"])
    return FileCoverage(
        path=path,
        executable=executable,
        covered=covered,
        branches=draw(st.dictionaries(st.integers(1, 3), counts, max_size=2)),
        arms=draw(st.dictionaries(arms, st.booleans(), max_size=3)),
        contexts=tuple((index, covered & draw(_lines)) for index in range(contexts)),
        stated=draw(st.one_of(st.none(), counts)),
        stated_branches=draw(st.one_of(st.none(), st.none(), counts)),
        complexity=draw(st.one_of(st.none(), st.integers(1, 9))),
    )


@st.composite
def coverage_facts(draw: st.DrawFn) -> CoverageFacts:
    """What one file says of coverage."""
    known = ["", "tests/unit/test_x.py::t|run", "tests/unit/test_x.py::t|setup", "test_x.py::u", "linux"]
    contexts = draw(st.lists(st.sampled_from(known), unique=True, max_size=3).map(tuple))
    paths = draw(st.lists(_paths, unique=True, max_size=4))
    return CoverageFacts(
        files=tuple(draw(file_coverage(path, len(contexts))) for path in paths),
        contexts=contexts,
        sources=draw(_roots),
        has_branches=draw(st.booleans()),
        revision=draw(st.sampled_from(["", "abc", "def"])),
    )


def results() -> st.SearchStrategy[Result]:
    """One result of a tool; few enough differ that equal ones meet."""
    return st.builds(
        Result,
        tool=st.sampled_from(["ruff", "pylint"]),
        rule=st.just("R"),
        level=st.just("error"),
        severity=st.sampled_from([Severity.HIGH, Severity.LOW]),
        message=st.just("bad"),
        path=st.sampled_from(["x.py", "./x.py", "a/x.py", ""]),
        line=st.integers(1, 2),
        fingerprints=st.sampled_from([{}, {}, {"h": "1"}, {"h": "2"}]),
        suppressed=st.booleans(),
        counts=st.sampled_from([True, True, False]),
        baseline=st.sampled_from(["", "absent"]),
    )


@st.composite
def finding_facts(draw: st.DrawFn) -> FindingFacts:
    """What one file says of findings."""
    told = draw(st.lists(results(), max_size=5).map(tuple))
    return FindingFacts(
        tools=tuple(sorted({one.tool for one in told})),
        results=told,
        examined=draw(st.one_of(st.none(), st.lists(_paths, max_size=2).map(tuple))),
        roots=draw(_roots),
    )


def _sources() -> st.SearchStrategy[Source]:
    return st.builds(
        Source,
        path=st.sampled_from(["unit/a.xml", "b.xml", "e2e_c.xml"]),
        sha256=st.sampled_from(["", "1" * 64, "2" * 64]),
        size=st.integers(0, 1),
        format=st.sampled_from(["junit", "junit", "lcov"]),
        layer=st.sampled_from(["", "", "own"]),
        environment=st.sampled_from(["", "", "windows"]),
    )


def facts() -> st.SearchStrategy[Facts]:
    """All that one file says; the same path and digest may well come twice with different content."""
    problems = st.builds(
        Problem, st.sampled_from(["truncated", "odd"]), st.just("so it is"), doubt=st.booleans()
    )
    said = st.lists(problems, max_size=2).map(tuple)
    parts: list[st.SearchStrategy[Facts]] = [
        st.builds(Facts, source=_sources(), tests=case_facts(), problems=said, warnings=said),
        st.builds(Facts, source=_sources(), coverage=coverage_facts(), warnings=said),
        st.builds(Facts, source=_sources(), findings=finding_facts(), warnings=said),
        st.builds(Facts, source=_sources(), problems=said, passed_over=st.booleans()),
    ]
    return st.one_of(parts)


def many_facts() -> st.SearchStrategy[list[Facts]]:
    """Some files of evidence."""
    return st.lists(facts(), max_size=5)


@st.composite
def apart(draw: st.DrawFn) -> list[Facts]:
    """Some files of evidence of which no two are one: each has its own path and digest."""
    return [
        msgspec.structs.replace(
            one,
            passed_over=False,
            source=msgspec.structs.replace(one.source, path=f"{number}.xml", sha256=f"{number:064}"),
        )
        for number, one in enumerate(draw(many_facts()))
    ]


_patterns = st.one_of(
    st.builds(Pattern, path=st.sampled_from(["tests/**", "a", "*.py"])),
    st.builds(Pattern, suite=st.sampled_from(["a", "s"]), name=st.sampled_from(["", "t", "*"])),
    st.builds(Pattern, marker=st.sampled_from(["slow", "s*"])),
    st.just(Pattern(properties=(("tag", "slow"),))),
)


def join_rules() -> st.SearchStrategy[JoinRules]:
    """How a team may have facts joined."""
    globs = st.sampled_from(["a/**", "*.py", "unit", "tests/e2e/**"])
    return st.builds(
        JoinRules,
        repeats=st.sampled_from(list(RepeatRule)),
        layers=st.lists(st.tuples(st.sampled_from(["L", "M"]), globs), max_size=2).map(tuple),
        include=st.lists(globs, max_size=1).map(tuple),
        exclude=st.lists(globs, max_size=1).map(tuple),
        roots=_roots,
        placing=st.lists(st.tuples(st.sampled_from(["L", "P"]), _patterns), max_size=2).map(tuple),
    )
