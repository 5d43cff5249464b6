"""`init`: a configuration that fits, can be used at once, and never writes over another."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.config import load_config
from tests.cli.conftest import Cli
from tests.cli.small_evidence import COVERAGE, HEALTHY


def test_it_fits_and_can_be_used_at_once(cli: Cli, folder: Path) -> None:
    (folder / "reports").mkdir()
    (folder / "reports" / "junit-unit.xml").write_text(HEALTHY)
    (folder / "reports" / "coverage.xml").write_text(COVERAGE)
    ran = cli("init")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "wrote reportgen.toml: 2 files of evidence found; next: reportgen build\n"
    config = load_config(cwd=folder)
    assert [Path(given.path).relative_to(folder).as_posix() for given in config.inputs] == [
        "reports/coverage.xml",
        "reports/junit-unit.xml",
    ]
    assert cli("build").code == 0
    assert sorted(path.name for path in (folder / "audit").iterdir()) == [
        "audit.json",
        "report.html",
        "report.md",
    ]


def test_in_an_empty_folder_it_shows_how(cli: Cli, folder: Path) -> None:
    assert cli("init").code == 0
    assert load_config(cwd=folder).inputs


@pytest.mark.parametrize(
    ("name", "text"), [("reportgen.toml", "# mine"), ("pyproject.toml", "[tool.reportgen]\n")]
)
def test_it_never_writes_over_a_configuration(cli: Cli, folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text)
    ran = cli("init")
    assert (ran.code, ran.out) == (2, "")
    assert "already" in ran.err
    assert [path.name for path in folder.iterdir() if path.is_file()] == [name]
    assert (folder / name).read_text() == text
