"""The date of a report: as given, else SOURCE_DATE_EPOCH, else the clock; always UTC, to the second."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from reportgen.cli.moment import moment
from reportgen.errors import UsageError

EPOCH = {"SOURCE_DATE_EPOCH": "1700000000"}


@pytest.mark.parametrize(
    ("given", "environment", "expected"),
    [
        ("2026-01-31T18:00:00Z", {}, datetime(2026, 1, 31, 18, tzinfo=UTC)),
        ("2026-01-31T18:00:00+02:00", EPOCH, datetime(2026, 1, 31, 16, tzinfo=UTC)),
        ("2026-01-31T18:00:00.999", {}, datetime(2026, 1, 31, 18, tzinfo=UTC)),
        (" 2026-01-31 ", {}, datetime(2026, 1, 31, tzinfo=UTC)),
        (None, EPOCH, datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)),
        (None, {"SOURCE_DATE_EPOCH": "0"}, datetime(1970, 1, 1, tzinfo=UTC)),
    ],
)
def test_the_date(given: str | None, environment: dict[str, str], expected: datetime) -> None:
    assert moment(given, environment) == expected


@pytest.mark.parametrize("environment", [{}, {"SOURCE_DATE_EPOCH": ""}])
def test_else_it_is_the_clock(environment: dict[str, str]) -> None:
    now = moment(None, environment)
    assert abs(datetime.now(UTC) - now) < timedelta(seconds=5)
    assert (now.microsecond, now.tzinfo) == (0, UTC)


@pytest.mark.parametrize(
    ("given", "environment", "message"),
    [
        ("yesterday", {}, "--generated-at: 'yesterday' is no date and time of ISO 8601"),
        ("", EPOCH, "--generated-at: '' is no date"),
        ("0001-01-01T00:00:00+05:00", {}, "lies outside the years 1 to 9999"),
        (None, {"SOURCE_DATE_EPOCH": "soon"}, "SOURCE_DATE_EPOCH is 'soon'"),
        (None, {"SOURCE_DATE_EPOCH": "9" * 30}, "SOURCE_DATE_EPOCH is '999"),
    ],
)
def test_what_is_no_date_is_told(given: str | None, environment: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError) as told:
        moment(given, environment)
    assert message in told.value.message
