"""Path patterns as people write them for include, exclude and layers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_PIECE = re.compile(r"\*\*/|\*\*|\*|\?|\[!?\]?[^\]/]*\]|.", re.DOTALL)
_WILD = {"**/": r"(?:.*/)?", "**": r".*", "*": r"[^/]*", "?": r"[^/]"}


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
    if len(piece) > 2 and piece.startswith("["):  # noqa: PLR2004 - a bracket with something in it
        inner = piece[1:-1].replace("\\", r"\\").replace("[", r"\[")
        bracket = f"[^/{inner[1:]}]" if inner.startswith("!") else f"[{inner}]"
        try:
            re.compile(bracket)
        except re.error:  # a range such as [z-a]: then it is just these characters
            return re.escape(piece)
        return bracket
    return _WILD.get(piece) or re.escape(piece)


def fits(pattern: str, path: str) -> bool:
    """Tell whether a glob fits a whole path, or a folder above it."""
    return compiled(pattern).fullmatch(path) is not None


class Choice:
    """Which paths are in: some `include` fits them (where there are any), and no `exclude` does."""

    def __init__(self, include: Iterable[str], exclude: Iterable[str]) -> None:
        self._include = tuple(include)
        self._exclude = tuple(exclude)
        self._known: dict[str, bool] = {}

    def keeps(self, path: str) -> bool:
        """Tell whether a path is in."""
        known = self._known.get(path)
        if known is None:
            wanted = not self._include or any(fits(pattern, path) for pattern in self._include)
            known = wanted and not any(fits(pattern, path) for pattern in self._exclude)
            self._known[path] = known
        return known

    def unfit(self) -> tuple[str, ...]:
        """Return the includes, if not one path that was asked about was in: they are not meant so."""
        return () if any(self._known.values()) or not self._known else self._include

    def idle(self) -> tuple[tuple[str, str], ...]:
        """Return (`include` or `exclude`, pattern) of those that fit none of the paths asked about."""
        include = () if self.unfit() else self._include  # else it is told of them together
        given = (*(("include", each) for each in include), *(("exclude", each) for each in self._exclude))
        if not self._known:
            return ()
        return tuple(
            dict.fromkeys(
                (key, pattern)
                for key, pattern in given
                if not any(fits(pattern, path) for path in self._known)
            )
        )
