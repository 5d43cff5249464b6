"""Places as links: where an address is known, and never out of the project or out of Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from markdown_it import MarkdownIt

from reportgen.model.guidance import url_problem
from reportgen.render.places import address, place_mark

URL = "https://forge.example/me/it/blob/abc123/{path}#L{line}"


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("src/a.py:7", "https://forge.example/me/it/blob/abc123/src/a.py#L7"),
        ("src/a.py", "https://forge.example/me/it/blob/abc123/src/a.py#L1"),
        ("./a.py:7", "https://forge.example/me/it/blob/abc123/a.py#L7"),
        ("a (1)].py:7", "https://forge.example/me/it/blob/abc123/a%20%281%29%5D.py#L7"),
        ("ä.py:7", "https://forge.example/me/it/blob/abc123/%C3%A4.py#L7"),
        ("/etc/passwd.x:1", ""),
        ("a/../../b.py:1", ""),
        ("C:/a.py:1", ""),
        ("javascript:alert(1).py", ""),
        ("\\\\host\\a.py", ""),
        ("no file", ""),
        ("", ""),
        ("unit/C.test_a", "https://forge.example/me/it/blob/abc123/unit/C.test_a#L1"),
        ("a//b.py", ""),
    ],
)
def test_addresses(place: str, expected: str) -> None:
    assert address(place, URL) == expected


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        (URL, ""),
        ("https://x.example/{revision}/{path}", ""),
        ("https://x.example/?p={path}&l={line}", ""),
        ("http://x.example/{path}", "it must begin with https://"),
        ("javascript:{path}", "it must begin with https://"),
        ("https://x.example/", "it must hold {path}"),
        ("https://x.example/{path}/{who}", "{who} stands for nothing"),
        ("https://{path}/", "it is no address"),
        ("https://x.example/{path}) [a](b", "it is no address"),
        ("https://x.example/{path}<b>", "it is no address"),
        ("https://x.example/{{path}}", "it is no address"),
    ],
)
def test_templates(template: str, problem: str) -> None:
    assert url_problem(template).startswith(problem)
    assert bool(url_problem(template)) is bool(problem)


def test_without_an_address_a_place_is_a_code_span() -> None:
    assert place_mark("a.py:7", "a.py:7", "").source == "`a.py:7`"
    assert place_mark("a.py:7", "a.py:7", "https://x.example/{revision}/{path}").source == "`a.py:7`"
    assert place_mark("a.py:7", "a.py:7", "ftp://x/{path}").source == "`a.py:7`"


@pytest.mark.parametrize("place", ["pkg.Class.method", "unit/C.test_a", "my.suite"])
def test_what_may_be_a_name_is_no_link_unless_it_is_sure(place: str) -> None:
    assert place_mark(place, place, URL).source == f"`{place}`"
    assert place_mark(place, place, URL, sure=True).source.startswith("[")


def test_a_place_is_a_link() -> None:
    told = place_mark("a.py:7", "a.py:7", "https://x.example/{path}?a=1&copy={line}").source
    assert told == "[`a.py:7`](https://x.example/a.py?a=1&amp;copy=7)"


@given(st.text(max_size=60) | st.text("a.py:1/[]()<>`|\\*_\n# &", max_size=40))
def test_whatever_a_path_is_called_its_link_leads_to_the_forge(path: str) -> None:
    source = place_mark(path, path, URL).source
    inline = MarkdownIt("commonmark").parseInline(source)[0]
    links = [token.attrGet("href") for token in inline.children or () if token.type == "link_open"]
    assert len(links) <= 1
    assert all(str(link).startswith("https://forge.example/me/it/blob/abc123/") for link in links)
    assert all(".." not in str(link).split("/") for link in links)
    others = [token.type for token in inline.children or () if token.type.startswith(("html", "image", "em"))]
    assert others == []
