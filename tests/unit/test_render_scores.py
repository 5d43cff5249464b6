from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from reportgen.model.profile import Profile
from reportgen.model.score_words import ScoreWord
from reportgen.model.states import State
from reportgen.render import render
from reportgen.render.scores import overall_text, score_mark, score_sentence, score_text
from tests.sample_audit import empty_audit, sample_audit

BASE = Profile(name="p", summary="", sections=("header", "verdict", "score"))
WORDS = (
    ScoreWord(least=80, word="STRONG", state=State.PASS),
    ScoreWord(least=40, word="FAIR", state=State.WARN),
    ScoreWord(least=0, word="CRITICAL ISSUES", state=State.FAIL),
)
WORDED = replace(BASE, words={"score": "{grade} ({score}/{scale})"})
TEN = replace(BASE, scale=10, score_words=WORDS, words={"criterion": "{score}/{scale}", "not_measured": "?"})


@pytest.mark.parametrize(
    ("value", "hundred", "ten"),
    [
        (Fraction(30), "30.0/100", "3/10"),
        (Fraction(619, 10), "61.9/100", "6.1/10"),
        (Fraction(100), "100/100", "10/10"),
        (Fraction(9999, 100), "99.9/100", "9.9/10"),
        (Fraction(1, 2), "0.5/100", "< 0.1/10"),
        (Fraction(0), "0/100", "0/10"),
        (None, "n/a", "?"),
    ],
)
def test_a_score_is_printed_on_the_scale_and_never_rounded_up(
    value: Fraction | None, hundred: str, ten: str
) -> None:
    assert score_text(value, BASE) == hundred
    assert score_text(value, TEN) == ten


@pytest.mark.parametrize(
    ("value", "verdict", "source"),
    [
        (Fraction(95), State.PASS, "✅ **STRONG**"),
        (Fraction(80), State.PASS, "✅ **STRONG**"),
        (Fraction(7999, 100), State.PASS, "⚠️ **FAIR**"),
        (Fraction(30), State.PASS, "❌ **CRITICAL ISSUES**"),
        (Fraction(95), State.FAIL, "❌ **FAIL**"),
        (Fraction(95), State.UNKNOWN, "❔ **UNKNOWN**"),
        (Fraction(95), State.WARN, "⚠️ **WARN**"),
        (Fraction(50), State.WARN, "⚠️ **FAIR**"),
        (Fraction(30), State.UNKNOWN, "❌ **CRITICAL ISSUES**"),
        (None, State.PASS, "❔ **UNKNOWN**"),
    ],
)
def test_a_range_has_its_word_and_never_looks_better_than_the_verdict(
    value: Fraction | None, verdict: State, source: str
) -> None:
    assert score_mark(value, TEN, verdict).source == source


def test_the_scores_stand_in_a_table_with_the_overall_last() -> None:
    page = render(sample_audit(), replace(TEN, sections=("header", "scores")), "md")
    assert "| tests | 7.5/10 | ⚠️ **FAIR** | " in page
    assert "| findings | ? | ❔ **UNKNOWN** | the size of app/x.py is not known | E4 |" in page
    assert page.endswith("| Overall | F (5.5/10) | ❌ **FAIL** | | |\n")
    plain = render(sample_audit(), replace(BASE, sections=("header", "scores")), "md")
    assert "| tests | 75.0/100 | " in plain
    assert plain.endswith("| Overall | F (55.7/100) | | |\n")
    assert "Scores" not in render(empty_audit(), replace(BASE, sections=("header", "scores")), "md")


def test_a_profile_without_words_marks_no_score() -> None:
    assert score_mark(Fraction(95), BASE).source == ""


@pytest.mark.parametrize(
    ("shown", "sentence"),
    [
        (BASE, "Score 61.9 of 100 over what was measured (90 of 100 points of weight)."),
        (TEN, "Score 6.1 of 10 over what was measured (90 of 100 points of weight)."),
        (replace(BASE, scale="grade"), "Grade F, with what was not measured counted as nothing (90 of 100"),
        (WORDED, "F (55.7/100), with what was not measured counted as nothing (90 of 100 points of weight"),
    ],
)
def test_the_score_is_said_as_the_profile_words_it(shown: Profile, sentence: str) -> None:
    assert score_sentence(sample_audit().score, shown).startswith(sentence)


def test_a_score_that_is_whole_is_said_alone() -> None:
    score = replace(sample_audit().score, measured_weight=sample_audit().score.total_weight)
    assert score_sentence(score, replace(BASE, scale="grade")) == "Grade F."
    assert score_sentence(score, TEN) == "Score 6.1 of 10, grade F."


def test_a_score_of_nothing_is_none() -> None:
    assert overall_text(empty_audit().score, BASE) == "not measured"
    assert score_sentence(empty_audit().score, TEN) == "Nothing could be scored, so the grade is F."


def test_the_table_of_scores_has_scale_and_words() -> None:
    page = render(sample_audit(), TEN, "md")
    assert "1.5/10 ❌ **CRITICAL ISSUES**" in page
    assert "? ❔ **UNKNOWN**" in page
    assert "❌ </span>CRITICAL ISSUES</strong>" in render(sample_audit(), TEN, "html")
