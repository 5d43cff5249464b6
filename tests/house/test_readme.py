"""What the README tells is true of the program: commands, options, exit codes, configuration, links."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

from reportgen.cli.app import COMMANDS, app
from reportgen.config import load_config
from reportgen.errors import ExitCode
from tests.house.modules import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def command_lines() -> list[str]:
    """Return the command lines of the README, in blocks and in the text."""
    found = [line[2:] for block in blocks("console") for line in block.splitlines() if line.startswith("$ ")]
    found += re.findall(r"`(reportgen [^`]*)`", README)
    return [line for line in found if line.startswith("reportgen ")]


def test_there_are_command_lines_to_check() -> None:
    assert len(command_lines()) > 5


@pytest.mark.parametrize("line", command_lines())
def test_each_command_line_is_one_that_the_program_takes(line: str) -> None:
    words = shlex.split(line, comments=True)[1:]
    context = click.Context(app)
    if words[0].startswith("-"):
        assert words[0] in {option for each in app.params for option in each.opts} | {"--help"}
        return
    command = app.get_command(context, words[0])
    assert command is not None
    command.make_parser(context).parse_args(words[1:])


def test_each_command_is_told() -> None:
    table = README[README.index("### Commands") :]
    assert [
        name for name in COMMANDS if f"`{name}`" not in table and f"`reportgen {name}`" not in table
    ] == []


def test_the_exit_codes_are_those_of_the_program() -> None:
    rows = re.findall(r"^\| (\d+) \| ", README, re.MULTILINE)
    assert [int(code) for code in rows] == [int(code) for code in ExitCode]


@pytest.mark.parametrize("block", blocks("toml"))
def test_each_configuration_is_one_that_the_program_takes(block: str, tmp_path: Path) -> None:
    assert tomllib.loads(block)
    (tmp_path / "src").mkdir()
    (tmp_path / "reportgen.toml").write_text(block, encoding="utf-8")
    assert load_config(tmp_path / "reportgen.toml", cwd=tmp_path).root == tmp_path


@pytest.mark.parametrize("block", blocks("python"))
def test_each_piece_of_python_runs(block: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "samples" / "healthy", tmp_path / "project")
    done = subprocess.run(
        [sys.executable, "-c", block], cwd=tmp_path / "project", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\((?!https?:)([^)#]+)", README))))
def test_each_link_leads_to_a_file(target: str) -> None:
    assert (ROOT / target).exists()


def test_nothing_is_left_to_fill_in() -> None:
    assert re.findall(r"^(?:BENCH|TODO|TBD|FIXME)\b.*", README, re.MULTILINE) == []
