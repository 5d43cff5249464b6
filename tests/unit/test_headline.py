"""What a failure says first."""

from __future__ import annotations

import pytest

from reportgen.model.headline import headline


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("assert 1 == 2\n +  where 1 = f()", "assert 1 == 2"),
        ("assert 1 == 2  +  where 1 = f()  +  and 2 = g()", "assert 1 == 2"),
        ("AssertionError: 'none' != 'pong'\n- none\n+ pong\n", "AssertionError: 'none' != 'pong'"),
        (
            "assert [1] == [2]\n  At index 0 diff: 1 != 2\n  Full diff:\n  [",
            "assert [1] == [2]\n  At index 0 diff: 1 != 2",
        ),
        ("ValueError: a - b + c", "ValueError: a - b + c"),
        ("expected -1, got 1", "expected -1, got 1"),
        ("left + where right", "left"),
        ("+  where 1 = f()", "+  where 1 = f()"),
        ("", ""),
    ],
)
def test_what_a_runner_explains_besides_is_left_out(message: str, expected: str) -> None:
    assert headline(message) == expected
