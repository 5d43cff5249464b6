"""The one door of markdown-it: our Markdown to the body of the page.

Only what our templates wrote is marked up: a state is bold beside its icon, a mark of evidence is a link to
the index, and text from evidence can hold neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.anchors import anchors_plugin
from msgspec import Struct

from reportgen.model.profile import Profile
from reportgen.model.states import State
from reportgen.render.escape import visible
from reportgen.render.html_rows import led_to_rows
from reportgen.render.marks import EVIDENCE_ANCHOR

# Where two states share icon and word, the class is that of the first: never a better one than the truth.
_WORST_FIRST = (
    *(State.FAIL, State.UNKNOWN, State.NOT_DONE, State.WARN, State.WAIVED, State.NOT_APPLICABLE),
    State.PASS,
)
_NOT_IN_A_SLUG = re.compile(r"[^\w\- ]")
_EVIDENCE_ID = re.compile(r"E[0-9]+")
_LINK = re.compile(r"#|https?://|mailto:")


class Heading(Struct, frozen=True):
    """An entry of the contents list."""

    id: str
    text: str


class Body(Struct, frozen=True):
    """The page's HTML: what stands before the first section, the sections, and their headings."""

    intro: str
    sections: str
    contents: tuple[Heading, ...]


def to_body(markdown: str, profile: Profile) -> Body:
    """Turn the report's Markdown into HTML. Raw HTML, images and bare addresses stay text."""
    parser = MarkdownIt("js-default").disable(["image", "autolink"])
    parser.use(anchors_plugin, max_level=6, slug_func=_slug)
    parser.validateLink = lambda url: _LINK.match(url) is not None  # type: ignore[method-assign]  # its documented hook
    tokens = parser.parse(markdown)
    contents = list(_headings(tokens))
    _columns(tokens)
    rows = _evidence_rows(tokens)
    led_to_rows(tokens)
    states = state_classes(profile)
    quotes = 0
    for token in tokens:
        quotes += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if token.children and quotes:  # what is quoted marks nothing of ours
            _away(token.children)
        elif token.children:
            token.children = list(_inline(token.children, states, rows))
    first = next((index for index, token in enumerate(tokens) if token.tag == "h2"), len(tokens))
    render = parser.renderer.render
    return Body(
        intro=render(list(_wrapped(tokens[:first])), parser.options, {}),
        sections=render(list(_wrapped(tokens[first:])), parser.options, {}),
        contents=tuple(contents),
    )


def state_classes(profile: Profile) -> Mapping[tuple[str, str], str]:
    """Return (icon, word) -> the class of the state, for verdicts as for states."""
    classes: dict[tuple[str, str], str] = {}
    for state in _WORST_FIRST:
        icon = visible(profile.icon(state))
        for word in (profile.state_word(state), profile.verdict_word(state)):
            classes.setdefault((icon, visible(word)), state_class(state))
    for told in sorted(profile.score_words, key=lambda word: word.least):
        key = (visible(profile.icon(told.state)), visible(told.word))
        classes.setdefault(key, state_class(told.state))
    return classes


def state_class(state: State) -> str:
    """Return the class by which a state is coloured."""
    return f"state state-{state.value.replace('_', '-')}"


def _slug(text: str) -> str:
    """Return a heading's id as GitHub makes it. It is lower case, so that the page's own ids are not."""
    return _NOT_IN_A_SLUG.sub("", text.lower()).strip().replace(" ", "-") or "section"


def _headings(tokens: list[Token]) -> Iterator[Heading]:
    """Yield the headings of the second level."""
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open" and opening.tag == "h2":
            text = "".join(child.content for child in inline.children or ())
            yield Heading(str(opening.attrGet("id")), text)


def _columns(tokens: list[Token]) -> None:
    """Say a column's alignment by class: a style attribute would need a policy that allows any style."""
    for token in tokens:
        if token.type in {"th_open", "td_open"}:
            if "right" in str(token.attrs.pop("style", "")):
                token.attrSet("class", "num")
            if token.type == "th_open":
                token.attrSet("scope", "col")


def _evidence_rows(tokens: list[Token]) -> frozenset[str]:
    """Give each row of the evidence index its id, so that a mark leads to the very row."""
    rows: set[str] = set()
    anchors = _anchors(tokens)
    inside = False
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            inside = token.attrGet("id") in anchors
        elif inside and token.type == "tr_open" and index + 2 < len(tokens):
            text = tokens[index + 2].content
            if _EVIDENCE_ID.fullmatch(text) and text not in rows:
                token.attrSet("id", text)
                rows.add(text)
    return frozenset(rows)


def _away(children: list[Token]) -> None:
    """Tell links that lead away from the page to say nothing of it."""
    for child in children:
        if child.type == "link_open" and not str(child.attrGet("href")).startswith("#"):
            child.attrSet("rel", "noopener noreferrer nofollow")


def _anchors(tokens: list[Token]) -> frozenset[str]:
    """Find where the marks of evidence lead; a profile may have another heading there."""
    return frozenset(
        str(child.attrGet("href"))[1:]
        for token in tokens
        for child, following in pairwise(token.children or ())
        if child.type == "link_open" and _EVIDENCE_ID.fullmatch(following.content)
    ) | {EVIDENCE_ANCHOR}


def _inline(
    children: list[Token], states: Mapping[tuple[str, str], str], rows: frozenset[str]
) -> Iterator[Token]:
    """Mark states with their class, and lead marks of evidence to their row."""
    _away(children)
    for index, child in enumerate(children):
        following = children[index + 1].content if index + 1 < len(children) else ""
        if child.type == "link_open" and following in rows and str(child.attrGet("href")).startswith("#"):
            child.attrSet("href", f"#{following}")
        yield child
        if child.type == "strong_open" and ("", following) in states:
            child.attrSet("class", states["", following])
        elif child.type == "strong_open" and index:
            before = children[index - 1]
            icon = before.content.strip(" ").rpartition(" ")[2] if before.type == "text" else ""
            found = states.get((icon, following))
            if found and before.content.endswith(f"{icon} "):
                before.content = before.content[: -len(icon) - 1]
                child.attrSet("class", found)
                yield _html("html_inline", f'<span class="icon" aria-hidden="true">{escape(icon)} </span>')


def _wrapped(tokens: list[Token]) -> Iterator[Token]:
    """Put each section and each table into an element of its own."""
    started = False
    for token in tokens:
        if token.type == "heading_open" and token.tag == "h2":
            name = escape(str(token.attrGet("id")))
            close = "</section>\n" if started else ""
            yield _html("html_block", f'{close}<section class="section-{name}" aria-labelledby="{name}">\n')
            started = True
        elif token.type == "table_open":
            yield _html("html_block", '<div class="table">\n')
        yield token
        if token.type == "table_close":
            yield _html("html_block", "</div>\n")
    if started:
        yield _html("html_block", "</section>\n")


def _html(kind: str, content: str) -> Token:
    return Token(kind, "", 0, content=content)
