"""The laws of criteria of a team's own: they hold whatever the checks and expressions are."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import given, strategies as st
from msgspec import structs

from reportgen.model.audit import Audit
from reportgen.model.criteria import SEVERITY_WEIGHTS, CriterionCheck
from reportgen.model.evidence import Evidence
from reportgen.model.figures import floor_digits
from reportgen.model.policy import DEFAULT_CRITERIA, DEFAULT_POLICY, Criterion, Policy
from reportgen.model.states import Outcome, Severity, State
from tests.properties.test_judge import LAW, WEIGHTS, some_evidence
from tests.unit.judge_evidence import audit

MORE_IS_BETTER = st.one_of(
    st.builds(
        "{} >= {}".format,
        st.sampled_from(
            [
                "tests.percent",
                "tests.passed",
                "layers.unit.tests.passed",
                "coverage.lines.percent",
                "coverage.lines.covered",
            ]
        ),
        st.integers(0, 100),
    ),
    st.builds(
        "{} <= {}".format,
        st.sampled_from(
            [
                "tests.failed",
                "tests.errored",
                "layers.e2e.tests.failed",
                "findings.open",
                "findings.high",
                "coverage.lines.missed",
            ]
        ),
        st.integers(0, 6),
    ),
)
"""Conditions that better evidence can only bring about."""

BOTH_WAYS = st.recursive(
    MORE_IS_BETTER,
    lambda inner: st.one_of(
        st.builds("({}) and ({})".format, inner, inner), st.builds("({}) or ({})".format, inner, inner)
    ),
    max_leaves=3,
)
ANY = st.one_of(
    BOTH_WAYS,
    st.builds("not ({})".format, BOTH_WAYS),
    st.sampled_from(["tests.failed >= 1", "diff.percent >= 80", "evidence.total > 2", "tests.total == 0"]),
)


def some_checks(conditions: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[CriterionCheck, ...]]:
    """Make checks; what passes also holds where it warns, so that a pass is never near a fail."""
    drawn = st.lists(
        st.tuples(conditions, conditions, st.booleans(), st.sampled_from(list(Severity))),
        min_size=1,
        max_size=5,
    )
    return drawn.map(
        lambda rows: tuple(
            CriterionCheck(id=f"c{n}", passes=passes, warns=warns if has_warning else "", severity=severity)
            for n, (passes, warns, has_warning, severity) in enumerate(rows)
        )
    )


def some_criteria(conditions: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[Criterion, ...]]:
    return st.builds(
        lambda checks, weight, others: (
            Criterion(name="own", weight=weight, checks=checks),
            *(structs.replace(one, weight=one.weight if others else Fraction(0)) for one in DEFAULT_CRITERIA),
        ),
        some_checks(conditions),
        WEIGHTS,
        st.booleans(),
    )


NUMBERS = st.sampled_from(
    [
        "100 - 7 * tests.failed",
        "tests.percent",
        "(tests.percent + coverage.percent) / 2",
        "min(tests.percent, coverage.lines.percent)",
        "100 - findings.open",
        "100 * tests.passed / tests.failed",
        "tests.failed - 2 * tests.passed",
    ]
)


@st.composite
def any_policy(draw: st.DrawFn) -> Policy:
    number = Criterion(name="number", weight=draw(WEIGHTS), expression=draw(NUMBERS))
    return structs.replace(DEFAULT_POLICY, criteria=(*draw(some_criteria(ANY)), number))


def lower(found: Audit) -> Fraction:
    return found.score.lower


@LAW
@given(some_evidence(), any_policy())
def test_scores_stay_in_range_and_the_waterfall_adds_up(joined: Evidence, policy: Policy) -> None:
    found = audit(joined, policy)
    score = found.score
    assert 0 <= score.lower <= score.upper <= 100
    assert all(one.score is None or 0 <= one.score <= 100 for one in found.criteria)
    assert all(one.reason and one.shown for one in found.criteria)
    assert sum(line.points for line in score.waterfall) == 100 - score.lower
    assert sum(line.printed for line in score.waterfall) == 100 - floor_digits(score.lower, 1)
    assert all(line.points > 0 and line.printed >= 0 for line in score.waterfall)


@LAW
@given(some_evidence(), any_policy())
def test_the_plan_adds_up_whatever_it_does_to_a_score(joined: Evidence, policy: Policy) -> None:
    found = audit(joined, policy)
    steps, start = found.remediation, found.score.lower
    last = steps[-1].after if steps else start
    assert sum(step.gain for step in steps) == last - start
    assert sum(step.printed_gain for step in steps) == floor_digits(last, 1) - floor_digits(start, 1)
    assert all(0 <= step.after <= 100 for step in steps)
    assert all(after.after == before.after + after.gain for before, after in pairwise(steps))
    assert all(step.gain >= 0 for step in steps if step.kind == "check")


@LAW
@given(some_evidence(), any_policy())
def test_a_criterion_is_what_its_checks_earned_and_unknown_where_one_is(
    joined: Evidence, policy: Policy
) -> None:
    own = audit(joined, policy).criteria[0]
    counting = [
        one for one in own.checks if one.state is not State.NOT_APPLICABLE and SEVERITY_WEIGHTS[one.severity]
    ]
    if not counting or any(one.state is State.UNKNOWN for one in counting):
        assert own.score is None
        return
    earned = {State.PASS: Fraction(1), State.WARN: Fraction(1, 2), State.FAIL: Fraction(0)}
    whole = sum(SEVERITY_WEIGHTS[one.severity] for one in counting)
    assert (
        own.score == 100 * sum(earned[one.state] * SEVERITY_WEIGHTS[one.severity] for one in counting) / whole
    )


@LAW
@given(some_evidence(), some_criteria(MORE_IS_BETTER), st.data())
def test_better_evidence_never_lowers_a_criterion_that_asks_for_it(
    joined: Evidence, criteria: tuple[Criterion, ...], data: st.DataObject
) -> None:
    """A failing test passes, or a finding is gone; the checks ask for more of what is good."""
    policy = structs.replace(DEFAULT_POLICY, criteria=criteria)
    failing = [n for n, one in enumerate(joined.cases) if one.outcome in {Outcome.FAILED, Outcome.ERRORED}]
    better = joined
    if failing:
        which = data.draw(st.sampled_from(failing))
        mended = structs.replace(joined.cases[which], outcome=Outcome.PASSED)
        better = structs.replace(better, cases=(*joined.cases[:which], mended, *joined.cases[which + 1 :]))
    if joined.findings is not None and joined.findings.items:
        gone = data.draw(st.sampled_from(joined.findings.items))
        items = tuple(
            structs.replace(one, state="suppressed") if one is gone else one for one in joined.findings.items
        )
        better = structs.replace(better, findings=structs.replace(joined.findings, items=items))
    assert lower(audit(better, policy)) >= lower(audit(joined, policy))


@LAW
@given(some_evidence(), any_policy(), st.sampled_from(["tests", "coverage", "findings"]))
def test_leaving_out_a_kind_of_evidence_raises_no_score_of_ones_own(
    joined: Evidence, policy: Policy, kind: str
) -> None:
    items = tuple(structs.replace(one, whole=True, has_facts=True) for one in joined.items)
    joined = structs.replace(joined, items=items)
    left = {
        "tests": structs.replace(joined, cases=(), has_tests=False, suite_errors=()),
        "coverage": structs.replace(joined, coverage=None),
        "findings": structs.replace(joined, findings=None),
    }[kind]
    before, after = audit(joined, policy), audit(left, policy)
    assert lower(after) <= lower(before)
    for old, new in zip(before.criteria[0].checks, after.criteria[0].checks, strict=True):
        assert new.state is not State.PASS or old.state is State.PASS


@LAW
@given(some_evidence(), any_policy())
def test_no_check_of_what_is_not_there_passes(joined: Evidence, policy: Policy) -> None:
    found = audit(joined, policy)
    kinds = {
        "tests": joined.has_tests,
        "coverage": joined.coverage is not None,
        "findings": joined.findings is not None,
    }
    for check in found.criteria[0].checks:
        named = [kind for kind in kinds if f"{kind}." in check.condition]
        if named and not any(kinds[kind] for kind in named):
            assert check.state is not State.PASS
            assert check.reason.endswith(".")
