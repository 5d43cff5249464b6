"""A report is a page, and is read back as one: whole tables, headings in steps, marks that lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from reportgen.model.audit import Audit
from reportgen.render import render
from reportgen.render.marks import EVIDENCE_ANCHOR
from reportgen.render.profiles import list_profiles
from tests.hostile_texts import hostile_audit
from tests.sample_audit import empty_audit, large_audit, sample_audit

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
AUDITS: dict[str, Audit] = {
    "sample": sample_audit(),
    "empty": empty_audit(),
    "large": large_audit(2_000, 500),
    "hostile": hostile_audit("| `a` |\n# x <b> @me"),
}


def pages() -> Iterator[tuple[str, str]]:
    """Yield every expected report of the samples, and the audits made by hand in every profile."""
    for path in sorted(SAMPLES.glob("*/expected/report.md")):
        yield path.parts[-3], path.read_text(encoding="utf-8")
    for profile in list_profiles():
        for name, audit in AUDITS.items():
            yield f"{name} as {profile.name}", render(audit, profile, "md")


PAGES = dict(pages())
CASES = pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())


def tokens_of(page: str) -> list[Token]:
    return MarkdownIt("js-default").parse(page)


def headings(page: str) -> list[tuple[int, str]]:
    tokens = tokens_of(page)
    return [
        (int(token.tag[1]), tokens[at + 1].content)
        for at, token in enumerate(tokens)
        if token.type == "heading_open"
    ]


@CASES
def test_every_table_is_rectangular(page: str) -> None:
    lines = page.split("\n")
    for token in tokens_of(page):
        if token.type == "table_open":
            assert token.map is not None
            rows = [line for line in lines[token.map[0] : token.map[1]] if line]
            widths = {len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) for row in rows}
            assert len(widths) == 1, rows
            assert len(rows) > 2, f"a table without a row: {rows}"


@CASES
def test_headings_go_down_in_steps_and_none_stands_twice(page: str) -> None:
    found = headings(page)
    assert [level for level, _ in found].count(1) == 1
    assert found[0][0] == 1
    for (before, _), (after, text) in pairwise(found):
        assert after <= before + 1, text
    second = [text for level, text in found if level == 2]
    assert len(second) == len(set(second))


@CASES
def test_no_section_is_empty(page: str) -> None:
    tokens = tokens_of(page)
    for at, token in enumerate(tokens):
        if token.type == "heading_close":
            following = tokens[at + 1] if at + 1 < len(tokens) else None
            assert following is not None, "the page ends in a heading"
            deeper = following.type == "heading_open" and following.tag > token.tag
            assert deeper or following.type != "heading_open", tokens[at - 1].content


@CASES
def test_every_mark_of_evidence_leads_to_its_row(page: str) -> None:
    marks = {
        inline.children[at + 1].content
        for inline in tokens_of(page)
        if inline.children
        for at, child in enumerate(inline.children)
        if child.type == "link_open" and child.attrGet("href") == f"#{EVIDENCE_ANCHOR}"
    }
    rows = set(re.findall(r"^\| (E\d+) \|", page.partition("\n## Evidence index\n")[2], re.MULTILINE))
    assert marks <= rows
    if marks:
        slugs = [text.lower().replace(" ", "-") for _, text in headings(page)]
        assert EVIDENCE_ANCHOR in slugs


@CASES
def test_the_source_is_tidy(page: str) -> None:
    assert page.endswith("\n")
    assert not page.endswith("\n\n")
    assert "\n\n\n" not in page
    assert not re.search(r"[ \t]$", page, re.MULTILINE)
    assert not re.search(r"^\s*<", page, re.MULTILINE), "raw HTML"
    for number in re.findall(r"\b(1 (?:tests|files|findings|rules|problems|steps|layers))\b", page):
        pytest.fail(f"a wrong plural: {number}")
