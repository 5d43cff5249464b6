"""On our page the cells of a matrix lead to the very row of the list of tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from markdown_it.token import Token

_ROW = re.compile(r"S[0-9]+")


def led_to_rows(tokens: list[Token]) -> None:
    """Give each row of the list its id, and lead the cells of a matrix's row there."""
    rows = list(_marked_rows(tokens))
    anchors = {anchor for _, anchor in rows}
    ids: set[str] = set()
    inside = False
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            inside = token.attrGet("id") in anchors
        elif inside and token.type == "tr_open" and at + 2 < len(tokens):
            name = tokens[at + 2].content
            if _ROW.fullmatch(name) and name not in ids:
                token.attrSet("id", name)
                ids.add(name)
    for at, anchor in rows:
        name = _mark(tokens[at])[0]
        while name in ids and tokens[at].type != "tr_close":
            for child in tokens[at].children or ():
                if child.type == "link_open" and child.attrGet("href") == f"#{anchor}":
                    child.attrSet("href", f"#{name}")
            at += 1  # noqa: PLW2901 - on through the cells of the row


def _marked_rows(tokens: list[Token]) -> Iterator[tuple[int, str]]:
    """Yield where the first cell of each row stands that begins with a mark, and the anchor it leads to."""
    for at, token in enumerate(tokens):
        if token.type == "tr_open" and at + 2 < len(tokens):
            name, anchor = _mark(tokens[at + 2])
            if _ROW.fullmatch(name):
                yield at + 2, anchor


def _mark(inline: Token) -> tuple[str, str]:
    """Return the words and the anchor of the first link of a cell."""
    for child, following in pairwise(inline.children or ()):
        if child.type == "link_open" and str(child.attrGet("href")).startswith("#"):
            return following.content, str(child.attrGet("href"))[1:]
    return "", ""
