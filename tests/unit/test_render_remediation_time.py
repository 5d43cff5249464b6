"""Remediation time and the score after it: they add up to the plan, and say what they leave out."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from reportgen.model.audit import Audit
from reportgen.model.plan import Action, AfterRemediation
from reportgen.render.markdown import to_markdown
from reportgen.render.profiles import load_profile
from reportgen.render.views.parts import Subject
from reportgen.render.views.remediation_time import remediation_time, score_after
from tests.unit.judge_evidence import audit, case, evidence

PROFILE = replace(load_profile("compliance"), sections=("remediation_time", "score_after"))


def step(number: int, priority: str, minutes: int, after: int) -> Action:
    return Action(
        id=f"R{number}",
        kind="findings",
        priority=priority,
        title="Mend it",
        places=(),
        count=1,
        minutes=minutes,
        gain=Fraction(1),
        printed_gain=Fraction(1),
        after=Fraction(after),
    )


def made(*steps: Action) -> Audit:
    found = audit(evidence([case("t1")]))
    after = AfterRemediation(score=steps[-1].after, grade="B") if steps else None
    return replace(found, remediation=steps, score_after=after)


PLAN = (
    step(1, "immediate", 90, 60),
    step(2, "high", 30, 65),
    step(3, "high", 30, 70),
    step(4, "low", 10, 81),
)


def test_the_times_add_up_to_that_of_the_plan() -> None:
    view = remediation_time(Subject(made(*PLAN), PROFILE))
    assert view is not None
    assert view.sentence == "The 4 steps of the plan take 2 h 40 min of work by the policy's efforts."
    assert [(row.name, row.steps, row.time, row.until) for row in view.rows] == [
        ("Immediate", 1, "1 h 30 min", "1 h 30 min"),
        ("High", 2, "1 h", "2 h 30 min"),
        ("Low", 1, "10 min", "2 h 40 min"),
    ]


def test_one_step_takes_its_time() -> None:
    view = remediation_time(Subject(made(PLAN[1]), PROFILE))
    assert view is not None
    assert view.sentence == "The 1 step of the plan takes 30 min of work by the policy's efforts."


def test_the_score_is_that_after_the_last_step_of_each_priority() -> None:
    view = score_after(Subject(made(*PLAN), PROFILE))
    assert view is not None
    assert [row.score for row in view.rows][1:] == ["60.0/100", "70.0/100", "81.0/100"]
    assert view.sentence.startswith("With every step of the plan done, the score is 81.0/100 (B); now it is ")


@pytest.mark.parametrize(
    ("outcome", "limits"),
    [
        (
            "passed",
            ["2 criteria are not measured now, and count as nothing until measured: coverage, findings."],
        ),
        (
            "skipped",
            [
                (
                    "3 criteria are not measured now, and count as nothing until measured: tests, coverage, "
                    "findings."
                ),
                "What 1 layer that did not run whole would show is not known, and not counted here: unit.",
            ],
        ),
    ],
)
def test_what_is_not_in_the_score_is_said(outcome: str, limits: list[str]) -> None:
    found = audit(evidence([case("t1", outcome)]))
    after = AfterRemediation(score=Fraction(81), grade="B")
    view = score_after(Subject(replace(found, remediation=PLAN, score_after=after), PROFILE))
    assert view is not None
    assert list(view.limits) == limits


def test_without_a_plan_both_sections_say_so() -> None:
    page = to_markdown(made(), PROFILE)
    assert "Nothing that the evidence shows calls for a step, so no time is asked for." in page
    assert "There is no step to take, so the score stays as it is." in page
