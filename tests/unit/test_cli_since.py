"""The line on what changed never says that nothing is new where nothing was compared."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from reportgen.cli.since import since_baseline
from reportgen.model.changes import CaseChanges, Changes, FindingChanges
from tests.hostile_changes import hostile_changes

FULL = hostile_changes("x")
TESTS = CaseChanges(
    then=1,
    now=1,
    percent=Fraction(100),
    new_failures=(),
    still_failing=("a",),
    fixed=(),
    vanished=(),
    vanished_failures=(),
    new=(),
    newly_skipped=(),
    newly_flaky=(),
)
FINDINGS = FindingChanges(then=0, now=0, new=(), fixed=(), accepted=(), unexamined=(), moved=0)
BASE = Changes(baseline="b.json")


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (
            FULL,
            "since x: 1 new failure, 1 fixed test, 1 vanished test, 1 new finding, 1 fixed finding",
        ),
        (replace(BASE, tests=TESTS, findings=FINDINGS), "since b.json: no new failure or finding"),
        (replace(BASE, tests=TESTS), "since b.json: no new failure; findings were not compared"),
        (replace(BASE, findings=FINDINGS), "since b.json: no new finding; tests were not compared"),
        (BASE, "since b.json: neither tests nor findings were compared"),
        (replace(BASE, problem="it is broken"), ""),
    ],
)
def test_the_line(changes: Changes, line: str) -> None:
    assert since_baseline(changes) == line
