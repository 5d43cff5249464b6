"""Evidence is hostile: whatever a thing is called, it comes out as the same text, wherever it is printed.

Each value is printed into each kind of place, and the page is read back by three readers: markdown-it,
GitHub's own cmark, and a parser of our HTML page. It must have the very elements that it has for a harmless
value (code spans apart), and nothing in its text that a forge would turn into a link or a mention.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import cache
from xml.etree import ElementTree as ET

import cmarkgfm  # type: ignore[import-untyped]
import pytest
from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag
from cmarkgfm.cmark import Options  # type: ignore[import-untyped]
from hypothesis import HealthCheck, given, settings, strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from reportgen.model.profile import Profile
from reportgen.render import render
from reportgen.render.environment import markdown_environment
from reportgen.render.escape import excerpt, visible
from reportgen.render.html_body import to_body
from reportgen.render.profiles import load_profile
from tests.hostile_texts import FRAGMENTS, hostile_audit, hostile_texts

FUZZ = 20 if os.environ.get("REPORTGEN_FUZZ") else 1

PLACES = """\
# {{ value }}

{{ value }}

Said: {{ value }}, {{ value | code }}.

- {{ value }}
- {{ value | code }}
- one {{ value }} two

1. {{ value }}

### {{ value | code }}: x

| {{ value }} | {{ value | code }} |
| --- | --- |
| {{ value }} | {{ value | code }} |
| {{ value }} and {{ value }} | {{ value | code }}, {{ value | code }} |

last
"""


def by_markdown_it(markdown: str) -> str:
    return str(MarkdownIt("js-default").render(markdown))


def by_cmark(markdown: str) -> str:
    extensions = ["table", "autolink", "strikethrough", "tagfilter", "tasklist"]
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    return str(cmarkgfm.markdown_to_html_with_extensions(markdown, options, extensions))


def by_our_page(markdown: str) -> str:
    body = to_body(markdown, default_profile())
    return body.intro + body.sections


@cache
def default_profile() -> Profile:
    return load_profile("default")


READERS: dict[str, Callable[[str], str]] = {
    "markdown-it": by_markdown_it,
    "cmark": by_cmark,
    "page": by_our_page,
}


def shape(html: str) -> tuple[list[str], list[str], str]:
    """Return the elements (code apart), the text of each block, and the text that is not in code."""
    elements: list[str] = []
    blocks: list[str] = [""]
    plain: list[str] = []

    def walk(node: PageElement, inside: bool) -> None:
        if isinstance(node, NavigableString):
            blocks[-1] += str(node)
            plain.append("\x00" if inside else str(node))
        elif isinstance(node, Tag):
            if node.name != "code":
                elements.append(
                    node.name + "".join(sorted(set(node.attrs) - {"style", "id", "class", "align"}))
                )
                blocks.append("")
            for child in node.children:
                walk(child, inside or node.name in {"code", "pre", "a"})
            if node.name != "code":
                blocks.append("")

    for child in BeautifulSoup(html, "lxml").children:
        walk(child, inside=False)
    return elements, [" ".join(block.split()) for block in blocks if block.strip()], "".join(plain)


# What forges act upon in the text of a page, after Markdown: from their documentation, and apart from ours.
FORGE_ACTS = {
    "mention": r"(?<![\w`])@[a-z0-9_]",
    "address": r"https?://|ftp://|\bwww\.|[\w.+-]+@[\w-]+\.\w",
    "issue": r"(?<!&)#[0-9]|\bGH-[0-9]|![0-9]|(?<!&)&[0-9]",
    "commit": r"\b[0-9a-f]{7,40}\b",
    "emoji": r":[a-z0-9_+-]+:",
    "math": r"\$",
    "label": r"(?<!\w)~[a-z\"]",
    "task": r"^\[[ xX]\] ",
    "wiki": r"\[\[",
}


def acts(plain: str) -> list[str]:
    return [name for name, act in FORGE_ACTS.items() if re.search(act, plain, re.IGNORECASE | re.MULTILINE)]


def commands(markdown: str) -> list[str]:
    return [
        line
        for line in markdown.split("\n")
        if re.match(r"\s*(?:::|/[a-z])", line, re.IGNORECASE)
        or re.search(r"##(\[|vso\[|teamcity\[)", line, re.IGNORECASE)
    ]


def printed(value: str) -> str:
    return markdown_environment(None).from_string(PLACES).render(value=value)


@pytest.mark.parametrize("reader", READERS)
@settings(max_examples=150 * FUZZ, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(values=st.lists(hostile_texts(), min_size=10, max_size=10))
def test_a_value_is_the_same_text_in_every_place(reader: str, values: list[str]) -> None:
    for value in values:
        check_places(reader, value)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("value", FRAGMENTS)
def test_a_known_attack_is_the_same_text_in_every_place(reader: str, value: str) -> None:
    check_places(reader, value)


@cache
def harmless_shape(reader: str, value: str) -> tuple[list[str], list[str], str]:
    return shape(READERS[reader](printed(value)))


def check_places(reader: str, value: str) -> None:
    markdown = printed(value)
    shown = visible(value)
    elements, blocks, plain = shape(READERS[reader](markdown))
    harmless = harmless_shape(reader, "harmless" if shown else "")
    assert elements == harmless[0], markdown
    assert blocks == [block.replace("harmless", shown) for block in harmless[1]]
    assert acts(plain) == [], markdown
    assert commands(markdown) == []


@settings(max_examples=300 * FUZZ, deadline=None)
@given(lines=st.lists(hostile_texts(), min_size=1, max_size=6))
def test_an_excerpt_is_the_same_text(lines: list[str]) -> None:
    block = f"{excerpt(lines).source}\n\nafter\n"
    assert commands(block) == []
    for reader in READERS.values():
        soup = BeautifulSoup(reader(block), "lxml")
        assert [tag.name for tag in soup.find_all(True)] == ["html", "body", "blockquote", "pre", "code", "p"]
        code = soup.find("code")
        assert code is not None
        read = [visible(line) for line in code.get_text().split("\n")][: len(lines)]
        assert read == [
            visible(re.sub(r"#(?=#(\[|vso\[|teamcity\[))", "# ", line, flags=re.IGNORECASE)) for line in lines
        ]


@settings(max_examples=40 * FUZZ, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(value=hostile_texts())
def test_a_whole_report_has_no_element_that_we_did_not_write(value: str) -> None:
    check_report(value)


@pytest.mark.parametrize("value", [" ".join(FRAGMENTS[at : at + 6]) for at in range(0, len(FRAGMENTS), 6)])
def test_a_whole_report_of_known_attacks_has_no_element_that_we_did_not_write(value: str) -> None:
    check_report(value)


@cache
def harmless_report(reader: str) -> tuple[list[str], list[str], str]:
    return shape(READERS[reader](render(hostile_audit("harmless"), default_profile(), "md")))


def check_report(value: str) -> None:
    value = value if visible(value) else "blank"
    markdown = render(hostile_audit(value), default_profile(), "md")
    for name, reader in READERS.items():
        assert shape(reader(markdown))[0] == harmless_report(name)[0]
    assert commands(markdown) == []
    assert acts(shape(by_cmark(markdown))[2]) == []


@settings(max_examples=25 * FUZZ, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(value=hostile_texts())
def test_a_whole_page_loads_and_runs_nothing_but_ours(value: str) -> None:
    page = BeautifulSoup(render(hostile_audit(value), default_profile(), "html"), "lxml")
    ours = BeautifulSoup(render(hostile_audit("harmless"), default_profile(), "html"), "lxml")
    assert {tag.name for tag in page.find_all(True)} == {tag.name for tag in ours.find_all(True)}
    assert [str(tag) for tag in page.find_all(["script", "style"])] == [
        str(tag) for tag in ours.find_all(["script", "style"])
    ]
    for tag in page.find_all(True):
        assert not {name for name in tag.attrs if name.startswith("on")} | (
            {"src", "srcset", "style"} & set(tag.attrs)
        )
        assert str(tag.get("href", "#")).startswith("#")
    targets = {str(tag["id"]) for tag in page.find_all(id=True)}
    assert {str(tag["href"])[1:] for tag in page.find_all(href=True)} <= targets


def test_a_value_that_looks_like_a_template_stays_as_written() -> None:
    audit = replace(hostile_audit("x"), title="{{ 7*7 }} {% raw %} {# no #}")
    assert "{{ 7\\*7 }} {% raw %} {\\# no \\#}" in render(audit, default_profile(), "md")
    assert "{{ 7*7 }} {% raw %} {# no #}" in render(audit, default_profile(), "html")


def test_the_shape_of_a_page_sees_what_gets_in() -> None:
    assert shape(by_markdown_it("a **b**"))[0] != shape(by_markdown_it("a b"))[0]
    assert acts(shape(by_markdown_it("see @team and `@team`"))[2]) == ["mention"]
    assert acts(shape(by_markdown_it("see `@team`"))[2]) == []
    assert commands("a\n  ::error::x") == ["  ::error::x"]


def test_the_corpus_names_are_among_the_attacks(request: pytest.FixtureRequest) -> None:
    path = request.config.rootpath / "samples/hostile/evidence/junit-injection-names.xml"
    if not path.exists():
        pytest.skip("the hostile sample is not there")
    names = {case.get("name", "") for case in ET.parse(path).iter("testcase")}  # noqa: S314 - our own file
    assert {name for name in names if len(name) < 200 and name.strip()} <= set(FRAGMENTS)
