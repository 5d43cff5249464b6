from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from reportgen.model.profile import Profile
from reportgen.model.section import Section
from reportgen.render import render
from reportgen.render.outline import Outline, slug
from tests.sample_audit import empty_audit, sample_audit

SECTION = "## Gates\n\ntext\n\n### One `a|b`\n\nx\n\n#### Deep\n\ny\n\n### Two\n\nz"
PLACE = Section(section="gates")


def profile(*places: Section | str, numbering: int = 0, unnumbered: tuple[str, ...] = ()) -> Profile:
    return Profile(
        name="p", summary="", sections=places, numbering=numbering, unnumbered=unnumbered, list_limit=3
    )


def headings_in(markdown: str) -> list[str]:
    return [line for line in markdown.split("\n") if line.startswith("#")]


def headings(place: Section, numbering: int, source: str = SECTION) -> list[str]:
    made = Outline(profile(place, numbering=numbering)).placed(place, source)
    return headings_in(made)


@pytest.mark.parametrize(
    ("numbering", "found"),
    [
        (0, ["## Gates", "### One `a|b`", "#### Deep", "### Two"]),
        (1, ["## 1. Gates", "### One `a|b`", "#### Deep", "### Two"]),
        (2, ["## 1. Gates", "### 1.1 One `a|b`", "#### Deep", "### 1.2 Two"]),
        (3, ["## 1. Gates", "### 1.1 One `a|b`", "#### 1.1.1 Deep", "### 1.2 Two"]),
    ],
)
def test_headings_are_numbered_so_many_levels_deep(numbering: int, found: list[str]) -> None:
    assert headings(PLACE, numbering) == found


@pytest.mark.parametrize(
    ("place", "found"),
    [
        (replace(PLACE, title="My *own* #1"), "## My \\*own\\* `#1`"),
        (replace(PLACE, headings={"Two": "Three"}), "### Three"),
        (replace(PLACE, headings={"One a|b": "First"}), "### First"),
        (replace(PLACE, headings={"Nothing": "First"}), "### Two"),
    ],
)
def test_headings_are_worded_by_the_profile(place: Section, found: str) -> None:
    assert found in headings(place, 0)


def test_a_section_moves_with_all_below_it_and_skips_no_level() -> None:
    place = Section(section="gates", level=3)
    outline = Outline(profile("header", place, numbering=2))
    assert headings_in(outline.placed(place, SECTION)) == [
        "## 1. Gates",
        "### 1.1 One `a|b`",
        "#### Deep",
        "### 1.2 Two",
    ]
    assert "### 1.3 Gates" in outline.placed(place, SECTION)
    assert "\n#### Two" in outline.placed(place, SECTION)


@pytest.mark.parametrize(
    "quoted",
    [
        "```text\n## no heading\n```",
        "> ## no heading",
        "    ## no heading",
        "- ## no heading",
        "| ## a |\n| --- |\n| ## b |",
        "\\## no heading",
    ],
)
def test_what_only_looks_like_a_heading_is_left_as_it_is(quoted: str) -> None:
    source = f"## Gates\n\n{quoted}\n\n### Last\n\nx"
    made = Outline(profile(PLACE, numbering=2)).placed(PLACE, source)
    assert quoted in made
    assert "### 1.1 Last" in made


def test_a_heading_with_a_line_under_it_is_one_too() -> None:
    assert headings(PLACE, 2, "Gates\n-----\n\ntext") == ["## 1. Gates"]


def test_a_section_without_a_number_has_none_below_and_is_not_counted() -> None:
    shown = profile("header", "summary", "gates", "method", numbering=2, unnumbered=("summary",))
    page = render(sample_audit(), shown, "md")
    assert re.findall(r"^##+ .*$", page, re.MULTILINE) == [
        *("## Summary", "### Strengths", "### Concerns", "### Not measured", "## 1. Gates", "## 2. Method"),
    ]


def test_a_heading_for_sections_stands_only_where_one_of_them_does() -> None:
    sections = ("header", Section(title="Work"), Section(section="hotspots", level=3), "method")
    assert "## Work\n\n### Hotspots" in render(sample_audit(), profile(*sections), "md")
    assert "Work" not in render(empty_audit(), profile(*sections), "md")


def test_a_sentence_stands_where_the_template_has_nothing_to_say() -> None:
    place = Section(section="hotspots", title="Risks", otherwise="*Nothing* was measured.")
    page = render(empty_audit(), profile("header", place, numbering=1), "md")
    assert "## 1. Risks\n\n\\*Nothing\\* was measured.\n" in page


def test_a_sentence_of_the_profile_stands_under_the_heading() -> None:
    place = Section(section="method", intro="How it was done.")
    assert "## Method\n\nHow it was done.\n\n- " in render(sample_audit(), profile("header", place), "md")


@pytest.mark.parametrize("format_", ["md", "html"])
def test_marks_lead_to_the_index_whatever_its_heading_is(format_: str) -> None:
    index = Section(section="evidence", title="What it rests on")
    page = render(sample_audit(), profile("header", "gates", index, numbering=1), format_)
    assert "evidence-index" not in page
    assert "2-what-it-rests-on" in page
    if format_ == "html":
        assert '<a href="#E4">E4</a>' in page
        assert '<tr id="E4">' in page
    else:
        assert "[E4](#2-what-it-rests-on)" in page


def test_the_index_is_found_at_any_level() -> None:
    index = Section(section="evidence", level=3)
    page = render(sample_audit(), profile("header", "gates", index), "html")
    assert '<a href="#E4">E4</a>' in page
    assert '<tr id="E4">' in page


def test_a_section_may_stand_twice_with_other_rows() -> None:
    twice = (Section(section="gates", limit=1), Section(section="gates", title="Gates again"))
    page = render(sample_audit(), profile("header", *twice), "md")
    assert page.count("| No test failed or errored |") == 2


def test_an_anchor_is_that_of_the_forges() -> None:
    assert slug("12. What it *rests* on: a_b") == "12-what-it-rests-on-a_b"
