"""Tells a format that is evidence, but that no reader reads, and refuses it by its name."""

from __future__ import annotations

import re

from reportgen.readers.base import UnreadableError
from reportgen.readers.content import Content
from reportgen.readers.foreign_formats import BYTES, JSON, TEXT, XML

_MEMBER = re.compile(r'"(\w+)"\s*:')
_NEAR = 8 * 1024  # characters at the start of a text that are looked at


def refuse_foreign(content: Content) -> None:
    """Raise `UnreadableError` where the content is a format that is known here and not read."""
    found = _foreign(content)
    if found is not None:
        name, how = found
        raise UnreadableError("unsupported-format", f"this is {name}, which reportgen does not read", how)


def is_raw(content: Content) -> bool:
    """Tell whether this is data that a report is made from, and that lies beside the report in a folder."""
    return any(row.raw and content.head.startswith(row.start) for row in BYTES)


def _foreign(content: Content) -> tuple[str, str] | None:
    rows = (row for row in BYTES if content.head.startswith(row.start))
    if (row := next(rows, None)) is not None:
        return row.name, row.how
    match content.looks_like:
        case "xml":
            return _xml(content)
        case "json":
            return _json(content)
        case _:
            head = content.text_head[:_NEAR]
            return next(((row.name, row.how) for row in TEXT if row.pattern.search(head)), None)


def _xml(content: Content) -> tuple[str, str] | None:
    root, head = content.xml_root, content.text_head
    if root is None:
        return None
    return next(((row.name, row.how) for row in XML if row.root == root.name and row.mark in head), None)


def _json(content: Content) -> tuple[str, str] | None:
    members = set(content.json_keys or content.first_item_keys or _first_line(content))
    head = content.text_head
    return next(
        ((row.name, row.how) for row in JSON if members.issuperset(row.members.split()) and row.mark in head),
        None,
    )


def _first_line(content: Content) -> set[str]:
    """Return the members named in the first of several JSON lines."""
    line = content.text_head.partition("\n")[0].rstrip()
    return set(_MEMBER.findall(line)) if line.endswith("}") else set()
