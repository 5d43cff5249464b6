"""Dialects of JUnit XML by excerpts as their producers write them: healthy ones raise no doubt, others do."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.formats.junit_reading import read_bytes, read_tests

_SUREFIRE = (
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation='
    '"https://maven.apache.org/surefire/maven-surefire-plugin/xsd/surefire-test-report.xsd"'
)


def _two(*, suite: str = "", first: str = "", second: str = "", properties: str = "") -> str:
    """Write a suite of two cases that hold nothing, each with the attributes given."""
    start = '<testcase classname="c" time="1"'
    cases = f'{start} name="a" {first}/>{start} name="b" {second}/>'
    return f'<testsuites><testsuite name="s" {suite}>{properties}{cases}</testsuite></testsuites>'


def _dotnet(*messages: str) -> str:
    """Write what `dotnet test` has JunitXml.TestLogger write of one assembly, with messages of the run."""
    said = "".join(f"{message}&#xD;\n" for message in messages)
    return (
        '<testsuites><testsuite name="A.dll" tests="1" skipped="0" failures="0" errors="0"><properties/>'
        '<testcase classname="A" name="a" time="0.1"/><system-out>Error - in a test</system-out>'
        f"<system-err>{said}</system-err></testsuite></testsuites>"
    )


def _common_test(reason: str) -> str:
    """Write what Common Test's cth_surefire writes of a test that was skipped for a reason."""
    return (
        '<testsuite hostname="h" name="x_SUITE" errors="0" failures="0" skipped="1" tests="2" log="l">'
        '<testcase name="a" time="0.1" log="l"></testcase><testcase name="b" time="0.1" log="l">'
        f'<skipped type="skip" message="Test b in x_SUITE skipped!">{{{reason},{{x_SUITE,b,why}}}}</skipped>'
        "</testcase></testsuite>"
    )


# excerpt -> total, passed, failed, errored, skipped, flaky; the kinds of warning with doubt
Row = tuple[str, tuple[int, int, int, int, int, int], tuple[str, ...]]
ROWS: Mapping[str, Row] = {
    "surefire: skipped": (
        (f'<testsuite {_SUREFIRE} name="B" tests="2" errors="0" skipped="1" failures="0">'
        '<testcase name="x" classname="B"/><testcase name="y" classname="B"><skipped/></testcase>'
            "</testsuite>"),
        (2, 1, 0, 0, 1, 0),
        (),
    ),
    "surefire: flaky, attempts counted": (
        (f'<testsuite {_SUREFIRE} name="B" tests="2" errors="1" skipped="0" failures="0">'
        '<testcase name="x" classname="B"><flakyError message="m" type="T"><stackTrace>t</stackTrace>'
        "<system-out>o</system-out></flakyError></testcase></testsuite>"),
        (1, 1, 0, 0, 0, 1),
        (),
    ),
    "surefire: cases missing": (
        (f'<testsuite {_SUREFIRE} name="B" tests="5" errors="0" skipped="0" failures="0">'
        '<testcase name="x" classname="B"/></testsuite>'),
        (1, 1, 0, 0, 0, 0),
        ("tests not listed",),
    ),
    "doctest: tests are assertions": (
        ('<testsuites><testsuite name="t" errors="0" failures="0" tests="12">'
        '<testcase classname="a.cpp" name="a" time="0.000" status="run"/></testsuite></testsuites>'),
        (1, 1, 0, 0, 0, 0),
        (),
    ),
    "nightwatch: tests are assertions": (
        _two(suite='tests="7"', first='assertions="4"', second='assertions="3"'),
        (2, 2, 0, 0, 0, 0),
        (),
    ),
    "mocha-junit-reporter: pending tests are not listed": (
        ('<testsuites name="Mocha Tests" tests="3" failures="0" skipped="1">'
        '<testsuite name="S" timestamp="2024-01-01T00:00:00" tests="3" file="a.js" failures="0" skipped="1">'
        '<testcase name="a" time="0" classname="a"/><testcase name="b" time="0" classname="b"/>'
        "</testsuite></testsuites>"),
        (2, 2, 0, 0, 0, 0),
        (),
    ),
    "pytest: subtests are counted and not listed": (
        ('<testsuites name="pytest tests"><testsuite name="pytest" errors="0" failures="0" skipped="0" '
        'tests="4" time="0.1" timestamp="2026-01-01T00:00:00" hostname="h">'
        '<testcase classname="t.U" name="test_sub" time="0.1"/></testsuite></testsuites>'),
        (1, 1, 0, 0, 0, 0),
        (),
    ),
    "pytest: and more is missing": (
        ('<testsuites name="pytest tests"><testsuite name="pytest" errors="0" failures="0" skipped="1" '
        'tests="4" time="0.1" timestamp="2026-01-01T00:00:00" hostname="h">'
        '<testcase classname="t.U" name="test_sub" time="0.1"/></testsuite></testsuites>'),
        (1, 1, 0, 0, 0, 0),
        ("tests not listed",),
    ),
    "phpunit: nested suites repeat their counts": (
        ('<testsuites><testsuite name="u" tests="2" assertions="2" errors="0" failures="0" skipped="0">'
        '<testsuite name="A" tests="2" assertions="2" errors="0" failures="0" skipped="0">'
        '<testsuite name="A::x" tests="2" assertions="2" errors="0" failures="0" skipped="0">'
        '<testcase name="x with data set #0" class="A" classname="A" assertions="1" time="0.1"/>'
        '<testcase name="x with data set #1" class="A" classname="A" assertions="1" time="0.1"/>'
        "</testsuite></testsuite></testsuite></testsuites>"),
        (2, 2, 0, 0, 0, 0),
        (),
    ),
    "googletest: interrupted": (
        _two(first='status="run" result="interrupted"', second='status="run" result="completed"'),
        (2, 2, 0, 0, 0, 0),
        ("unsure outcome",),
    ),
    "behat: undefined": (
        _two(first='status="passed"', second='status="undefined"'),
        (2, 2, 0, 0, 0, 0),
        ("unsure outcome",),
    ),
    "katalon: incomplete": (
        _two(first='status="PASSED"', second='status="INCOMPLETE"'),
        (2, 2, 0, 0, 0, 0),
        ("unsure outcome",),
    ),
    "qt: passed against expectation": (
        _two(first='result="pass"', second='result="xpass"'),
        (2, 2, 0, 0, 0, 0),
        ("unsure outcome",),
    ),
    "qt: failed as expected": (
        _two(first='result="pass"', second='result="xfail"'),
        (2, 2, 0, 0, 0, 0),
        (),
    ),
    "gut: asserted nothing": (
        _two(first='assertions="1" status="pass"', second='assertions="0" status="risky"'),
        (2, 2, 0, 0, 0, 0),
        ("unsure outcome",),
    ),
    "criterion: timed out": (
        _two(first='status="PASSED"', second='status="TIMED OUT"'),
        (2, 2, 0, 0, 0, 0),
        ("unsure outcome",),
    ),
    "nunit by XSLT: not a success": (_two(first='success="False"'), (2, 2, 0, 0, 0, 0), ("unsure outcome",)),
    "nunit by XSLT: inconclusive": (
        _two(suite='tests="2" failures="0" skipped="0" inconclusive="1"'),
        (2, 2, 0, 0, 0, 0),
        ("outcomes not listed",),
    ),
    "disabled tests are not listed": (_two(suite='tests="3" disabled="1"'), (2, 2, 0, 0, 0, 0), ()),
    "googletest: skipped without a reason, and started": (
        ('<testsuites tests="1" failures="0" disabled="0" errors="0" name="AllTests">'
            '<testsuite name="S" tests="1">'
        '<testcase name="A" status="run" result="skipped" time="0." classname="S" '
            'timestamp="2024-01-01T00:00:00.1">'
        '<skipped message="a.cc:3&#x0A;"/></testcase></testsuite></testsuites>'),
        (1, 0, 0, 0, 1, 0),
        (),
    ),
    "words of success": (
        _two(first='status="Success" result="completed"', second='status="0" success="True"'),
        (2, 2, 0, 0, 0, 0),
        (),
    ),
    "suite failed": (_two(suite='status="failed"'), (2, 2, 0, 0, 0, 0), ("unsure outcome",)),
    "count called failed": (_two(suite='tests="2" failed="1"'), (2, 2, 0, 0, 0, 0), ("failures not listed",)),
    "ginkgo: suite failed as a whole": (
        _two(
            properties='<properties><property name="SuiteSucceeded" value="false"/>'
            '<property name="SpecialSuiteFailureReason" value="Interrupted by User"/></properties>'
        ),
        (2, 2, 0, 0, 0, 0),
        ("suite failed",),
    ),
    "dotnet: the test host crashed": (
        _dotnet(
            "Warning - Data collector 'Blame' message: all tests finished running.",
            "Error - The active test run was aborted. Reason: Test host process crashed",
        ),
        (1, 1, 0, 0, 0, 0),
        ("run error",),
    ),
    "dotnet: what went wrong has a case": (
        _dotnet(
            "Warning - [xUnit.net 00:00:00.52]     A.b [SKIP]",
            "Error - [xUnit.net 00:00:00.63]     A.c [FAIL]",
        ),
        (1, 1, 0, 0, 0, 0),
        (),
    ),
    "eunit: timed out": (
        ('<testsuite tests="2" failures="0" errors="0" skipped="1" time="5.1" name="module \'m\'">'
        '<testcase time="0.001" name="m:a_test/0"/><testcase time="5.000" name="m:b_test/0">'
            '<skipped type="timeout"/><system-out>\n</system-out></testcase></testsuite>'),
        (2, 1, 0, 0, 1, 0),
        ("tests not run",),
    ),
    "common test: skipped since what it depends on failed": (
        _common_test("tc_auto_skip"),
        (2, 1, 0, 0, 1, 0),
        ("tests not run",),
    ),
    "common test: skipped by its author": (_common_test("tc_user_skip"), (2, 1, 0, 0, 1, 0), ()),
    "newman: a request that failed": (
        ('<testsuites name="c" tests="1"><testsuite name="r" id="u" tests="1" failures="0" errors="1">'
        '<system-err>ECONNREFUSED</system-err><testcase name="a" time="0.1" classname="C"/>'
            "</testsuite></testsuites>"),
        (1, 1, 0, 0, 0, 0),
        ("failures not listed",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_counts_and_doubts(name: str) -> None:
    excerpt, counts, doubts = ROWS[name]
    facts = read_bytes(excerpt)
    assert facts.problems == ()
    assert facts.tests is not None
    got = facts.tests.counts()
    assert (got.total, got.passed, got.failed, got.errored, got.skipped, got.flaky) == counts
    assert tuple(each.kind for each in facts.warnings if each.doubt) == doubts


def test_the_time_of_the_run_is_no_part_of_a_suites_name() -> None:
    runs = [read_tests(_two().replace('"s"', f'"t.T-2026112010320{second}"')) for second in (0, 1)]
    assert [suite.path for run in runs for suite in run.suites] == [("t.T",), ("t.T",)]
    (other,) = read_tests(_two().replace('"s"', '"t-20261120"')).suites
    assert other.path == ("t-20261120",)
