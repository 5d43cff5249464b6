"""Path patterns as people write them."""

from __future__ import annotations

import re
from functools import lru_cache

_PIECE = re.compile(r"\*\*/|\*\*|\*|\?|\[!?\]?[^\]/]*\]|.", re.DOTALL)
_WILD = {"**/": r"(?:.*/)?", "**": r".*", "*": r"[^/]*", "?": r"[^/]"}
_BRACKETS = 2


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a glob over paths with `/`.

    `*`, `?` and `[…]` stay within a name, `**` crosses folders. A pattern without a slash fits at any depth,
    one with a slash from the start; a pattern that fits a folder fits all that is below it.
    """
    body = pattern.replace("\\", "/").removeprefix("./").strip("/")
    anywhere = "" if "/" in body else r"(?:.*/)?"
    inner = "".join(_translate(piece) for piece in _PIECE.findall(body))
    return re.compile(rf"{anywhere}{inner}(?:/.*)?", re.DOTALL)


def _translate(piece: str) -> str:
    if not piece.startswith("[") or len(piece) <= _BRACKETS:
        return _WILD.get(piece) or re.escape(piece)
    inner = piece[1:-1].replace("\\", r"\\").replace("[", r"\[")
    bracket = f"[^/{inner[1:]}]" if inner.startswith("!") else f"[{inner}]"
    try:
        re.compile(bracket)
    except re.error:  # a range such as [z-a]: then it is just these characters
        return re.escape(piece)
    return bracket


def fits(pattern: str, path: str) -> bool:
    """Tell whether a glob fits a whole path, or a folder above it."""
    return compiled(pattern).fullmatch(path) is not None
