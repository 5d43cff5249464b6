"""A person's Markdown, read by a parser and written anew: what it may hold comes out, all else as plain text.

It may hold paragraphs, lists, tables, code, emphasis and links to the web. Headings become bold paragraphs,
pictures their words; HTML is text. Nothing of it can begin a section, name evidence, or load anything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from reportgen.render.escape import Markdown, code, excerpt, text

_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\\`|()\[\]\"']+", re.IGNORECASE)
_DEEPEST = 6
_MOST_LEVELS = 60  # far from the hundred at which the parser drops what is deeper
_MARKS = {"em": "_", "strong": "**", "s": "~~"}


def note_lines(source: str) -> list[str]:
    """Return the lines of a note in Markdown of our making."""
    parser = MarkdownIt("js-default").disable(["linkify", "autolink"])
    parser.validateLink = _any_link  # type: ignore[method-assign]  # its hook
    tokens = parser.parse(source.replace("\0", "\u2400"))  # the parser would make U+FFFD of it
    if max((token.level for token in tokens), default=0) > _MOST_LEVELS:
        return [line.removeprefix("> ") for line in excerpt(source.splitlines()).source.split("\n")]
    return _blocks(SyntaxTreeNode(tokens).children, _DEEPEST)


def _any_link(url: str) -> bool:
    """Let the parser take every link: which of them is printed as one is decided here."""
    return bool(url)


def _blocks(nodes: Sequence[SyntaxTreeNode], deeper: int, *, tight: bool = False) -> list[str]:
    """Write blocks one below the other, with an empty line between."""
    lines: list[str] = []
    for node in nodes:
        block = _block(node, deeper)
        if not block:
            continue
        if lines and not (tight and node.type == "paragraph"):
            lines.append("")
        lines += block
    return lines


def _block(node: SyntaxTreeNode, deeper: int) -> list[str]:
    match node.type:
        case "paragraph" | "inline":
            return _paragraph(node)
        case "heading":
            words = " ".join(_paragraph(node, plain=True)).strip()
            return [f"**{words}**"] if words else []
        case "bullet_list" | "ordered_list" if deeper:
            return _list(node, deeper - 1)
        case "blockquote" if deeper:
            return [f"> {line}".rstrip() for line in _blocks(node.children, deeper - 1)]
        case "fence" | "code_block":
            return [line[2:] for line in excerpt(node.content.rstrip("\n").split("\n")).source.split("\n")]
        case "table":
            return _table(node)
        case "hr":
            return []
        case _:
            return [text(_words(node)).source] if _words(node).strip() else []


def _paragraph(node: SyntaxTreeNode, *, plain: bool = False) -> list[str]:
    inner = [
        child for each in (node.children if node.type != "inline" else [node]) for child in each.children
    ]
    lines = _inline(inner, plain=plain).split("\n")
    return [_begun(line.strip(" ")) for line in lines if line.strip(" ")]


def _begun(line: str) -> str:
    """Escape what would begin a block where a line begins in the middle of a text."""
    return re.sub(r"^([0-9]{0,9})([-+=.)](?:[ =-]|$))", r"\1\\\2", line)


def _list(node: SyntaxTreeNode, deeper: int) -> list[str]:
    lines: list[str] = []
    number = int(node.attrs.get("start", 1) or 1) if node.type == "ordered_list" else None
    for item in node.children:
        mark = "- " if number is None else f"{number}. "
        block = _blocks(item.children, deeper, tight=True) or ["–"]
        lines += [f"{mark if at == 0 else ' ' * len(mark)}{line}".rstrip() for at, line in enumerate(block)]
        number = None if number is None else number + 1
    return lines


def _table(node: SyntaxTreeNode) -> list[str]:
    rows = [
        [" ".join(_paragraph(cell)) for cell in row.children]
        for part in node.children
        for row in part.children
    ]
    width = max(map(len, rows), default=0)
    if len(rows) < 2:  # noqa: PLR2004 - the head, and what it is the head of
        return [", ".join(cell for row in rows for cell in row)] if any(any(row) for row in rows) else []
    lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows]
    return [lines[0], f"|{' --- |' * width}", *lines[1:]]


def _inline(nodes: Sequence[SyntaxTreeNode], *, plain: bool = False) -> str:
    return "".join(_span(node, plain=plain) for node in nodes)


def _span(node: SyntaxTreeNode, *, plain: bool) -> str:
    match node.type:
        case "text" | "text_special" | "html_inline":
            return _escaped(node.content)
        case "code_inline":
            return _spaced(node.content, code(node.content))
        case "softbreak" | "hardbreak":
            return " " if plain else "\n"
        case "em" | "strong" | "s" if not plain:
            return _marked(_inline(node.children), _MARKS[node.type])
        case "link" if not plain and _LINK.fullmatch(str(node.attrs.get("href", ""))):
            words = _inline(node.children, plain=True).strip(" ") or "link"
            return f"[{words}](<{node.attrs['href']}>)"
        case "image":
            return _escaped(f"(picture: {_words(node) or 'without words'})")
        case _:
            return _inline(node.children, plain=plain)


def _marked(inner: str, mark: str) -> str:
    """Put emphasis around text, and the spaces at its ends outside."""
    words = inner.strip(" \n")
    if not words or "\n\n" in words:
        return inner
    start = inner.index(words)
    return f"{inner[:start]}{mark}{words}{mark}{inner[start + len(words) :]}"


def _escaped(content: str) -> str:
    return _spaced(content, text(content))


def _spaced(content: str, made: Markdown) -> str:
    """Keep the spaces at the ends, which separate words from what stands beside them."""
    before, after = content[:1].isspace(), content[-1:].isspace()
    return f"{' ' if before else ''}{made.source}{' ' if after and content.strip() else ''}"


def _words(node: SyntaxTreeNode) -> str:
    if node.type == "root" or not node.children:
        return node.content if node.type != "root" else ""
    return " ".join(_words(child) for child in node.children)
