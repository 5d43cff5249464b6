"""JSON reads back the same, and does nothing to a terminal or a build log."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import example, given, strategies as st

from reportgen.render.json_text import harmless

# Of class Cf, and yet seen: what Unicode calls prepended concatenation marks.
SEEN = {*map(chr, range(0x600, 0x606)), *map(chr, (0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD))}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain, é, 日本, 👍", '"plain, é, 日本, 👍"'),
        ("\x9b31m\x7f\x85", '"\\u009b31m\\u007f\\u0085"'),
        ("a\u202eb\u2066c\u200bd\ufeff\u2028", '"a\\u202eb\\u2066c\\u200bd\\ufeff\\u2028"'),
        ("\U000e0041", '"\\udb40\\udc41"'),
        ("\U00013430", '"\\ud80d\\udc30"'),
        ("\u08e2 \u0600", '"\u08e2 \u0600"'),
        ("x ##[error]y ##VSO[a] ## b", '"x \\u0023#[error]y \\u0023#VSO[a] ## b"'),
    ],
)
def test_what_is_not_seen_is_an_escape(text: str, written: str) -> None:
    data = json.dumps(text, ensure_ascii=False).encode()
    assert harmless(data).decode() == written
    assert json.loads(harmless(data)) == text


@given(st.text())
@example("\u08e2")
@example("\U00013438")
def test_any_text_reads_back_the_same_and_holds_no_control(text: str) -> None:
    data = harmless(json.dumps(text, ensure_ascii=False).encode("utf-8", "replace"))
    assert json.loads(data) == text.encode("utf-8", "replace").decode()
    assert not {"Cc", "Cf", "Zl", "Zp"} & {
        unicodedata.category(character) for character in set(data.decode()) - SEEN
    }
