"""Single values of JUnit XML: times as producers write them, counts, and texts cut to their limits."""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal
from functools import lru_cache

HUGE = 10**9  # seconds; some thirty years is no test's time

_PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,6})?")
_COMMA_GROUPS = re.compile(r"\+?[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+")
_DOT_GROUPS = re.compile(r"\+?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+")
_DECIMAL_COMMA = re.compile(r"\+?[0-9]*,[0-9]+")
_CLASSES = (
    ("nan", re.compile(r"[+-]?nan")),
    ("inf", re.compile(r"[+-]?inf(?:inity)?")),
    ("unit", re.compile(r"[+-]?[0-9.,]+ ?(?:[mnuµ]?s|secs?|seconds?|min|minutes?|h|hours?)")),
    ("clock", re.compile(r"[0-9]+:[0-9:.,]+")),
    ("iso8601", re.compile(r"-?p.*")),
)
_COUNT = re.compile(r"\s*[+-]?[0-9]+\s*")
_NOT_PASSED = re.compile(
    "fail|err|abort|broken|time[-_ ]?d?[-_ ]?out|crash|kill|panic|exception|skip|pend|ignor|quarantin"
    "|unexpected|x-?pass|not[-_ ]?(?:run|exec|start|found)|untest|undefin|inconcl|incompl|interrupt"
    "|cancel|block|unknown|unstable|risky|unsuccess|invalid|stopped|missing|warn"
)
_EXPECTED = re.compile("x-?fail|expected|known|no[-_ ]|0 ")
_REMEMBERED = 64  # characters; what is longer would fill the memory
_MOST = 10**15
_DIGITS = 15


def seconds_of(text: str | None) -> tuple[Decimal | None, str]:
    """Read a time leniently: its value, and the class of what is odd about it (empty where nothing is).

    Plain numbers of the C locale count, and with commas for thousands or decimals (`1,234.567`, `1.234,5`,
    `0,012`; so `1,234` is 1.234). What is negative, huge or no number has no value.
    """
    return _seconds_of.__wrapped__(text) if text and len(text) > _REMEMBERED else _seconds_of(text)


@lru_cache(maxsize=16_384)
def _seconds_of(text: str | None) -> tuple[Decimal | None, str]:
    bare = (text or "").strip()
    if not bare:
        return None, ""
    if _PLAIN.fullmatch(bare):
        return _bounded(Decimal(bare), "")
    if _COMMA_GROUPS.fullmatch(bare):
        return _bounded(Decimal(bare.replace(",", "")), "comma")
    if _DOT_GROUPS.fullmatch(bare):
        return _bounded(Decimal(bare.replace(".", "").replace(",", ".")), "comma")
    if _DECIMAL_COMMA.fullmatch(bare):
        return _bounded(Decimal(bare.replace(",", ".")), "comma")
    lower = bare[:100].lower()
    return None, next((name for name, pattern in _CLASSES if pattern.fullmatch(lower)), "other")


def _bounded(value: Decimal, odd: str) -> tuple[Decimal | None, str]:
    if value >= HUGE:
        return None, "huge"
    return (None, "negative") if value < 0 else (value, odd)


def count_of(text: str) -> int | None:
    """Read a count attribute; None where it is no integer. One of very many digits comes out as 10^15."""
    if not _COUNT.fullmatch(text):
        return None
    digits = text.strip().lstrip("+-").lstrip("0") or "0"
    count = int(digits) if len(digits) <= _DIGITS else _MOST
    return -count if "-" in text else count


def sounds_bad(word: str) -> bool:
    """Tell whether a word for an outcome (`TIMED_OUT`, `not run`) says anything else than that it passed."""
    lower = word[:100].strip().lower()
    return _NOT_PASSED.search(lower) is not None and _EXPECTED.match(lower) is None


def cut_name(text: str, limit: int) -> str:
    """Cut a name to `limit` characters with a mark; a digest of the whole keeps different names apart."""
    if len(text) <= limit:
        return text
    digest = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:12]
    return f"{text[:limit]}… [cut from {len(text):,} characters, sha256 {digest}]"


def cut_text(text: str, limit: int, gone: int = 0) -> str:
    """Cut a message or traceback to about `limit` characters, with a mark where the middle was taken out.

    `gone` is how many characters are missing from its middle already.
    """
    if len(text) <= limit:
        return text
    half = limit // 2
    left_out = gone + len(text) - 2 * half
    return f"{text[:half]}\n… [{left_out:,} characters left out] …\n{text[len(text) - half :]}"


class TextKeeper:
    """Gathers the pieces of one text while it is streamed, and keeps no more of it than `cut_text` would."""

    def __init__(self, limit: int) -> None:
        self._limit = max(limit, 2)
        self._pieces: list[str] = []
        self._size = 0
        self._gone = 0

    def add(self, piece: str) -> None:
        """Take the next piece."""
        self._pieces.append(piece)
        self._size += len(piece)
        if self._size > 8 * self._limit:
            whole = "".join(self._pieces)
            self._gone += len(whole) - 2 * self._limit
            self._pieces = [whole[: self._limit], whole[-self._limit :]]
            self._size = 2 * self._limit

    @property
    def is_empty(self) -> bool:
        """Whether no text came."""
        return not self._size

    @property
    def was_cut(self) -> bool:
        """Whether the text is longer than the limit."""
        return self._size > self._limit

    @property
    def text(self) -> str:
        """The text, cut and marked if need be."""
        return cut_text("".join(self._pieces), self._limit, self._gone)
