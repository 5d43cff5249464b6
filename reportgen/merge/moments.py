"""When suites ran, as they say themselves."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache

UNKNOWN = datetime.min.replace(tzinfo=UTC)

_BLANK = re.compile(r"\s+")
_OLDEST = 1980  # what is older is a zero: 0001-01-01, 1970-01-01


@lru_cache(maxsize=4096)
def moment(timestamp: str) -> datetime:
    """Read a suite's timestamp; UNKNOWN where it is none. A time without a zone is taken for UTC."""
    read = _read(timestamp)
    return UNKNOWN if read is None else read if read.tzinfo else read.replace(tzinfo=UTC)


def _read(timestamp: str) -> datetime | None:
    text = timestamp.strip()
    for spelled in (text, _BLANK.sub("", text)):
        try:
            read = datetime.fromisoformat(spelled)
            read.astimezone(UTC)
        except (ValueError, OverflowError):
            continue
        return read if read.year >= _OLDEST else None
    return None


def newest(timestamps: set[str]) -> str:
    """Return the newest of `timestamps` in ISO 8601, with an offset only where it has one; else empty."""
    known = [(moment(text), read.isoformat()) for text in timestamps if (read := _read(text)) is not None]
    return max(known)[1] if known else ""
