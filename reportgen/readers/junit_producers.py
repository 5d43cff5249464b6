"""Who wrote a JUnit file: told by the names, attributes and properties that each producer writes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from reportgen.model.cases import Repeats, Suite
from reportgen.readers.junit_traits import Traits

Test = Callable[[Traits], bool]

GTEST_LIST = "googletest (list of tests)"
_XMLRUNNER = "unittest-xml-reporting"
_TIME_OF_RUN = re.compile(r"-\d{14}$")

_PYTEST_ORDERS = (
    "name errors failures skipped tests time timestamp hostname",
    "errors failures hostname name skipped tests time timestamp",  # Python before 3.8 sorted them
    "errors failures name skipped tests time",
    "errors failures name skips tests time",
)


def _every(*tests: Test) -> Test:
    return lambda traits: all(test(traits) for test in tests)


def _root(kind: str) -> Test:
    return lambda traits: traits.root == kind


def _named(name: str) -> Test:
    """Make a test of the root's name."""
    return lambda traits: traits.root_attributes.get("name") == name


def _root_order(start: str) -> Test:
    """Make a test of the root's first attributes."""
    return lambda traits: f"{' '.join(traits.root_attributes)} ".startswith(f"{start} ")


def _suite(pattern: str) -> Test:
    """Make a test of the first suite's name."""
    return lambda traits: re.fullmatch(pattern, traits.suite.get("name", "\n")) is not None


def _suite_order(pattern: str) -> Test:
    """Make a test of the first suite's attributes, in their order."""
    return lambda traits: re.fullmatch(pattern, " ".join(traits.suite)) is not None


def _suite_has(*names: str) -> Test:
    return lambda traits: traits.suite.keys() >= set(names)


def _case_has(*names: str) -> Test:
    return lambda traits: traits.case.keys() >= set(names)


def _case_order(pattern: str) -> Test:
    """Make a test of the first case's attributes, in their order; a file without a case fits."""
    return lambda traits: not traits.case or re.fullmatch(pattern, " ".join(traits.case)) is not None


def _property(pattern: str) -> Test:
    """Make a test of the names of the first suites' properties."""
    return lambda traits: any(re.fullmatch(pattern, key) for key in traits.properties)


def _schema(name: str) -> Test:
    """Make a test of the schema that the first suite names."""
    return lambda traits: any(
        key.endswith("noNamespaceSchemaLocation") and name in value for key, value in traits.suite.items()
    )


def _pytest(traits: Traits) -> bool:
    order = " ".join(traits.suite)
    if order in _PYTEST_ORDERS[:2] and traits.root == "testsuites":
        return True
    return _named("pytest tests")(traits) or (
        traits.suite.get("name") == "pytest" and order in _PYTEST_ORDERS
    )


def _gtest(traits: Traits) -> bool:
    return "status" in traits.case and ("result" in traits.case or _named("AllTests")(traits))


def _gtest_list(traits: Traits) -> bool:
    """Tell the listing of tests that were not run: no outcome, no time, and no failures at the root."""
    listed = traits.case and not {"time", "status"} & traits.case.keys()
    return bool(listed) and _named("AllTests")(traits) and "failures" not in traits.root_attributes


def _meson(traits: Traits) -> bool:
    """Tell meson: three counts at the root, and cases named after their project."""
    project = traits.case.get("classname")
    named = project is not None and (
        traits.case.get("name", "").startswith(project) or "time" not in traits.case
    )
    return " ".join(traits.root_attributes) == "tests errors failures" and named


def _node(traits: Traits) -> bool:
    return traits.case.get("classname") in ("test", "suite") and not traits.root_attributes


_GO = _property(r"go\.version")

PRODUCERS: tuple[tuple[str, Test], ...] = (
    ("pytest", _pytest),
    ("jest-junit", _named("jest tests")),
    ("Vitest", _named("vitest tests")),
    ("Bun", _named("bun test")),
    ("Deno", _named("deno test")),
    ("mocha-junit-reporter", _every(_named("Mocha Tests"), _root("testsuites"))),
    ("Mocha", _named("Mocha Tests")),
    (GTEST_LIST, _gtest_list),
    ("googletest", _gtest),
    ("CTest", _suite_order("name tests failures disabled skipped hostname time timestamp")),
    ("Failsafe", _schema("failsafe")),
    ("Surefire", _schema("surefire")),
    ("Surefire", _property(r"surefire\..*")),
    ("gotestsum", _every(_GO, _suite_order("tests .*"), _case_order("classname name .*"))),
    ("go-junit-report", _GO),
    ("cargo-nextest", _named("nextest-run")),
    ("quick-junit", _every(_root("testsuites"), _root_order("name tests skipped failures errors timestamp"))),
    ("quick-junit", _every(_root("testsuites"), _root_order("name tests skipped failures errors uuid"))),
    ("Playwright", _root_order("id name tests failures skipped errors")),
    ("PHPUnit", _every(_suite_has("assertions"), _case_has("class", "assertions"))),
    ("minitest-reporters", _case_has("lineno", "assertions")),
    ("RSpec", _suite("rspec.*")),
    ("Bazel", _case_has("duration", "time")),
    ("Catch2", _suite_order("name errors failures (skipped )?tests hostname time timestamp")),
    ("doctest", _every(_suite_order("name errors failures tests( skipped)?"), _case_has("status"))),
    ("Boost.Test", _every(_suite_order("tests skipped errors failures .*"), _case_has("assertions"))),
    ("EUnit", _every(_suite_order("tests failures errors skipped time name"), _case_order("time name"))),
    ("JunitXml.TestLogger", _suite(r".+\.(dll|exe)")),
    (_XMLRUNNER, _suite(r".*-\d{14}")),
    ("nose2", _suite("nose2-junit")),
    ("nose", _suite("nosetests")),
    ("bats", _suite(r".+\.bats")),
    ("Karma", _property(r"browser\.fullName")),
    ("Ginkgo", _property("SuiteSucceeded|RandomSeed")),
    ("Ant", _property(r"ant\.(version|file)")),
    ("Gradle", _suite_order("name tests skipped failures errors timestamp hostname time")),
    ("sbt", _property(r"sbt\..*|scala\..*")),
    ("Maven", _property(r"(.*\.)?maven\..*")),
    ("Eclipse", _root("testrun")),
    ("CasperJS", _suite_order("failures name package tests time")),
    ("ESLint", lambda traits: traits.suite.get("package") == "org.eslint"),
    ("stylelint", _suite(r"stylelint\.rules")),
    ("mypy", _suite("mypy")),
    ("Cucumber", _suite("Cucumber")),
    ("meson", _meson),
    ("TAP::Formatter::JUnit", _every(_suite_order("name tests errors failures"), _case_order("name"))),
    ("Node.js", _node),
)  # fmt: skip


def producer_of(traits: Traits) -> str:
    """Name the first producer whose marks the file shows; empty where none is known."""
    return next((name for name, test in PRODUCERS if test(traits)), "")


def repeats_of(producer: str) -> Repeats:
    """Tell what it means when this producer writes one test several times in one file.

    pytest-rerunfailures writes each rerun as a case without any child; gotestsum --rerun-fails writes each
    attempt as a case, the failed ones first. Of other producers nothing is known, so that the worst counts.
    """
    if producer == "pytest":
        return Repeats.CHILDLESS_RERUNS
    return Repeats.RETRIES if producer == "gotestsum" else Repeats.DUPLICATES


def lasting_names(suites: Sequence[Suite], producer: str) -> tuple[Suite, ...]:
    """Take out of the suites' names what is another in each run: else no test would be the same again.

    unittest-xml-reporting ends each name in the time of the run, as 20261120103200.
    """
    if producer != _XMLRUNNER:
        return tuple(suites)
    return tuple(
        replace(suite, path=tuple(_TIME_OF_RUN.sub("", name) for name in suite.path)) for suite in suites
    )
