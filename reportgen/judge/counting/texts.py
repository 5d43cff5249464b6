"""Distinct texts, looked up by pattern: a pattern is held only to those that can fit it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from reportgen.model.globs import compiled
from reportgen.model.placing import holds_pieces

_TOKEN = re.compile(r"[^\W_]+")
_MAGIC = re.compile(r"[*?\[]")
_LAST = "\U0010ffff"


class Texts:
    """Texts, sorted; those that a pattern can fit are found by its beginning, else its rarest whole word."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = sorted(set(texts))
        self._known = frozenset(self._texts)
        self._by_token: dict[str, list[str]] | None = None
        self._like: dict[str, tuple[str, ...]] = {}
        self._fit: dict[str, tuple[str, ...]] = {}

    def like(self, pattern: str) -> tuple[str, ...]:
        """Return the texts that are like a pattern in which only `*` is special."""
        if "*" not in pattern:
            return (pattern,) if pattern in self._known else ()
        known = self._like.get(pattern)
        if known is None:
            pieces = pattern.split("*")
            known = tuple(
                text for text in self._candidates(pattern, pieces[0], "*") if holds_pieces(pieces, text)
            )
            self._like[pattern] = known
        return known

    def fit(self, glob: str) -> tuple[str, ...]:
        """Return the texts that a glob over paths fits."""
        if not self._texts:
            return ()
        known = self._fit.get(glob)
        if known is None:
            body = glob.replace("\\", "/").removeprefix("./").strip("/")
            prefix = _MAGIC.split(body, maxsplit=1)[0] if "/" in body else ""
            candidates = self._candidates(body, prefix, "*?[]")
            fits = compiled(glob).fullmatch if candidates else None  # it costs more than all the rest
            known = tuple(text for text in candidates if fits is not None and fits(text))
            self._fit[glob] = known
        return known

    def _candidates(self, pattern: str, prefix: str, special: str) -> list[str]:
        if prefix:
            first = bisect_left(self._texts, prefix)
            return self._texts[first : bisect_left(self._texts, prefix + _LAST)]
        tokens = list(_whole_tokens(pattern, special))
        if not tokens:
            return self._texts
        postings = self._postings()
        return min((postings.get(token, []) for token in tokens), key=len)

    def _postings(self) -> dict[str, list[str]]:
        """Return word -> the texts that hold it; made when it is first asked for."""
        if self._by_token is None:
            self._by_token = {}
            for text in self._texts:
                for token in set(_TOKEN.findall(text)):
                    self._by_token.setdefault(token, []).append(text)
        return self._by_token


def _whole_tokens(pattern: str, special: str) -> Iterator[str]:
    """Yield the words of a pattern that must stand in a text just so: nothing special is beside them.

    What stands in brackets is a choice, and no word of the text.
    """
    bare = re.sub(r"\[[^\]]*\]", "[]", pattern) if "[" in special else pattern
    for found in _TOKEN.finditer(bare):
        before, after = bare[found.start() - 1 : found.start()], bare[found.end() : found.end() + 1]
        if (not before or before not in special) and (not after or after not in special):
            yield found.group()
