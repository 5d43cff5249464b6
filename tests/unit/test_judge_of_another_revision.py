"""Evidence of another commit than the report's is a doubt; what cannot be told apart is none."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reportgen.judge.gating.of_another_revision import with_doubts
from reportgen.model.artifact import Problem
from tests.unit.judge_evidence import evidence, item

FULL = "abc1234" + "0" * 33


def doubts(revision: str | None, *told: str) -> tuple[Problem, ...]:
    index = tuple(replace(item(at, f"{at}.xml"), revision=each) for at, each in enumerate(told, 1))
    return with_doubts(evidence(items=index), revision).warnings


@pytest.mark.parametrize(
    ("revision", "told"),
    [
        (None, ("def5678",)),
        ("abc1234", ("abc1234", "")),
        ("abc1234", (FULL,)),
        (FULL, ("ABC1234",)),
        ("v2.4", ("def5678",)),
        ("abc1234", ("v2.4", "main", "12345")),
    ],
)
def test_what_is_the_same_or_not_comparable_is_no_doubt(revision: str | None, told: tuple[str, ...]) -> None:
    assert doubts(revision, *told) == ()


@pytest.mark.parametrize(
    ("told", "message", "path"),
    [
        (("def5678",), "1 artifact (E1) of revision def5678, not of abc1234", "1.xml"),
        (
            ("abc1234", "def5678", "def5678"),
            "2 artifacts (E2 and E3) of revision def5678, not of abc1234",
            "",
        ),
        (
            ("def5678", "0001111", "def5678", "def5678", "def5678"),
            "5 artifacts (E1, E2, E3 and 2 more) of revision def5678 and 0001111, not of abc1234",
            "",
        ),
    ],
)
def test_another_commit_is_a_doubt(told: tuple[str, ...], message: str, path: str) -> None:
    (found,) = doubts("abc1234", *told)
    assert (found.message, found.path, found.doubt) == (message, path, True)
