"""A problem that stands for an artifact makes it unread, by whichever of its names it is told."""

from __future__ import annotations

import pytest
from msgspec import structs

from reportgen.judge.counting.sources import sources_of
from reportgen.model.artifact import Problem
from tests.unit.judge_evidence import audit, case, evidence, item

ROW = structs.replace(item(1, "a.xml"), also=("copy/a.xml",))


@pytest.mark.parametrize("path", ["a.xml", "copy/a.xml"])
def test_an_artifact_with_a_problem_is_unread_though_its_row_says_whole(path: str) -> None:
    joined = evidence([case("t")], items=[ROW], problems=(Problem("truncated", "cut", path=path),))
    found = sources_of(joined)
    assert (found.full, found.unread, found.absent) == ((), ("E1",), ())
    assert audit(joined).verdict.value == "unknown"


def test_a_problem_of_nobody_casts_doubt_on_all() -> None:
    joined = evidence([case("t")], items=[ROW], problems=(Problem("truncated", "cut"),))
    assert [each.kind for each in sources_of(joined).doubts] == ["truncated"]
    assert audit(joined).verdict.value == "unknown"
