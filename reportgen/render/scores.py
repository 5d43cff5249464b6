"""Scores as a profile prints them: on its scale, in its phrase, with the word and state of their range."""

from __future__ import annotations

from fractions import Fraction

from reportgen.model.audit import CriterionScore, Score
from reportgen.model.figures import floor_digits, one_decimal
from reportgen.model.profile import Profile
from reportgen.model.score_words import word_of
from reportgen.model.states import State, worst
from reportgen.render.escape import Markdown, text
from reportgen.render.marks import badge, state_mark, verdict_badge
from reportgen.render.wording import NOT_KNOWN, weight_text

_TEN = 10


def score_number(value: Fraction, profile: Profile) -> str:
    """Print a score of 0 to 100 on the profile's scale, rounded down: `61.9`, or `6.1` of 10."""
    return _on(value, _scale(profile))


def score_text(value: Fraction | None, profile: Profile) -> str:
    """Print a score with its scale, or as the profile's phrase has it: `61.9/100`, `3/10`."""
    if value is None:
        return profile.words.get("not_measured", NOT_KNOWN)
    phrase = profile.words.get("criterion", "{score}/{scale}")
    return phrase.format(score=score_number(value, profile), scale=_scale(profile))


def score_mark(value: Fraction | None, profile: Profile, verdict: State = State.PASS) -> Markdown:
    """Print the state and word of the range that a score is in; nothing where the profile has no words.

    An overall score comes with its `verdict`: where that is worse than the range, it is printed instead.
    """
    if value is None:
        return badge(State.UNKNOWN, profile)
    found = word_of(profile.score_words, value)
    if found is None:
        return Markdown("")
    if found.state is not verdict and worst([found.state, verdict]) is verdict:
        return verdict_badge(verdict, profile)
    return state_mark(profile.icon(found.state), found.word)


def criterion_cell(criterion: CriterionScore, profile: Profile) -> str | Markdown:
    """Print the score of a criterion in a table: a bare number unless profile or policy say otherwise."""
    value = criterion.score
    if value is None and not profile.score_words:
        return profile.words.get("not_measured", NOT_KNOWN)
    if profile.scale == 100 and "criterion" not in profile.words:  # noqa: PLR2004 - the scale of the model
        own = criterion.shown if criterion.scale != 100 and criterion.shown else one_decimal(value)  # noqa: PLR2004 - likewise
    else:
        own = score_text(value, profile)
    if not profile.score_words:
        return own
    return Markdown(f"{text(own).source} {score_mark(value, profile).source}")


def overall_text(score: Score, profile: Profile) -> str:
    """Print grade and score: the score is that which gives the grade, so that the two belong together."""
    phrase = profile.words.get("score", "{grade} ({score}/{scale})")
    if score.value is None:
        return profile.words.get("not_measured", "not measured")
    return phrase.format(grade=score.grade, score=score_number(score.lower, profile), scale=_scale(profile))


def score_sentence(score: Score, profile: Profile) -> str:
    """Say the score, the grade, and between which bounds it lies where not everything was measured."""
    if score.value is None:
        return f"Nothing could be scored, so the grade is {score.grade}."
    whole = score.measured_weight == score.total_weight
    weights = f"{weight_text(score.measured_weight)} of {weight_text(score.total_weight)} points of weight"
    value, lower, upper = (score_number(each, profile) for each in (score.value, score.lower, score.upper))
    if "score" in profile.words or profile.scale == "grade":
        said = overall_text(score, profile) if "score" in profile.words else f"Grade {score.grade}"
        if whole:
            return f"{said}."
        rest = "" if profile.scale == "grade" else f"; with all of the rest the score could be {upper}"
        return f"{said}, with what was not measured counted as nothing ({weights} were measured{rest})."
    if whole:
        return f"Score {value} of {_scale(profile)}, grade {score.grade}."
    return (
        f"Score {value} of {_scale(profile)} over what was measured ({weights}). With the rest counted as"
        f" nothing it is {lower}, which gives the grade {score.grade}; with all of the rest it could be"
        f" {upper}."
    )


def _scale(profile: Profile) -> int:
    return _TEN if profile.scale == _TEN else 100


def _on(value: Fraction, scale: int) -> str:
    if scale != _TEN:
        return one_decimal(value)
    tenth = value / _TEN
    if 0 < tenth < Fraction(1, 10):
        return "< 0.1"
    return str(tenth.numerator) if tenth.denominator == 1 else f"{float(floor_digits(tenth, 1)):.1f}"
