"""JUnit XML: every dialect's counts and outcomes, its identity, its attempts, and what is doubted."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from reportgen.model.cases import Case, Declared, Detail, Repeats
from reportgen.model.limits import Limits
from reportgen.model.states import Outcome
from tests.formats.junit_reading import (
    FILES,
    cases,
    file_facts,
    file_tests,
    read_bytes,
    read_tests,
    suite,
    the_case,
)

PASSED, FAILED, ERRORED, SKIPPED = Outcome.PASSED, Outcome.FAILED, Outcome.ERRORED, Outcome.SKIPPED

# file -> total, passed, failed, errored, skipped, flaky; seconds; producer; warnings with doubt, and others
Row = tuple[tuple[int, int, int, int, int, int], str, str, tuple[str, ...], tuple[str, ...]]
ROWS: Mapping[str, Row] = {
    "all-skipped.xml": ((2, 0, 0, 0, 2, 0), "0", "", (), ("all skipped",)),
    "antunit.xml": ((3, 1, 1, 1, 0, 0), "", "", (), ()),
    "bare-case.xml": ((1, 0, 0, 1, 0, 0), "0.5", "", (), ()),
    "external-dtd.xml": ((1, 1, 0, 0, 0, 0), "1", "", (), ()),
    "gtest-list.xml": ((2, 2, 0, 0, 0, 0), "", "googletest (list of tests)", ("not run",), ()),
    "gtest-old-skipped-suite.xml": ((2, 1, 0, 0, 1, 0), "0", "googletest", ("suite not set up",), ()),
    "jest-cannot-import.xml": (
        (1, 1, 0, 0, 0, 0),
        "0.003",
        "jest-junit",
        ("failures not listed",),
        ("counts differ",),
    ),
    "jest-todo.xml": ((3, 2, 0, 0, 1, 0), "0.003", "jest-junit", ("todo looks passed",), ("counts differ",)),
    "ju_flaky.xml": ((2, 1, 1, 0, 0, 1), "0.1", "", (), ()),
    "ju_lie.xml": ((1, 0, 1, 0, 0, 0), "", "", (), ("counts differ",)),
    "ju_nested.xml": ((2, 1, 1, 0, 0, 0), "", "", (), ()),
    "ju_noattr.xml": ((1, 0, 1, 0, 0, 0), "", "", (), ()),
    "ju_onlyflaky.xml": ((1, 1, 0, 0, 0, 1), "", "", (), ("counts differ",)),
    "ju_retry.xml": ((2, 1, 1, 0, 0, 0), "", "", (), ("repeated tests",)),
    "meson-quick.xml": ((1, 1, 0, 0, 0, 0), "0.5", "meson", (), ("timeouts look passed",)),
    "meson.xml": ((6, 3, 1, 1, 1, 0), "30.093", "meson", ("timeouts look passed",), ()),
    "namespaced.xml": ((3, 1, 1, 0, 1, 0), "3", "", (), ("outcome by attribute",)),
    "nested-cases.xml": ((4, 3, 1, 0, 0, 0), "4", "", (), ("suite error",)),
    "nose2-unexpected.xml": ((3, 1, 0, 0, 2, 0), "0.000300", "nose2", ("unexpected success",), ()),
    "other-root.xml": ((1, 1, 0, 0, 0, 0), "1", "", (), ("unusual root",)),
    "outcomes.xml": ((5, 1, 2, 1, 1, 0), "5", "", (), ()),
    "properties.xml": ((2, 2, 0, 0, 0, 0), "2", "", (), ()),
    "pytest-teardown.xml": ((2, 1, 0, 1, 0, 0), "0.002", "pytest", (), ("counts differ",)),
    "retries.xml": ((4, 1, 2, 1, 0, 1), "0.4", "", (), ("counts differ",)),
    "status-words.xml": ((14, 3, 3, 3, 5, 0), "", "", (), ("outcome by attribute",)),
    "suite-errors.xml": ((1, 1, 0, 0, 0, 0), "1", "", (), ("counts differ", "suite error")),
}


def test_each_file_has_a_row() -> None:
    assert {file.name for file in FILES.iterdir()} == set(ROWS)


@pytest.mark.parametrize("name", ROWS)
def test_counts_and_warnings(name: str) -> None:
    counts, seconds, producer, doubts, others = ROWS[name]
    facts = file_facts(name)
    assert facts.problems == ()
    assert facts.tests is not None
    got = facts.tests.counts()
    assert (got.total, got.passed, got.failed, got.errored, got.skipped, got.flaky) == counts
    assert got.seconds == (Decimal(seconds) if seconds else None)
    assert (facts.source.format, facts.source.producer) == ("junit", producer)
    assert tuple(sorted(each.kind for each in facts.warnings if each.doubt)) == doubts
    assert tuple(sorted(each.kind for each in facts.warnings if not each.doubt)) == others
    assert all(each.message and each.path == name for each in facts.warnings)


OUTCOMES: Mapping[str, Mapping[str, Outcome]] = {
    "outcomes.xml": {
        "all": ERRORED,
        "not direct": PASSED,
        "two": FAILED,
        "skipped": SKIPPED,
        "failed": FAILED,
    },
    "status-words.xml": {
        "passed": PASSED,
        "PASS": PASSED,
        "disabled": SKIPPED,
        "suppressed": SKIPPED,
        "ko": FAILED,
        "failure": FAILED,
        "broken": ERRORED,
        "timeout": ERRORED,
        "todo": SKIPPED,
        "Ignored": SKIPPED,
        "child outranks": FAILED,
        "skip outranks": SKIPPED,
        "worst of both": ERRORED,
        "ko is no result": PASSED,
    },
    "retries.xml": {
        "flaky": PASSED,
        "failed in the end": FAILED,
        "passed and to fail": FAILED,
        "errored": ERRORED,
    },
}


@pytest.mark.parametrize("name", OUTCOMES)
def test_the_outcome_of_each_case(name: str) -> None:
    assert {case.name: case.outcome for _, case in cases(file_tests(name))} == OUTCOMES[name]


def test_all_outcome_elements_are_kept_in_order() -> None:
    case = the_case(file_tests("outcomes.xml"), "all")
    assert case.details == (
        Detail("skipped", SKIPPED, "why"),
        Detail("failure", FAILED, "f", "T", "traceback"),
        Detail("error", ERRORED),
    )


def test_earlier_attempts_come_from_the_case_itself() -> None:
    tests = file_tests("retries.xml")
    assert the_case(tests, "flaky").retries == (
        Detail("flakyFailure", FAILED, "a", "A", "at a"),
        Detail("flakyError", ERRORED, "b", "", "at b", Decimal("0.2")),
    )
    failed = the_case(tests, "failed in the end")
    assert failed.details == (Detail("failure", FAILED, "c", "", "text c"),)
    assert [each.text for each in failed.retries] == ["at d", "text e"]


def test_suites_have_the_path_of_all_suites_above_them() -> None:
    inner = '<testsuite name="b"><testcase name="t"/></testsuite><testcase name="u"/>'
    facts = read_tests(f'<testsuites name="root"><testsuite name="a">{inner}</testsuite></testsuites>')
    assert [(found.path, case.name) for found, case in cases(facts)] == [(("a", "b"), "t"), (("a",), "u")]


def test_a_case_that_holds_cases_is_a_suite_of_them() -> None:
    facts = file_tests("nested-cases.xml")
    paths = {case.name: found.path for found, case in cases(facts)}
    assert paths == {
        "inner one": ("s", "outer"),
        "inner two": ("s", "outer"),
        "leaf": ("s",),
        "deep": ("s", "below"),
    }
    (outer,) = [found for found in facts.suites if found.path == ("s", "outer")]
    assert [each.message for each in outer.details] == ["of the outer"]
    assert outer.properties == (("layer", "e2e"),)


def test_properties_of_suites_and_cases() -> None:
    facts = file_tests("properties.xml")
    (found,) = facts.suites
    commit = "0123abcdef0123abcdef0123abcdef0123abcdef"
    assert found.properties == (("layer", "unit"), ("layer", "fast"), ("git.commit", commit))
    assert (found.timestamp, found.file) == ("2026-01-05T10:00:00", "tests/s.py")
    case = the_case(facts, "a")
    assert case.properties == (("requirement", "REQ-1"), ("requirement", "REQ-2"), ("empty", ""))
    assert (case.file, case.line) == ("tests/a.py", 12)


def test_the_revision_is_that_of_the_suites_own_property() -> None:
    inner = '<properties><property name="git.sha" value="0123abc"/></properties><testcase name="t"/>'
    assert read_tests(suite(inner)).revision == "0123abc"


def test_a_suite_whose_case_holds_the_cases_is_not_empty() -> None:
    assert read_bytes(suite('<testcase name="t"><testcase name="u"/></testcase>')).warnings == ()


def test_a_suite_without_a_case_is_kept_as_one() -> None:
    facts = read_tests(
        '<testsuites><testsuite name="a"/><testsuite name="b"><testsuite name="c"/></testsuite></testsuites>'
    )
    assert [found.path for found in facts.suites] == [("a",), ("b", "c")]


def test_errors_of_a_suite_as_a_whole_are_its_details() -> None:
    facts = file_tests("suite-errors.xml")
    loose = {found.path: [each.message for each in found.details] for found in facts.suites}
    assert loose == {(): ["no worker came up"], ("init",): ["boom"], ("ok",): []}


@pytest.mark.parametrize(
    ("attributes", "declared"),
    [
        ('tests="1" failures="0" errors="0" skipped="0"', ()),
        ('tests="2"', (Declared("testsuite / s", "tests", "2", 1),)),
        ('failures="1"', (Declared("testsuite / s", "failures", "1", 0),)),
        ('errors=""', (Declared("testsuite / s", "errors", "", 0),)),
        ('tests="many"', (Declared("testsuite / s", "tests", "many", 1),)),
        ('skipped="1.0"', (Declared("testsuite / s", "skipped", "1.0", 0),)),
        ('skips="3"', (Declared("testsuite / s", "skipped", "3", 0),)),
        ('tests="00001"', ()),
    ],
)
def test_counts_that_the_cases_do_not_bear_out(attributes: str, declared: tuple[Declared, ...]) -> None:
    assert read_tests(suite('<testcase name="t"/>', attributes=attributes)).declared == declared


@pytest.mark.parametrize(
    ("inner", "attributes", "doubts"),
    [
        ('<testcase name="t"/>', 'tests="2"', {"tests not listed"}),
        ('<testcase name="t"/>', 'errors="1"', {"failures not listed"}),
        ('<testcase name="t"><failure/></testcase>', 'tests="1" errors="1" failures="0"', set()),
        ('<testcase name="t"><rerunFailure/><failure/></testcase>', 'tests="2" failures="2"', set()),
        ('<testcase name="t"><failure/><failure/></testcase>', 'tests="1" failures="2"', set()),
        ('<testcase name="t"/><error/>', 'tests="2" errors="1"', set()),
        ('<testcase name="t"/><testcase name="u"/>', 'tests="1"', set()),
        ('<testcase name="t"><warning/></testcase>', "", {"unknown outcome element"}),
        ('<testcase name="t"><Failure/></testcase>', "", {"unknown outcome element"}),
        ('<testcase name="t"><attachments/></testcase>', "", set()),
        ('<testcase name="t" status="failed"><testcase name="u"/></testcase>', "", {"unsure outcome"}),
        ('<testcase name="t" status="failed"><testcase name="u"><error/></testcase></testcase>', "", set()),
        ('<testcase name="t" status="skipped"><testcase name="u" status="skipped"/></testcase>', "", set()),
        ("", "", {"no tests"}),
    ],
)
def test_what_leaves_doubt(inner: str, attributes: str, doubts: set[str]) -> None:
    warnings = read_bytes(suite(inner, attributes=attributes)).warnings
    assert {each.kind for each in warnings if each.doubt} == doubts


MOCHA = """<testsuites name="Mocha Tests">
<testsuite name="s" tests="2"><testcase name="t"/></testsuite></testsuites>"""
DOCTEST = """<testsuite name="b" errors="0" failures="0" tests="7">
<testcase name="t" status="run"/></testsuite>"""


@pytest.mark.parametrize(
    ("text", "others"),
    [
        (
            MOCHA,
            ["counts differ", "tests not listed"],
        ),
        (
            DOCTEST,
            ["counts differ"],
        ),
    ],
)
def test_producers_that_count_something_else_leave_no_doubt(text: str, others: list[str]) -> None:
    warnings = read_bytes(text).warnings
    assert [each.kind for each in warnings] == others
    assert not any(each.doubt for each in warnings)


TAP = """1..4
ok 1 - a
not ok 2 - b # TODO later
ok 3 # skip why
not ok 4 - hash \\# TODO no mark
"""


def test_tap_in_the_output_tells_what_looks_passed() -> None:
    inner = "".join(f'<testcase name="{number}"/>' for number in (1, 2, 3))
    facts = read_bytes(suite(inner, f"<system-out>{TAP}</system-out>"))
    messages = {each.kind: each.message for each in facts.warnings if each.doubt}
    assert messages.keys() == {"todo looks passed", "tests not listed"}
    assert messages["todo looks passed"].startswith("2 tests ")
    assert messages["tests not listed"].startswith("1 test ")


def test_output_that_is_no_tap_tells_nothing() -> None:
    inner = '<testcase name="t"/><system-out>log\n1..4\nok 1 # skip</system-out>'
    assert read_bytes(suite(inner)).warnings == ()


def test_texts_are_whole_wherever_a_piece_of_the_file_ends() -> None:
    inner = (
        "<testcase name='t'>\n<properties> <property name='p'>a&amp;b</property> </properties>\n"
        "<system-out>not wanted</system-out> <failure message='m'> one &lt; <b>two</b>"
        "<system-err>nor this</system-err> three</failure> tail </testcase>"
    )
    whole = suite(f"{inner} <system-out>nor <i>this</i></system-out>")
    for at in range(0, len(whole), 3):  # the place that a piece ends at: reading takes 64 KiB at a time
        padding = f"<!--{'x' * (65_536 - at - 7)}-->"
        case = the_case(read_tests(padding + whole), "t")
        assert case.properties == (("p", "a&b"),)
        assert case.details == (Detail("failure", FAILED, "m", "", " one < two three"),)


def test_a_property_is_cut_to_its_limit_however_low() -> None:
    inner = "<testcase name='t'><properties><property name='p' value='{0}'/><property name='p' value='{0}'/>"
    text = suite(inner.format("x" * 30) + "</properties></testcase>")
    values = [value for _, value in the_case(read_tests(text, Limits(text_chars=20)), "t").properties]
    assert len(values) == 2
    assert all(value.count("x") == 20 for value in values)


def test_rows_that_pytest_writes_for_reruns_are_told() -> None:
    row = '<testcase classname="c" name="t" time="0.1"'
    start = '<testsuites name="pytest tests"><testsuite name="pytest">'
    facts = read_bytes(f"{start}{row} />{row}><failure/></testcase></testsuite></testsuites>")
    assert facts.tests is not None
    assert facts.tests.repeats is Repeats.CHILDLESS_RERUNS
    assert [each.kind for each in facts.warnings] == ["reruns look passed", "repeated tests"]


def test_a_long_name_is_cut_and_stays_another_than_its_like() -> None:
    limits = Limits(name_chars=10)
    names = ["a" * 30, "a" * 30 + "b"]
    facts = read_bytes(
        suite(*(f'<testcase classname="c" name="{name}" time="1"/>' for name in names)), limits
    )
    assert facts.tests is not None
    cut = [case.name for _, case in cases(facts.tests)]
    assert all(name.startswith("a" * 10 + "… [cut from 3") for name in cut)
    assert len(set(cut)) == 2
    assert [each.kind for each in facts.warnings] == ["texts cut"]


def test_a_long_traceback_keeps_its_beginning_and_its_end() -> None:
    text = "begin" + "x" * 10_000 + "end"
    facts = read_tests(
        suite(f'<testcase name="t"><failure>{text}</failure></testcase>'), Limits(text_chars=100)
    )
    (detail,) = the_case(facts, "t").details
    assert detail.text.startswith("begin")
    assert detail.text.endswith("end")
    assert f"[{len(text) - 100:,} characters left out]" in detail.text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (suite('<testcase name="t"/>')[:-20], "before that 1 test case stands, of which 0 failed"),
        (
            "<testsuite><testcase name='a'/><testcase name='b'><failure/></testcase><oops",
            "before that 2 test cases stand, of which 1 failed or errored; none is counted",
        ),
    ],
)
def test_a_file_that_breaks_off_tells_how_far_it_was_read(text: str, told: str) -> None:
    facts = read_bytes(text)
    (problem,) = facts.problems
    assert (problem.kind, facts.tests) == ("not-well-formed", None)
    assert told in problem.message
    assert "line 1, column " in problem.message


@pytest.mark.parametrize("depth", [254, 255, 256, 3000])
def test_depth_is_bounded(depth: int) -> None:
    text = f"<testsuites>{'<testsuite>' * depth}<testcase name='t'/>{'</testsuite>' * depth}</testsuites>"
    facts = read_bytes(text)
    assert [each.kind for each in facts.problems] == ([] if depth < 256 else ["not-well-formed"])


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("utf-16-le", "utf-16"),
        ("iso-8859-1", "iso-8859-1"),
        ("windows-1252", "windows-1252"),
        ("shift_jis", "shift_jis"),
    ],
)
def test_encodings(encoding: str, declared: str) -> None:
    name = "日本" if encoding == "shift_jis" else "naïve"
    start = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    facts = read_tests((start + suite(f'<testcase name="{name}"/>')).encode(encoding))
    assert [case.name for _, case in cases(facts)] == [name]


def test_a_plain_case_and_a_full_one_say_the_same() -> None:
    plain, full = (
        the_case(read_tests(suite(f'<testcase classname="c" name="t" time="0.5"{more}/>')), "t")
        for more in ("", ' hostname="h"')
    )
    assert plain == full == Case("t", "c", PASSED, Decimal("0.5"))
