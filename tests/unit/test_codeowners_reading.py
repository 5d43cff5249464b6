"""CODEOWNERS as a file: one that cannot be read is told, and nobody is named instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.codeowners import read_owners


def test_without_a_file_nobody_owns_anything(tmp_path: Path) -> None:
    assert read_owners(tmp_path)[0].rules == ()
    assert read_owners(tmp_path)[1] is None


def test_the_first_file_counts(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "CODEOWNERS").write_text("* @second\n")
    (tmp_path / "CODEOWNERS").write_text("* @first\n")
    owners, problem = read_owners(tmp_path)
    assert (owners.of("a.py"), problem) == (("@first",), None)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"* @caf\xe9\n", "not written in UTF-8"),
        (b"# " + b"x" * 3 * 1024**2, "larger than"),
        (None, "no file"),
        ("/etc/hostname", "leads out of the project"),
    ],
)
def test_one_that_cannot_be_read_is_told(tmp_path: Path, data: bytes | str | None, why: str) -> None:
    path = tmp_path / "CODEOWNERS"
    if data is None:
        path.mkdir()
    elif isinstance(data, str):
        path.symlink_to(data)
    else:
        path.write_bytes(data)
    owners, problem = read_owners(tmp_path)
    assert owners.rules == ()
    assert problem is not None
    assert (problem.kind, problem.path, why in problem.message) == ("owners not read", "CODEOWNERS", True)
