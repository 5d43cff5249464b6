"""The sentences of the plan: which fix turns most tests, and which gates no step is sure to turn."""

from __future__ import annotations

import pytest

from reportgen.model.evidence import JoinedCase
from reportgen.model.policy import Gate
from reportgen.model.profile import Profile
from reportgen.model.subjects import Subject as PolicySubject
from reportgen.render.views.parts import Subject
from reportgen.render.views.plan import PlanView, plan
from tests.unit.judge_evidence import audit, case, changed, evidence

PROFILE = Profile(name="p", summary="", sections=("plan",))


def planned(cases: list[JoinedCase], *gates: Gate) -> PlanView:
    policy = changed(gates=gates, subjects=(PolicySubject(name="R-1", kind="requirement", owner="me"),))
    view = plan(Subject(audit(evidence(cases), policy), PROFILE))
    assert view is not None
    return view


def failing(messages: str) -> list[JoinedCase]:
    return [case(f"t{n}", "failed", f"{each} went wrong") for n, each in enumerate(messages)]


@pytest.mark.parametrize(
    ("messages", "said"),
    [
        ("aab", "R1 turns most tests: 2 of the 3 that fail."),
        ("aabb", "R1 and R2 turn most tests: 2 each of the 4 that fail."),
        ("aabbcc", "R1, R2 and R3 turn most tests: 2 each of the 6 that fail."),
        ("aabbccdd", ""),
        ("aa", ""),
        ("ab", ""),
    ],
)
def test_the_plan_says_which_fix_turns_most_tests(messages: str, said: str) -> None:
    assert planned(failing(messages)).most == said


def test_gates_that_no_step_is_sure_to_turn_are_named() -> None:
    gates = (
        Gate(name="pass", condition="tests.failed == 0"),
        Gate(name="tested", condition="requirements.untested == 0"),
    )
    view = planned(failing("a"), *gates)
    assert view.left_standing == "This gate is in the way, and no step is sure to turn it: tested."
    assert planned(failing("a"), gates[0]).left_standing == ""


def test_a_missing_test_is_owned_by_its_subject_and_verified_by_nothing() -> None:
    rows = {row.title: row for group in planned(failing("a")).groups for row in group.rows}
    assert rows["Write a test for requirement R-1"].owner == "me"
    assert rows["Write a test for requirement R-1"].verify == ""
