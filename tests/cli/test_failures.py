"""What goes wrong around a run: no earlier report and nothing half-written stands; the code says what."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.small_evidence import COVERAGE, FAILING, HEALTHY

COMMAND = (sys.executable, "-m", "reportgen")
RUFF = json.dumps(
    [
        {
            "cell": None,
            "code": "F821",
            "end_location": {"column": 2, "row": 1},
            "filename": "a.py",
            "fix": None,
            "location": {"column": 1, "row": 1},
            "message": "Undefined name `x`",
            "noqa_row": 1,
            "url": "",
        }
    ]
)


@pytest.fixture
def built(cli: Cli, folder: Path) -> Path:
    """A folder with last night's green report in `out`."""
    (folder / "healthy.xml").write_text(HEALTHY)
    (folder / "failing.xml").write_text(FAILING)
    assert cli("build", "healthy.xml", "-o", "out").code == 0
    (folder / "out" / "notes.txt").write_text("mine")
    assert len(list((folder / "out").iterdir())) == 4
    return folder


def left(folder: Path) -> list[str]:
    """What stands in the output besides what was never ours."""
    return sorted(path.name for path in (folder / "out").iterdir() if path.name != "notes.txt")


@pytest.mark.parametrize(
    ("argv", "config", "code"),
    [
        (["-o", "out"], "", 3),
        (["nothing-*.xml", "-o", "out"], "", 3),
        (["healthy.xml", "-o", "out", "-p", "none"], "", 2),
        (["healthy.xml", "-o", "out", "--gate", "x"], "", 2),
        (["healthy.xml", "-o", "out", "--generated-at", "x"], "", 2),
        (["healthy.xml", "-o", "out", "--no-such-option"], "", 2),
        (["healthy.xml", "--output=out", "--jobs", "x"], "", 2),
        (["healthy.xml", "-oout", "--jobs", "x"], "", 2),
        (["healthy.xml", "-o", "out"], "tilte = 3", 2),
        (["healthy.xml", "-o", "out"], "x = = 3", 2),
        (["healthy.xml"], 'output = "out"\ntilte = 3', 2),
        (["healthy.xml", "-o", "out"], 'templates = "mine"', 6),
        (["healthy.xml", "-o", "out", "-p", "../x"], "", 2),
    ],
)
def test_last_nights_green_does_not_survive(
    cli: Cli, built: Path, argv: list[str], config: str, code: int
) -> None:
    (built / "mine" / "markdown").mkdir(parents=True)
    (built / "mine" / "markdown" / "report.md.j2").write_text("{{ nobody.knows }}")
    (built / "reportgen.toml").write_text(config)
    ran = cli("build", *argv)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith("error: ")
    assert left(built) == []


def test_a_template_that_fails_is_named_with_its_line(cli: Cli, built: Path) -> None:
    (built / "mine" / "markdown").mkdir(parents=True)
    (built / "mine" / "markdown" / "report.md.j2").write_text("fine\n{{ nobody.knows }}\n")
    (built / "reportgen.toml").write_text('templates = "mine"\n')
    ran = cli("build", "healthy.xml")
    assert ran.code == 6
    assert "report.md.j2" in ran.err
    assert "2" in ran.err.partition("report.md.j2")[2]


def test_evidence_is_never_written_over(cli: Cli, built: Path) -> None:
    (built / "e.json").write_text("[]")
    for more in ([], ["--no-such-option"], ["--gate", "x"]):
        assert cli("build", "e.json", "-o", "e.json", *more).code == 2
        assert (built / "e.json").read_text() == "[]"


@pytest.mark.parametrize("named", [["."], ["*.json", "healthy.xml"], ["healthy.xml"]])
def test_evidence_that_nobody_named_is_not_written_over_either(
    cli: Cli, built: Path, named: list[str]
) -> None:
    (built / "ruff.json").write_text(RUFF)
    for more in ([], ["--no-such-option"], ["--gate", "x"]):
        ran = cli("build", *named, "-o", "ruff.json", *more)
        assert (ran.code, (built / "ruff.json").read_text()) == (2, RUFF)
    assert "ruff.json is named as output, and it is evidence" in cli("build", *named, "-o", "ruff.json").err


def test_an_earlier_audit_among_the_evidence_is_replaced(cli: Cli, built: Path) -> None:
    for content in (None, "", '{"schema": "reportgen/audit/1", "cut'):
        if content is not None:
            (built / "out" / "audit.json").write_text(content)
        assert cli("build", ".", "-o", "out").code == 1
        assert json.loads((built / "out" / "audit.json").read_text())["verdict"] == "fail"


def test_a_file_where_a_folder_should_be(cli: Cli, built: Path) -> None:
    (built / "file").write_text("x")
    ran = cli("build", "healthy.xml", "-o", "file/report.md")
    assert (ran.code, ran.out) == (6, "")
    assert ran.err.startswith("error: ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk(built: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [*COMMAND, "build", "healthy.xml"], cwd=built, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert ran.returncode == 6
    assert b"no space is left" in ran.stderr
    named = subprocess.run(
        [*COMMAND, "build", "healthy.xml", "-o", "/dev/full"], cwd=built, capture_output=True, check=False
    )
    assert (named.returncode, Path("/dev/full").is_char_device()) == (6, True)
    assert b"Exception ignored" not in ran.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("argv", ["--version", "--help", "formats"])
def test_a_full_disk_where_only_a_text_is_printed(folder: Path, argv: str) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run([*COMMAND, argv], cwd=folder, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (ran.returncode, b"bug" in ran.stderr) == (6, False)
    assert b"no space is left" in ran.stderr


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written(cli: Cli, built: Path) -> None:
    (built / "out").chmod(0o500)
    try:
        ran = cli("build", "healthy.xml", "-o", "out")
    finally:
        (built / "out").chmod(0o700)
    assert ran.code == 6


def test_an_empty_list_is_no_clean_scan(cli: Cli, built: Path) -> None:
    (built / "ruff.json").write_text("[]")
    ran = cli("build", "healthy.xml", "--as", "ruff:ruff.json", "-o", "out")
    assert ran.code == 4
    assert ran.err.startswith("problem: ruff.json: the list is empty: ")
    assert cli("build", "healthy.xml", "ruff.json", "-o", "out").code == 4


def test_a_doubt_that_makes_the_verdict_unknown_is_told(cli: Cli, built: Path) -> None:
    told = {"errors": [{"filename": "x.py", "reason": "syntax error"}], "results": [], "metrics": {}}
    (built / "bandit.json").write_text(json.dumps(told))
    ran = cli("build", "healthy.xml", "bandit.json", "-o", "out")
    assert ran.code == 4
    assert ran.err.startswith("problem: bandit.json: bandit could not scan 1 file: x.py")


def test_an_include_that_leaves_nothing_is_no_pass(cli: Cli, built: Path) -> None:
    (built / "coverage.xml").write_text(COVERAGE)
    assert cli("build", "healthy.xml", "coverage.xml", "--include", "*.py", "-o", "out").code == 0
    ran = cli("build", "healthy.xml", "coverage.xml", "--include", "scr/*", "-o", "out")
    assert ran.code == 4
    assert ran.err.startswith("problem: no path of the coverage and findings is in by include = scr/* (")


def test_what_was_not_known_is_named(cli: Cli, built: Path) -> None:
    (built / "one.json").write_text('{"a": 1}')
    (built / "cut.xml").write_text("<testsuite><testc")
    ran = cli("build", "healthy.xml", "one.json", "cut.xml", "-o", "out")
    assert "this is no evidence: it is JSON with the key a (" in ran.err
    assert "; before that no test case stands (" in ran.err


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("build", "healthy.xml", "-o", f"{'x' * 300}.md"), 6),
        (("build", "healthy.xml", "-o", "x" * 300), 6),
        (("build", "healthy.xml", "-c", "x" * 300), 2),
        (("build", "x" * 300), 4),
        (("x" * 300,), 2),
    ],
)
def test_a_path_that_cannot_be_looked_at_is_no_bug(
    cli: Cli, built: Path, argv: tuple[str, ...], code: int
) -> None:
    ran = cli(*argv)
    assert (ran.code, left(built)) == (code, ["audit.json", "report.html", "report.md"])
    assert "bug" not in ran.err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may look anywhere")
def test_an_output_in_a_folder_that_may_not_be_searched(cli: Cli, built: Path) -> None:
    (built / "shut").mkdir(mode=0)
    for output in ("shut", "shut/x.md", "shut/x"):
        ran = cli("build", "healthy.xml", "-o", output)
        assert (ran.code, "could not be written: permission denied" in ran.err) == (6, True)


@pytest.mark.parametrize("argv", [("build", "healthy.xml"), ("formats",), ("--help",)])
def test_a_closed_pipe_is_quiet_and_no_success(built: Path, argv: tuple[str, ...]) -> None:
    read, write = os.pipe()
    os.close(read)
    ran = subprocess.run([*COMMAND, *argv], cwd=built, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (ran.returncode, ran.stderr) == (6, b"")


@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX")
def test_closed_streams(built: Path) -> None:
    line = f"{sys.executable} -m reportgen build healthy.xml"
    closed = subprocess.run(f"{line} >&-", shell=True, cwd=built, capture_output=True, check=False)  # noqa: S602 - a line of ours
    assert closed.returncode == 6
    assert b"standard output is closed" in closed.stderr
    mute = subprocess.run(f"{line} 2>&-", shell=True, cwd=built, capture_output=True, check=False)  # noqa: S602 - a line of ours
    assert mute.returncode == 0
    deaf = subprocess.run(f"{line} - <&-", shell=True, cwd=built, capture_output=True, check=False)  # noqa: S602 - a line of ours
    assert deaf.returncode == 4


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_nothing(built: Path, number: signal.Signals) -> None:
    fifo = subprocess.Popen(
        [*COMMAND, "build", "-", "-o", "out"], cwd=built, stdin=subprocess.PIPE, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 30
    while left(built) and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.3)
    fifo.send_signal(number)
    _, told = fifo.communicate(timeout=30)
    assert fifo.returncode == 130
    assert told.decode().split() == ["interrupted"]
    assert left(built) == []


def test_a_bug_is_told_shortly(cli: Cli, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("a\x1b[31mb\n::error::c")

    monkeypatch.setattr("reportgen.cli.build._sum_up", broken)
    ran = cli("build", "healthy.xml", "-q", "-o", "out")
    assert ran.code == 0
    ran = cli("build", "healthy.xml", "-o", "out")
    assert ran.code == 70
    assert "bug in reportgen" in ran.err
    assert "please report it" in ran.err
    assert "\x1b" not in ran.err
    assert "Traceback" not in ran.err
    assert "Traceback" in cli("build", str(built / "healthy.xml"), "-v").err


def test_the_working_folder_is_gone(built: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = built / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    ran = cli("build", "../healthy.xml")
    monkeypatch.chdir(built)
    assert ran.code == 2
    assert "the working folder is not there any more" in ran.err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read anything")
def test_evidence_that_may_not_be_read(cli: Cli, built: Path) -> None:
    (built / "secret.xml").write_text(HEALTHY)
    (built / "secret.xml").chmod(0)
    ran = cli("build", "healthy.xml", "secret.xml")
    assert ran.code == 4
    assert "permission denied" in ran.err
