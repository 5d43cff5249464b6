"""A report that says it is older than its evidence is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from reportgen.model.artifact import Problem
from reportgen.model.evidence import Evidence

# The most that a clock can be ahead of UTC: a time without an offset is at least so late.
_MOST_AHEAD = timedelta(hours=14)


def date_warnings(evidence: Evidence, generated_at: datetime) -> tuple[Problem, ...]:
    """Warn where the report's date is before that of the newest evidence."""
    earliest = _earliest(evidence.newest)
    date = generated_at if generated_at.tzinfo is not None else generated_at.replace(tzinfo=UTC)
    if earliest is None or date >= earliest:
        return ()
    return (
        Problem(
            kind="early date",
            message=f"the report's date {date.isoformat()} is before its newest evidence ({evidence.newest})",
            hint="check --generated-at, SOURCE_DATE_EPOCH and the clock of the machine that ran the tests",
        ),
    )


def _earliest(moment: str) -> datetime | None:
    """Return the earliest instant that a moment in ISO 8601 can mean; None where there is none."""
    try:
        told = datetime.fromisoformat(moment)
        return told if told.tzinfo is not None else told.replace(tzinfo=UTC) - _MOST_AHEAD
    except (ValueError, OverflowError):
        return None
