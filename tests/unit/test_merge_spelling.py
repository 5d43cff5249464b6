"""One spelling of a path."""

from __future__ import annotations

import pytest

from reportgen.merge.spelling import Roots, spell, under

SPELLINGS = [
    ("src/a.py", "", "src/a.py"),
    ("./src/a.py", "", "src/a.py"),
    ("src//./a.py", "", "src/a.py"),
    ("src\\pkg\\a.cs", "", "src/pkg/a.cs"),
    ("C:\\repo\\src\\a.cs", "C:/", "repo/src/a.cs"),
    ("c:/repo/a.cs", "C:/", "repo/a.cs"),
    ("/C:/repo/a.cs", "C:/", "repo/a.cs"),
    ("/_/Lib/A.cs", "", "Lib/A.cs"),
    ("/ci/job/a.py", "/", "ci/job/a.py"),
    ("file:///ci/a.py", "/", "ci/a.py"),
    ("file:///C:/ci/a.py", "C:/", "ci/a.py"),
    ("\\\\server\\share\\a.cs", "//", "server/share/a.cs"),
    ("../../etc/passwd", "", "etc/passwd"),
    ("/../../etc/passwd", "/", "etc/passwd"),
    ("a/b/../../../c.py", "", "c.py"),
    ("a/../b.py", "", "b.py"),
    ("src/", "", "src"),
    (".", "", ""),
    ("..", "", ""),
    ("", "", ""),
    ("_/a.py", "", "_/a.py"),
    (".hidden/a.py", "", ".hidden/a.py"),
    ("a..b/c.py", "", "a..b/c.py"),
    ("HTTPS://example.com/a//b?c=1", "", "https://example.com/a/b?c=1"),
    ("http://example.com", "", "http://example.com"),
    ("github.com/o/r/a.go", "", "github.com/o/r/a.go"),
]


@pytest.mark.parametrize(("raw", "anchor", "path"), SPELLINGS)
def test_spell(raw: str, anchor: str, path: str) -> None:
    spelled = spell(raw)
    assert (spelled.anchor, spelled.path, spelled.text) == (anchor, path, anchor + path)


UP = [("../a.c", 1), ("../../b/../a.c", 2), ("a/../../a.c", 1), ("/../a.c", 0), ("b/../a.c", 0), ("a.c", 0)]


@pytest.mark.parametrize(("raw", "up"), UP)
def test_how_far_up_a_path_lies(raw: str, up: int) -> None:
    assert spell(raw).up == up


UNDER = [
    ("/ci/build", "src/a.c", "/ci/build/src/a.c"),
    ("/ci/build", "../src/a.c", "/ci/src/a.c"),
    ("/ci/build", "../../../src/a.c", "/src/a.c"),
    ("build", "../a.c", "a.c"),
]


@pytest.mark.parametrize(("root", "path", "text"), UNDER)
def test_under(root: str, path: str, text: str) -> None:
    assert under(spell(root), spell(path)).text == text


TAKEN = [
    (("/ci/job",), "/ci/job/src/a.py", "src/a.py"),
    (("/ci/job/",), "/ci/job/src/a.py", "src/a.py"),
    (("/ci", "/ci/job"), "/ci/job/src/a.py", "src/a.py"),
    (("c:\\repo",), "C:\\repo\\a.cs", "a.cs"),
    (("/ci/wor",), "/ci/job/a.py", None),
    (("/ci/job",), "ci/job/a.py", None),
    (("ci",), "ci/a.py", None),
    (("/",), "/ci/a.py", None),
    (("",), "/ci/a.py", None),
]


@pytest.mark.parametrize(("roots", "raw", "path"), TAKEN)
def test_take_off(roots: tuple[str, ...], raw: str, path: str | None) -> None:
    taken = Roots(roots).take_off(spell(raw))
    assert (None if taken is None else taken.text) == path
