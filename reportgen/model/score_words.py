"""How a profile words a score: its scale, and a word and a state for each range."""

from __future__ import annotations

import string
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from msgspec import Struct

from reportgen.model.state_words import NEVER_A_PASS, check_words
from reportgen.model.states import State

PHRASES: Mapping[str, frozenset[str]] = {
    "score": frozenset(("grade", "score", "scale")),
    "criterion": frozenset(("score", "scale")),
    "not_measured": frozenset(),
    "hold": frozenset(),
    "deploy": frozenset(),
}
"""The phrases that a profile may word, with the names that it may put between braces."""

HOLD, DEPLOY = "HOLD DEPLOYMENT", "DEPLOY"
"""The phrases `hold` and `deploy` where a profile words them not: what the recommendation says."""

_BEST_FIRST = (State.PASS, State.WARN, State.FAIL)
_MOST = 100


class ScoreWord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a score of `least` (0 to 100) or more is called, and the state that it is marked with."""

    least: int | Decimal
    word: str
    state: State

    def __post_init__(self) -> None:
        """Refuse a state that no score has, and what is no score."""
        if not (Decimal(self.least).is_finite() and 0 <= self.least <= _MOST):
            raise ValueError(f"`score_words`: `least` is {self.least}; it is 0 to {_MOST}")
        if self.state not in _BEST_FIRST:
            raise ValueError(
                f"`score_words`: {self.word!r} is pass, warn or fail, and not {self.state.value}"
            )


def check_score_words(words: tuple[ScoreWord, ...]) -> None:
    """Raise `ValueError` for ranges that leave a score without a word, or call a lower one better."""
    if not words:
        return
    ordered = sorted(words, key=lambda word: word.least, reverse=True)
    if ordered[-1].least != 0:
        raise ValueError("`score_words` has no word for a score of 0: one begins at `least = 0`")
    for above, below in pairwise(ordered):
        if above.least == below.least:
            raise ValueError(f"`score_words` has two words from {above.least} on")
        if _BEST_FIRST.index(below.state) < _BEST_FIRST.index(above.state):
            raise ValueError(
                f"`score_words`: {below.word!r} is {below.state.value!r}, and so better than the higher"
                f" {above.word!r}"
            )
    passes = {word.word.strip().casefold() for word in words if word.state is State.PASS}
    for word in words:
        check_words({word.state: word.word})
        if word.state in NEVER_A_PASS and word.word.strip().casefold() in passes:
            raise ValueError(f"{word.word!r} is printed for {word.state.value!r} and for 'pass' alike")


def word_of(words: tuple[ScoreWord, ...], value: Fraction) -> ScoreWord | None:
    """Return the word of the range that a score is in; None where the profile has none."""
    fitting = [word for word in words if Fraction(word.least) <= value]
    return max(fitting, key=lambda word: word.least, default=None)


def check_phrases(words: Mapping[str, str]) -> None:
    """Raise `ValueError` for a phrase that there is not, and for a name in braces that it does not have."""
    for name, phrase in words.items():
        allowed = PHRASES.get(name)
        if allowed is None:
            raise ValueError(f"`words` has no phrase {name!r}: the phrases are {', '.join(sorted(PHRASES))}")
        if not phrase.strip():
            raise ValueError(f"`words.{name}` is empty")
        for given in _placeholders(name, phrase):
            if given not in allowed:
                known = ", ".join(f"{{{each}}}" for each in sorted(allowed)) or "none"
                raise ValueError(f"`words.{name}` has no {{{given}}}: what it can hold is {known}")
    _check_recommendation(words)


def _check_recommendation(words: Mapping[str, str]) -> None:
    """Likewise for the words of the recommendation: to hold must not read like to deploy."""
    hold, deploy = (words.get(name, told).strip() for name, told in (("hold", HOLD), ("deploy", DEPLOY)))
    check_words({State.FAIL: hold})
    if hold.casefold() == deploy.casefold():
        raise ValueError(f"`words.hold` and `words.deploy` are {hold!r} alike")


def _placeholders(name: str, phrase: str) -> list[str]:
    try:
        parts = list(string.Formatter().parse(phrase))
    except ValueError as error:
        raise ValueError(f"`words.{name}`: {error}") from error
    if any(form or conversion for _, _, form, conversion in parts):
        raise ValueError(f"`words.{name}`: a name in braces stands alone, as in {{score}}")
    return [field for _, field, _, _ in parts if field is not None]
