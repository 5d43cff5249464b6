"""Which paths a pattern fits."""

from __future__ import annotations

import pytest

from reportgen.merge.globs import Choice, fits

PATTERNS = [
    ("src/*.py", "src/a.py", True),
    ("src/*.py", "src/b/a.py", False),
    ("src/**", "src/b/a.py", True),
    ("src/**/*.py", "src/a.py", True),
    ("src/**/*.py", "src/b/c/a.py", True),
    ("**/gen/*", "a/gen/b.py", True),
    ("**/gen/*", "gen/b.py", True),
    ("tests", "tests/unit/a.py", True),
    ("tests/", "src/tests/a.py", True),
    ("tests/*", "tests/unit/a.py", True),  # it fits the folder, and so all below it
    ("/tests/unit", "tests/unit/a.py", True),
    ("./src", "src/a.py", True),
    ("*.py", "src/a.py", True),
    ("*.py", "src/a.pyc", False),
    ("a?.py", "ab.py", True),
    ("a[bc].py", "ac.py", True),
    ("a[!bc].py", "ac.py", False),
    ("a[!bc].py", "a/.py", False),
    ("a[z-a].py", "a[z-a].py", True),
    ("a[.py", "a[.py", True),
    ("a+(b).py", "a+(b).py", True),
    ("src\\*.py", "src/a.py", True),
    ("*", "anything/at all\n", True),
]


@pytest.mark.parametrize(("pattern", "path", "fit"), PATTERNS)
def test_fits(pattern: str, path: str, fit: bool) -> None:
    assert fits(pattern, path) is fit


CHOICES = [((), (), True), (("src",), (), True), (("lib",), (), False), ((), ("*.py",), False)]


@pytest.mark.parametrize(("include", "exclude", "kept"), [*CHOICES, (("src",), ("src/a*",), False)])
def test_choice(include: tuple[str, ...], exclude: tuple[str, ...], kept: bool) -> None:
    choice = Choice(include, exclude)
    assert [choice.keeps("src/a.py"), choice.keeps("src/a.py")] == [kept, kept]


def test_patterns_that_fit_nothing_are_told() -> None:
    choice = Choice(("src", "lib"), ("src/a*", "vendor", "lib/x*"))
    assert choice.idle() == ()  # nothing was asked about
    assert [choice.keeps(path) for path in ("src/a.py", "src/b.py")] == [False, True]
    assert choice.idle() == (("include", "lib"), ("exclude", "vendor"), ("exclude", "lib/x*"))
    alone = Choice(("lib",), ("vendor",))
    assert not alone.keeps("src/a.py")
    assert alone.idle() == (("exclude", "vendor"),)  # of the includes it is told together
