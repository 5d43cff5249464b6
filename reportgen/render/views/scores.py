"""The scores at a glance: each criterion on the profile's scale with the word of its range."""

from __future__ import annotations

from msgspec import Struct

from reportgen.model.audit import CriterionScore
from reportgen.model.profile import Profile
from reportgen.render.escape import Markdown
from reportgen.render.marks import evidence_marks
from reportgen.render.scores import overall_text, score_mark, score_text
from reportgen.render.views.parts import CELL, Subject
from reportgen.render.wording import clipped


class ScoreRow(Struct, frozen=True):
    """A criterion, its score, and the state and word of its range."""

    name: str
    score: str
    mark: Markdown
    reason: str
    evidence: Markdown


class ScoresView(Struct, frozen=True):
    """The table of scores; `overall` never looks better than the verdict. `marked`: ranges have words."""

    rows: tuple[ScoreRow, ...]
    overall: str
    mark: Markdown
    marked: bool


def scores(subject: Subject) -> ScoresView | None:
    """Give the table; None where the policy has no criterion."""
    audit, profile = subject.audit, subject.profile
    if not audit.criteria:
        return None
    value = audit.score.lower if audit.score.value is not None else None
    return ScoresView(
        rows=tuple(_row(each, profile) for each in audit.criteria),
        overall=overall_text(audit.score, profile),
        mark=score_mark(value, profile, audit.verdict),
        marked=bool(profile.score_words),
    )


def _row(criterion: CriterionScore, profile: Profile) -> ScoreRow:
    return ScoreRow(
        name=clipped(criterion.title or criterion.name, CELL),
        score=score_text(criterion.score, profile),
        mark=score_mark(criterion.score, profile),
        reason=clipped(criterion.reason, 2 * CELL),
        evidence=evidence_marks(criterion.evidence),
    )
