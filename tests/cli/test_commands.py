"""The commands' outside: help, names, streams, and what is said of a wrong line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema
import pytest

import reportgen
from reportgen.cli.app import COMMANDS
from tests.cli.conftest import Cli

COMMAND = (sys.executable, "-m", "reportgen")


def test_the_version_is_that_of_the_package(cli: Cli) -> None:
    project = Path(reportgen.__file__).parent.parent / "pyproject.toml"
    stated = tomllib.loads(project.read_text())["project"]["version"]
    assert cli("--version") == (0, f"reportgen {stated}\n", "")
    assert reportgen.__version__ == stated


def test_without_a_command_there_is_help_and_no_success(cli: Cli) -> None:
    ran = cli()
    assert (ran.code, ran.out) == (2, "")
    assert "Usage: reportgen " in ran.err


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_has_a_summary_and_an_example(cli: Cli, command: str) -> None:
    ran = cli(*command.split(), "--help")
    assert (ran.code, ran.err) == (0, "")
    assert "Example" in ran.out
    assert f"reportgen {command}".strip() in ran.out
    assert ran.out.endswith("\n")
    assert max(map(len, ran.out.splitlines())) <= 100


def test_the_commands_are_listed_with_a_line_each(cli: Cli) -> None:
    listed = cli("--help").out.rpartition("Commands:")[2]
    assert [line.split()[0] for line in listed.strip().splitlines()] == list(COMMANDS)


@pytest.mark.parametrize("command", ["", "build", "inspect"])
def test_help_lists_exit_codes(cli: Cli, command: str) -> None:
    assert "Exit codes:\n" in cli(*command.split(), "--help").out


@pytest.mark.parametrize(
    ("argv", "error", "hint"),
    [
        (["biuld"], "there is no command 'biuld'", "did you mean: reportgen build"),
        (["xyzzy"], "there is no command 'xyzzy'", "see: reportgen --help"),
        (["x.xml"], "there is no command 'x.xml'", "to make a report from it: reportgen build x.xml"),
        (["build", "--fromat", "md"], "--format", "reportgen build --help"),
        (["--verison"], "--version", "reportgen --help"),
        (["build", "--jobs", "0"], "0", "reportgen build --help"),
        (["build", "--jobs", "two"], "two", "reportgen build --help"),
        (["build", "--title"], "--title", "reportgen build --help"),
        (["build", "--fail-under", "101"], "'101' is no score", "from 0 to 100"),
        (["build", "--fail-under", "nan"], "'nan' is no score", "from 0 to 100"),
        (["build", "--layer", "unit"], "--layer: cannot read 'unit'", "--layer unit=tests/unit/**"),
        (["build", "--as", "x"], "--as: cannot read 'x'", "--as junit:reports/odd.txt"),
        (["build", "--as", "junti:x.xml"], "there is no format 'junti'", "did you mean 'junit'?"),
        (["build", "--without", "test"], "'test' is no kind of evidence", "did you mean 'tests'?"),
        (["build", "--gate", "tests.fialed == 0"], "'tests.fialed'", ""),
        (["build", "--generated-at", "now"], "'now' is no date", "2026-01-31T18:00:00Z"),
        (["build", "x.xml", "-o", "x.xml"], "'x.xml' ends in .xml", "-o FOLDER/"),
        (["build", "x.xml", "-o", "r.md", "--format", "html"], "'r.md' is md", "leave out --format"),
        (["build", "x.xml", "-o", "r.md", "--format", "md,html"], "'r.md' is md", "leave out --format"),
        (["build", "x.xml", "--format", "md,html"], "cannot hold the formats md, html", "-o FOLDER"),
        (["build", "x.xml", "--format", "pdf"], "no output format 'pdf'", "html, json, md"),
        (["build", "x.xml", "-c", "none.toml"], "none.toml: the configuration cannot be read", "-c FILE"),
        (["build", "x.xml", "-p", "defualt"], "no profile 'defualt'", "default"),
        (["inspect"], "no path is named", "reportgen inspect reports/"),
        (["profiles", "--show", "defualt"], "no profile 'defualt'", "default"),
    ],
)
def test_a_wrong_line_is_told_with_what_to_do(
    cli: Cli, folder: Path, argv: list[str], error: str, hint: str
) -> None:
    (folder / "x.xml").write_text("<testsuite/>")
    ran = cli(*argv)
    first, _, second = ran.err.partition("\n")
    assert (ran.code, ran.out) == (2, "")
    assert first.startswith("error: ")
    assert error in first
    assert hint in second
    assert "Traceback" not in ran.err


def test_formats_names_every_reader_once(cli: Cli) -> None:
    from reportgen.readers import READERS  # noqa: PLC0415 - slow

    rows = cli("formats").out.splitlines()[2:]
    assert [row.split()[0] for row in rows] == sorted({reader.name for reader in READERS})


def test_profiles_are_listed_and_shown(cli: Cli) -> None:
    assert "default" in cli("profiles").out
    shown = cli("profiles", "--show", "default")
    assert shown.code == 0
    assert "unknown" in shown.out


def test_rules_are_listed(cli: Cli) -> None:
    assert cli("rules").code == 0


@pytest.mark.parametrize("argv", [("schema",), ("schema", "--config"), ("schema", "--signoff")])
def test_schemas_are_schemas(cli: Cli, argv: tuple[str, ...]) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(cli(*argv).out))


def test_the_schema_of_the_configuration_takes_what_we_take(cli: Cli) -> None:
    schema = json.loads(cli("schema", "--config").out)
    good = {"title": "x", "inputs": ["a", {"path": "b"}], "fail_under": 70.5, "gates": {"tests-ran": False}}
    jsonschema.validate(good, schema)
    for wrong in ({"tilte": "x"}, {"fail_under": "x"}, {"gates": {"x": 3}}, {"limits": {"lines": 3}}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema)


def test_output_is_utf_8_in_any_locale(folder: Path) -> None:
    env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    ran = subprocess.run([*COMMAND, "formats"], cwd=folder, env=env, capture_output=True, check=True)
    assert "Surefire, Gradle, Jest, …" in ran.stdout.decode("utf-8")


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="the system does not tell the time of a child")
def test_the_version_is_there_at_once(folder: Path) -> None:
    """The budget is 150 ms over bare Python: the best of five, in time of the processor."""

    def best(*argv: str) -> float:
        times = []
        for _ in range(5):
            before = os.times()
            subprocess.run(argv, cwd=folder, check=True, capture_output=True)
            after = os.times()
            times.append(sum(after[2:4]) - sum(before[2:4]))
        return min(times)

    assert best(*COMMAND, "--version") - best(sys.executable, "-c", "pass") < 0.150


def test_the_face_of_the_library_is_light_and_complete() -> None:
    code = (
        "import sys, reportgen\n"
        "heavy = {'lxml', 'jinja2', 'markdown_it', 'rich', 'click', 'msgspec'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
        "import reportgen.merge, reportgen.judge.scoring.score, reportgen.collect\n"
        "from reportgen import merge, judge, collect, read, examine, render, load_config, build_audit\n"
        "for verb in (merge, judge, collect, read, examine, render, load_config, build_audit):\n"
        "    assert type(verb).__name__ == 'function', verb\n"
        "for name in reportgen.__all__:\n"
        "    assert getattr(reportgen, name) is not None\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_face_has_nothing_else() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        getattr(reportgen, "nothing")  # noqa: B009 - the type checker knows that it is not there
