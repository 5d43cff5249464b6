"""Text from outside does nothing on a terminal or in a build log: it is shown."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, strategies as st

from reportgen.cli.table import table
from reportgen.cli.terminal import safe


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text, é, 日本, 👍", "plain text, é, 日本, 👍"),
        ("two\r\nlines\tand\x0bmore\u2028here", "two lines and more here"),
        ("  around  ", "around"),
        ("\x1b[31mred\x1b]0;title\x07", "\\x1b[31mred\\x1b]0;title\\x07"),
        ("\x9b31m\x7f\x00", "\\x9b31m\\x7f\\x00"),
        ("a\u202eb\u2066c\u200fd\u200be\ufefff", "a\\u202eb\\u2066c\\u200fd\\u200be\\ufefff"),
        ("\udce9t\ud800", "\\udce9t\\ud800"),
        ("\U000e0041\ue000", "\\U000e0041\\ue000"),
        ("::error::owned", "\\x3a:error::owned"),
        (" \n ::set-output name=x::y", "\\x3a:set-output name=x::y"),
        ("a::b", "a::b"),
        ("x ##[error]owned", "x \\x23#[error]owned"),
        ("##vso[task.setvariable]", "\\x23#vso[task.setvariable]"),
        ("##TeamCity[buildStatus]", "\\x23#TeamCity[buildStatus]"),
        ("## heading", "## heading"),
    ],
)
def test_safe(text: str, shown: str) -> None:
    assert safe(text) == shown


def test_long_text_is_cut() -> None:
    assert safe("x" * 30, 10) == "x" * 9 + "…"
    assert safe("x" * 10, 10) == "x" * 10


@given(st.text())
def test_whatever_it_is_it_comes_out_as_one_printable_line(text: str) -> None:
    shown = safe(text)
    assert not [each for each in shown if unicodedata.category(each) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
    assert not shown.lstrip().startswith("::")
    assert "##[" not in shown
    shown.encode()


def test_a_table_lines_up_and_holds_no_command() -> None:
    rows = [("a", "日本", "x"), ("::error::", "b", "y\x1b")]
    assert table(("one", "two", "three"), rows) == (
        "one           two   three\n"
        "------------  ----  -----\n"
        "a             日本  x\n"
        "\\x3a:error::  b     y\\x1b\n"
    )
