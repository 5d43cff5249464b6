"""The suites of one JUnit file: cases gathered under their path, and declared counts held against them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportgen.model.cases import Case, Declared, Suite
from reportgen.model.states import Outcome
from reportgen.readers.junit_case import CaseReader, Pairs, Told
from reportgen.readers.junit_run_errors import RunErrors
from reportgen.readers.junit_tap import TapOutput, TapTally
from reportgen.readers.junit_traits import Traits
from reportgen.readers.junit_values import count_of

_COUNTS = {  # what is counted, under the names that producers give it
    "tests": ("tests",),
    "failures": ("failures", "failed"),
    "errors": ("errors",),
    "skipped": ("skipped", "skips", "skip"),
}


_ASIDE = ("timeouts", "timedout", "inconclusive", "interrupted", "crashed", "aborted", "broken", "unexpected")


class Totals:
    """What is counted below a suite, in cases, by their outcome elements alone.

    `moved` is by outcome the cases whose outcome is told by other means; `extra` the outcome elements beyond
    one a case, and those of earlier attempts; `loose` the failures and errors that have no case;
    `assertions` those that the cases state, which some producers (Nightwatch) give as the number of tests.
    """

    def __init__(self) -> None:
        self.tests = self.failures = self.errors = self.skipped = self.extra = self.loose = 0
        self.assertions = 0
        self.moved = dict.fromkeys(Outcome, 0)

    def count(self, cases: list[Case]) -> None:
        """Add the cases directly in a suite."""
        self.tests += len(cases)
        for case in [case for case in cases if case.details or case.retries]:
            tags = {detail.tag for detail in case.details}
            self.extra += max(len(case.details) - 1, 0) + len(case.retries)
            if "error" in tags:
                self.errors += 1
            elif "failure" in tags:
                self.failures += 1
            elif "skipped" in tags:
                self.skipped += 1
            elif case.details:
                self.moved[case.outcome] += 1

    def add(self, other: Totals) -> None:
        """Add what a nested suite holds."""
        self.tests += other.tests
        self.failures += other.failures
        self.errors += other.errors
        self.skipped += other.skipped
        self.extra += other.extra
        self.loose += other.loose
        self.assertions += other.assertions
        for outcome, count in other.moved.items():
            self.moved[outcome] += count


class OpenSuite:
    """A suite, or what stands in for one (a root, a case that holds cases), that has not ended yet."""

    def __init__(self, kind: str, attributes: Mapping[str, str], path: tuple[str, ...]) -> None:
        self.kind = kind
        self.attributes = attributes
        self.path = path
        self.cases: list[Case] = []
        self.told: list[Told] = []
        self.properties: list[tuple[str, str]] = []
        self.inherited: Pairs = ()
        self.output = TapOutput()
        self.totals = Totals()
        self.has_suites = False


class SuiteReader:
    """Gathers cases into suites. `suites` and `declared` are complete when all that was opened is closed.

    `missing_tests` and `missing_bad` are the largest number by which a suite states more tests, and more
    failed or errored ones, than its cases, their attempts and its own outcome elements account for;
    `missing_skips` the same of skipped ones, and `aside` of tests that it counts as neither (`timeouts`).
    """

    def __init__(self, reader: CaseReader) -> None:
        self.reader = reader
        self.suites: list[Suite] = []
        self.declared: list[Declared] = []
        self.traits = Traits()
        self.tap = TapTally()
        self.run_errors = RunErrors()
        self.missing_tests = self.missing_bad = self.missing_skips = self.aside = 0
        self.stack: list[OpenSuite] = [OpenSuite("", {}, ())]

    def cases(self) -> Iterator[Case]:
        """Yield all cases so far, also those of suites that have not ended."""
        for suite in self.suites:
            yield from suite.cases
        for opened in self.stack:
            yield from opened.cases

    def open(self, kind: str, attributes: Mapping[str, str]) -> OpenSuite:
        """Open a suite below the one opened last; a root that is no suite has no name in the path."""
        above = self.stack[-1]
        path = above.path
        if kind in ("testsuite", "testcase"):
            path = (*path, self.reader.word(attributes.get("name") or ""))
        opened = OpenSuite(kind, attributes, path)
        opened.inherited = (*above.properties, *above.inherited)
        self.stack.append(opened)
        return opened

    def close(self) -> None:
        """Close the suite opened last, and count what is in it."""
        opened = self.stack.pop()
        outcomes, retries = self.reader.outcomes(opened.told)
        details = (*outcomes, *retries)
        totals = opened.totals
        totals.count(opened.cases)
        totals.loose += sum(detail.outcome is not Outcome.SKIPPED for detail in details)
        is_suite = opened.kind == "testsuite"
        if self.stack:
            self.stack[-1].totals.add(totals)
            self.stack[-1].has_suites |= opened.kind in ("testsuite", "testcase")
        if opened.kind not in ("testcase", ""):
            self._compare(opened)
        elif not (
            totals.failures or totals.errors or totals.skipped or details or any(totals.moved.values())
        ):
            self.reader.see_words(opened.attributes)
        if is_suite:
            self.traits.see_suite(opened.attributes, tuple(opened.properties))
            self.tap.look(opened.output.text, opened.cases)
            self.run_errors.finish()
        if opened.cases or details or (is_suite and not opened.has_suites):
            get = opened.attributes.get
            timestamp, file = self.reader.name(get("timestamp", "")), get("file") or get("filepath") or ""
            properties = (*opened.properties, *opened.inherited)
            self.suites.append(
                Suite(
                    opened.path, tuple(opened.cases), timestamp, details, properties, self.reader.word(file)
                )
            )

    def _compare(self, opened: OpenSuite) -> None:
        """Hold the counts that a suite states against those of the cases below it."""
        totals, moved, get = opened.totals, opened.totals.moved, opened.attributes.get
        failures, errors = totals.failures + moved[Outcome.FAILED], totals.errors + moved[Outcome.ERRORED]
        skipped = totals.skipped + moved[Outcome.SKIPPED]
        disabled = count_of(get("disabled", "")) or 0
        counted = {
            "tests": (totals.tests,),
            "failures": (failures, totals.failures),
            "errors": (errors, totals.errors),
            "skipped": (skipped, totals.skipped, skipped - disabled),
        }
        stated = dict.fromkeys(counted, 0)
        for what, names in _COUNTS.items():
            text = next((value for name in names if (value := get(name)) is not None), None)
            if text is None:
                continue
            number = count_of(text)
            stated[what] = number or 0
            if number not in counted[what]:
                subject = " / ".join((opened.kind, *opened.path))
                self.declared.append(Declared(subject, what, text[:40], counted[what][0]))
        bad = failures + errors + totals.extra + totals.loose
        self.missing_bad = max(self.missing_bad, stated["failures"] + stated["errors"] - bad)
        unlisted = max(stated["skipped"] - skipped, disabled - skipped, 0)
        self.missing_skips = max(self.missing_skips, unlisted)
        tests = totals.tests + totals.extra + totals.loose + errors + unlisted
        if stated["tests"] != totals.assertions:
            self.missing_tests = max(self.missing_tests, stated["tests"] - tests)
        aside = sum(max(count_of(get(name, "")) or 0, 0) for name in _ASIDE)
        told = stated["failures"] + stated["errors"] + stated["skipped"]
        self.aside = max(self.aside, min(aside, aside + told - bad - skipped))
        if not bad and not skipped:
            self.reader.see_words(opened.attributes)
