"""The table of scores: each criterion with its state, and the overall score, that never looks better."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from reportgen.model.audit import Audit, CriterionScore
from reportgen.model.profile import Profile
from reportgen.model.score_words import word_of
from reportgen.model.states import State, worst
from reportgen.render.escape import Markdown
from reportgen.render.marks import badge, evidence_marks, state_mark
from reportgen.render.scores import score_mark, score_sentence, score_text
from reportgen.render.views.area_states import area_state
from reportgen.render.views.areas import area_title
from reportgen.render.views.parts import CELL, Subject
from reportgen.render.wording import clipped, weight_text


class CriterionLine(Struct, frozen=True):
    """A row of the table."""

    name: str
    weight: str
    score: str
    state: Markdown
    reason: str
    evidence: Markdown


class ScoresTable(Struct, frozen=True):
    """The rows, and the last one: the score that gives the grade, with the state of its range or verdict."""

    rows: tuple[CriterionLine, ...]
    weight: str
    overall: str
    state: Markdown
    sentence: str


def scores_table(subject: Subject) -> ScoresTable | None:
    """Give the table; None where the policy has no criterion."""
    audit, profile = subject.audit, subject.profile
    if not audit.criteria:
        return None
    overall = None if audit.score.value is None else audit.score.lower
    return ScoresTable(
        rows=tuple(_line(each, audit, profile) for each in audit.criteria),
        weight=weight_text(audit.score.total_weight),
        overall=score_text(overall, profile),
        state=_overall_mark(overall, audit, profile),
        sentence=score_sentence(audit.score, profile),
    )


def _line(criterion: CriterionScore, audit: Audit, profile: Profile) -> CriterionLine:
    return CriterionLine(
        name=area_title(criterion),
        weight=weight_text(criterion.weight),
        score=score_text(criterion.score, profile),
        state=criterion_mark(criterion, audit, profile),
        reason=clipped(criterion.reason, 2 * CELL),
        evidence=evidence_marks(criterion.evidence),
    )


def criterion_mark(criterion: CriterionScore, audit: Audit, profile: Profile) -> Markdown:
    """Print the state of a criterion in the word of its score's range.

    Where its state is worse than that of the range (a check or a test fails, whatever the score), it is the
    word of the state. So it is where the state is not known: missing evidence is no fault that was found.
    """
    state = area_state(criterion, audit, profile)
    own = None if criterion.score is None else word_of(profile.score_words, criterion.score)
    if state is State.UNKNOWN or own is None or worst([state, own.state]) is not own.state:
        return badge(state, profile)
    return state_mark(profile.icon(own.state), own.word)


def _overall_mark(overall: Fraction | None, audit: Audit, profile: Profile) -> Markdown:
    """Print the word of the score, but not a bad one that only the missing evidence is the reason of."""
    best = word_of(profile.score_words, audit.score.upper)
    if audit.verdict is State.UNKNOWN and (best is None or best.state is not State.FAIL):
        return badge(audit.verdict, profile)
    if profile.score_words or overall is None:
        return score_mark(overall, profile, audit.verdict)
    return badge(audit.verdict, profile)
