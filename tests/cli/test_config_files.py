"""Which file is the configuration, what it says, and what is said where it cannot be used."""

from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path

import pytest

from reportgen.config import Overrides, load_config
from reportgen.config.stale import stale_targets
from reportgen.errors import ConfigError
from reportgen.model.config import Config, Input
from reportgen.model.evidence import JoinRules
from reportgen.model.states import RepeatRule, Severity
from tests.cli.conftest import Cli
from tests.cli.small_evidence import HEALTHY

EVERYTHING = """\
title = "Release"
revision = "abc"
scope = ["the server"]
inputs = ["reports", {path = "x.bin", format = "lcov", environment = "linux"}, "-"]
include = ["src/**"]
exclude = ["**/gen/**"]
roots = ["/build"]
source_root = "src"
fail_under = 70.5
slow_seconds = 0.1
expected = ["*.xml"]
without = ["findings"]
repeats = "latest"
sizes = {"a.py" = 7}
profiles = ["default", "default"]
formats = ["html", "md"]
output = "out/"
templates = "mine"
secrets = ["s3cr.t"]
[layers.unit]
match = ["tests/unit/**"]
inputs = ["u.xml"]
[severity]
"S*" = "high"
[limits]
line = 5
"""


def test_without_a_file_everything_is_at_its_default(folder: Path) -> None:
    assert load_config(cwd=folder) == Config(root=folder, join=JoinRules(roots=(folder.as_posix(),)))


def test_every_key_arrives(folder: Path) -> None:
    (folder / "src").mkdir()
    (folder / "mine").mkdir()
    (folder / "reportgen.toml").write_text(EVERYTHING)
    config = load_config(cwd=folder)
    assert (config.root, config.config_file) == (folder, folder / "reportgen.toml")
    assert (config.title, config.revision, config.scope) == ("Release", "abc", ("the server",))
    assert config.inputs == (
        Input(f"{folder}/reports"),
        Input(f"{folder}/x.bin", "", "linux", "lcov"),
        Input("-"),
        Input(f"{folder}/u.xml", "unit"),
    )
    assert config.join == JoinRules(
        repeats=RepeatRule.LATEST,
        layers=(("unit", "tests/unit/**"), ("unit", "u.xml"), ("unit", "u.xml/**")),
        include=("src/**",),
        exclude=("**/gen/**",),
        roots=(folder.as_posix(), "/build"),
    )
    assert (config.policy.fail_under, config.policy.slow_seconds) == (Fraction(141, 2), Fraction(1, 10))
    assert (config.policy.expected, config.policy.without) == (("*.xml",), frozenset({"findings"}))
    assert (config.policy.sizes, config.policy.severities) == ({"a.py": 7}, {"S*": Severity.HIGH})
    assert (config.profiles, config.formats) == (("default",), ("html", "md"))
    assert (config.output, config.templates) == (f"{folder}/out/", folder / "mine")
    assert (config.source_roots, config.secrets, config.limits.line) == ((folder / "src",), ("s3cr.t",), 5)


def test_flags_count_before_the_file(folder: Path) -> None:
    (folder / "reportgen.toml").write_text(EVERYTHING.replace('templates = "mine"\n', "").replace("src", "."))
    flags = Overrides(
        evidence=("a.xml",),
        title="Other",
        revision="def",
        fail_under=Fraction(1),
        output="x.md",
        profiles=("p",),
        gates=("tests.total >= 3",),
        layers=(("e2e", "e/**"),),
        without=("coverage",),
        exclude=("y",),
    )
    config = load_config(cwd=folder, overrides=flags)
    assert (config.title, config.revision, config.inputs) == ("Other", "def", (Input("a.xml"),))
    assert (config.policy.fail_under, config.policy.without) == (
        Fraction(1),
        frozenset({"coverage", "findings"}),
    )
    assert (config.output, config.formats, config.profiles) == (f"{folder}/x.md", (), ("p",))
    assert config.policy.gates[-1].name == "tests.total >= 3"
    assert (config.join.layers[0], config.join.exclude) == (("e2e", "e/**"), ("**/gen/**", "y"))


def test_the_table_of_a_pyproject_is_a_configuration(folder: Path) -> None:
    (folder / "pyproject.toml").write_text('[project]\nname = "x"\n[tool.reportgen]\ntitle = "P"\n')
    assert load_config(cwd=folder).title == "P"
    assert load_config(Path("pyproject.toml"), cwd=folder).title == "P"


def test_a_pyproject_without_the_table_is_none_even_if_it_is_broken(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.other\n")
    assert load_config(cwd=folder).config_file is None


def test_it_is_looked_for_up_to_the_root_of_the_repository(folder: Path) -> None:
    deep = folder / "a" / "b"
    deep.mkdir(parents=True)
    (folder / "reportgen.toml").write_text('title = "top"\ninputs = ["r"]')
    config = load_config(cwd=deep)
    assert (config.title, config.root, config.inputs) == ("top", folder, (Input(f"{folder}/r"),))
    (folder / "a" / "pyproject.toml").write_text('[tool.reportgen]\ntitle = "nearer"')
    assert load_config(cwd=deep).title == "nearer"
    (deep / ".git").mkdir()
    assert load_config(cwd=deep).config_file is None


def test_without_a_repository_it_is_looked_for_in_the_working_folder_only(tmp_path: Path) -> None:
    (tmp_path / "reportgen.toml").write_text('title = "a stranger\'s"')
    (tmp_path / "sub").mkdir()
    assert load_config(cwd=tmp_path / "sub").config_file is None


@pytest.mark.parametrize(
    ("files", "named", "message"),
    [
        (
            {"reportgen.toml": "", "pyproject.toml": "[tool.reportgen]\n"},
            None,
            "there are two configurations, reportgen.toml and [tool.reportgen] in pyproject.toml",
        ),
        ({}, "no.toml", "no.toml: the configuration cannot be read: No such file or directory"),
        ({"x/": ""}, "x", "x: the configuration cannot be read: Is a directory"),
        ({"pyproject.toml": "[tool]"}, "pyproject.toml", "pyproject.toml has no table [tool.reportgen]"),
        (
            {"pyproject.toml": "tool.reportgen = 3"},
            None,
            "pyproject.toml:1: [tool.reportgen] must be a table",
        ),
        (
            {"pyproject.toml": '[tool.reportgen]\n\ntilte = ""'},
            None,
            "pyproject.toml:3: tilte: there is no such key",
        ),
        ({"pyproject.toml": "[tool.reportgen]\nx ="}, None, "pyproject.toml:2: not well-formed TOML"),
        ({"reportgen.toml": "a = 1\nb = = 2\n"}, None, "reportgen.toml:2: not well-formed TOML"),
        ({"reportgen.toml": "a = 1\na = 2\n"}, None, "reportgen.toml:2: not well-formed TOML"),
        ({"reportgen.toml": 'title = "\udce9"'}, None, "reportgen.toml:1: not UTF-8 text"),
        ({"reportgen.toml": "x = " + "[" * 100_000}, None, "nested too deeply"),
        (
            {"reportgen.toml": 'templates = "no"'},
            None,
            "reportgen.toml:1: templates: there is no folder 'no'",
        ),
        ({"reportgen.toml": 'source_root = [".", "no"]'}, None, "source_root[1]: there is no folder 'no'"),
        (
            {"reportgen.toml": "[limits]\nline = 0"},
            None,
            "reportgen.toml:2: limits.line: expected a whole number",
        ),
    ],
)
def test_a_configuration_that_cannot_be_used_is_told(
    folder: Path, files: dict[str, str], named: str | None, message: str
) -> None:
    for name, text in files.items():
        if name.endswith("/"):
            (folder / name).mkdir()
        else:
            (folder / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ConfigError) as told:
        load_config(None if named is None else Path(named), cwd=folder)
    assert message in told.value.message


def test_the_two_configurations_say_which_to_remove(folder: Path) -> None:
    (folder / "reportgen.toml").touch()
    (folder / "pyproject.toml").write_text("[tool.reportgen]\n")
    with pytest.raises(ConfigError) as told:
        load_config(cwd=folder)
    assert told.value.hint == (
        "remove one of them: the file reportgen.toml, or the table [tool.reportgen] of pyproject.toml"
    )
    assert load_config(Path("reportgen.toml"), cwd=folder).config_file == folder / "reportgen.toml"


def test_a_byte_order_mark_is_no_text(folder: Path) -> None:
    (folder / "reportgen.toml").write_text('\ufefftitle = "x"', encoding="utf-8")
    assert load_config(cwd=folder).title == "x"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            'title = "T"\nprofiles = ["nightli"]',
            "reportgen.toml:2: profiles[0]: there is no profile 'nightli'",
        ),
        (
            'inputs = [\n"a.xml",\n{path = "b", format = "junti"}]',
            "reportgen.toml:3: inputs[1].format: there is no format 'junti'",
        ),
        (
            '[layers.unit]\ninputs = [{path = "b", format = "junti"}]',
            "reportgen.toml:2: layers.unit.inputs[0].format: there is no format 'junti'",
        ),
    ],
)
def test_a_name_that_another_room_knows_is_told_with_its_place(
    cli: Cli, folder: Path, text: str, told: str
) -> None:
    (folder / "reportgen.toml").write_text(text)
    (folder / "a.xml").write_text(HEALTHY)
    ran = cli("build")
    assert (ran.code, ran.out) == (2, "")
    first, hint = ran.err.splitlines()
    assert first == f"error: {told}"
    assert hint.startswith("hint: did you mean")


@pytest.mark.parametrize("name", ["reportgen.toml", "signoff.toml"])
def test_a_link_that_leads_nowhere_is_not_taken_for_no_file(folder: Path, name: str) -> None:
    (folder / "reportgen.toml").touch()
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to("not-mounted.toml")
    with pytest.raises(ConfigError, match=f"{name}: the configuration cannot be read: No such file"):
        load_config(cwd=folder)


@pytest.mark.parametrize("revision", ["", " ", "\n"])
def test_a_blank_revision_is_none_and_a_blank_title_the_configured_one(folder: Path, revision: str) -> None:
    (folder / "reportgen.toml").write_text('title = "T"\nrevision = "abc"\n')
    config = load_config(cwd=folder, overrides=Overrides(title=" ", revision=revision))
    assert (config.title, config.revision) == ("T", None)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_not_read_a_second_time(folder: Path) -> None:
    os.mkfifo(folder / "config.toml")
    assert stale_targets(Path("config.toml"), cwd=folder, flags=Overrides()) == ()


@pytest.mark.skipif(not Path(os.devnull).exists(), reason="there is no null device here")
def test_a_device_is_an_empty_configuration_of_the_working_folder(folder: Path) -> None:
    assert load_config(Path(os.devnull), cwd=folder).root == folder


@pytest.mark.parametrize(
    ("text", "output", "names"),
    [
        ('output = "out"\ntilte = 3', "", ["report.md", "report.html", "audit.json"]),
        ('output = "out"\nformats = ["md", "docx"]', "", ["report.md"]),
        ('output = "out"\nprofiles = ["a", "b"]\nformats = ["md"]', "", ["a.md", "b.md"]),
        ("output = 3", "", []),
        ("output = ", "", []),
        ("output = ", "out/x.md", ["x.md"]),
        ("", "out/x.txt", []),
        ("", "out/e.json", []),
        ('formats = ["html"]\noutput = "out/x.md"', "", ["x.md"]),
        ('output = "out"\nprofiles = ["../a"]', "", ["report.md", "report.html", "audit.json"]),
    ],
)
def test_what_a_run_would_have_written_is_known_in_spite_of_its_configuration(
    folder: Path, text: str, output: str, names: list[str]
) -> None:
    (folder / "reportgen.toml").write_text(text)
    targets = stale_targets(None, cwd=folder, flags=Overrides(output=output, evidence=("out/e.json",)))
    assert [target.path for target in targets] == [folder / "out" / name for name in names]
