"""The grade and the final status: the verdict, its figures, and when to look next."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from msgspec.structs import replace

from reportgen.model.about import About
from reportgen.model.audit import Audit
from reportgen.model.plan import AfterRemediation
from reportgen.model.risk import Confidence, Risk
from reportgen.render.profiles import load_profile
from reportgen.render.views.final_status import final_status, next_review
from reportgen.render.views.grade import grade
from reportgen.render.views.parts import Subject
from tests.sample_audit import empty_audit, sample_audit

PROFILE = load_profile("graded")


def lines_of(audit: Audit) -> dict[str, str]:
    return {line.label: line.value for line in final_status(Subject(audit, PROFILE)).lines}


def test_the_figures_are_those_of_the_model() -> None:
    audit = replace(
        sample_audit(),
        risk=Risk(level="high", reasons=("The verdict is fail.", "More.")),
        confidence=Confidence(level="low", measured=Fraction(40), reasons=()),
    )
    assert lines_of(audit) == {
        "Grade": "F (55.7/100)",
        "Revision": "3f1c2ab9d4e5f60718293a4b5c6d7e8f90a1b2c3",
        "Tests": "6 of 8 executed tests passed",
        "Gates": "1 passes, 1 fails, 1 warns, 1 is not known, 1 is waived, 1 does not apply",
        "Protection": "not measured, as the policy states no subject",
        "Open issues": "no critical or high one is known",
        "Risk": "high. The verdict is fail.",
        "Confidence": "low",
        "Next step": "A1, Mend the cause of 1 failing test: AssertionError",
    }


def test_what_there_is_none_of_is_not_measured() -> None:
    told = lines_of(replace(empty_audit(), gates=(), revision=None))
    assert told["Tests"] == "not measured, as no test results were given"
    assert told["Gates"] == "the policy has none"
    assert told["Revision"] == "not stated"


@pytest.mark.parametrize(
    ("measured", "says"),
    [
        (
            90,
            (
                "90 of 100 points of weight were measured, and the rest counts as nothing. Over what was"
                " measured alone the score is 61.9; with all of the rest it could be 65.7."
            ),
        ),
        (100, "All 100 points of weight were measured."),
    ],
)
def test_the_grade_says_what_it_rests_on(measured: int, says: str) -> None:
    score = replace(sample_audit().score, measured_weight=Fraction(measured))
    view = grade(Subject(replace(sample_audit(), score=score), PROFILE))
    assert view.grade.source == "**F (55.7/100)**"
    assert view.badge.source == "❌ **FAIL**"
    assert view.rests_on == says


def test_without_a_score_there_is_no_number() -> None:
    score = replace(sample_audit().score, value=None)
    view = grade(Subject(replace(sample_audit(), score=score), PROFILE))
    assert view.grade.source == "**not measured**"
    assert view.rests_on == "Nothing could be scored, so the grade is F."


def test_the_next_review_is_the_policys_own() -> None:
    audit = replace(
        sample_audit(),
        about=About(next_review="in May"),
        generated_at=datetime(2026, 11, 20, 18, 0, tzinfo=UTC),
        score_after=AfterRemediation(score=Fraction(70), grade="C"),
    )
    view = next_review(Subject(audit, PROFILE))
    assert view.review == "in May"
    then = "done, the score is 70.0 (C), as far as the evidence tells."
    assert view.sentences == (
        "This review: 2026-11-20 18:00 UTC.",
        f"The plan has 2 steps; once all of them are {then}",
    )
    one = next_review(Subject(replace(audit, remediation=audit.remediation[:1]), PROFILE))
    assert one.sentences[1] == f"The plan has 1 step; once it is {then}"
    assert next_review(Subject(empty_audit(), PROFILE)).review == ""
