"""Whatever a file, a value or an option says: it does nothing to a terminal or log, and tells no secret."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest

from reportgen.cli import console
from tests.cli.conftest import Cli

# Made up, in pieces so that no scanner takes it for a real one.
GITHUB = "gh" + "p_" + "a1B2" * 9
PASSWORD = "hunter2" + "hunter"
ODD = "x\x9b31m\u202egnp ##vso[task]y \u200b\x7f\u2028::error::z"
EVIL = "\x1b[31m\x1b]8;;http:x\x07\r\x08\x9b\u202e\u200b\udcff##[error]\n::error::"

_ACTS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_COMMANDS = re.compile(r"^\s*::|##(?:\[|vso\[|teamcity\[)", re.MULTILINE | re.IGNORECASE)


@pytest.fixture
def evidence(folder: Path) -> Path:
    """A hostile test, a name that cannot be spoken, and a password in what a program said."""
    given = folder / "ev"
    given.mkdir()
    name, message = quoteattr(ODD), quoteattr(f"token {GITHUB} {ODD}; " + "long " * 30)
    (given / "junit.xml").write_text(
        f'<testsuite name={name}><testcase classname={name} name={name} time="1">'
        f"<failure type={quoteattr(GITHUB)} message={message}>::error::x\n##[error]y\n"
        f"password={PASSWORD}\n```\n# h {GITHUB}</failure></testcase>"
        f'<testcase classname="c" name={quoteattr(GITHUB)} time="1"/></testsuite>'
    )
    (given / f"bad {GITHUB}\x1b[31m\x9b\u202e.xml").write_text("<testsuites>")
    return given


@pytest.mark.parametrize(
    "argv",
    [
        "inspect ev",
        "inspect --json ev",
        "build ev",
        "build -v ev -o out",
        "build --format json ev",
        "build --format html ev -o -",
        "explain tests-pass ev",
        "explain evidence-whole ev",
        f"explain {GITHUB} ev",
        f"build https://ada:{PASSWORD}@host/x.xml ev",
        f"build --baseline https://ada:{PASSWORD}@host/x.json ev",
        f"build --{EVIL}",
        f"{EVIL}",
        f"build {EVIL}",
        f"inspect {EVIL}",
        f"explain {EVIL} ev",
        f"build --jobs {EVIL} ev",
        f"build -c {EVIL} ev",
        f"build -p {EVIL} ev",
        f"build --gate {EVIL} ev",
        f"build --generated-at {EVIL} ev",
        f"build --title {EVIL} --revision {EVIL} ev",
        f"build --title {EVIL} --revision {EVIL} --format json ev",
        f"build ev -o {EVIL}.xyz",
        f"build --without {EVIL} ev",
        f"inspect --as {EVIL}:ev/junit.xml",
        f"profiles --show {EVIL}",
    ],
)
def test_nothing_acts_and_no_secret_is_told(cli: Cli, evidence: Path, argv: str) -> None:
    assert evidence.is_dir()
    ran = cli(*argv.split(" "))
    for said in (ran.out, ran.err):
        assert _ACTS.findall(said) == []
        assert _COMMANDS.findall(said) == []
        assert GITHUB[:20] not in said
        assert PASSWORD not in said
    assert "bug" not in ran.err


def test_the_files_hold_no_secret_and_say_how_many_were_taken_out(cli: Cli, evidence: Path) -> None:
    assert cli("build", str(evidence), "--format", "md,html,json", "-o", "out").code == 1
    for page in Path("out").iterdir():
        text = page.read_text()
        assert GITHUB[:20] not in text
        assert PASSWORD not in text
        assert "[redacted]" in text
        assert "taken out of every output: 2 values" in text


def test_half_a_secret_is_not_told_where_a_title_is_cut_short(cli: Cli, folder: Path) -> None:
    message = "w" * 75 + f" postgres://ada:{PASSWORD * 5}@db"
    (folder / "j.xml").write_text(
        f'<testsuite><testcase name="t"><failure message="{message}"/></testcase></testsuite>'
    )
    assert "hunter" not in cli("build", "j.xml", "--format", "json").out


def test_patterns_of_the_configuration_hold_for_every_output(cli: Cli, folder: Path) -> None:
    Path("reportgen.toml").write_text('secrets = ["acme-[0-9]+"]\n')
    (folder / "acme-77.xml").write_text("<testsuites>")
    for argv in ("build acme-77.xml", "inspect acme-77.xml", "inspect --json acme-77.xml", "build acme-78"):
        ran = cli(*argv.split())
        assert "[redacted]" in ran.out + ran.err
        assert not re.search("acme-7", ran.out + ran.err)
    assert json.loads(cli("inspect", "--json", "acme-77.xml").out)[0]["path"] == "[redacted].xml"


def test_inspect_does_without_a_configuration_that_cannot_be_used(cli: Cli, folder: Path) -> None:
    (folder / "j.xml").write_text('<testsuite><testcase name="t" time="1"/></testsuite>')
    Path("reportgen.toml").write_text('secrets = ["("]\nnonsense = 1\n')
    ran = cli("inspect", "j.xml")
    assert ran.code == 0
    assert ran.err.startswith("warning: secrets are known only by our own patterns: ")


def test_a_pattern_that_cannot_be_used_is_told(cli: Cli) -> None:
    Path("reportgen.toml").write_text('inputs = ["x.xml"]\nsecrets = ["("]\n')
    ran = cli("build")
    assert ran.code == 2
    assert "the secret pattern '(' is not a regular expression" in ran.err
    console.say("and talk goes on")
