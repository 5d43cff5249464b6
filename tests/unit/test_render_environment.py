from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from jinja2.exceptions import TemplateRuntimeError, TemplateSyntaxError
from msgspec import Struct

from reportgen.errors import ExitCode, TemplateFailedError
from reportgen.render import render
from reportgen.render.environment import html_environment, markdown_environment
from reportgen.render.escape import code
from reportgen.render.profiles import load_profile
from tests.sample_audit import sample_audit


def out(template: str, **values: object) -> str:
    return markdown_environment(None).from_string(template).render(**values)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("a*b", "a\\*b"),
        (1024, "1,024"),
        (None, "n/a"),
        (True, "yes"),
        (False, "no"),
        (Fraction(875, 10), "87.5"),
        (Decimal("1E+2"), "100"),
        (datetime(2026, 1, 2, 3, 4, tzinfo=UTC), "2026-01-02 03:04 UTC"),
        (code("a*b"), "`a*b`"),
    ],
)
def test_each_kind_of_value_is_printed_in_one_way(value: object, printed: str) -> None:
    assert out("{{ value }}", value=value) == printed


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        ("{{ 'a' + value }}", "a\\<b\\>"),
        ("{{ [value, value] | join }}", "\\<b\\>, \\<b\\>"),
        ("{{ [value, value] | map('code') | join(' / ') }}", "`<b>` / `<b>`"),
        ("{{ value | upper }}", "\\<B\\>"),
        ("{% autoescape false %}{{ value }}{% endautoescape %}", "\\<b\\>"),
        ("{% set x %}{{ value }}{% endset %}{{ x }}", "\\<b\\>"),
        ("{% macro m() %}{{ value }}{% endmacro %}{{ m() }}", "\\<b\\>"),
        ("{{ value | code | upper }}", "MARKDOWN(SOURCE='\\`\\<B\\>\\`')"),
        ("{{ '{{ 7*7 }}' ~ '' if false else value }}", None),
    ],
)
def test_a_value_is_escaped_however_it_is_printed(template: str, printed: str | None) -> None:
    if printed is None:
        with pytest.raises(TemplateSyntaxError, match="side by side"):
            out(template, value="<b>")
    else:
        assert out(template, value="<b>") == printed


@pytest.mark.parametrize(
    "template",
    [
        "{% macro m() %}x{% endmacro %}{{ m() + value }}",
        "{% macro m() %}x%s{% endmacro %}{{ m() % value }}",
        "{% macro m() %}x{% endmacro %}{{ m().format(value) }}",
        "{% macro m() %}x{% endmacro %}{{ m().join([value]) }}",
        "{{ value | safe }}",
        "{{ value | tojson }}",
        "{{ value | e }}",
        "{{ [value] }}",
        "{{ missing }}",
        "{{ value.__class__ }}",
        "{{ value.missing }}",
        "{{ lipsum() }}",
        "{{ [1, 2] | random }}",
        "{{ [value] | join('<br>') }}",
        "{{ items.append(1) }}",
    ],
)
def test_a_template_cannot_print_unescaped_or_reach_out(template: str) -> None:
    with pytest.raises((TemplateRuntimeError, TemplateSyntaxError, TypeError, ValueError)):
        out(template, value="<b>", items=[1])


class Deep(Struct, frozen=True):
    text: str


def test_long_values_are_cut_and_say_so() -> None:
    assert out("{{ value }}", value="x" * 5000).count("x") == 1000
    assert "4,000 characters" in out("{{ value | code }}", value="x" * 5000)
    assert out("{{ deep.text }}", deep=Deep("a_b")) == "a\\_b"


def test_the_page_is_escaped_for_html() -> None:
    assert html_environment(None).from_string("{{ value }}").render(value="<b>&") == "&lt;b&gt;&amp;"


def section(folder: Path, name: str, text: str) -> Path:
    path = folder / "markdown" / "sections" / f"{name}.md.j2"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def test_a_user_replaces_one_part_of_one_section(tmp_path: Path) -> None:
    own = (
        "{% extends 'builtin/markdown/sections/tests.md.j2' %}\n"
        "{% block layers %}Mine: {{ view.layers | length }}.{% endblock %}\n"
    )
    page = render(sample_audit(), load_profile("default"), "md", templates=section(tmp_path, "tests", own))
    assert "Mine: 2." in page
    assert "### Suites" in page
    assert "## Coverage" in page
    assert "| integration | `pytest` |" in page


def test_a_user_replaces_a_whole_section(tmp_path: Path) -> None:
    templates = section(tmp_path, "method", "## How\n\n{{ audit.title }} {{ profile.name }}\n")
    page = render(sample_audit(), load_profile("default"), "md", templates=templates)
    assert page.endswith("## How\n\nWebSocket race conditions: audit of the test suite default\n")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("## Method\n{% if %}\n", 2, "Expected an expression"),
        ("## Method\n\n{{ view.nothing }}\n", 3, "has no attribute 'nothing'"),
        ("a\n{{ audit | nosuch }}\n", 2, "No filter named 'nosuch'"),
        ("a\n{{ 'a' ~ view.digest }}\n", 2, "side by side"),
        ("a\n\n\n{{ 1 // 0 }}\n", 4, "ZeroDivisionError"),
        ("{{ view.sentences }}\n", 1, "TypeError: a template can print text"),
        ("{% for x in range(10 ** 9) %}{% endfor %}\n", 1, "Range too big"),
    ],
)
def test_a_template_that_fails_is_told_with_file_and_line(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    templates = section(tmp_path, "method", text)
    with pytest.raises(TemplateFailedError) as caught:
        render(sample_audit(), load_profile("default"), "md", templates=templates)
    assert f"markdown/sections/method.md.j2:{line}: " in caught.value.message
    assert words in caught.value.message
    assert caught.value.exit_code is ExitCode.NOT_WRITTEN


def test_a_template_that_is_missing_is_told(tmp_path: Path) -> None:
    templates = section(tmp_path, "method", "{% include 'markdown/nowhere.md.j2' %}\n")
    with pytest.raises(TemplateFailedError, match=r"no template 'markdown/nowhere\.md\.j2'"):
        render(sample_audit(), load_profile("default"), "md", templates=templates)


def test_the_users_own_style_goes_into_the_page_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "style.css").write_text("h1 { content: '{{ x }}' }", encoding="utf-8")
    page = render(sample_audit(), load_profile("default"), "html", templates=tmp_path)
    assert "<style>h1 { content: '{{ x }}' }</style>" in page


def test_a_style_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "style.css").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(TemplateFailedError, match=r"html/style\.css cannot be read"):
        render(sample_audit(), load_profile("default"), "html", templates=tmp_path)
