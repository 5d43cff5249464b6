from __future__ import annotations

import pytest

from reportgen.collect.names import is_left_out, member_path, printable, relative, without_gz


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("plain.xml", "plain.xml"),
        ("ünï ☃.xml", "ünï ☃.xml"),
        ("bad\udcff.xml", r"bad\xff.xml"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_a_name_that_is_no_text_is_printed_as_text(name: str, shown: str) -> None:
    assert printable(name) == shown
    assert printable(name).encode()


@pytest.mark.parametrize(
    ("path", "root", "shown"),
    [
        ("/home/joe/p/out/a.xml", "/home/joe/p", "out/a.xml"),
        ("/home/joe/p/out/../b/./a.xml", "/home/joe/p/", "b/a.xml"),
        ("/home/joe/p", "/home/joe/p", "."),
        ("/home/joe/evidence/a.xml", "/home/joe/p", "../evidence/a.xml"),
        ("/home/joe/pq/a.xml", "/home/joe/p", "../pq/a.xml"),
        ("/srv/evidence/a.xml", "/home/joe/p", "/srv/evidence/a.xml"),
        ("/srv/evidence/a.xml", "/", "srv/evidence/a.xml"),
        ("/a.xml", "/home/joe", "/a.xml"),
    ],
)
def test_a_path_is_told_from_the_root_as_long_as_they_have_a_folder_in_common(
    path: str, root: str, shown: str
) -> None:
    assert relative(path, root) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("dir/b.xml", "dir/b.xml"),
        ("../../etc/passwd", "etc/passwd"),
        ("/abs/x.xml", "abs/x.xml"),
        ("C:\\out\\x.xml", "out/x.xml"),
        ("c:/x.xml", "x.xml"),
        ("a/./b//c.xml", "a/b/c.xml"),
        ("\\\\host\\share\\x.xml", "host/share/x.xml"),
        ("..", "unnamed"),
        ("", "unnamed"),
        ("ab/c:d.xml", "ab/c:d.xml"),
    ],
)
def test_the_name_of_a_member_cannot_lead_anywhere(name: str, shown: str) -> None:
    assert member_path(name) == shown


@pytest.mark.parametrize(
    ("folder", "left_out"),
    [
        (".git", True),
        (".", True),
        ("node_modules", True),
        ("__MACOSX", True),
        ("venv", False),
        ("out", False),
    ],
)
def test_hidden_folders_and_packages_are_left_out(folder: str, *, left_out: bool) -> None:
    assert is_left_out(folder) is left_out


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("out/a.xml.gz", "a.xml"),
        ("A.XML.GZ", "A.XML"),
        ("a.xml", "a.xml"),
        (".gz", ".gz"),
        ("z.zip!/d/b.gz", "b"),
    ],
)
def test_what_a_gzip_holds_has_its_name_without_the_ending(path: str, name: str) -> None:
    assert without_gz(path) == name
