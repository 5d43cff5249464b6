"""Tells JSON formats apart by the members that their first object has, also where the JSON is broken."""

from __future__ import annotations

import msgspec

from reportgen.readers.content import Content


def is_array_of(content: Content, *names: str) -> bool:
    """Tell whether the content is an array whose first object has all these members."""
    if not _starts_with(content, "["):
        return False
    keys = content.first_item_keys
    if keys is not None:
        return all(name in keys for name in names)
    return content.json_items is None and _in_head(content, names)


def is_object_with(content: Content, *names: str) -> bool:
    """Tell whether the content is one object with all these members."""
    if not _starts_with(content, "{"):
        return False
    keys = content.json_keys
    return _in_head(content, names) if keys is None else all(name in keys for name in names)


def is_lines_of(content: Content, *names: str) -> bool:
    """Tell whether the first line that is a JSON object has all these members; text may stand before it."""
    for line in content.text_head.splitlines():
        bare = line.strip()
        if not bare.startswith("{"):
            continue
        try:
            keys = msgspec.json.decode(bare, type=dict[str, msgspec.Raw])
        except (msgspec.DecodeError, RecursionError):
            return bare != "{" and _in_head(content, names)
        return all(name in keys for name in names)
    return False


def _starts_with(content: Content, bracket: str) -> bool:
    return content.text_head.lstrip().startswith(bracket)


def _in_head(content: Content, names: tuple[str, ...]) -> bool:
    """Look for the names in the first of the text, where it cannot be parsed."""
    return all(f'"{name}"' in content.text_head for name in names)
