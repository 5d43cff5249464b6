"""Producers that are known to write some failures as passed or skipped tests, and how to tell."""

from __future__ import annotations

from decimal import Decimal

from reportgen.model.cases import Case
from reportgen.model.facts import CaseFacts
from reportgen.model.figures import plural
from reportgen.model.states import Outcome
from reportgen.readers.junit_producers import GTEST_LIST
from reportgen.readers.junit_suites import SuiteReader
from reportgen.readers.oddities import Oddities, some

_MESON_TIMEOUT = Decimal(30)  # meson's default; a test that is killed ends just after its timeout
_JUST_AFTER = Decimal("0.1")
_AUTO_SKIPPED = "tc_auto_skip"  # what Common Test's cth_surefire starts the reason with, else tc_user_skip


def note_dialect(facts: CaseFacts, suites: SuiteReader, producer: str, oddities: Oddities) -> None:
    """Note what this producer's files hide."""
    match producer:
        case "CTest":
            _note_ctest(facts, oddities)
        case "EUnit":
            _note_eunit(facts, oddities)
        case "googletest":
            _note_gtest(facts, suites, oddities)
        case "Ginkgo":
            _note_ginkgo(facts, oddities)
        case "jest-junit":
            _note_todo(facts, oddities)
        case "JunitXml.TestLogger":
            _note_test_logger(suites, oddities)
        case "meson":
            _note_meson(facts, oddities)
        case _ if producer == GTEST_LIST:
            message = "this is googletest's list of tests; it says nothing of how they ended"
            oddities.note("not run", message, "Run them without --gtest_list_tests.", doubt=True)
    _note_tap(suites, oddities)
    skipped = _skipped(facts)
    _note_auto_skipped(skipped, oddities)
    _note_unexpected(skipped, oddities)


def _skipped(facts: CaseFacts) -> list[Case]:
    told = [case for suite in facts.suites for case in suite.cases if case.details]
    return [case for case in told if case.outcome is Outcome.SKIPPED]


def _names(cases: list[Case]) -> str:
    return some(case.name for case in cases)


def _note_ctest(facts: CaseFacts, oddities: Oddities) -> None:
    """CTest writes a test that it could not start as skipped, and counts it as failed."""
    lost = [
        case
        for case in _skipped(facts)
        if case.details[0].tag == "skipped" and not case.details[0].message.startswith(("SKIP_", "Disabled"))
    ]
    if lost:
        reasons = some(case.details[0].message for case in lost)
        tests = plural(len(lost), "test")
        message = f"CTest could not run {tests}, and writes so as skipped: {_names(lost)} ({reasons})"
        oddities.note("tests not run", message, "CTest itself counts these as failed.", doubt=True)


def _note_eunit(facts: CaseFacts, oddities: Oddities) -> None:
    """EUnit knows no skipping: it writes so a test that timed out, or whose set-up failed."""
    lost = _skipped(facts)
    if lost:
        reasons = some(case.details[0].type or "no reason given" for case in lost)
        tests = plural(len(lost), "test")
        message = f"EUnit cancelled {tests}, and writes so as skipped: {_names(lost)} ({reasons})"
        oddities.note("tests not run", message, "EUnit itself counts these as cancelled.", doubt=True)


def _note_auto_skipped(skipped: list[Case], oddities: Oddities) -> None:
    """Note what Common Test skipped as init_per_testcase, a group or the suite failed: its run fails."""
    lost = [case for case in skipped if any(_AUTO_SKIPPED in detail.text[:100] for detail in case.details)]
    if lost:
        tests = plural(len(lost), "test")
        message = f"Common Test skipped {tests} since what they depend on failed: {_names(lost)}"
        oddities.note("tests not run", message, "Common Test itself fails a run with such tests.", doubt=True)


def _note_gtest(facts: CaseFacts, suites: SuiteReader, oddities: Oddities) -> None:
    """Googletest skips the tests of a suite whose SetUpTestSuite failed, and writes that failure nowhere."""
    never = suites.reader.tally.never_started
    if never.count:
        tests = plural(never.count, "skipped test")
        names = some(never.first)
        message = f"{tests} never started, as when SetUpTestSuite fails (which is written nowhere): {names}"
        hint = "See in the log of the run whether a test suite failed."
        oddities.note("suite not set up", message, hint, doubt=True)
        return
    if "timestamp" in suites.traits.case:
        return  # each test tells when it started
    silent = [
        suite.path[-1]
        for suite in facts.suites
        if suite.path and suite.cases and all(_skipped_silently(case) for case in suite.cases)
    ]
    if silent:
        message = f"all tests were skipped without a reason, as when SetUpTestSuite fails, in {some(silent)}"
        oddities.note("suite not set up", message, "See in the log whether a test suite failed.", doubt=True)


def _skipped_silently(case: Case) -> bool:
    detail = case.details[0] if case.details else None
    if detail is None or detail.tag != "skipped":
        return False
    return not detail.message.partition("\n")[2].strip() and not detail.text.partition("\n")[2].strip()


def _note_ginkgo(facts: CaseFacts, oddities: Oddities) -> None:
    """Ginkgo fails a suite as a whole (interrupted, pending specs forbidden) in a property only."""
    bad = (Outcome.FAILED, Outcome.ERRORED)
    for suite in facts.suites:
        said = dict(suite.properties)
        if said.get("SuiteSucceeded") == "false" and not any(case.outcome in bad for case in suite.cases):
            why = said.get("SpecialSuiteFailureReason") or "no reason given"
            message = f"the suite {' / '.join(suite.path)} failed as a whole, though no test in it did: {why}"
            oddities.note("suite failed", message, "See in the log of the run why.", doubt=True)


def _note_todo(facts: CaseFacts, oddities: Oddities) -> None:
    """jest-junit lists todo tests as passed cases, and leaves them out of its counts."""
    surplus = sum(
        row.counted - int(row.stated)
        for row in facts.declared
        if row.attribute == "tests" and row.subject.startswith("testsuite ") and row.stated.isdigit()
    )
    if surplus > 0:
        tests = plural(surplus, "test")
        message = f"{tests} more than Jest counts are listed as passed: todo tests, which have no body"
        oddities.note("todo looks passed", message, "Write these tests, or leave them out.", doubt=True)


def _note_test_logger(suites: SuiteReader, oddities: Oddities) -> None:
    """JunitXml.TestLogger writes the cases that ended before the test host crashed, and tells of it aside."""
    lines = suites.run_errors.lines
    if lines:
        message = f"the run itself went wrong, which no test case shows: {some(lines)}"
        oddities.note("run error", message, "See in the log of the run which tests are missing.", doubt=True)


def _note_meson(facts: CaseFacts, oddities: Oddities) -> None:
    """Meson writes a test that timed out, or passed against expectation, as a case without a child."""
    late = [
        case
        for suite in facts.suites
        for case in suite.cases
        if case.outcome is Outcome.PASSED
        and (time := case.seconds) is not None
        and (time >= _MESON_TIMEOUT or (time >= 1 and time % 1 <= _JUST_AFTER))
    ]
    hint = "Compare with meson's own summary (testlog.txt, or --no-rebuild --print-errorlogs)."
    if late:
        message = (
            f"{plural(len(late), 'test')} may have timed out, which meson writes as passed: {_names(late)}"
        )
        oddities.note("timeouts look passed", message, hint, doubt=True)
    else:
        message = (
            "meson writes tests that timed out or passed unexpectedly as passed; none looks like it here"
        )
        oddities.note("timeouts look passed", message, hint)


def _note_tap(suites: SuiteReader, oddities: Oddities) -> None:
    tap = suites.tap
    if tap.looks_passed:
        tests = plural(tap.looks_passed, "test")
        message = f"{tests} that the TAP in the output marks as todo or skip are written as passed"
        oddities.note("todo looks passed", message, "They did not show that anything works.", doubt=True)
    if tap.missing:
        message = f"{plural(tap.missing, 'test')} that a TAP plan promised never came"
        oddities.note("tests not listed", message, "The script may have died; see its output.", doubt=True)


def _note_unexpected(skipped: list[Case], oddities: Oddities) -> None:
    """nose2 and others write a test that passed although it was expected to fail as skipped."""
    odd = [
        case
        for case in skipped
        if any(
            phrase in f"{detail.message} {detail.text}".lower()
            for detail in case.details
            for phrase in ("passes unexpectedly", "unexpected success", "unexpectedly passed")
        )
    ]
    if odd:
        message = f"{plural(len(odd), 'test')} passed unexpectedly, and are written as skipped: {_names(odd)}"
        oddities.note("unexpected success", message, "Take the mark off, or mend the test.", doubt=True)
