"""Expected inputs and limits on what tests measure, as a user sees them."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Cli

SHARD = (
    '<testsuite name="s" timestamp="2026-11-20T10:00:00Z"><properties><property name="git.sha" value="{0}"/>'
    '</properties><testcase classname="a.B" name="t{1}" time="0.25"/></testsuite>'
)
CONFIG = """\
inputs = ["shards"]
revision = "aaaaaaa1"
expected = [{path = "shards/*.xml", kind = "tests", count = 4, max_age = "24h"}]
[slas.fast]
limit = "200ms"
otherwise = "warn"
"""
BUILD = ("build", "--generated-at", "2026-11-20T12:00:00Z")


def shards(folder: Path) -> Path:
    inner = folder / "shards"
    inner.mkdir()
    for number in range(1, 5):
        (inner / f"{number}.xml").write_text(SHARD.format("aaaaaaa1", number))
    (folder / "reportgen.toml").write_text(CONFIG)
    return inner


def test_all_shards_are_there_and_a_slow_test_warns(cli: Cli, folder: Path) -> None:
    shards(folder)
    ran = cli(*BUILD)
    assert ran.code == 0
    assert "4 artifacts of 4 expected are there." in ran.out
    assert "## Limits" in ran.out
    assert "The greatest of the time of a test is 0.25 s, and at most 0.2 s is asked for." in ran.out


def test_five_ways_not_to_be_there(cli: Cli, folder: Path) -> None:
    inner = shards(folder)
    (inner / "1.xml").unlink()
    (inner / "2.xml").write_text("<testsuite")
    (inner / "3.xml").write_text("")
    (inner / "4.xml").write_text(SHARD.format("bbbbbbb2", 4).replace("2026-11-20", "2026-11-01"))
    ran = cli(*BUILD)
    assert ran.code == 4
    section = ran.out.partition("## Expected inputs")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if "`shards/*.xml`" in line]
    states = [row.split(" | ")[3] for row in rows]
    assert states == ["missing", "corrupt", "empty", "other revision", "stale"]


def test_without_expected_inputs_and_limits_there_are_no_such_sections(cli: Cli, folder: Path) -> None:
    shards(folder)
    (folder / "reportgen.toml").write_text('inputs = ["shards"]\n')
    ran = cli(*BUILD)
    assert "## Expected inputs" not in ran.out
    assert "## Limits" not in ran.out


def test_a_limit_and_an_expected_input_are_explained(cli: Cli, folder: Path) -> None:
    shards(folder)
    assert cli("explain", "fast").out.startswith("sla-fast (limit): warn\n")
    told = cli("explain", "shards/*.xml", "--generated-at", "2026-11-20T12:00:00Z").out
    assert told.startswith("shards/*.xml (expected input): present\n")
