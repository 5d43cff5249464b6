"""What the elements of one test come to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reportgen.merge import merge
from reportgen.model.cases import Case, Repeats
from reportgen.model.evidence import JoinRules
from reportgen.model.states import Outcome, RepeatRule
from tests.unit.merge_facts import case, junit, only, rerun, rows

TEARDOWN = 'failed on teardown with "boom"'
SETUP = 'failed on setup with "boom"'
P, F, E, S = (
    case("t", seconds="1"),
    case("t", "failed", "f", seconds="2"),
    case("t", "errored", "e"),
    case("t", "skipped", "s"),
)
DOWN, UP = case("t", "errored", TEARDOWN, seconds="0.5"), case("t", "errored", SETUP)

ONE_FILE = [
    # mode, elements, outcome, flaky, outcomes of the attempts
    (Repeats.DUPLICATES, [F, DOWN], "errored", False, "errored"),
    (Repeats.DUPLICATES, [DOWN, F], "errored", False, "errored"),
    (Repeats.DUPLICATES, [P, DOWN], "errored", False, "errored"),
    (Repeats.DUPLICATES, [UP, DOWN], "errored", False, "errored"),
    (Repeats.DUPLICATES, [P, UP], "errored", True, "passed errored"),
    (Repeats.DUPLICATES, [F, DOWN, F, DOWN], "errored", False, "errored errored"),
    (Repeats.DUPLICATES, [DOWN, DOWN], "errored", False, "errored errored"),
    (Repeats.DUPLICATES, [F, DOWN, DOWN], "errored", False, "errored errored"),
    (Repeats.DUPLICATES, [F, E], "errored", False, "failed errored"),
    (Repeats.DUPLICATES, [F, P], "failed", True, "failed passed"),
    (Repeats.DUPLICATES, [P, F], "failed", True, "passed failed"),
    (Repeats.DUPLICATES, [P, P], "passed", False, "passed passed"),
    (Repeats.DUPLICATES, [P, S], "skipped", False, "passed skipped"),
    (Repeats.DUPLICATES, [S, F], "failed", False, "skipped failed"),
    (Repeats.RETRIES, [F, P], "passed", True, "failed passed"),
    (Repeats.RETRIES, [P, F], "failed", True, "passed failed"),
    (Repeats.RETRIES, [F, E], "errored", False, "failed errored"),
    (Repeats.RETRIES, [F, S], "failed", False, "failed skipped"),
    (Repeats.RETRIES, [S, S], "skipped", False, "skipped skipped"),
    (Repeats.CHILDLESS_RERUNS, [P, P], "passed", True, "unknown passed"),
    (Repeats.CHILDLESS_RERUNS, [P, P, F], "failed", False, "unknown unknown failed"),
    (Repeats.CHILDLESS_RERUNS, [P, DOWN], "errored", False, "unknown errored"),
    (Repeats.CHILDLESS_RERUNS, [P, F, DOWN], "errored", False, "unknown errored"),
    (Repeats.CHILDLESS_RERUNS, [P, F, P], "failed", True, "unknown failed passed"),
    (Repeats.CHILDLESS_RERUNS, [P, S], "unknown", False, "unknown skipped"),
    (Repeats.CHILDLESS_RERUNS, [P], "passed", False, "passed"),
]


@pytest.mark.parametrize(("mode", "elements", "outcome", "flaky", "attempts"), ONE_FILE)
def test_elements_of_one_file(
    mode: Repeats, elements: list[Case], outcome: str, flaky: bool, attempts: str
) -> None:
    joined = only(merge([junit("a.xml", *elements, repeats=mode)]))
    assert (joined.outcome, joined.flaky) == (outcome, flaky)
    assert [attempt.outcome for attempt in joined.attempts] == attempts.split()


RETRIES_INSIDE = [
    # outcome of the element, its earlier attempts, outcome, flaky, attempts
    (case("t", retries=(rerun(),)), "passed", True, "failed passed"),
    (
        case("t", retries=(rerun(), rerun("e", "rerunError", "errored"))),
        "passed",
        True,
        "failed errored passed",
    ),
    (case("t", "failed", "f", retries=(rerun("x", "rerunFailure"),)), "failed", False, "failed failed"),
    (
        case("t", "failed", "f", retries=(rerun("x", "rerunError", "errored"),)),
        "failed",
        False,
        "failed errored",
    ),
    (case("t", "failed", "f", retries=(rerun(),)), "failed", False, "failed failed"),
    (case("t", "skipped", "s", retries=(rerun(),)), "failed", False, "failed skipped"),
]


@pytest.mark.parametrize(("element", "outcome", "flaky", "attempts"), RETRIES_INSIDE)
def test_attempts_inside_an_element(element: Case, outcome: str, flaky: bool, attempts: str) -> None:
    joined = only(merge([junit("a.xml", element)]))
    assert (joined.outcome, joined.flaky) == (outcome, flaky)
    assert [attempt.outcome for attempt in joined.attempts] == attempts.split()


def test_two_failures_of_one_element_are_one_attempt_with_both_messages() -> None:
    joined = only(merge([junit("a.xml", case("two", "failed", "one", "two"))]))
    assert (joined.message, joined.attempts[0].text) == ("one; two", "trace of one\n\ntrace of two")


def test_a_failure_and_its_teardown_error_keep_both_messages_and_all_the_time() -> None:
    evidence = merge([junit("a.xml", F, DOWN)])
    joined = only(evidence)
    assert joined.message == f"{TEARDOWN}; f"
    assert joined.seconds == Decimal("2.5")
    assert rows(evidence, "setup or teardown error") == [(joined.id, "errored", "failed")]


ACROSS = [
    # rule, first file, second file, outcome
    (RepeatRule.WORST, F, P, "failed"),
    (RepeatRule.LATEST, F, P, "passed"),
    (RepeatRule.LATEST, P, F, "failed"),
    (RepeatRule.BEST, F, P, "passed"),
    (RepeatRule.BEST, F, S, "failed"),
    (RepeatRule.BEST, S, S, "skipped"),
    (RepeatRule.WORST, F, E, "errored"),
]


@pytest.mark.parametrize(("rule", "first", "second", "outcome"), ACROSS)
def test_the_rule_for_the_same_test_in_two_files(
    rule: RepeatRule, first: Case, second: Case, outcome: str
) -> None:
    parts = [
        junit("z.xml", first, timestamp="2026-11-20T10:00:00Z"),
        junit("a.xml", second, timestamp="2026-11-20T13:00:00+02:00"),
    ]
    joined = only(merge(parts, JoinRules(repeats=rule)))
    assert joined.outcome == outcome
    assert joined.flaky == (Outcome.PASSED in {first.outcome, second.outcome})
    assert joined.evidence == ("E1", "E2")
    assert [attempt.evidence for attempt in joined.attempts] == ["E2", "E1"]  # by time


def test_an_attempt_that_two_files_tell_alike_is_one() -> None:
    evidence = merge([junit("a.xml", F, timestamp="t"), junit("b.xml", F, timestamp="t")])
    joined = only(evidence)
    assert (len(joined.attempts), joined.evidence) == (1, ("E1", "E2"))
    assert rows(evidence, "equal attempt") == [(joined.id, "one attempt", "told twice")]


@pytest.mark.parametrize("second", [[F, P], [P, F]], ids=["first attempt alone", "other order"])
def test_a_file_that_tells_only_the_first_of_two_attempts_adds_none(second: list[Case]) -> None:
    alone = junit("a.xml", second[0], repeats=Repeats.RETRIES, timestamp="t")
    whole = junit("b.xml", *second, repeats=Repeats.RETRIES, timestamp="t")
    joined = only(merge([alone, whole]))
    assert joined.outcome is second[1].outcome
    assert len(joined.attempts) == 2


def test_attempts_at_other_times_are_not_equal() -> None:
    joined = only(merge([junit("a.xml", F, timestamp="t"), junit("b.xml", F, timestamp="u")]))
    assert len(joined.attempts) == 2


def test_a_retry_and_a_repeat_are_in_the_ledger() -> None:
    evidence = merge([junit("a.xml", F, P, repeats=Repeats.RETRIES), junit("b.xml", E)])
    name = only(evidence).id
    assert rows(evidence, "retry") == [(name, "passed of 2 attempts", "failed")]
    assert rows(evidence, "repeat") == [(name, "errored, the worst of 2", "passed")]


def test_very_many_repeats_of_one_name_take_no_time_to_speak_of() -> None:
    evidence = merge([junit("a.xml", *[P] * 20_000), junit("b.xml", *[P] * 20_000)])
    assert len(only(evidence).attempts) == 20_000
