"""The headings of a report: retitled, moved to their level and numbered, in one place.

Headings are found by a Markdown parser, never by how a line looks, so that no quoted text counts as one.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from reportgen.model.profile import Profile
from reportgen.model.section import TOP, Section
from reportgen.render.escape import text, visible

_DEEPEST = 6
_SYNTAX = re.compile(r"\\([!-/:-@\[-`{-~])")
_NOT_IN_A_SLUG = re.compile(r"[^\w\- ]")


def slug(words: str) -> str:
    """Return the anchor that forges make of a heading's words. It is lower case."""
    return _NOT_IN_A_SLUG.sub("", words.lower()).strip().replace(" ", "-") or "section"


class Outline:
    """Goes through the sections in their order, and keeps count."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._parser = MarkdownIt("js-default").disable(["table", "inline", "linkify"])
        self._counts: list[int] = []
        self._numbered = False
        self._last = 1
        self.anchors: dict[str, str] = {}
        """The name of a section -> the anchor of its first heading."""

    def placed(self, place: Section, markdown: str) -> str:
        """Return a section's Markdown with its headings as the profile has them."""
        lines = markdown.split("\n")
        shift: int | None = None
        tokens = self._parser.parse(markdown)
        for at, token in enumerate(tokens):
            level = int(token.tag[1]) if token.type == "heading_open" and token.level == 0 else 0
            if level < TOP or token.map is None:
                continue
            first = shift is None
            if shift is None:  # what is below moves with the first, also where that may not go so deep
                shift = min(place.level, self._last + 1) - level
            words = self._words(place, tokens[at + 1], first=first)
            whole = self._heading(place, level + shift, words)
            if first:
                self.anchors.setdefault(place.section, slug(_plain(whole.lstrip("#"))))
                whole = f"{whole}\n\n{text(place.intro).source}" if place.intro else whole
            self._replace(lines, token, whole)
        return "\n".join(line for line in lines if line != _GONE)

    def _words(self, place: Section, inline: Token, *, first: bool) -> str:
        plain = _plain(inline.content)
        if first and place.title:
            return text(place.title).source
        given = place.headings.get(plain)
        return inline.content.replace("\n", " ") if given is None else text(given).source

    def _heading(self, place: Section, wanted: int, words: str) -> str:
        level = min(max(TOP, wanted), self._last + 1, _DEEPEST)
        number = self._number(place, level)
        self._last = level
        return f"{'#' * level} {number}{words}"

    def _number(self, place: Section, level: int) -> str:
        """Count a heading; one below a heading without a number has none either."""
        depth = level - TOP
        if depth == 0:
            self._numbered = not {place.section, place.title} & set(self._profile.unnumbered)
        if not self._numbered or depth >= self._profile.numbering:
            return ""
        del self._counts[depth + 1 :]
        self._counts += [0] * (depth + 1 - len(self._counts))
        self._counts[depth] += 1
        return f"{'.'.join(map(str, self._counts))}{'.' if depth == 0 else ''} "

    @staticmethod
    def _replace(lines: list[str], token: Token, heading: str) -> None:
        """Write the heading where it stood; one with a line drawn under it takes that line's place too."""
        assert token.map is not None  # noqa: S101 - the caller looked
        start, end = token.map
        lines[start] = heading
        lines[start + 1 : end] = [_GONE] * (end - start - 1)


_GONE = "\0"


def _plain(source: str) -> str:
    """Take the escapes and the marks of code off a heading's Markdown."""
    return visible(_SYNTAX.sub(r"\1", source).replace("`", "") if "\\" in source else source.replace("`", ""))
