"""A kind of report: an ordered list of sections and its words."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from reportgen.model.states import State

STATE_WORDS: Mapping[State, str] = {
    State.PASS: "PASS",
    State.WARN: "WARN",
    State.FAIL: "FAIL",
    State.UNKNOWN: "UNKNOWN",
    State.NOT_APPLICABLE: "n/a",
    State.WAIVED: "WAIVED",
    State.NOT_DONE: "NOT DONE",
}
STATE_ICONS: Mapping[State, str] = {
    State.PASS: "✅",
    State.WARN: "⚠️",
    State.FAIL: "❌",
    State.UNKNOWN: "❔",
    State.NOT_APPLICABLE: "➖",
    State.WAIVED: "🔖",
    State.NOT_DONE: "⏳",
}


class Profile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of report. It changes words and sections, never score, gates or verdict.

    `sections` are names of templates under `markdown/sections/`; `state_words`, `verdict_words` and
    `icons` map a state to its word, and leave the others as they are. `list_limit` is how many rows a
    list prints before it is cut.
    """

    name: str = ""
    summary: str
    sections: tuple[str, ...]
    state_words: Mapping[State, str] = field(default_factory=dict)
    verdict_words: Mapping[State, str] = field(default_factory=dict)
    icons: Mapping[State, str] = field(default_factory=dict)
    list_limit: int = 25

    def __post_init__(self) -> None:
        """Refuse a profile that would print nothing, the same section twice, or a state without a word."""
        if not self.sections:
            raise ValueError("`sections` is empty: name at least one")
        twice = next((name for name in self.sections if self.sections.count(name) > 1), None)
        if twice is not None:
            raise ValueError(f"the section {twice!r} stands twice in `sections`")
        if self.list_limit < 1:
            raise ValueError(f"`list_limit` is {self.list_limit}; it must be at least 1")
        for words in (self.state_words, self.verdict_words, self.icons):
            for state, word in words.items():
                if not word.strip():
                    raise ValueError(f"the word for {state.value!r} is empty")
        for print_ in (self.state_word, self.verdict_word, self.icon):
            for state in (State.FAIL, State.UNKNOWN, State.NOT_DONE):
                if print_(state) == print_(State.PASS):
                    raise ValueError(f"{print_(state)!r} is printed for {state.value!r} and for 'pass' alike")

    def state_word(self, state: State) -> str:
        """Return the word that this profile prints for a state."""
        return self.state_words.get(state, STATE_WORDS[state])

    def verdict_word(self, state: State) -> str:
        """Return the word that this profile prints for the verdict; without one, that for the state."""
        return self.verdict_words.get(state, self.state_word(state))

    def icon(self, state: State) -> str:
        """Return the icon that this profile prints for a state."""
        return self.icons.get(state, STATE_ICONS[state])
