from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from bs4 import BeautifulSoup
from msgspec.structs import replace

from reportgen.model.profile import Profile
from reportgen.model.states import State
from reportgen.render import render
from reportgen.render.html_body import state_classes, to_body
from reportgen.render.profiles import load_profile
from tests.sample_audit import empty_audit, sample_audit

PROFILE = load_profile("default")
SOURCE = render(sample_audit(), PROFILE, "html")
PAGE = BeautifulSoup(SOURCE, "lxml")


def test_the_page_is_whole_and_says_what_it_is() -> None:
    assert SOURCE.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert PAGE.title is not None
    assert PAGE.title.get_text() == "WebSocket race conditions: audit of the test suite"
    assert PAGE.select_one('meta[name="generator"][content="reportgen"]') is not None
    assert len(PAGE.find_all("h1")) == 1


def test_the_page_asks_nothing_of_anybody() -> None:
    assert not PAGE.find_all(["link", "img", "iframe", "object", "embed", "form", "base", "video", "audio"])
    assert not re.search(r"@import|url\(", SOURCE)
    assert all(str(tag["href"]).startswith("#") for tag in PAGE.find_all(href=True))
    assert not PAGE.find_all(src=True)
    assert not PAGE.find_all(style=True)


def test_the_policy_allows_just_our_style_and_script() -> None:
    policy = PAGE.select_one('meta[http-equiv="Content-Security-Policy"]')
    assert policy is not None
    for tag in ("style", "script"):
        (element,) = PAGE.find_all(tag)
        digest = b64encode(sha256(element.get_text().encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in str(policy["content"])
    assert "default-src 'none'" in str(policy["content"])


def test_every_link_leads_somewhere_and_every_id_stands_once() -> None:
    ids = [str(tag["id"]) for tag in PAGE.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {str(tag["href"])[1:] for tag in PAGE.find_all(href=True)} <= set(ids)


def test_the_contents_list_has_every_section() -> None:
    listed = [(str(a["href"]), a.get_text()) for a in PAGE.select("nav.contents a")]
    assert listed == [(f"#{h2['id']}", h2.get_text()) for h2 in PAGE.find_all("h2")]
    assert len(PAGE.select("main > section")) == len(listed)


def test_a_mark_of_evidence_leads_to_its_row() -> None:
    gates = PAGE.select_one("section.section-gates")
    assert gates is not None
    assert {str(a["href"]) for a in gates.find_all("a")} == {"#E1", "#E2", "#E4", "#E5"}
    row = PAGE.find(id="E3")
    assert row is not None
    assert row.name == "tr"
    assert "evidence/coverage-unit.xml" in row.get_text()


def test_states_are_coloured_by_class_and_unknown_is_never_green() -> None:
    words = {
        (tag.get_text(" ").split()[-1], " ".join(tag["class"])) for tag in PAGE.select("main section .state")
    }
    assert words == {
        ("FAIL", "state state-fail"),
        ("UNKNOWN", "state state-unknown"),
        ("WARN", "state state-warn"),
        ("DONE", "state state-not-done"),
        ("WAIVED", "state state-waived"),
        ("PASS", "state state-pass"),
        ("n/a", "state state-not-applicable"),
    }


def test_only_our_own_words_are_coloured() -> None:
    audit = replace(sample_audit(), title="✅ **PASS**", scope=("✅ PASS", "**PASS**"))
    header = BeautifulSoup(render(audit, PROFILE, "html"), "lxml").select_one("main > header")
    assert header is not None
    assert [" ".join(tag["class"]) for tag in header.select(".state")] == ["state state-fail"]


def test_a_word_for_two_states_has_the_class_of_the_worse() -> None:
    same = dict.fromkeys((State.FAIL, State.UNKNOWN, State.WARN), "HOLD")
    icons = dict.fromkeys((State.FAIL, State.UNKNOWN, State.WARN), "!")
    profile = Profile(name="p", summary="", sections=("verdict",), verdict_words=same, icons=icons)
    assert state_classes(profile)["!", "HOLD"] == "state state-fail"
    assert state_classes(profile)["✅", "PASS"] == "state state-pass"


def test_tables_can_be_read_and_scrolled() -> None:
    for table in PAGE.find_all("table"):
        assert table.parent is not None
        assert table.parent.get("class") == ["table"]
        assert all(th.get("scope") == "col" for th in table.find_all("th"))
    first = PAGE.select_one("section.section-score table")
    assert first is not None
    assert [" ".join(td.get("class") or []) for td in first.select("tbody tr:first-child td")] == [
        *("", "num", "num", "", "")
    ]


@pytest.mark.parametrize("state", [State.PASS, State.WARN, State.FAIL, State.UNKNOWN])
def test_the_page_has_the_colour_of_its_verdict(state: State) -> None:
    page = BeautifulSoup(render(replace(empty_audit(), verdict=state), PROFILE, "html"), "lxml")
    assert page.body is not None
    assert page.body["class"] == [f"verdict-{state.value}"]
    tile = page.select_one(".tile strong")
    assert tile is not None
    assert tile["class"] == ["state", f"state-{state.value}"]


def test_the_head_shows_the_figures_and_what_is_not_measured() -> None:
    def tiles(page: BeautifulSoup) -> list[str]:
        return [" ".join(tile.get_text(" ").split()) for tile in page.select(".tile")]

    assert tiles(PAGE) == [
        "Verdict FAIL",
        "Score 55.7 grade F; 61.9 over what was measured",
        "Tests passed 6 of 8 run",
        "Line coverage 15.8 % of 12 files",
        "Open findings 32 of 2 rules",
    ]
    assert tiles(BeautifulSoup(render(empty_audit(), PROFILE, "html"), "lxml"))[1:] == [
        "Score n/a grade F; nothing measured",
        *(f"{name} n/a not measured" for name in ("Tests passed", "Line coverage", "Open findings")),
    ]


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        (
            "![x](https://x.y/z.png)",
            '<p>!<a href="https://x.y/z.png" rel="noopener noreferrer nofollow">x</a></p>',
        ),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](ftp://x.y)", "<p>[x](ftp://x.y)</p>"),
        ("<b>x</b> https://x.y", "<p>&lt;b&gt;x&lt;/b&gt; https://x.y</p>"),
    ],
)
def test_what_a_template_must_not_write_stays_text(markdown: str, html: str) -> None:
    assert to_body(markdown, PROFILE).intro.strip() == html


def test_headings_of_one_name_have_ids_of_their_own() -> None:
    body = to_body("# A\n\n## X y!\n\na\n\n## X y\n\nb\n\n## Report\n\nc\n", PROFILE)
    assert [heading.id for heading in body.contents] == ["x-y", "x-y-1", "report"]
