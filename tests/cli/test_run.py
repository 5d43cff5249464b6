"""The run itself, through the real command line: no report lies, and none stands by halves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.cli.small_evidence import FAILING, HEALTHY

COMMAND = (sys.executable, "-m", "reportgen")
NAMES = ("audit.json", "report.html", "report.md")
OLD = "last night's green"
posix = pytest.mark.skipif(os.name == "nt", reason="a system of POSIX")


@pytest.fixture
def place(folder: Path) -> Path:
    """Evidence, and last night's green reports in `out`."""
    (folder / "healthy.xml").write_text(HEALTHY)
    (folder / "failing.xml").write_text(FAILING)
    (folder / "out").mkdir()
    for name in NAMES:
        (folder / "out" / name).write_text(OLD)
    return folder


def start(
    place: Path, *argv: str, env: Mapping[str, str] | None = None, command: Sequence[str] = COMMAND
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*command, *argv],
        cwd=place,
        env=None if env is None else dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def ran(process: subprocess.Popen[bytes]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out.decode(), err.decode()


def standing(place: Path) -> dict[str, str]:
    """Everything in the output folder, whatever its name."""
    return {path.name: path.read_text() for path in (place / "out").iterdir()}


def whole(place: Path) -> dict[str, str]:
    """What a run that nothing happens to writes."""
    assert ran(start(place, "build", "healthy.xml", "-o", "out"))[0] == 0
    expected = standing(place)
    assert set(expected) == set(NAMES)
    return expected


@posix
@pytest.mark.slow
def test_killed_at_any_moment(place: Path) -> None:
    began = time.monotonic()
    expected = whole(place)
    takes = time.monotonic() - began
    for step in range(6):
        for name in NAMES:
            (place / "out" / name).write_text(OLD)
        process = start(place, "build", "healthy.xml", "-o", "out")
        time.sleep(takes * (0.2 + step / 6))
        process.kill()
        process.communicate(timeout=60)
        found = standing(place)
        if OLD in found.values():  # it did not get so far as to know where it would write
            assert found == dict.fromkeys(NAMES, OLD)
        else:
            assert found.items() <= expected.items()


@posix
def test_a_disk_that_fills(place: Path) -> None:
    script = """
import resource, runpy, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
runpy.run_module("reportgen", run_name="__main__", alter_sys=True)
"""
    process = start(place, "build", "healthy.xml", "-o", "out", command=(sys.executable, "-B", "-c", script))
    code, out, err = ran(process)
    assert (code, out) == (6, "")
    assert "could not be written" in err
    assert "verdict" not in err
    assert standing(place) == {}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_device_that_is_full(place: Path) -> None:
    (place / "report.md").symlink_to("/dev/full")
    code, _, err = ran(start(place, "build", "healthy.xml", "-o", "report.md"))
    assert code == 6
    assert "no space is left" in err


@pytest.mark.slow
def test_two_runs_into_one_folder(place: Path) -> None:
    expected = [whole(place)]
    assert ran(start(place, "build", "failing.xml", "-o", "out"))[0] == 1
    expected.append(standing(place))
    for _ in range(2):
        runs = [start(place, "build", name, "-o", "out") for name in ("healthy.xml", "failing.xml")]
        assert [ran(process)[0] for process in runs] == [0, 1]
        assert standing(place) in expected


@posix
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_stops_reading(place: Path, unbuffered: str) -> None:
    cases = "".join(
        f'<testcase name="t{n}"><failure message="{"x" * 500}{n}"/></testcase>' for n in range(4000)
    )
    (place / "long.xml").write_text(f'<testsuite name="s">{cases}</testsuite>')
    process = start(
        place, "build", "long.xml", "--format", "json", env={**os.environ, "PYTHONUNBUFFERED": unbuffered}
    )
    assert process.stdout is not None
    assert process.stderr is not None
    with process.stdout, process.stderr:
        assert process.stdout.read(1) == b"{"
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.wait(60) == 6


def gone(group: int) -> bool:
    """Tell whether every process of a group ends within seconds."""
    for _ in range(200):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@posix
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_reaches_every_process_and_is_told_once(place: Path, jobs: str) -> None:
    case = '<testcase name="t" classname="c" time="0.1"/>'
    for number in range(2):
        (place / f"large{number}.xml").write_text(f"<testsuite>{case * 300_000}</testsuite>")
    process = subprocess.Popen(
        [*COMMAND, "build", "large0.xml", "large1.xml", "-o", "out", "--jobs", jobs],
        cwd=place,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    deadline = time.monotonic() + 30
    while any((place / "out").iterdir()) and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)  # a terminal sends it to all
    code, out, err = ran(process)
    assert (code, out, err.split()) == (130, "", ["interrupted"])
    assert standing(place) == {}
    assert gone(process.pid), "a process of the run is left"


BARE = {"PATH": os.environ.get("PATH", ""), "SOURCE_DATE_EPOCH": "1767225600"}


@posix
@pytest.mark.parametrize(
    "env",
    [
        {},
        {"HOME": "/nonexistent"},
        {"HOME": "/nonexistent", "XDG_CACHE_HOME": "/nonexistent", "XDG_CONFIG_HOME": "/nonexistent"},
        {"HOME": "", "TMPDIR": "/nonexistent", "TMP": "/nonexistent", "TEMP": "/nonexistent"},
        {"LC_ALL": "C", "LANG": "C"},
        {"LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati", "PYTHONUTF8": "0"},
    ],
    ids=lambda env: ",".join(env) or "none",
)
def test_no_home_no_folder_for_temporary_files(place: Path, env: dict[str, str]) -> None:
    expected = whole(place)
    code, out, _ = ran(start(place, "build", "healthy.xml", "-o", "out", env={**BARE, **env}))
    assert (code, out) == (0, "")
    assert standing(place) == expected


_WATCHED = """
import os, sys
sys.dont_write_bytecode = True
written = []

def watch(event, args):
    if event == "open":
        path, mode, flags = args
        if isinstance(path, (str, bytes)) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            written.append(os.fsdecode(path))
    elif event in {"os.mkdir", "os.rename", "os.remove", "os.link", "os.symlink", "os.truncate", "os.rmdir"}:
        written.append(str(args[0]))
    elif event.startswith(("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.system")):
        raise PermissionError(event)

import reportgen.pipeline
from reportgen.cli import main
sys.addaudithook(watch)
code = main(sys.argv[1:])
out = os.path.realpath("out")
own = [path for path in written if not os.path.realpath(path).startswith(out)]
own = [path for path in own if not path.startswith("/proc/self/fd")]
print(code, own)
"""


@posix
def test_nothing_but_the_output_is_written_and_nothing_is_started_or_called(place: Path) -> None:
    for argv in (["-o", "out"], ["--format", "json", "-o", "out/audit.json"], ["-p", "none", "-o", "out"]):
        process = start(place, "build", "healthy.xml", *argv, command=(sys.executable, "-c", _WATCHED))
        _, out, err = ran(process)
        assert out == ("2 []\n" if "none" in argv else "0 []\n"), err


@posix
def test_a_folder_that_may_not_be_written() -> None:
    user = 65534 if os.geteuid() == 0 else os.geteuid()
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to others
        place = Path(name)
        place.chmod(0o755)
        (place / "healthy.xml").write_text(HEALTHY)
        (place / "out").mkdir()
        for report in NAMES:
            (place / "out" / report).write_text(OLD)
        try:
            subprocess.run([*COMMAND, "--version"], cwd=place, user=user, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("another user cannot run this Python, and root may write anywhere")
        (place / "out").chmod(0o555)
        command = [*COMMAND, "build", "healthy.xml", "-o", "out"]
        process = subprocess.run(command, cwd=place, user=user, capture_output=True, check=False)
        (place / "out").chmod(0o755)
        assert process.returncode == 6
        told = process.stderr.decode()
        assert "an earlier report could not be removed" in told or "permission denied" in told
        assert "verdict" not in told
        assert set(standing(place)) == set(NAMES)
        if user == os.geteuid():
            assert set(standing(place).values()) == {""}
