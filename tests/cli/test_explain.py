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


OWN = """inputs = ["unit.xml", "coverage.xml"]
[criteria.quality]
weight = 10
scale = 10
[[criteria.quality.checks]]
id = "steady"
pass = "tests.flaky == 0"
severity = "high"
[[criteria.quality.checks]]
id = "covered"
pass = "coverage.lines.percent >= 80"
warn = "coverage.lines.percent >= 40"
policy = "QA-7"
remediation = "Cover more"
[criteria.health]
weight = 1
expression = "coverage.percent / 2"
"""


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "quality",
            ["quality (criterion): 8.3/10 (83.3)", "steady 4, covered 2", "covered (medium): warn, 1 of 2"],
        ),
        (
            "quality/covered",
            ["quality/covered (check): warn", "QA-7", "Cover more", "30.0 points below 80", "would pass"],
        ),
        ("steady", ["quality/steady (check): pass", "would turn if tests.flaky"]),
        ("health", ["health (criterion): 25.0", "condition: coverage.percent / 2", "50.0 %"]),
        ("criteria.quality.score >= 90", ["(condition): fail", "83.3", "unit.xml"]),
    ],
)
def test_a_criterion_of_ones_own_and_its_checks(
    cli: Cli, evidence: Path, name: str, words: list[str]
) -> None:
    (evidence / "reportgen.toml").write_text(OWN)
    ran = cli("explain", name)
    assert (ran.code, ran.err) == (0, "")
    assert [word for word in words if word not in ran.out] == []


def test_the_nearest_check_is_told(cli: Cli, evidence: Path) -> None:
    (evidence / "reportgen.toml").write_text(OWN)
    ran = cli("explain", "quality/coverd")
    assert ran.code == 2
    assert "did you mean 'quality/covered'?" in ran.err


def test_a_gate_on_a_criterion_that_is_not_there_is_told(cli: Cli, evidence: Path) -> None:
    (evidence / "reportgen.toml").write_text(OWN + '[gates.q]\ncondition = "criteria.qualty.score >= 5"\n')
    ran = cli("build")
    assert ran.code == 2
    assert "gates.q.condition" in ran.err
    assert "did you mean 'quality'?" in ran.err


@pytest.mark.usefixtures("evidence")
@pytest.mark.parametrize("text", ["criteria.tets.score", "criteria.tets.score >= 5"])
def test_a_criterion_that_is_not_there_is_told_in_an_expression_too(cli: Cli, text: str) -> None:
    ran = cli("explain", text)
    assert ran.code == 2
    assert "did you mean 'tests'?" in ran.err
