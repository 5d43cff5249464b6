"""`inspect`: an object a file, in the order given, and 4 where one had a problem."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.small_evidence import COVERAGE, FAILING, HEALTHY


@pytest.fixture
def evidence(folder: Path) -> Path:
    (folder / "r").mkdir()
    (folder / "r" / "b.xml").write_text(HEALTHY)
    (folder / "r" / "a.xml").write_text(FAILING)
    (folder / "r" / "README").write_text("prose\n")
    (folder / "c.xml").write_text(COVERAGE)
    with zipfile.ZipFile(folder / "z.zip", "w") as archive:
        archive.writestr("dir/b.xml", HEALTHY)
    return folder


@pytest.mark.parametrize(
    ("argv", "paths"),
    [
        (["r/b.xml", "r/a.xml"], ["r/b.xml", "r/a.xml"]),
        (["./r/b.xml", "c.xml"], ["./r/b.xml", "c.xml"]),
        (["c.xml", "r"], ["c.xml", "r/a.xml", "r/b.xml"]),
        (["r/*.xml"], ["r/a.xml", "r/b.xml"]),
        (["z.zip"], ["z.zip!/dir/b.xml"]),
        (["c.xml", "c.xml"], ["c.xml"]),
    ],
)
def test_paths_are_as_given_and_in_that_order(
    cli: Cli, evidence: Path, argv: list[str], paths: list[str]
) -> None:
    assert evidence.is_dir()
    ran = cli("inspect", *argv, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert [row["path"] for row in json.loads(ran.out)] == paths


def test_a_file_has_only_the_parts_that_it_holds(cli: Cli, evidence: Path) -> None:
    told = json.loads(cli("inspect", "c.xml", "r/b.xml", "--json").out)
    assert set(told[0]) >= {"path", "format", "producer", "sha256", "problems", "warnings", "coverage"}
    assert "tests" not in told[0]
    assert told[0]["coverage"]["lines"] == {"covered": 1, "total": 2}
    assert told[1]["tests"] == {
        "total": 1,
        "passed": 1,
        "failed": 0,
        "errored": 0,
        "skipped": 0,
        "flaky": 0,
        "seconds": 0.1,
    }
    assert evidence.is_dir()


@pytest.mark.parametrize(
    ("argv", "code", "kinds"),
    [
        (["c.xml"], 0, [[]]),
        (["none.xml"], 4, [["not-found"]]),
        (["c.xml", "none.xml"], 4, [[], ["not-found"]]),
        (["r/README"], 4, [["not-evidence"]]),
        (["empty"], 4, [["not-found"]]),
        (["prose"], 3, []),
    ],
)
def test_the_exit_code_says_whether_all_was_read(
    cli: Cli, evidence: Path, argv: list[str], code: int, kinds: list[list[str]]
) -> None:
    (evidence / "empty").mkdir()
    (evidence / "prose").mkdir()
    (evidence / "prose" / "README").write_text("prose\n")
    ran = cli("inspect", *argv, "--json")
    told = [[problem["kind"] for problem in row["problems"]] for row in json.loads(ran.out)]
    assert (ran.code, told) == (code, kinds)


def test_for_people_it_is_a_table(cli: Cli, evidence: Path) -> None:
    (evidence / "r" / "::error::\x1b[31m.xml").write_text("")
    ran = cli("inspect", "c.xml", "r")
    assert ran.code == 4
    assert "2 lines covered" in ran.out
    assert "1 test: 1 failed" in ran.out
    assert "1 file passed over" in ran.out
    assert "problem: " in ran.out
    assert "\x1b" not in ran.out
    assert not [line for line in ran.out.splitlines() if line.lstrip().startswith("::")]


def test_a_format_can_be_said(cli: Cli, evidence: Path) -> None:
    (evidence / "odd.txt").write_text(HEALTHY)
    told = json.loads(cli("inspect", "--as", "junit:odd.txt", "c.xml", "--json").out)
    assert [(row["path"], row["format"]) for row in told] == [("c.xml", "cobertura"), ("odd.txt", "junit")]
    assert cli("inspect", "c.xml", "--as", "bandit:c.xml").code == 4
