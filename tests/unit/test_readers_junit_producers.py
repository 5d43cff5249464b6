# ruff: noqa: E501 - a table reads best with a row a line
"""Who wrote a JUnit file, by the marks that each producer leaves."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from reportgen.model.cases import Repeats
from reportgen.readers.junit_producers import producer_of, repeats_of
from reportgen.readers.junit_traits import Traits


def attributes(text: str) -> dict[str, str]:
    """Read `name=pytest tests time` as attributes in their order; one without a value is `1`."""
    pairs = (word.partition("=") for word in text.split())
    return {name: value or "1" for name, _, value in pairs}


def traits(
    root: str, root_attributes: str, suite: str, case: str, properties: Mapping[str, str] | None = None
) -> Traits:
    found = Traits()
    found.root, found.root_attributes = root, attributes(root_attributes)
    found.see_suite(attributes(suite), tuple((properties or {}).items()))
    if case:
        found.see_case(attributes(case))
    return found


PLAIN = "classname=c name=n time=0.1"
SCHEMA = "{http://www.w3.org/2001/XMLSchema-instance}noNamespaceSchemaLocation"
ROWS = [
    ("pytest", "testsuites", "", "name=x errors failures skipped tests time timestamp hostname", PLAIN),
    ("pytest", "testsuites", "", "errors failures hostname name=x skipped tests time timestamp", PLAIN),
    ("pytest", "testsuite", "", "errors failures name=pytest skips tests time", PLAIN),
    ("", "testsuite", "", "errors failures name=other skips tests time", PLAIN),
    ("Gradle", "testsuite", "name=C tests skipped failures errors timestamp hostname time", "name=C tests skipped failures errors timestamp hostname time", "name=n classname=c time"),
    ("quick-junit", "testsuites", "name=r tests skipped failures errors timestamp time", "name=s tests skipped errors failures", "name=n classname=c time"),
    ("Surefire", "testsuite", "", f"{SCHEMA}=https://x/surefire-test-report.xsd name=C time tests", PLAIN),
    ("Failsafe", "testsuite", "", f"{SCHEMA}=https://x/failsafe-test-report.xsd name=C time tests", PLAIN),
    ("googletest", "testsuites", "name=AllTests failures", "name=S", "name=n status=run time classname=c"),
    ("googletest", "testsuites", "", "name=S", "name=n status=run result=completed classname=c"),
    ("googletest (list of tests)", "testsuites", "tests name=AllTests", "name=S tests", "name=n file line"),
    ("CTest", "testsuite", "", "name tests failures disabled skipped hostname time timestamp", "name=n status=run"),
    ("Catch2", "testsuites", "", "name errors failures skipped tests hostname time timestamp", "classname=c.global name=n time status=run"),
    ("cargo-nextest", "testsuites", "name=nextest-run tests failures errors uuid", "name=s", PLAIN),
    ("PHPUnit", "testsuites", "", "name tests assertions errors", "name class=C classname file line assertions time"),
    ("minitest-reporters", "testsuites", "", "name=s", "name lineno classname assertions time file"),
    ("Bazel", "testsuites", "", "name=s tests failures errors", "name status=run duration time"),
    ("EUnit", "testsuite", "tests failures errors skipped time name=m", "tests failures errors skipped time name=m", "time name=m:a_test/0"),
    ("", "testsuite", "", "tests failures errors skipped time name=m", PLAIN),
    ("JunitXml.TestLogger", "testsuites", "", "name=a.dll tests", PLAIN),
    ("unittest-xml-reporting", "testsuites", "", "name=t.T-20261120103200 tests", PLAIN),
    ("meson", "testsuites", "tests errors failures", "name=p tests", "name=p classname=p time"),
    ("TAP::Formatter::JUnit", "testsuites", "", "name=a_t tests errors failures", "name=1"),
    ("Node.js", "testsuites", "", "name=s time disabled", "name=n time classname=test"),
    ("Playwright", "testsuites", "id name tests failures skipped errors time", "name=s", "name classname time"),
    ("Eclipse", "testrun", "name=r project tests", "name=s time", PLAIN),
    ("", "testsuites", "", "name=s", "name=n"),
]  # fmt: skip


@pytest.mark.parametrize(("producer", "root", "root_attributes", "suite", "case"), ROWS)
def test_producer(producer: str, root: str, root_attributes: str, suite: str, case: str) -> None:
    assert producer_of(traits(root, root_attributes, suite, case)) == producer


@pytest.mark.parametrize(
    ("producer", "suite", "case"),
    [
        ("gotestsum", "tests failures time name=p timestamp", PLAIN),
        ("gotestsum", "tests failures time name=p timestamp", ""),
        ("go-junit-report", "name=p tests failures errors id", "name=n classname=c time"),
    ],
)
def test_go_is_told_by_its_version_and_the_order_of_attributes(producer: str, suite: str, case: str) -> None:
    found = traits("testsuites", "tests failures errors time", suite, case, {"go.version": "go1.22"})
    assert producer_of(found) == producer


@pytest.mark.parametrize(
    ("producer", "repeats"),
    [
        ("pytest", Repeats.CHILDLESS_RERUNS),
        ("gotestsum", Repeats.RETRIES),
        ("go-junit-report", Repeats.DUPLICATES),
        ("", Repeats.DUPLICATES),
    ],
)
def test_what_repeats_mean(producer: str, repeats: Repeats) -> None:
    assert repeats_of(producer) is repeats
