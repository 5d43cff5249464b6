"""Go cover profiles, single and merged."""

from __future__ import annotations

import pytest

from tests.formats.coverage_reading import facts_of, format_of, lines, only, warned, words


def profile(*blocks: str, mode: str = "set") -> str:
    return "\n".join((f"mode: {mode}", *blocks, ""))


# blocks of one file -> executable, covered
BLOCKS = [
    (("m/a.go:1.1,3.2 2 1",), [1, 2, 3], [1, 2, 3]),
    (("m/a.go:1.1,3.2 2 0", "m/a.go:3.5,4.2 1 9"), [1, 2, 3, 4], [3, 4]),
    (("m/a.go:1.1,2.2 1 0", "m/a.go:1.1,2.2 1 1"), [1, 2], [1, 2]),
    (("m/a.go:1.1,2.2 1 1", "m/a.go:1.1,2.2 1 0"), [1, 2], [1, 2]),
    (("m/a.go:1.1,2.2 1 1", "m/a.go:8.1,9.2 0 1"), [1, 2], [1, 2]),
    (("m/a.go:5.1,9.2 1 0", "m/a.go:1.1,6.2 1 1", "m/a.go:2.1,3.2 1 0"), [*range(1, 10)], [*range(1, 7)]),
    (("m/a.go:1.1,1.2 1 18446744073709551615",), [1], [1]),
]


@pytest.mark.parametrize(("blocks", "executable", "covered"), BLOCKS)
def test_lines(blocks: tuple[str, ...], executable: list[int], covered: list[int]) -> None:
    file = only(profile(*blocks))
    assert lines(file.executable) == executable
    assert lines(file.covered) == covered


def test_files_are_told_apart_by_import_path() -> None:
    text = profile(
        "example.com/m/a.go:1.1,1.9 1 1", "example.com/m/b c.go:1.1,2.9 1 0", r"C:\m\a.go:1.1,1.2 1 1"
    )
    assert [(file.path, words(file.line_counts())) for file in facts_of(text).files] == [
        ("example.com/m/a.go", "1/1"),
        ("example.com/m/b c.go", "0/2"),
        (r"C:\m\a.go", "1/1"),
    ]


# the text -> its warnings, and whether each leaves doubt
ODD = [
    (profile("m/a.go:1.1,3.2 2 1"), {}),
    (profile("m/a.go:1.1,3.2 2 1", "mode: atomic", "m/b.go:1.1,3.2 2 1", mode="atomic"), {}),
    (profile("m/a.go:1.1,3.2 2 1").replace("\n", "\r\n"), {}),
    (profile("m/a.go:1.1,3.2 2 1", "ok  m 0.1s"), {"garbage lines": True}),
    (profile("m/a.go:1.1,3.2 2 1", "m/a.go:4.1,5"), {"garbage lines": True}),
    (profile("m/a.go:1.1,3.2 2 -1"), {"garbage lines": True, "no files": True}),
    (profile("m/a.go:1.1,3.2 2 1", mode="other"), {"unknown mode": True}),
    (
        profile("m/a.go:1.1,3.2 2 1", "m/a.go:9.1,8.2 1 1", "m/a.go:9.1,2000000.2 1 1"),
        {"odd line numbers": True},
    ),
    (profile("m/a.go:7.2,7.12 1 1", "m/a.go:7.27,7.35 1 0"), {"missed statements": False}),
    (profile("m/a.go:7.2,7.12 0 1"), {"no lines": True}),
    (profile(), {"no files": True}),
]


@pytest.mark.parametrize(("text", "kinds"), ODD)
def test_what_is_odd_is_said(text: str, kinds: dict[str, bool]) -> None:
    assert warned(text) == kinds


@pytest.mark.parametrize(
    ("text", "form"),
    [("mode: count\n", "go"), ("mode: atomic", "go"), ("mode:\n", None), ("a mode: set\n", None)],
)
def test_what_a_profile_is_told_by(text: str, form: str | None) -> None:
    assert format_of(text) == form
