from __future__ import annotations

from collections.abc import Mapping

import pytest

from reportgen.model.profile import Profile
from reportgen.model.states import State
from reportgen.render.marks import badge, evidence_marks, verdict_badge


def link(number: int) -> str:
    return f"[E{number}](#evidence-index)"


@pytest.mark.parametrize(
    ("ids", "source"),
    [
        ((), "–"),
        (("",), "–"),
        (("E2",), link(2)),
        (("E10", "E2", "E10"), f"{link(2)}, {link(10)}"),
        (("E1", "E2"), f"{link(1)}, {link(2)}"),
        (("E1", "E2", "E3", "E7"), f"{link(1)}–{link(3)}, {link(7)}"),
        (("E1", "E3", "E5", "E7", "E9"), ", ".join(link(number) for number in (1, 3, 5, 7, 9))),
        (("E1", "E3", "E5", "E7", "E9", "E11"), ", ".join([*(link(n) for n in (1, 3, 5, 7)), "and 2 more"])),
        (("E1](x)", "e1", "1", "E"), "–"),
    ],
)
def test_evidence_is_marked_with_links_to_its_index(ids: tuple[str, ...], source: str) -> None:
    assert evidence_marks(ids).source == source


def profile(
    state_words: Mapping[State, str] | None = None,
    verdict_words: Mapping[State, str] | None = None,
    icons: Mapping[State, str] | None = None,
) -> Profile:
    return Profile(
        summary="",
        sections=("header",),
        state_words=state_words or {},
        verdict_words=verdict_words or {},
        icons=icons or {},
    )


def test_a_state_is_an_icon_and_a_word_in_bold() -> None:
    assert badge(State.FAIL, profile()).source == "❌ **FAIL**"
    assert badge(State.UNKNOWN, profile()).source == "❔ **UNKNOWN**"
    assert badge(State.NOT_APPLICABLE, profile()).source == "➖ **n/a**"


def test_a_profile_has_its_own_words() -> None:
    own = profile(state_words={State.FAIL: "NO_GO"}, verdict_words={State.FAIL: "HOLD DEPLOYMENT"})
    assert badge(State.FAIL, own).source == "❌ **NO\\_GO**"
    assert verdict_badge(State.FAIL, own).source == "❌ **HOLD DEPLOYMENT**"
    assert verdict_badge(State.WARN, own).source == "⚠️ **WARN**"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"verdict_words": {State.UNKNOWN: "PASS"}}, "'PASS' is printed for 'unknown' and for 'pass' alike"),
        ({"icons": {State.FAIL: "✅"}}, "'✅' is printed for 'fail'"),
        ({"state_words": {State.PASS: " "}}, "the word for 'pass' is empty"),
    ],
)
def test_no_profile_can_make_a_failure_look_like_a_pass(
    words: dict[str, dict[State, str]], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        profile(**words)
