"""Clover XML of Clover itself, PHPUnit, Istanbul and ReportGenerator."""

from __future__ import annotations

import pytest

from tests.formats.coverage_reading import facts_of, lines, only, parts_of, warned, words


def report(content: str, *, root: str = 'clover="4.4.1"', metrics: str = "") -> str:
    return f"""<?xml version="1.0"?><coverage generated="1" {root}><project timestamp="1">{content}
    <metrics {metrics}/></project></coverage>"""


def file_of(content: str, *, name: str = 'path="/src/a.c"', metrics: str = "") -> str:
    return f"<file {name}>{content}<metrics {metrics}/></file>"


COND = (
    '<line num="1" type="cond" truecount="0" falsecount="2"/>'
    '<line num="2" type="cond" truecount="1" falsecount="1"/>'
)

# the root, the lines and the metrics of a file -> executable, covered, branches
LINES: list[tuple[tuple[str, str, str], list[int], list[int], dict[int, tuple[int, int]]]] = [
    (("", '<line num="1" type="stmt" count="2"/><line num="2" type="stmt" count="0"/>', ""), [1, 2], [1], {}),
    (("", '<line num="1" type="method" count="1"/><line num="1" type="stmt" count="0"/>', ""), [1], [1], {}),
    (('clover="4.4.1"', COND, ""), [1, 2], [1, 2], {1: (1, 2), 2: (2, 2)}),
    (('clover="3.2.0"', COND, ""), [1, 2], [2], {1: (0, 2), 2: (1, 2)}),
    (
        ('clover="4.3.1"', COND, 'conditionals="4" coveredconditionals="1"'),
        [1, 2],
        [2],
        {1: (0, 2), 2: (1, 2)},
    ),
    (
        ('clover="3.2.0"', COND, 'conditionals="4" coveredconditionals="3"'),
        [1, 2],
        [1, 2],
        {1: (1, 2), 2: (2, 2)},
    ),
    (("", '<class name="C"><line num="3" type="stmt" count="1"/></class>', ""), [3], [3], {}),
    (("", '<line num="x" type="stmt" count="1"/><line type="stmt" num="4"/>', ""), [4], [], {}),
]


@pytest.mark.parametrize(("given", "executable", "covered", "branches"), LINES)
def test_lines(
    given: tuple[str, str, str],
    executable: list[int],
    covered: list[int],
    branches: dict[int, tuple[int, int]],
) -> None:
    root, elements, metrics = given
    file = only(report(file_of(elements, metrics=metrics), root=root))
    assert lines(file.executable) == executable
    assert lines(file.covered) == covered
    assert file.branches == branches


STMT = '<line num="1" type="stmt" count="1"/>'

# the project -> the paths of its files
PATHS = [
    (file_of(STMT, name='name="a.c" path="src/a.c"'), ["src/a.c"]),
    (file_of(STMT, name='name="/var/www/a.php"'), ["/var/www/a.php"]),
    ('<package name="p.q"><file name="A.java"/></package>', ["p/q/A.java"]),
    ('<package name="p.q"><file name="A.java" path="A.java"/></package>', ["A.java"]),
    (f'<metrics><package name="p">{file_of(STMT)}</package></metrics>', ["/src/a.c"]),
    (file_of(STMT) + file_of(STMT), ["/src/a.c"]),
]


@pytest.mark.parametrize(("content", "paths"), PATHS)
def test_paths(content: str, paths: list[str]) -> None:
    assert [file.path for file in facts_of(report(content)).files] == paths


def test_tests_are_left_out() -> None:
    tests = f"<testproject><file path='t.c'>{STMT}</file></testproject></coverage>"
    text = report(file_of(STMT)).replace("</coverage>", tests)
    assert [file.path for file in facts_of(text).files] == ["/src/a.c"]


def test_complexity() -> None:
    assert only(report(file_of(STMT, metrics='complexity="7"'))).complexity == 7
    assert only(report(file_of(STMT, metrics='complexity="0"'))).complexity is None


# the metrics of a project with one file and one statement -> its warnings
ODD = [
    ('statements="1" coveredstatements="1" files="1"', {}),
    ('statements="2" coveredstatements="1" files="1"', {"stated totals differ": False}),
    ('statements="1" coveredstatements="1" files="9"', {"stated totals differ": True}),
]


@pytest.mark.parametrize(("metrics", "kinds"), ODD)
def test_totals_are_compared(metrics: str, kinds: dict[str, bool]) -> None:
    assert warned(report(file_of(STMT), metrics=metrics)) == kinds


@pytest.mark.parametrize("false", ["-3", "x", ""])
def test_a_condition_whose_counts_are_none_leaves_doubt(false: str) -> None:
    condition = f'<line num="1" type="cond" count="1" truecount="3" falsecount="{false}"/>'
    assert warned(report(file_of(condition), root='clover="3.2.0"')) == {"impossible counts": True}


def test_lines_of_several_files_without_a_name_hide_each_other() -> None:
    assert warned(report(file_of(STMT, name=""))) == {"no file name": False}
    assert warned(report(file_of(STMT, name="") * 2)) == {"no file name": True}


def test_nothing_is_not_everything() -> None:
    assert warned(report("")) == {"no files": True}
    assert warned(report("", metrics='statements="3"')) == {"no files": True, "stated totals differ": True}
    assert warned(report(file_of(""))) == {"no lines": True}


PRODUCERS = [
    ('clover="3.2.0"', "Istanbul"),
    ('clover="4.4.1"', "Clover 4.4.1"),
    ('clover="1795171090"', ""),
    ("", "PHPUnit"),
]


@pytest.mark.parametrize(("root", "producer"), PRODUCERS)
def test_producers(root: str, producer: str) -> None:
    assert parts_of(report(file_of(STMT), root=root)).producer == producer


def test_branches_are_none_where_there_is_no_condition() -> None:
    assert words(facts_of(report(file_of(STMT))).branch_counts()) == ""
