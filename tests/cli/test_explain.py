"""`explain`: the condition, its values, its evidence, its margin, and what would turn it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.small_evidence import COVERAGE, FAILING, HEALTHY


@pytest.fixture
def evidence(folder: Path) -> Path:
    (folder / "unit.xml").write_text(FAILING)
    (folder / "coverage.xml").write_text(COVERAGE)
    (folder / "reportgen.toml").write_text('inputs = ["unit.xml", "coverage.xml"]\n')
    return folder


@pytest.mark.usefixtures("evidence")
@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["tests-pass"], ["tests-pass (gate): fail", "tests.failed == 0", "1", "unit.xml", "margin: "]),
        (["tests"], ["tests (criterion): 0", "tests.executed"]),
        (["coverage"], ["coverage (criterion): 50.0", "coverage.lines.total", "coverage.xml"]),
        (["coverage.lines.percent >= 80"], ["(condition): fail", "50.0 %", "1 more line"]),
        (["coverage.lines.percent"], ["(number): 50.0 %"]),
        (["findings"], ["findings (criterion): unknown"]),
        (["tests.total > 3", "--gate", "tests.total > 3"], ["tests.total > 3 (gate): fail"]),
    ],
)
def test_what_is_told(cli: Cli, argv: list[str], words: list[str]) -> None:
    ran = cli("explain", *argv)
    assert (ran.code, ran.err) == (0, "")
    assert [word for word in words if word not in ran.out] == []


def test_evidence_can_be_named(cli: Cli, evidence: Path) -> None:
    (evidence / "other.xml").write_text(HEALTHY)
    ran = cli("explain", "tests-pass", "other.xml")
    assert "tests-pass (gate): pass" in ran.out
    assert "unit.xml" not in ran.out


@pytest.mark.usefixtures("evidence")
@pytest.mark.parametrize(
    ("argv", "code", "word"),
    [
        (["test-pass"], 2, "tests-pass"),
        (["coverage.lines.percnt > 3"], 2, "coverage.lines.percent"),
        (["tests", "no-*.xml"], 3, "no-*.xml"),
        ([], 2, "reportgen explain --help"),
    ],
)
def test_what_cannot_be_explained(cli: Cli, argv: list[str], code: int, word: str) -> None:
    ran = cli("explain", *argv)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith("error: ")
    assert word in ran.err
