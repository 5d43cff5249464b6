"""What a user sees: argv in; exit code, standard output and standard error out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from reportgen.cli import main


class Ran(NamedTuple):
    """What one command line came to."""

    code: int
    out: str
    err: str


Cli = Callable[..., Ran]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, the root of a repository, with a date that does not change."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    return tmp_path


@pytest.fixture
def cli(folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Cli:
    """Run a command line in the working folder."""
    assert folder.is_dir()

    def run(*argv: str) -> Ran:
        capsysbinary.readouterr()
        code = main(argv)
        told = capsysbinary.readouterr()
        return Ran(code, told.out.decode(), told.err.decode())

    return run
