"""Tells text that is well formed in another way than JSON: JSON with comments, and JSON lines."""

from __future__ import annotations

import re

import msgspec

from reportgen.readers.content import HEAD

# A string, or else a comment: what looks like a comment within a string is none.
_COMMENT = re.compile(rb'("(?:[^"\\\n]|\\[^\n])*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
_LAST_COMMA = re.compile(rb'("(?:[^"\\\n]|\\[^\n])*")|,(?=\s*[}\]])')
_LINES = msgspec.json.Decoder(msgspec.Raw)


def is_commented_json(text: bytes) -> bool:
    """Tell whether this is a JSON object but for comments, and maybe commas at the end of lists.

    Settings are written so, and no tool's report. Only what is no longer than a head is looked at.
    """
    if len(text) > HEAD:
        return False
    bare = _COMMENT.sub(_string, text)
    return bare != text and _is_object(_LAST_COMMA.sub(_string, bare))


def _string(match: re.Match[bytes]) -> bytes:
    return match[1] or b" "


def _is_object(text: bytes) -> bool:
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return isinstance(value, dict)


def is_json_lines(text: bytes) -> bool:
    """Tell whether each line is an object or an array, and there are several."""
    try:
        items = _LINES.decode_lines(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return len(items) > 1 and all(bytes(item)[:1] in {b"{", b"["} for item in items)
