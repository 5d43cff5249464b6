"""The overall grade, with the verdict beside it and the bounds that it lies between."""

from __future__ import annotations

from msgspec import Struct

from reportgen.model.audit import Score
from reportgen.model.profile import Profile
from reportgen.render.escape import Markdown, text
from reportgen.render.marks import verdict_badge
from reportgen.render.scores import overall_text, score_number
from reportgen.render.views.head import reason_of
from reportgen.render.views.parts import Subject
from reportgen.render.wording import weight_text


class GradeView(Struct, frozen=True):
    """The grade as the profile words it, the verdict with its reason, and what the grade rests on."""

    grade: Markdown
    badge: Markdown
    reason: str
    rests_on: str


def grade(subject: Subject) -> GradeView:
    """Say the grade: that of the lowest score possible, in which what is not measured counts as nothing."""
    audit, profile = subject.audit, subject.profile
    return GradeView(
        grade=Markdown(f"**{text(overall_text(audit.score, profile)).source}**"),
        badge=verdict_badge(audit.verdict, profile),
        reason=reason_of(audit),
        rests_on=_rests_on(audit.score, profile),
    )


def _rests_on(score: Score, profile: Profile) -> str:
    total = f"{weight_text(score.total_weight)} points of weight"
    if score.value is None:
        return f"Nothing could be scored, so the grade is {score.grade}."
    if score.measured_weight == score.total_weight:
        return f"All {total} were measured."
    value, upper = score_number(score.value, profile), score_number(score.upper, profile)
    return (
        f"{weight_text(score.measured_weight)} of {total} were measured, and the rest counts as nothing. "
        f"Over what was measured alone the score is {value}; with all of the rest it could be {upper}."
    )
