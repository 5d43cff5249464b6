"""JaCoCo XML, and what others write by that name."""

from __future__ import annotations

import pytest

from tests.formats.coverage_reading import facts_of, format_of, lines, only, parts_of, warned, words

DOCTYPE = '<!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd">'


def report(content: str, *, name: str = "r", doctype: str = DOCTYPE) -> str:
    return f'<?xml version="1.0"?>{doctype}<report name="{name}">{content}</report>'


def package(content: str, name: str = "p/q") -> str:
    return f'<package name="{name}">{content}</package>'


def source(content: str, name: str = "A.java") -> str:
    return f'<sourcefile name="{name}">{content}</sourcefile>'


def counter(kind: str, missed: int, covered: int) -> str:
    return f'<counter type="{kind}" missed="{missed}" covered="{covered}"/>'


# the lines of one source file -> executable, covered, branches
LINES = [
    ('<line nr="1" mi="0" ci="2" mb="0" cb="0"/><line nr="2" mi="1" ci="0" mb="0" cb="0"/>', [1, 2], [1], {}),
    ('<line nr="1" mi="3" ci="1" mb="1" cb="1"/>', [1], [1], {1: (1, 2)}),
    ('<line nr="1" mi="3" ci="0" mb="2" cb="0"/><line nr="2" ci="1"/>', [1, 2], [2], {1: (0, 2)}),
    ('<line nr="1" ci="1"/><line nr="x" ci="1"/>', [1], [1], {}),
]


@pytest.mark.parametrize(("elements", "executable", "covered", "branches"), LINES)
def test_lines(
    elements: str, executable: list[int], covered: list[int], branches: dict[int, tuple[int, int]]
) -> None:
    file = only(report(package(source(elements))))
    assert lines(file.executable) == executable
    assert lines(file.covered) == covered
    assert file.branches == branches


LINE = '<line nr="1" mi="0" ci="1" mb="0" cb="0"/>'

# the packages -> the paths of their files
PATHS = [
    (package(source(LINE)), ["p/q/A.java"]),
    (package(source(LINE), name=""), ["A.java"]),
    (package(source(LINE, name="q/a.ps1")), ["p/q/a.ps1"]),
    (package(source(LINE, name="p/q/a.ps1")), ["p/q/a.ps1"]),
    (package(source(LINE, name="/abs/a.ps1")), ["/abs/a.ps1"]),
    (package(source(LINE, name=r"sub\\a.ps1")), ["p/q/sub//a.ps1"]),
    (f'<group name="m">{package(source(LINE))}</group>', ["p/q/A.java"]),
    (
        f'<group name="m">{package(source(LINE))}<group name="n">{package(source(LINE))}</group></group>',
        ["m/p/q/A.java", "m/n/p/q/A.java"],
    ),
]


@pytest.mark.parametrize(("content", "paths"), PATHS)
def test_paths(content: str, paths: list[str]) -> None:
    assert [file.path for file in facts_of(report(content)).files] == paths


def test_complexity_is_the_counter_of_the_source_file() -> None:
    assert only(report(package(source(LINE + counter("COMPLEXITY", 2, 3))))).complexity == 5


COUNTS = counter("LINE", 3, 7) + counter("BRANCH", 1, 3)

# reports with counters and no line that says whether it ran -> path, lines, branches
COUNTERS = [
    (package(source('<line nr="1" mb="0" cb="2"/>' + COUNTS)) + COUNTS, "p/q/A.java", "7/10", "3/4"),
    (
        package(f'<class name="p/q/A" sourcefilename="A.java">{COUNTS}</class>') + COUNTS,
        "p/q/A.java",
        "7/10",
        "3/4",
    ),
    (package(COUNTS) + COUNTS, "p/q", "7/10", "3/4"),
    (package(f'<class name="C">{counter("LINE", 3, 7)}</class>') + COUNTS, "r", "7/10", "3/4"),
    (COUNTS, "r", "7/10", "3/4"),
    (counter("LINE", 3, 7), "r", "7/10", ""),
]


@pytest.mark.parametrize(("content", "path", "line_words", "branch_words"), COUNTERS)
def test_counters(content: str, path: str, line_words: str, branch_words: str) -> None:
    text = report(content)
    file = only(text)
    assert (file.path, file.executable) == (path, None)
    assert words(file.line_counts()) == line_words
    assert words(facts_of(text).branch_counts()) == branch_words
    assert warned(text) == {"counters only": "<sourcefile" not in content}


def test_gcovr_writes_folders_with_dots() -> None:
    text = report(
        package(source('<line nr="1"/>' + COUNTS, name="a.cpp"), name="src.lib"), name="GCOVR report"
    )
    assert only(text).path == "src/lib/a.cpp"


# what stands beside a package with one covered line -> its warnings
ODD = [
    (counter("LINE", 0, 1), {}),
    (counter("LINE", 0, 5), {"stated totals differ": True}),
    (counter("LINE", 5, 0), {"stated totals differ": True}),
    (counter("LINE", 0, 0), {"stated totals differ": False}),
    (package(source('<line nr="1" ci="1" mb="-2" cb="1"/>'), "z"), {"impossible counts": True}),
    (package(source('<line nr="1" ci="x"/>'), "z"), {"impossible counts": True}),
    (
        package(f'<class name="C">{counter("INSTRUCTION", 0, 5)}</class>', "z"),
        {"classes without lines": False},
    ),
]


@pytest.mark.parametrize(("content", "kinds"), ODD)
def test_what_is_odd_is_said(content: str, kinds: dict[str, bool]) -> None:
    assert warned(report(package(source(LINE)) + content)) == kinds


@pytest.mark.parametrize("counts", ['missed="-5" covered="5"', 'missed="x" covered="5"', 'covered="5"'])
def test_counters_that_are_none_leave_doubt(counts: str) -> None:
    text = report(package(source(f'<counter type="LINE" {counts}/>')))
    assert warned(text) == {"counters only": False, "impossible counts": True}


def test_a_report_of_nothing() -> None:
    assert warned(report("")) == {"no files": True}
    assert warned(report(package(source(LINE.replace('ci="1"', "")), "p"))) == {
        "no lines": True,
        "counters only": True,
    }


PRODUCERS = [
    ("r", DOCTYPE, "JaCoCo"),
    ("r", "", ""),
    ("Pester (09/01/2025 07:37:37)", DOCTYPE, "Pester"),
    ("Intellij Coverage Report", "", "Kover"),
    ("GCOVR report", "", "gcovr"),
]


@pytest.mark.parametrize(("name", "doctype", "producer"), PRODUCERS)
def test_producers(name: str, doctype: str, producer: str) -> None:
    assert parts_of(report(package(source(LINE)), name=name, doctype=doctype)).producer == producer


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (report("", doctype=DOCTYPE), "jacoco"),
        (report('<sessioninfo id="a" start="1" dump="2"/>', doctype=""), "jacoco"),
        ('<report name="x"><package name="p"/></report>', None),
        ("<report><title>100 %</title></report>", None),
    ],
)
def test_what_a_report_is_told_by(text: str, form: str | None) -> None:
    assert format_of(text) == form
