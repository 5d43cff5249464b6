"""Approvals and manual answers as metrics: for this revision, and never a pass where nobody is asked."""

from __future__ import annotations

from datetime import date
from typing import Literal

import pytest

from reportgen.judge import judge
from reportgen.judge.explaining.explain import explain
from reportgen.model.audit import Audit
from reportgen.model.expression import parse_condition
from reportgen.model.policy import DEFAULT_GATES, Gate
from reportgen.model.signoff import Answer, Approval, Check, SignOff
from reportgen.model.states import State
from reportgen.model.waivers import Waiver
from tests.unit.judge_evidence import DATE, changed, evidence, file, gate_states, many, scan

JOINED = evidence(many("pp"), files=[file("a.py", [1], [1])], findings=scan())
DAY = date(2026, 1, 1)
GIVEN, DONE = "approvals.approved == approvals.asked", "checklist.manual_not_done == 0"
LOOK = (
    Check(id="look", text="Look at it", who="the architect"),
    Check(id="tied", text="t", condition="tests.failed == 0"),
)


def approval(
    role: str,
    decision: Literal["approved", "conditional", "rejected"] = "approved",
    revision: str = "abc1234",
) -> Approval:
    return Approval(role=role, name="Ann", decision=decision, date=DAY, revision=revision)


def answer(state: State, revision: str = "abc1234") -> Answer:
    return Answer(item="look", state=state, by="Cy", date=DAY, revision=revision)


def judged(condition: str, signoff: SignOff, *waivers: Waiver, checks: tuple[Check, ...] = LOOK) -> Audit:
    policy = changed(
        gates=(*DEFAULT_GATES, Gate(name="g", condition=condition)), checks=checks, waivers=waivers
    )
    return judge(JOINED, policy, generated_at=DATE, revision="abc1234", signoff=signoff)


def signed(roles: tuple[str, ...], *approvals: Approval) -> SignOff:
    return SignOff(roles=roles, approvals=approvals)


LEAD, QA = approval("lead"), approval("qa")


@pytest.mark.parametrize(
    ("condition", "signoff", "state"),
    [
        (GIVEN, signed(("lead", "qa"), LEAD, QA), "pass"),
        (GIVEN, signed(("lead", "qa"), LEAD), "fail"),
        (GIVEN, signed(("lead", "qa"), LEAD, approval("qa", revision="0000000")), "fail"),
        (GIVEN, signed(("lead", "qa"), LEAD, approval("ops")), "fail"),  # nobody asked for ops
        (GIVEN, signed(("lead", "qa"), LEAD, QA, approval("qa", "conditional")), "fail"),  # the worst counts
        (GIVEN, signed(()), "unknown"),  # nobody is asked: not all of them approved
        ("approvals.missing == 0", signed((), LEAD), "unknown"),
        ("approvals.missing == 0", signed(("lead",), LEAD), "pass"),
        ("approvals.rejected == 0", signed(("lead",), LEAD, approval("ops", "rejected")), "fail"),
        ("approvals.conditional == 1", signed(("lead",), approval("lead", "conditional")), "pass"),
        ("approvals.asked == 0", signed(()), "pass"),
        (DONE, SignOff(answers=(answer(State.PASS),)), "pass"),
        (DONE, SignOff(answers=(answer(State.PASS, "0000000"),)), "fail"),
        (DONE, SignOff(), "fail"),
        ("checklist.manual_failed == 0", SignOff(answers=(answer(State.FAIL),)), "fail"),
        ("checklist.manual_passed == checklist.manual", SignOff(answers=(answer(State.PASS),)), "pass"),
    ],
)
def test_a_gate_may_ask_for_what_people_said(condition: str, signoff: SignOff, state: str) -> None:
    assert gate_states(judged(condition, signoff))["g"] == state


def test_without_a_manual_item_none_is_done() -> None:
    assert gate_states(judged(DONE, SignOff(), checks=()))["g"] == "unknown"


def test_an_item_that_is_waived_is_not_missing_and_never_passed() -> None:
    waiver = Waiver(
        id="W",
        check="look",
        reason="r",
        owner="a",
        approver="b",
        created=date(2025, 12, 1),
        expires=date(2026, 2, 1),
    )
    assert gate_states(judged(DONE, SignOff(), waiver))["g"] == "pass"
    assert (
        gate_states(judged("checklist.manual_passed == checklist.manual", SignOff(), waiver))["g"] == "fail"
    )
    assert gate_states(judged("checklist.manual_waived == 1", SignOff(), waiver))["g"] == "pass"


@pytest.mark.parametrize("name", ["checklist.failed", "checklist.passed", "approvals.given", "gates.g"])
def test_what_would_go_in_a_circle_is_no_metric(name: str) -> None:
    with pytest.raises(ValueError, match="there is no metric"):
        parse_condition(f"{name} == 0")


def test_what_people_still_have_to_do_is_a_step_where_a_gate_asks_for_it() -> None:
    asked = signed(("lead", "qa"), LEAD)
    steps = [(one.title, one.places, one.gates) for one in judged(GIVEN, asked).remediation]
    assert steps == [("Get the approval of qa for this revision", ("qa",), ("g",))]
    steps = [(one.title, one.places, one.gates) for one in judged(DONE, asked).remediation]
    title = "The architect has to look, and answer look in signoff.toml: Look at it"
    assert steps == [(title, ("look",), ("g",))]
    assert judged("tests.failed == 0", asked).remediation == ()


def test_explain_knows_who_signed() -> None:
    asked = signed(("lead", "qa"), LEAD)
    policy = changed(gates=(Gate(name="g", condition=GIVEN),))
    found = judge(JOINED, policy, generated_at=DATE, revision="abc1234", signoff=asked)
    told = explain("g", found, JOINED, policy, signoff=asked)
    assert (told.state, told.values) == ("fail", (("approvals.approved", "1"), ("approvals.asked", "2")))
