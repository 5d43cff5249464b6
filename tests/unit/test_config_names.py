"""The nearest right name, for somebody who wrote a wrong one."""

from __future__ import annotations

import pytest

from reportgen.config.names import did_you_mean, nearest

KEYS = ("fail_under", "slow_seconds", "title", "weight")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("weigth", "weight"),
        ("fail-under", "fail_under"),
        ("FAIL_UNDER", "fail_under"),
        ("tilte", "title"),
        ("slow_second", "slow_seconds"),
        ("qqq", None),
        ("", None),
    ],
)
def test_nearest(wrong: str, right: str | None) -> None:
    assert nearest(wrong, KEYS) == right


def test_the_hint_lists_a_few_names_where_none_is_near() -> None:
    assert did_you_mean("qqq", KEYS) == "one of: fail_under, slow_seconds, title, weight"
    assert did_you_mean("weigth", KEYS) == "did you mean 'weight'?"
    assert did_you_mean("qqq", [f"name{n}" for n in range(100)]) == ""
