"""The words and icons that states are printed in; no profile may make a failure look like a pass."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from reportgen.model.states import State

IconStyle = Literal["emoji", "plain", "none"]

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
PLAIN_ICONS: Mapping[State, str] = {
    State.PASS: "✓",
    State.WARN: "▲",
    State.FAIL: "✗",
    State.UNKNOWN: "?",
    State.NOT_APPLICABLE: "–",
    State.WAIVED: "◇",
    State.NOT_DONE: "…",
}
NO_ICONS: Mapping[State, str] = dict.fromkeys(State, "")

ICONS: Mapping[str, Mapping[State, str]] = {"emoji": STATE_ICONS, "plain": PLAIN_ICONS, "none": NO_ICONS}

NEVER_A_PASS = (State.FAIL, State.UNKNOWN, State.NOT_DONE)
"""What has to be told from a pass at a glance."""

# What readers take for a pass, whatever a profile calls its own pass.
_GOOD_WORDS = frozenset(
    (
        *(
            "pass",
            "passed",
            "passes",
            "passing",
            "ok",
            "okay",
            "good",
            "great",
            "excellent",
        ),
        *(
            "fine",
            "perfect",
            "success",
            "successful",
            "succeeded",
            "green",
            "approve",
            "approved",
        ),
        *(
            "deploy",
            "ship",
            "release",
            "go",
            "safe",
            "secure",
            "protected",
            "compliant",
            "complete",
        ),
        *(
            "completed",
            "done",
            "clean",
            "covered",
            "verified",
            "accepted",
            "ready",
        ),
    )
)
_GOOD_ICONS = frozenset("✅✔☑✓🟢🎉👍💚🏆🚀💯")
_LETTERS = re.compile(r"[^\W_]+")


def check_words(words: Mapping[State, str]) -> None:
    """Raise `ValueError` for an empty word, and where what is no pass reads like one."""
    _check_given(words)
    for state, word in words.items():
        letters = _LETTERS.findall(word.casefold())
        if state in NEVER_A_PASS and letters and _GOOD_WORDS.issuperset(letters):
            raise ValueError(f"{word!r} is printed for {state.value!r}, and says that all is well")


def check_icons(icons: Mapping[State, str]) -> None:
    """Likewise for icons."""
    _check_given(icons)
    for state, icon in icons.items():
        if state in NEVER_A_PASS and not _GOOD_ICONS.isdisjoint(icon):
            raise ValueError(f"{icon!r} is printed for {state.value!r}, and says that all is well")


def _check_given(words: Mapping[State, str]) -> None:
    for state, word in words.items():
        if not word.strip():
            raise ValueError(f"the word for {state.value!r} is empty")


def check_apart(words: Mapping[State, str], passes: Mapping[State, str]) -> None:
    """Raise `ValueError` where a state that is no pass is printed as `passes` prints one."""
    for state in NEVER_A_PASS:
        if _same(words[state], passes[State.PASS]):
            raise ValueError(f"{words[state]!r} is printed for {state.value!r} and for 'pass' alike")


def check_neutral(what: str, text: str, icons: Mapping[State, str]) -> None:
    """Raise `ValueError` for a text of the profile's own with an icon that says how something came out."""
    for icon in _icons_of_states(icons):
        if icon in text:
            raise ValueError(
                f"{what} {text!r} holds {icon!r}, which tells a state; states come from the model alone"
            )


def _icons_of_states(icons: Mapping[State, str]) -> Iterator[str]:
    yield from _GOOD_ICONS
    for icon in (*STATE_ICONS.values(), *icons.values()):
        if icon and not icon.isascii() and icon not in PLAIN_ICONS.values():
            yield icon


def _same(one: str, other: str) -> bool:
    return bool(one.strip()) and one.strip().casefold() == other.strip().casefold()
