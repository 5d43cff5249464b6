"""The law of the plan: scoring the evidence with everything mended gives exactly what the plan promised."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given, strategies as st
from msgspec import structs

from reportgen.model.audit import Audit
from reportgen.model.evidence import Evidence, JoinedCase
from reportgen.model.placing import Pattern
from reportgen.model.policy import Criterion, Policy
from reportgen.model.states import Outcome
from reportgen.model.subjects import Subject
from reportgen.model.waivers import Waiver
from tests.properties.test_judge import LAW, some_evidence, some_policy
from tests.unit.judge_evidence import audit, item

_FAILING = frozenset({Outcome.FAILED, Outcome.ERRORED, Outcome.UNKNOWN})
_SUBJECTS = (
    Subject(name="login", paths=("a.py",), tests=(Pattern(name="t*"),)),
    Subject(name="REQ-1", kind="requirement", tests=(Pattern(name="t1"), Pattern(name="t3"))),
    Subject(
        name="REQ-2", kind="requirement", tests=(Pattern(name="t1"), Pattern(name="t2")), layers=("unit",)
    ),
)
_EXPRESSIONS = (
    "layers.unit.tests.percent",
    "100 - 100 * tests.failed / tests.total",
    "100 - 10 * evidence.unread",
    "100 - findings.low",
    "100 - findings.rules.F401",
    "subjects.login.tests.percent",
    "matrices.layers.score",
    "matrices.requirements.score",
    "100 * matrices.requirements.complete / requirements.total",
    "100 - 10 * matrices.layers.failing - 10 * matrices.layers.gaps",
    "100 - 20 * matrices.layers.good - 30 * matrices.requirements.gaps",
    "100 - 10 * requirements.failing",
    "10 * requirements.passing + 5 * requirements.warning + requirements.unknown",
)


def mended(joined: Evidence, policy: Policy, found: Audit) -> Evidence:
    """Do every step of the plan: failures pass, findings go, artifacts are whole, and all of them there."""
    accepted = {one.id for one in (found.tests.cases if found.tests else ()) if one.outcome is Outcome.WAIVED}
    waived = {one.id for one in (found.findings.items if found.findings else ()) if one.state == "waived"}
    findings = joined.findings
    if findings is not None:
        # The files stay examined, as they do when a tool looks at them again and says so.
        looked_at = {*(findings.examined or ()), *(one.path for one in findings.items)} - {""}
        items = tuple(one for one in findings.items if one.state != "open" or one.id in waived)
        findings = structs.replace(findings, items=items, examined=tuple(sorted(looked_at)))
    refused = {problem.path for problem in joined.problems} - {one.path for one in joined.items}
    read = [item(50 + n, path) for n, path in enumerate(sorted(refused))]
    missing = [glob.replace("*", "x") for glob in missing_globs(joined, policy)]
    given_now = [item(90 + n, path) for n, path in enumerate(missing)]
    return structs.replace(
        joined,
        cases=tuple(one if one.id in accepted else passed(one) for one in joined.cases),
        suite_errors=(),
        findings=findings,
        observations=(),
        items=(
            *(structs.replace(one, whole=True, has_facts=True) for one in joined.items),
            *read,
            *given_now,
        ),
        problems=(),
        warnings=(),
    )


def missing_globs(joined: Evidence, policy: Policy) -> list[str]:
    told = {one.path for one in joined.items}
    globs = {each if isinstance(each, str) else each.path for each in policy.expected}
    return sorted(globs - told)


def passed(one: JoinedCase) -> JoinedCase:
    attempts = tuple(
        structs.replace(each, outcome=Outcome.PASSED if each.outcome in _FAILING else each.outcome)
        for each in one.attempts
    )
    outcome = Outcome.PASSED if one.outcome in _FAILING else one.outcome
    return structs.replace(one, outcome=outcome, flaky=False, attempts=attempts, message="", type="")


def promised(found: Audit) -> Fraction:
    return found.score_after.score if found.score_after else found.score.lower


@LAW
@given(some_evidence(), some_policy())
def test_the_mended_evidence_scores_what_the_plan_says(joined: Evidence, policy: Policy) -> None:
    found = audit(joined, policy)
    again = audit(mended(joined, policy, found), policy)
    assert again.score.lower == promised(found)
    if found.score_after:
        assert found.score_after.grade == again.score.grade


@LAW
@given(some_evidence(), some_policy(), st.sampled_from(["*.t1", "*.t*", "unit/*"]))
def test_what_is_waived_stays_waived(joined: Evidence, policy: Policy, test: str) -> None:
    waiver = Waiver(
        id="W1",
        test=test,
        reason="r",
        owner="o",
        approver="a",
        created=date(2025, 12, 1),
        expires=date(2026, 2, 1),
    )
    own = tuple(
        Criterion(name=f"own-{n}", weight=Fraction(10), expression=each)
        for n, each in enumerate(("matrices.layers.score", "50 * requirements.passing"))
    )
    allowed = structs.replace(
        policy, waivers=(waiver,), criteria=(*policy.criteria, *own), subjects=_SUBJECTS
    )
    found = audit(joined, allowed)
    assert audit(mended(joined, allowed, found), allowed).score.lower == promised(found)


@LAW
@given(some_evidence(), some_policy(), st.lists(st.sampled_from(_EXPRESSIONS), min_size=1, unique=True))
def test_criteria_of_the_teams_own_keep_the_law(
    joined: Evidence, policy: Policy, expressions: list[str]
) -> None:
    own = tuple(
        Criterion(name=f"own-{n}", weight=Fraction(10), expression=each) for n, each in enumerate(expressions)
    )
    richer = structs.replace(policy, criteria=(*policy.criteria, *own), subjects=_SUBJECTS)
    found = audit(joined, richer)
    assert audit(mended(joined, richer, found), richer).score.lower == promised(found)
