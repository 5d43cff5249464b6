"""Cobertura XML, in the forms that its many producers give it."""

from __future__ import annotations

import pytest

from reportgen.model.limits import Limits
from tests.formats.coverage_reading import facts_of, format_of, lines, only, parts_of, refused, warned, words


def report(classes: str, *, root: str = "", sources: str = "") -> str:
    return f"""<?xml version="1.0"?><coverage {root}><sources>{sources}</sources><packages><package name="p">
    <classes>{classes}</classes></package></packages></coverage>"""


def one(elements: str, *, name: str = "a.py", methods: str = "", extra: str = "") -> str:
    return f"""<class name="c" filename="{name}" {extra}><methods>{methods}</methods>
    <lines>{elements}</lines></class>"""


# the lines of one class -> executable, covered, branches
LINES = [
    ('<line number="1" hits="1"/><line number="2" hits="0"/>', [1, 2], [1], {}),
    ('<line number="1" hits="0"/><line number="1" hits="3"/>', [1], [1], {}),
    ('<line number="0" hits="0"/><line number="1" hits="1"/>', [0, 1], [1], {}),
    ('<line number="1" hits="99999999999999999999"/>', [1], [1], {}),
    ('<line number="1" hits="1e9"/><line number="2" hits="nan"/>', [1, 2], [1], {}),
    ('<line number="1" hits="-1"/><line number="2" hits=""/><line number="3"/>', [1, 2, 3], [], {}),
    ('<line number="1" hits="inf"/>', [1], [], {}),
    ('<line number="1" hits="1" branch="true" condition-coverage="50% (1/2)"/>', [1], [1], {1: (1, 2)}),
    ('<line number="1" hits="1" branch="false" condition-coverage="50% (1/2)"/>', [1], [1], {1: (1, 2)}),
    ('<line number="1" hits="1" branch="True" condition-coverage="33.3% ( 1 / 3 )"/>', [1], [1], {1: (1, 3)}),
    ('<line number="1" hits="1" branch="true" condition-coverage="50%"/>', [1], [1], {}),
    ('<line number="1" hits="1" branch="true"/>', [1], [1], {}),
    ('<line number="1" hits="1" condition-coverage="150% (3/2)"/>', [1], [1], {1: (2, 2)}),
    (
        '<line number="1" condition-coverage="(1/2)"/><line number="1" condition-coverage="(0/4)"/>',
        [1],
        [],
        {1: (1, 4)},
    ),
    ('<line number="7" hits="1"><conditions><condition number="0"/></conditions></line>', [7], [7], {}),
]


@pytest.mark.parametrize(("elements", "executable", "covered", "branches"), LINES)
def test_lines(
    elements: str, executable: list[int], covered: list[int], branches: dict[int, tuple[int, int]]
) -> None:
    file = only(report(one(elements)))
    assert lines(file.executable) == executable
    assert lines(file.covered) == covered
    assert file.branches == branches


def test_classes_of_one_file_are_one_file() -> None:
    first = one('<line number="1" hits="1"/><line number="2" hits="0"/>', name="A.java")
    second = one('<line number="2" hits="1"/><line number="3" hits="0"/>', name="A.java")
    file = only(report(first + second))
    assert (lines(file.executable), lines(file.covered)) == ([1, 2, 3], [1, 2])


METHOD = '<method name="m"><lines><line number="4" hits="1"/></lines></method>'


@pytest.mark.parametrize(
    ("elements", "executable"), [("", [4]), ('<line number="5" hits="1"/>', [5])], ids=["none", "own"]
)
def test_the_lines_of_methods_count_where_the_class_has_none(elements: str, executable: list[int]) -> None:
    assert lines(only(report(one(elements, methods=METHOD))).executable) == executable


def test_files_without_lines_are_files() -> None:
    facts = facts_of(report(one("", name="a.py") + one('<line number="1" hits="1"/>', name="b.py")))
    assert [(file.path, words(file.line_counts())) for file in facts.files] == [
        ("a.py", "0/0"),
        ("b.py", "1/1"),
    ]


def test_roots_are_trimmed_and_options_are_none() -> None:
    sources = "<source>--source</source><source>\n  /code/app \n</source><source/><source>/code/app</source>"
    facts = facts_of(report(one('<line number="1" hits="1"/>'), sources=sources))
    assert facts.sources == ("/code/app",)


# what a class says of complexity -> what is taken
COMPLEXITY = [
    ('complexity="3"', "", 3),
    ('complexity="0"', "", None),
    ('complexity="NaN"', "", None),
    ('complexity="1.5"', "", None),
    ('complexity="9"', '<method complexity="2"/><method complexity="3.0"/>', 5),
    ("", "", None),
]


@pytest.mark.parametrize(("extra", "methods", "complexity"), COMPLEXITY)
def test_complexity(extra: str, methods: str, complexity: int | None) -> None:
    assert only(report(one("", extra=extra, methods=methods))).complexity == complexity


# the attributes of the root, beside two lines of which one ran -> whether that differs, and leaves doubt
TOTALS = [
    ('lines-valid="2" lines-covered="1" line-rate="0.5"', None),
    ('lines-valid="2.0" lines-covered="1.0"', None),
    ('line-rate="0.5"', None),
    ('line-rate="0.48"', False),
    ('line-rate="0.499"', None),
    ('line-rate="1"', False),
    ('line-rate="NaN"', False),
    ('line-rate="-1"', False),
    ('lines-valid="1" lines-covered="1"', False),
    ('lines-valid="20" lines-covered="15"', False),
    ('lines-valid="20" lines-covered="9"', True),
    ('lines-valid="20"', True),
]


@pytest.mark.parametrize(("root", "doubt"), TOTALS)
def test_totals_are_compared(root: str, doubt: bool | None) -> None:
    text = report(one('<line number="1" hits="1"/><line number="2" hits="0"/>'), root=root)
    assert warned(text) == ({} if doubt is None else {"stated totals differ": doubt})


def test_a_line_stated_once_per_function_is_no_doubt() -> None:
    text = report(
        one('<line number="1" hits="1"/><line number="1" hits="0"/>'),
        root='lines-valid="2" lines-covered="1"',
    )
    assert warned(text) == {"stated totals differ": False}


NOTHING = [
    ("", 'line-rate="1"', {"no files": True}),
    ("", 'lines-valid="8" lines-covered="8"', {"no files": True, "stated totals differ": True}),
    (one(""), 'line-rate="1"', {"no lines": True}),
]


@pytest.mark.parametrize(("classes", "root", "kinds"), NOTHING)
def test_nothing_is_not_everything(classes: str, root: str, kinds: dict[str, bool]) -> None:
    text = report(classes, root=root)
    assert facts_of(text).line_counts().total == 0
    assert warned(text) == kinds


# the root -> who wrote it
PRODUCERS = [
    (
        'version="7.4.0"><!-- Generated by coverage.py: https://coverage.readthedocs.io/en/7.4.0 --',
        "coverage.py 7.4.0",
    ),
    ('version="gcovr 8.8"', "gcovr 8.8"),
    ('version="Slather v2.8.0"', "Slather v2.8.0"),
    ('version="1.9"', ""),
    ('version="x"', ""),
]


@pytest.mark.parametrize(("root", "producer"), PRODUCERS)
def test_producers(root: str, producer: str) -> None:
    assert parts_of(report(one('<line number="1" hits="1"/>'), root=root)).producer == producer


def test_branches_that_are_not_counted_are_said() -> None:
    text = report(one('<line number="1" hits="1" branch="true"/>'))
    assert warned(text) == {"uncounted branches": False}
    assert facts_of(text).branch_counts() is None


@pytest.mark.parametrize("counts", ["166% (5/3)", "50% (-1/2)", "(x/y)"])
def test_branches_that_cannot_be_leave_doubt(counts: str) -> None:
    text = report(one(f'<line number="1" hits="1" branch="true" condition-coverage="{counts}"/>'))
    assert warned(text) == {"impossible counts": True}


# the lines of classes that name no file -> whether they leave doubt
NAMELESS = [((1,), False), ((1, 2), False), ((1, 1), True)]


@pytest.mark.parametrize(("numbers", "doubt"), NAMELESS)
def test_lines_of_several_classes_without_a_file_hide_each_other(
    numbers: tuple[int, ...], doubt: bool
) -> None:
    classes = "".join(one(f'<line number="{n}" hits="{place}"/>', name="") for place, n in enumerate(numbers))
    assert warned(report(classes)) == {"no file name": doubt}


def test_a_line_number_that_is_none_is_counted_once() -> None:
    (problem,) = parts_of(report(one('<line number="-1" hits="1"/><line number="2" hits="1"/>'))).warnings
    assert problem.message.startswith("1 line number left out")


def test_line_numbers_that_are_none_leave_doubt() -> None:
    limits = Limits(line=100)
    text = report(one("".join(f'<line number="{n}" hits="1"/>' for n in ("5", "101", "-1", "x", "9" * 5000))))
    assert lines(only(text, limits).executable) == [5]
    assert warned(text, limits) == {"odd line numbers": True}


def test_branches_of_a_line_that_is_none_do_not_count() -> None:
    text = report(one('<line number="101" hits="1" condition-coverage="50% (1/2)"/>'))
    assert only(text, Limits(line=100)).branches == {}


def test_sets_of_far_lines_are_bounded() -> None:
    limits = Limits(file_bytes=100_000)
    text = report("".join(one('<line number="900000" hits="1"/>', name=f"{n}.py") for n in range(5)))
    assert refused(text, "cobertura", limits) == "too-big"


def test_namespaces_and_encodings() -> None:
    text = """<?xml version="1.0" encoding="utf-16"?><c:coverage xmlns:c="urn:c" line-rate="1"><c:packages>
        <c:class filename="é.py"><c:lines><c:line number="1" hits="1"/></c:lines></c:class>
        </c:packages></c:coverage>"""
    data = text.encode("utf-16")
    assert [file.path for file in facts_of(data).files] == ["é.py"]


# reports with the same root that are none
OTHERS = [
    (
        '<coverage version="1"><file path="a.py"><lineToCover lineNumber="1"/></file></coverage>',
        None,
    ),
    ('<coverage generated="1"><project timestamp="1"/></coverage>', "clover"),
    ('<coverage clover="4.4" generated="1"/>', "clover"),
    ('<coverage line-rate="1" version="x"/>', "cobertura"),
    ("<coverage/>", None),
]


@pytest.mark.parametrize(("text", "form"), OTHERS)
def test_other_reports_with_the_same_root(text: str, form: str | None) -> None:
    assert format_of(text) == form
