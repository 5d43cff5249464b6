"""A kind of report: an ordered list of sections and its words."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from reportgen.model.criteria import Scale
from reportgen.model.score_words import ScoreWord, check_phrases, check_score_words
from reportgen.model.section import TOP, Section
from reportgen.model.state_words import (
    ICONS,
    STATE_ICONS,
    STATE_WORDS,
    IconStyle,
    check_apart,
    check_icons,
    check_neutral,
    check_words,
)
from reportgen.model.states import State

_DEEPEST_NUMBER = 3


class Profile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of report. It changes words and sections, never score, gates or verdict.

    `sections` are names of templates under `markdown/sections/`, or tables that say more (see `Section`).
    `state_words` and `verdict_words` map a state to its word, and leave the others as they are; so does
    `icons`, which may also be a style: emoji, plain or none. `numbering` is how many levels of headings are
    numbered (1, 1.1, 1.1.1), below the title and outside the sections named in `unnumbered`. `scale` is
    what scores are printed on, `score_words` what their ranges are called, `words` how phrases are put.
    `list_limit` is how many rows a list prints before it is cut.
    """

    name: str = ""
    summary: str
    sections: tuple[str | Section, ...]
    state_words: Mapping[State, str] = field(default_factory=dict)
    verdict_words: Mapping[State, str] = field(default_factory=dict)
    icons: IconStyle | Mapping[State, str] = field(default_factory=dict)
    list_limit: int = 25
    numbering: int = 0
    unnumbered: tuple[str, ...] = ()
    scale: Scale = 100
    score_words: tuple[ScoreWord, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a profile that would print nothing, the same twice, or a failure that reads like a pass."""
        self._check_sections()
        if self.list_limit < 1:
            raise ValueError(f"`list_limit` is {self.list_limit}; it must be at least 1")
        if not 0 <= self.numbering <= _DEEPEST_NUMBER:
            raise ValueError(f"`numbering` is {self.numbering}; it is 0 (none) to {_DEEPEST_NUMBER} levels")
        states = {state: self.state_word(state) for state in State}
        verdicts = {state: self.verdict_word(state) for state in State}
        icons = {state: self.icon(state) for state in State}
        for printed, passes in (
            *((states, states), (verdicts, verdicts), (states, verdicts), (verdicts, states)),
            (icons, icons),
        ):
            check_apart(printed, passes)
        for words in (self.state_words, self.verdict_words):
            check_words(words)
        if not isinstance(self.icons, str):
            check_icons(self.icons)
        for place in self.places:
            for words_ in place.words:
                check_neutral(f"the section {place.section or place.title!r}:", words_, icons)
        check_score_words(self.score_words)
        check_phrases(self.words)

    def _check_sections(self) -> None:
        if not self.sections:
            raise ValueError("`sections` is empty: name at least one")
        told = [(place.section, place.title) for place in self.places]
        twice = next((each for each in told if told.count(each) > 1), None)
        if twice is not None:
            raise ValueError(
                f"the section {twice[0] or twice[1]!r} stands twice in `sections`: give one another title"
            )
        if self.places[0].level != TOP:
            raise ValueError(f"the first section has the level {self.places[0].level}, and none above it")
        strange = [name for name in self.unnumbered if name not in {*self.names, *(t for _, t in told)}]
        if strange:
            raise ValueError(f"`unnumbered` names {strange[0]!r}, which is not in `sections`")

    @property
    def places(self) -> tuple[Section, ...]:
        """The sections in their order, each with all that is said of it."""
        return tuple(Section(section=each) if isinstance(each, str) else each for each in self.sections)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the templates, in order."""
        return tuple(place.section for place in self.places if place.section)

    @property
    def rearranged(self) -> bool:
        """Whether headings stand otherwise than in the templates."""
        return self.numbering > 0 or not all(place.as_is for place in self.places)

    def state_word(self, state: State) -> str:
        """Return the word that this profile prints for a state."""
        return self.state_words.get(state, STATE_WORDS[state])

    def verdict_word(self, state: State) -> str:
        """Return the word that this profile prints for the verdict; without one, that for the state."""
        return self.verdict_words.get(state, self.state_word(state))

    def icon(self, state: State) -> str:
        """Return the icon that this profile prints for a state; empty where it prints none."""
        if isinstance(self.icons, str):
            return ICONS[self.icons][state]
        return self.icons.get(state, STATE_ICONS[state])
