"""`--diff`: from a file and from standard input; and one that cannot be used."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.small_evidence import COVERAGE, HEALTHY

BOTH = "diff --git a/a.py b/a.py\nindex 1..2 100644\n--- a/a.py\n+++ b/a.py\n@@ -0,0 +1,2 @@\n+one\n+two\n"
FIRST = "--- a/a.py\n+++ b/a.py\n@@ -1,2 +1,2 @@\n-1\n+one\n two\n"
OTHER = "--- a/README.md\n+++ b/README.md\n@@ -1 +1 @@\n-1\n+one\n"
BUILD = ("build", "junit.xml", "coverage.xml")
RATE = "diff.percent >= 80"


@pytest.fixture
def evidence(folder: Path) -> Path:
    (folder / "junit.xml").write_text(HEALTHY)
    (folder / "coverage.xml").write_text(COVERAGE)
    return folder


@pytest.mark.parametrize(
    ("text", "came_to", "words"),
    [
        (BOTH, (1, "fail"), "2 of them can run, and 1 did: 50.0 %."),
        (FIRST, (0, "pass"), "1 of them can run, and 1 did: 100 %."),
        (OTHER, (0, "not_applicable"), "None of them is a measured line, so there is no rate."),
        ("", (0, "not_applicable"), "The diff d.diff changes 0 files, and adds 0 lines."),
    ],
)
def test_changed_lines(cli: Cli, evidence: Path, text: str, came_to: tuple[int, str], words: str) -> None:
    (evidence / "d.diff").write_text(text)
    ran = cli(*BUILD, "--diff", "d.diff", "--gate", RATE, "-o", "out/", "--format", "md,json")
    page = (evidence / "out" / "report.md").read_text()
    assert words in page
    assert "## Changed lines" in page
    gates = json.loads((evidence / "out" / "audit.json").read_text())["gates"]
    states = {gate["name"]: gate["state"] for gate in gates}
    assert (ran.code, states[RATE]) == came_to


def test_standard_input(cli: Cli, evidence: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert evidence.is_dir()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BOTH.encode())))
    ran = cli(*BUILD, "--diff", "-")
    assert "(standard input) changes 1 file, and adds 2 lines." in ran.out.replace("\\", "")


def test_the_configuration_names_it(cli: Cli, evidence: Path) -> None:
    (evidence / "d.diff").write_text(FIRST)
    (evidence / "reportgen.toml").write_text('diff = "d.diff"\n')
    assert "d.diff changes 1 file" in cli(*BUILD).out


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("--diff", "none.diff"), "none.diff: the diff cannot be read: No such file"),
        (("--diff", "bad.diff"), "bad.diff:3: the diff cannot be read: it ends within a hunk"),
        (("-", "--diff", "-"), "standard input is named as evidence and as diff"),
        (("--diff", "old.md", "-o", "old.md"), "old.md is named as diff and as output"),
    ],
)
def test_a_diff_that_cannot_be_used_is_an_error(
    cli: Cli, evidence: Path, argv: tuple[str, ...], words: str
) -> None:
    (evidence / "bad.diff").write_text("--- a/a.py\n+++ b/a.py\n@@ -1,2 +1,2 @@\n-1\n+one\n")
    (evidence / "old.md").write_text(FIRST)
    ran = cli(*BUILD, *argv)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: ")
    assert words in ran.err


def test_no_earlier_report_survives_a_broken_diff(cli: Cli, evidence: Path) -> None:
    (evidence / "bad.diff").write_text("nonsense\n")
    cli(*BUILD, "-o", "out.md")
    assert (evidence / "out.md").exists()
    assert cli(*BUILD, "-o", "out.md", "--diff", "bad.diff").code == 2
    assert not (evidence / "out.md").exists()


def test_explain_says_what_would_turn_it(cli: Cli, evidence: Path) -> None:
    (evidence / "d.diff").write_text(BOTH)
    told = cli("explain", RATE, "junit.xml", "coverage.xml", "--diff", "d.diff")
    assert "(condition): fail" in told.out
    assert "50.0 %" in told.out
    assert "coverage.xml" in told.out
