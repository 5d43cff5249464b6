"""Text from outside, made safe for a terminal and for a build log: what it would do there is shown instead.

Escape sequences, control characters, characters that turn the direction of text or are not seen, and the
commands that build servers read from a log (`::error::`, `##[…]`, `##vso[…]`, `##teamcity[…]`) come out as
visible text. Line breaks are folded to spaces, so that nothing from outside begins a line.
"""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"[ \t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_SERVER_COMMAND = re.compile(r"^(\s*):(?=:)|#(?=#(?:\[|vso\[|teamcity\[))", re.IGNORECASE)
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_ELLIPSIS = "…"


def safe(text: str, limit: int = 0) -> str:
    """Return `text` as one harmless line, cut to `limit` characters where that is given."""
    folded = _SPACES.sub(" ", text).strip()
    shown = folded if folded.isascii() and folded.isprintable() else "".join(map(_shown, folded))
    shown = _SERVER_COMMAND.sub(_defused, shown)
    if limit and len(shown) > limit:
        return shown[: limit - 1] + _ELLIPSIS
    return shown


def _shown(character: str) -> str:
    """Return what is seen of a character; one that is not seen becomes its number, as in Python."""
    if unicodedata.category(character) not in _UNSEEN:
        return character
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")


def _defused(found: re.Match[str]) -> str:
    """Escape the first sign of a command, so that the log's reader no longer knows it."""
    return f"{found[1] or ''}\\x{ord(found[0][-1]):02x}"
