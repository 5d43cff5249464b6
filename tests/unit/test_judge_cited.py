"""What a figure cites stands in the order of the evidence index."""

from __future__ import annotations

import pytest

from reportgen.judge.cited import cited


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((), ()),
        ((("E10", "E2"),), ("E2", "E10")),
        ((("E2",), (), ("E10", "E1"), ("E2",)), ("E1", "E2", "E10")),
    ],
)
def test_each_once_and_in_order(given: tuple[tuple[str, ...], ...], expected: tuple[str, ...]) -> None:
    assert cited(*given) == expected
