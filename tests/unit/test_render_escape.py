from __future__ import annotations

import pytest

from reportgen.render.escape import code, excerpt, text, visible


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("plain", "plain"),
        ("  a \t\r\n b\u00a0\u2028c ", "a b c"),
        ("", ""),
        (" \n ", ""),
        ("\x1b[31mred\x00", "␛[31mred␀"),
        ("\x1c\x1f\x7f", "␜␟␡"),
        ("\x80\x9f", "⟨U+0080⟩⟨U+009F⟩"),
        ("a\u202egnp.exe", "a⟨U+202E⟩gnp.exe"),
        ("\ufeffzero\u200bwidth\u00ad", "⟨U+FEFF⟩zero⟨U+200B⟩width⟨U+00AD⟩"),
        ("\U000e0041\ud800\uffff", "⟨U+E0041⟩⟨U+D800⟩⟨U+FFFF⟩"),
        ("⚠\ufe0f ok a\ufe0f", "⚠\ufe0f ok a⟨U+FE0F⟩"),
        ("e\u0301 é 日本 🎉", "e\u0301 é 日本 🎉"),
    ],
)
def test_what_cannot_be_seen_is_shown(value: str, shown: str) -> None:
    assert visible(value) == shown
    assert visible(shown) == shown


@pytest.mark.parametrize(
    ("value", "source"),
    [
        ("plain words, (and) more: 50 %", "plain words, (and) more: 50 %"),
        ("snake_case", "snake\\_case"),
        ("\\`*_[]<>|~&#", "\\\\\\`\\*\\_\\[\\]\\<\\>\\|\\~\\&\\#"),
        ("- item", "\\- item"),
        ("-5 and +5", "-5 and +5"),
        ("---", "\\---"),
        ("1. one", "1\\. one"),
        ("1.5", "1.5"),
        ("1)", "1\\)"),
        ("::error file=x", "\\::error file=x"),
        ("/close", "\\/close"),
        ("/a/ and /b", "\\/a/ and /b"),
        ("hello @team, see #12", "hello `@team`, see `#12`"),
        ("see https://x.y/z_z for more_", "see `https://x.y/z_z` for more\\_"),
        ("me@x.y|you@x.y", "`me@x.y`\\|`you@x.y`"),
        ("`@x`", "`` `@x` ``"),
        (":smile: a::b", "`:smile:` `a::b`"),
        ("costs $5", "costs `$5`"),
        ("at deadbeef01", "at `deadbeef01`"),
        ("##[error]x @y", "\\#\\#\\[error\\]x `@y`"),
        ("##[error]@y", "\\#`#[error]@y`"),
        ("[ ] task", "`[ ]` task"),
        ("", ""),
        ("a@b[x]", r"`a@b`\[`x]`"),  # a task whose line holds `[x]` anywhere is ticked on GitHub
    ],
)
def test_text_is_escaped_and_words_that_a_forge_acts_on_are_code(value: str, source: str) -> None:
    assert text(value).source == source


@pytest.mark.parametrize(
    ("value", "source"),
    [
        ("tests/test_x.py::test_y", "`tests/test_x.py::test_y`"),
        ("a`b", "``a`b``"),
        ("`a", "`` `a ``"),
        ("a```", "```` a``` ````"),
        ("a\nb", "`a b`"),
        ("test_x[a|b]", "test\\_x\\[a\\|b\\]"),
        ("x ##[error]", "x \\#\\#\\[error\\]"),
        ("@me <b> [x](y)", "`@me <b> [x](y)`"),
        (" ", ""),
    ],
)
def test_a_name_is_a_code_span_unless_it_cannot_be(value: str, source: str) -> None:
    assert code(value).source == source


def test_a_word_at_risk_costs_no_more_than_its_length() -> None:
    for piece in ("a/", "[a", ":a", "0", "[+", "~~"):
        assert len(text(piece * 20_000).source) >= 20_000


@pytest.mark.parametrize(
    ("lines", "source"),
    [
        (["E   x", "  y"], "> ```text\n> E   x\n>   y\n> ```"),
        (["````", "::error::"], "> `````text\n> ````\n> ::error::\n> `````"),
        (["a ##[error] ##vso[x] ## y"], "> ```text\n> a # #[error] # #vso[x] ## y\n> ```"),
        (["a\r\nb\tc", ""], "> ```text\n> a  b   c\n>\n> ```"),
    ],
)
def test_an_excerpt_is_quoted_line_by_line(lines: list[str], source: str) -> None:
    assert excerpt(lines).source == source
