"""When evidence was made, as it says itself: seconds or milliseconds since 1970, in ISO 8601."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_DIGITS = re.compile(r"[0-9]{9,14}")
_MILLISECONDS = 100_000_000_000  # seconds reach that in the year 5138, milliseconds did in 1973


def epoch(text: str) -> str:
    """Return a count of seconds or milliseconds since 1970 as a moment in UTC; empty where it is none.

    Cobertura's `timestamp` is in milliseconds as Cobertura and coverage.py write it, in seconds as gcovr and
    PHPUnit do; Clover's `generated` and `timestamp` are in milliseconds, or in seconds as PHPUnit writes
    them.
    """
    told = text.strip()
    if not _DIGITS.fullmatch(told):
        return ""
    number = int(told)
    seconds = number // 1_000 if number >= _MILLISECONDS else number
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")
