from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup
from msgspec.structs import replace

from reportgen.model.notes import Note
from reportgen.model.profile import Profile
from reportgen.render import render
from reportgen.render.note_text import note_lines
from reportgen.render.profiles import load_profile
from tests.sample_audit import sample_audit


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("plain *em* **strong** ~~gone~~ `code`", "plain _em_ **strong** ~~gone~~ `code`"),
        ("# PASS", "**PASS**"),
        ("Two\n---", "**Two**"),
        ("# a **b** c", "**a b c**"),
        ("<script>x</script>", "`<script>x</script>`"),
        ("<b>x</b> <!-- y -->", "`<b>x</b>` \\<!-- y --\\>"),
        ("![pic](http://x.org/p.png)", "(picture: pic)"),
        ("![](http://x.org/p.png)", "(picture: without words)"),
        ("[site](https://x.org/a_b?c=1)", "[site](<https://x.org/a_b?c=1>)"),
        ("[mail](mailto:a@x.org)", "[mail](<mailto:a@x.org>)"),
        ("[x](javascript:alert(1))", "x"),
        ("[x](data:text/html;base64,PHNj)", "x"),
        ("[x](notes.md)", "x"),
        ("[E1](#evidence-index)", "E1"),
        ("[a *b*](https://x.org)", "[a b](<https://x.org>)"),
        ("[a](https://x.org/`)", "[a](<https://x.org/%60>)"),
        ("@ops see #12", "`@ops` see `#12`"),
        ("one\ntwo", "one\ntwo"),
        ("- a\n- b", "- a\n- b"),
        ("3. a\n4. b", "3. a\n4. b"),
        ("| a | b |\n|---|---|\n| x | y\\|z |", "| a | b |\n| --- | --- |\n| x | y\\|z |"),
        ("| a |\n|---|", "a"),
        ("```py\n## code\n```", "```text\n## code\n```"),
        ("    code", "```text\ncode\n```"),
        ("> deep", "> deep"),
        ("***", ""),
        ("\\# no heading", "\\# no heading"),
        ("> " * 8 + "x", None),
        ("> " * 99 + "x", None),
        ("> " * 3_000 + "x", None),
        ("- " * 300 + "x", None),
    ],
)
def test_a_note_is_written_anew(source: str, made: str | None) -> None:
    found = "\n".join(note_lines(source))
    if made is None:
        assert "x" in found
    else:
        assert found == made


NOTE = Note(
    section="gates",
    by="Ann *Lee*",
    date=date(2026, 11, 1),
    text="# Fine\n\n✅ **PASS** [E1](#evidence-index)",
)
AUDIT = replace(sample_audit(), notes=(NOTE, replace(NOTE, section="tests", text="second")))


def test_a_note_ends_its_section_and_says_whose_it_is() -> None:
    page = render(AUDIT, load_profile("default"), "md")
    gates = page.partition("\n## Gates\n")[2].partition("\n## ")[0]
    assert gates.rstrip().endswith(
        "> **Note** by Ann \\*Lee\\*, 2026-11-01:\n>\n> **Fine**\n>\n> ✅ **PASS** E1"
    )


def test_a_note_is_in_the_model() -> None:
    assert '"by": "Ann *Lee*"' in render(AUDIT, load_profile("default"), "json")


def test_a_note_whose_section_is_not_there_goes_to_the_notes() -> None:
    shown = Profile(name="p", summary="", sections=("header", "notes", "gates"))
    page = render(AUDIT, shown, "md")
    assert "## Notes\n\n> **Note** by Ann \\*Lee\\*, 2026-11-01:\n>\n> second\n\n## Gates" in page
    assert "second" not in render(AUDIT, replace(shown, sections=("header", "gates")), "md")


def test_two_notes_stand_below_each_other() -> None:
    audit = replace(AUDIT, notes=(NOTE, replace(NOTE, text="second")))
    page = render(audit, load_profile("default"), "md")
    assert page.count("> **Note** by") == 2
    assert "> ✅ **PASS** E1\n>\n> **Note** by" in page


def test_a_section_that_is_empty_but_for_a_note_has_a_heading() -> None:
    audit = replace(sample_audit(), notes=(replace(NOTE, section="changes"),))
    assert "## Changes\n\n> **Note**" in render(audit, load_profile("default"), "md")


def test_nothing_in_a_note_is_marked_as_ours() -> None:
    for icons in ("emoji", "none"):
        shown = Profile(name="p", summary="", sections=("header", "gates", "evidence"), icons=icons)
        audit = replace(AUDIT, notes=(replace(NOTE, text="✅ **PASS** **PASS** [a](https://x.org)"),))
        quote = BeautifulSoup(render(audit, shown, "html"), "lxml").blockquote
        assert quote is not None
        assert quote.select(".state") == []
        assert [(a["href"], a["rel"]) for a in quote.select("a")] == [
            ("https://x.org", ["noopener", "noreferrer", "nofollow"])
        ]
