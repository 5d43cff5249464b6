"""JSON that does nothing to a terminal or a build log: what is not seen is written as an escape."""

from __future__ import annotations

import re

# Controls, the separators of lines, and what `escape` calls invisible: all of them stand only inside
# strings, where JSON writes any character as \uXXXX. A runner reads `##[…]` wherever it stands in a line.
_UNSEEN = re.compile(
    "[\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u2800\u3164\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff]"
)
_COMMAND = re.compile(r"#(?=#(?:\[|vso\[|teamcity\[))", re.IGNORECASE)
_FIRST_ASTRAL = 0x10000


def harmless(data: bytes) -> bytes:
    """Return the same JSON document, whose text reads back the same, as something that can be looked at."""
    if b"##" in data:
        data = _COMMAND.sub(_escaped, data.decode()).encode()
    if data.isascii() and b"\x7f" not in data:
        return data
    return _UNSEEN.sub(_escaped, data.decode()).encode()


def _escaped(found: re.Match[str]) -> str:
    point = ord(found.group())
    if point < _FIRST_ASTRAL:
        return f"\\u{point:04x}"
    high, low = divmod(point - _FIRST_ASTRAL, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
