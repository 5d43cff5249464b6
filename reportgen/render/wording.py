"""Numbers as a report prints them: thousands separated, rounded down, never rounded down to nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

from reportgen.model.audit_coverage import Measure
from reportgen.model.figures import floor_digits, one_decimal, percent_text

NOT_KNOWN = "n/a"
_MILLISECOND = Decimal("0.001")


def seconds_text(seconds: Decimal | None) -> str:
    """Print a time: `n/a`, `0 s`, `< 1 ms`, `445 ms`, `20.4 s`, `3 min 7 s`, `2 h 5 min`."""
    if seconds is None or not seconds.is_finite():
        return NOT_KNOWN
    if seconds <= 0:
        return "0 s"
    if seconds < _MILLISECOND:
        return "< 1 ms"
    if seconds < 1:
        return f"{int(seconds * 1000)} ms"
    if seconds < 60:  # noqa: PLR2004 - a minute
        return f"{int(seconds * 10) / 10:.1f} s"
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes} min {rest} s" if minutes < 60 else minutes_text(minutes)  # noqa: PLR2004 - an hour


def minutes_text(minutes: int) -> str:
    """Print an effort: `0 min`, `45 min`, `2 h`, `1,204 h 30 min`."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours:,} h {rest} min" if rest else f"{hours:,} h"


def moment_text(moment: datetime) -> str:
    """Print a moment in UTC, to the minute: `2026-11-20 18:00 UTC`."""
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return f"{zoned.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def points_text(points: Fraction, exact: Fraction, sign: str = "") -> str:
    """Print points with one decimal after `sign`; `< 0.1` where that is nothing and the `exact` is not."""
    if points == 0:
        return "< 0.1" if exact else "0"
    return f"{sign}{float(floor_digits(abs(points), 1)):,.1f}"


def gain_text(points: Fraction, exact: Fraction) -> str:
    """Print a gain with its sign: `+1.5`; a criterion of a team's own may also lose by a step: `−1.5`."""
    if points == 0 and exact < 0:
        return "> −0.1"
    return points_text(points, exact, sign="−" if points < 0 else "+")


def measure_text(measure: Measure | None) -> str:
    """Print so many of so many: `1,573 of 9,934 (15.8 %)`; what is not known is said to be so."""
    if measure is None:
        return NOT_KNOWN
    if measure.total is None:
        return f"{measure.covered:,} of an unknown number"
    if not measure.total:
        return "none to cover"
    return f"{measure.covered:,} of {measure.total:,} ({percent_text(measure.percent)})"


def share_text(measure: Measure | None) -> str:
    """Print a percentage alone: `15.8 %`, or `n/a`."""
    return NOT_KNOWN if measure is None else percent_text(measure.percent)


def weight_text(weight: Fraction) -> str:
    """Print a weight as short as it is: `40`, `12.5`."""
    return f"{weight.numerator:,}" if weight.denominator == 1 else one_decimal(weight)


def clipped(value: str, limit: int) -> str:
    """Cut the middle out of a text a good deal longer than `limit` characters, and say how many were cut."""
    if len(value) <= limit + limit // 4:
        return value
    tail = limit // 4
    head = limit - tail
    return f"{value[:head].rstrip()} […{len(value) - head - tail:,} characters…] {value[-tail:].lstrip()}"
