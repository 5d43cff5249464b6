"""The report in Markdown: each section's view through its template, then all of them through one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from reportgen.model.audit import Audit
from reportgen.model.profile import Profile
from reportgen.model.section import Section
from reportgen.render.environment import markdown_environment, run
from reportgen.render.escape import Markdown, text
from reportgen.render.marks import EVIDENCE_ANCHOR
from reportgen.render.noted import noted
from reportgen.render.row_anchor import led_to_list
from reportgen.render.views.parts import Subject
from reportgen.render.views.table import VIEWS

INDEX = "evidence"

_MARK = rf"\[(E[0-9]+)\]\(#{EVIDENCE_ANCHOR}\)"
# Marks, and what could look like one and is text: escaped characters and code spans.
_MARK_OR_TEXT = re.compile(rf"\\.|(?P<ticks>(?<!`)`+(?!`)).*?(?<!`)(?P=ticks)(?!`)|{_MARK}")
_FENCE = re.compile(r"[> ]*(`{3,})([^`]*)$")
_SPACE_AT_END = re.compile(r"[ \t]+$", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{3,}")


def to_markdown(audit: Audit, profile: Profile, templates: Path | None = None) -> str:
    """Return the report in Markdown. The evidence index is made last: it lists what the others cite."""
    environment = markdown_environment(templates)
    places = profile.places
    done = dict.fromkeys(range(len(places)), "")
    for at in sorted(done, key=lambda at: places[at].section == INDEX):
        place = places[at]
        if not place.section:
            continue
        seen = frozenset(cited("\n".join(done.values()))) if place.section == INDEX else frozenset[str]()
        subject = Subject(audit, profile, seen, place)
        context = {
            "audit": audit,
            "profile": profile,
            "options": place.options,
            "view": VIEWS[place.section](subject) if place.section in VIEWS else None,
        }
        done[at] = run(environment, f"markdown/sections/{place.section}.md.j2", context).strip("\n")
    filled = [
        _filled(place, done[at], noted(place.section, audit, profile) if _is_first(places, at) else "")
        for at, place in enumerate(places)
    ]
    sections, anchor = _arranged(places, filled, profile)
    context = {"audit": audit, "profile": profile, "sections": [Markdown(each) for each in sections]}
    page = run(environment, "markdown/report.md.j2", context)
    marked = led_to(page, anchor) if INDEX in profile.names else unlinked(page)
    return tidy(led_to_list(marked))


def _is_first(places: tuple[Section, ...], at: int) -> bool:
    """Tell whether no place before has the same template: notes are printed once."""
    return bool(places[at].section) and all(each.section != places[at].section for each in places[:at])


def _filled(place: Section, markdown: str, notes: str) -> str:
    """Add what stands in a section besides what its template says; empty where nothing does."""
    body = markdown if markdown.strip() else ""
    if not body and (notes or place.otherwise):
        body = heading_of(place)
        body += f"\n\n{text(place.otherwise).source}" if place.otherwise else ""
    return f"{body}\n\n{notes}" if notes else body


def heading_of(place: Section) -> str:
    """Return the heading of a section whose template printed none."""
    words = place.title or place.section.replace("_", " ").capitalize()
    return f"## {text(words).source}"


def _arranged(places: tuple[Section, ...], filled: list[str], profile: Profile) -> tuple[list[str], str]:
    """Leave out what is empty, set the headings, and return the anchor of the evidence index with it all."""
    kept: list[tuple[Section, str]] = []
    for place, markdown in zip(reversed(places), reversed(filled), strict=True):
        if markdown:
            kept.append((place, markdown))
        elif not place.section and (place.intro or (kept and kept[-1][0].level > place.level)):
            kept.append((place, heading_of(place)))
    kept.reverse()
    if not profile.rearranged:
        return [markdown for _, markdown in kept], EVIDENCE_ANCHOR
    from reportgen.render.outline import Outline  # noqa: PLC0415 - it loads markdown-it, which few need

    outline = Outline(profile)
    sections = [outline.placed(place, markdown) for place, markdown in kept]
    return sections, outline.anchors.get(INDEX, EVIDENCE_ANCHOR)


def cited(markdown: str) -> set[str]:
    """Return the ids of all evidence that has a mark, the ends of ranges among them."""
    return set(re.findall(_MARK, markdown))


def unlinked(markdown: str) -> str:
    """Make marks plain words, for a report without an evidence index to link to."""
    return _each_mark(markdown, lambda id_: id_)


def led_to(markdown: str, anchor: str) -> str:
    """Lead marks to the index where its heading has another anchor than in our template."""
    return markdown if anchor == EVIDENCE_ANCHOR else _each_mark(markdown, lambda id_: f"[{id_}](#{anchor})")


def _each_mark(markdown: str, become: Callable[[str], str]) -> str:
    def replaced(found: re.Match[str]) -> str:
        return become(found[2]) if found[2] else found.group()

    return "\n".join(
        line if quoted else _MARK_OR_TEXT.sub(replaced, line) for line, quoted in _lines(markdown)
    )


def _lines(markdown: str) -> Iterator[tuple[str, bool]]:
    """Yield each line, and whether it stands in a fenced block."""
    fence = ""
    for line in markdown.split("\n"):
        found = _FENCE.match(line)
        if not fence and found:
            fence = found[1]
            yield line, True
        elif fence and found and found[1] == fence and not found[2].strip():
            fence = ""
            yield line, True
        else:
            yield line, bool(fence)


def tidy(markdown: str) -> str:
    """Take off trailing spaces and surplus blank lines; end with one newline."""
    lines = _SPACE_AT_END.sub("", markdown)
    return _BLANK_LINES.sub("\n\n", lines).strip("\n") + "\n"
