"""JSON reads back the same, and does nothing to a terminal or a build log."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given, strategies as st

from reportgen.render.json_text import harmless


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain, é, 日本, 👍", '"plain, é, 日本, 👍"'),
        ("\x9b31m\x7f\x85", '"\\u009b31m\\u007f\\u0085"'),
        ("a\u202eb\u2066c\u200bd\ufeff\u2028", '"a\\u202eb\\u2066c\\u200bd\\ufeff\\u2028"'),
        ("\U000e0041", '"\\udb40\\udc41"'),
        ("x ##[error]y ##VSO[a] ## b", '"x \\u0023#[error]y \\u0023#VSO[a] ## b"'),
    ],
)
def test_what_is_not_seen_is_an_escape(text: str, written: str) -> None:
    data = json.dumps(text, ensure_ascii=False).encode()
    assert harmless(data).decode() == written
    assert json.loads(harmless(data)) == text


@given(st.text())
def test_any_text_reads_back_the_same_and_holds_no_control(text: str) -> None:
    data = harmless(json.dumps(text, ensure_ascii=False).encode("utf-8", "replace"))
    assert json.loads(data) == text.encode("utf-8", "replace").decode()
    assert not {"Cc", "Cf", "Zl", "Zp"} & {unicodedata.category(character) for character in data.decode()}
