"""Warnings: said in order, bounded, with their doubt."""

from __future__ import annotations

import pytest

from reportgen.model.artifact import Problem
from reportgen.model.limits import Limits
from reportgen.readers.oddities import Oddities, some


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b", "a"], "a, b"),
        (["a", "b", "c"], "a, b, c"),
        (["a", "b", "c", "d", "e"], "a, b, c and 2 more"),
        (["x" * 500], "x" * 200),
        (["x" * 190 + " secret=" + "y" * 20], "x" * 190),
    ],
)
def test_some(names: list[str], text: str) -> None:
    assert some(names) == text


def test_problems_are_in_order_and_bounded() -> None:
    oddities = Oddities(Limits(problems_per_file=2, name_chars=5))
    oddities.note("a", "short")
    oddities.note("b", "too long", "Do it.", doubt=True)
    assert oddities.problems == (
        Problem(kind="a", message="short"),
        Problem(kind="b", message="too l…", hint="Do it.", doubt=True),
    )


def test_what_is_past_the_bound_keeps_its_doubt() -> None:
    oddities = Oddities(Limits(problems_per_file=1))
    for doubt in (False, False, True):
        oddities.note("a", "m", doubt=doubt)
    assert oddities.problems[-1] == Problem(
        kind="more oddities", message="and 2 more of this file", doubt=True
    )
