"""The sizes of sources on a disk: only regular text files below the folders that were named."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.sources import sizes_of


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "src" / "pkg").mkdir(parents=True)
    (root / "src" / "pkg" / "a.py").write_text('"""Doc."""\nx = 1\ny = 2\n')
    (root / "src" / "b.js").write_text("// c\nlet x;\n")
    (root / "src" / "bad.py").write_bytes(b"\xff\xfe")
    (root / "src" / "out.py").symlink_to(root / "secret.py")
    (root / "src" / "loop.py").symlink_to(root / "src" / "loop.py")
    (root / "secret.py").write_text("x = 1\n")
    return root


def test_a_path_is_relative_to_a_root_or_to_the_project(project: Path) -> None:
    paths = ["pkg/a.py", "src/pkg/a.py", "b.js", "src/b.js"]
    assert sizes_of(paths, project, (project / "src",)) == {
        "pkg/a.py": 2,
        "src/pkg/a.py": 2,
        "b.js": 1,
        "src/b.js": 1,
    }


@pytest.mark.parametrize(
    "path",
    [
        *(
            "secret.py",
            "../secret.py",
            "out.py",
            "/etc/hostname",
            "loop.py",
            "bad.py",
            "pkg",
            "no.py",
            "a\0b",
        ),
        "x" * 10_000,
    ],
)
def test_the_size_of_anything_else_stays_unknown(project: Path, path: str) -> None:
    assert sizes_of([path], project, (project / "src",)) == {}
