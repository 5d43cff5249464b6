"""The date of a report: an input, never asked for anywhere else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from reportgen.errors import UsageError

_EPOCH = "SOURCE_DATE_EPOCH"


def moment(given: str | None, environment: Mapping[str, str]) -> datetime:
    """Return the date in UTC, to the second: as given, else `SOURCE_DATE_EPOCH`, else the clock.

    A date without an offset is taken as UTC. Raises `UsageError` for what is no date.
    """
    if given is not None:
        return _utc(_parsed(given))
    epoch = environment.get(_EPOCH, "").strip()
    if not epoch:
        return _utc(datetime.now(UTC))
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(
            f"{_EPOCH} is {epoch!r}, which is no number of seconds since 1970", f"unset {_EPOCH}, or mend it"
        ) from error


def _parsed(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(
            f"--generated-at: {text!r} is no date and time of ISO 8601", "for example 2026-01-31T18:00:00Z"
        ) from error


def _utc(when: datetime) -> datetime:
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    try:
        return aware.astimezone(UTC).replace(microsecond=0)
    except OverflowError as error:
        raise UsageError(
            f"--generated-at: {when.isoformat()} lies outside the years 1 to 9999 in UTC"
        ) from error
