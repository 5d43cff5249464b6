"""A report is written whole or not at all, and no earlier one stands in for it: on a real disk."""

from __future__ import annotations

import errno
import io
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reportgen import output
from reportgen.errors import ExitCode, OutputError
from reportgen.output import remove_stale, write_reports, write_stream

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")


@pytest.fixture(params=["without a name", "with a name"], autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of writing: a draft without a name, and (elsewhere than on Linux) one with."""
    if request.param == "with a name":
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    elif not hasattr(os, "O_TMPFILE"):
        pytest.skip("this system has no files without a name")
    return str(request.param)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


def test_reports_are_written_as_they_are(tmp_path: Path) -> None:
    targets: dict[Path, bytes | str] = {
        tmp_path / "new" / "deep" / "report.md": "# Ünï\r\nline\n\ud800",
        tmp_path / "report.html": b"<html>\xff",
        tmp_path / "audit.json": "",
    }
    write_reports(targets)
    assert (tmp_path / "new/deep/report.md").read_bytes() == "# Ünï\r\nline\n\\ud800".encode()
    assert (tmp_path / "report.html").read_bytes() == b"<html>\xff"
    assert (tmp_path / "audit.json").read_bytes() == b""
    assert names(tmp_path) == ["audit.json", "deep", "new", "report.html", "report.md"]


def test_an_earlier_report_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    target.write_text("a long earlier report")
    write_reports({target: "new"})
    assert target.read_text() == "new"
    assert names(tmp_path) == ["report.md"]


@posix
def test_permissions_are_those_of_the_earlier_file_or_of_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        (tmp_path / "old.md").write_text("old")
        (tmp_path / "old.md").chmod(0o604)
        write_reports({tmp_path / "old.md": "x", tmp_path / "new.md": "x"})
    finally:
        os.umask(before)
    assert (tmp_path / "old.md").stat().st_mode & 0o777 == 0o604
    assert (tmp_path / "new.md").stat().st_mode & 0o777 == 0o640


@posix
def test_a_link_is_followed_and_stays(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "report.md").write_text("old")
    (tmp_path / "latest.md").symlink_to("real/report.md")
    (tmp_path / "dangling.md").symlink_to("real/other.md")
    write_reports({tmp_path / "latest.md": "new", tmp_path / "dangling.md": "new too"})
    assert (tmp_path / "latest.md").is_symlink()
    assert (tmp_path / "real" / "report.md").read_text() == "new"
    assert (tmp_path / "real" / "other.md").read_text() == "new too"


@pytest.mark.parametrize("bad", ["folder.md", "file/report.md"])
def test_if_one_cannot_be_written_none_stands_not_even_earlier_ones(tmp_path: Path, bad: str) -> None:
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "folder.md" / "inside").write_text("x")
    (tmp_path / "file").write_text("x")
    (tmp_path / "a.md").write_text("last night's green")
    with pytest.raises(OutputError) as raised:
        write_reports({tmp_path / "a.md": "new", tmp_path / bad: "new", tmp_path / "z.md": "new"})
    assert raised.value.exit_code == ExitCode.NOT_WRITTEN
    assert str(tmp_path / bad) in raised.value.message
    assert raised.value.hint
    assert names(tmp_path) == ["file", "folder.md", "inside"]


def test_a_folder_in_the_way_that_appears_late_undoes_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish = output._Draft.publish

    def late(draft: output._Draft) -> None:
        if draft.path.name == "b.md":
            draft.target.mkdir()
        publish(draft)

    monkeypatch.setattr(output._Draft, "publish", late)
    with pytest.raises(OutputError):
        write_reports({tmp_path / "a.md": "new", tmp_path / "b.md": "new"})
    assert names(tmp_path) == ["b.md"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
def test_whatever_interrupts_nothing_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    (tmp_path / "a.md").write_text("last night's green")

    def interrupted(_file: int) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(error):
        write_reports({tmp_path / "a.md": "new", tmp_path / "b.md": "new"})
    assert names(tmp_path) == []


def test_a_file_system_that_cannot_name_a_file_later_is_served_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def impossible(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "not here")

    monkeypatch.setattr(os, "link", impossible)
    write_reports({tmp_path / "a.md": "new"})
    assert (tmp_path / "a.md").read_text() == "new"
    assert names(tmp_path) == ["a.md"]


_FULL = """
import resource, sys
from pathlib import Path
from reportgen.errors import OutputError
from reportgen.output import write_reports
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
try:
    write_reports({Path("a.md"): "small", Path("b.md"): "x" * 100_000})
except OutputError as error:
    sys.exit(f"{error.message} | {error.hint}")
"""


@posix
def test_a_disk_that_fills_up_leaves_nothing(tmp_path: Path, way: str) -> None:
    (tmp_path / "a.md").write_text("last night's green")
    script = _FULL if way == "without a name" else "import os\nvars(os).pop('O_TMPFILE', 0)\n" + _FULL
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert run.stderr.strip() == (
        "b.md could not be written: it would be larger than this system allows"
        " | raise the limit, or write elsewhere with -o"
    )
    assert names(tmp_path) == []


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_device_is_written_to_and_never_replaced() -> None:
    write_reports({Path("/dev/null"): "new"})
    assert Path("/dev/null").is_char_device()
    with pytest.raises(OutputError, match="no space is left on the disk"):
        write_reports({Path("/dev/full"): "new"})
    assert Path("/dev/full").is_char_device()


@posix
def test_a_pipe_is_written_to_if_somebody_reads(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.md"
    os.mkfifo(pipe)
    with pytest.raises(OutputError, match="nobody reads from this pipe"):
        write_reports({pipe: "new"})
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    writer = threading.Thread(target=write_reports, args=({pipe: "x" * 200_000},))
    writer.start()
    assert select.select([reading], [], [], 20)[0]
    os.set_blocking(reading, True)
    with os.fdopen(reading) as reader:
        assert reader.read() == "x" * 200_000
    writer.join(20)
    assert not writer.is_alive()


@contextmanager
def unprivileged() -> Iterator[None]:
    """Be somebody whom permissions bind, as root is not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@posix
def test_a_folder_that_may_not_be_written_to_keeps_no_earlier_report() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in ("mine.md", "theirs.md"):
            (folder / file).write_text("last night's green")
            (folder / file).chmod(0o666 if file == "mine.md" else 0o444)
        if os.geteuid() == 0:
            os.chown(folder / "mine.md", 65534, 65534)
        folder.chmod(0o555)
        try:
            with unprivileged():
                with pytest.raises(
                    OutputError, match=r"mine\.md could not be written: permission denied"
                ) as one:
                    write_reports({folder / "mine.md": "new"})
                with pytest.raises(OutputError) as two:
                    write_reports({folder / "theirs.md": "new"})
                with pytest.raises(OutputError, match=r"earlier report could not be removed: .*theirs\.md"):
                    remove_stale([folder / "mine.md", folder / "theirs.md"])
        finally:
            folder.chmod(0o755)
        assert "earlier" not in one.value.message
        assert "an earlier report could not be removed" in two.value.message
        assert (folder / "mine.md").read_text() == ""
        assert (folder / "theirs.md").read_text() == "last night's green"


def test_earlier_reports_are_removed_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "report.md").write_text("old")
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "other.md").write_text("kept")
    remove_stale(
        [tmp_path / "report.md", tmp_path / "folder.md", tmp_path / "gone.md", tmp_path / "no" / "x.md"]
    )
    assert names(tmp_path) == ["folder.md", "other.md"]


def test_of_two_runs_at_once_the_last_ones_report_stands_whole(tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    contents = [letter * 300_000 for letter in "abcd"]

    def again(content: str) -> None:
        for _ in range(15):
            write_reports({target: content})

    threads = [threading.Thread(target=again, args=(content,)) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert target.read_text() in contents
    assert names(tmp_path) == ["report.md"]


@posix
def test_termination_waits_until_all_is_written(tmp_path: Path) -> None:
    script = """
import os, signal
from pathlib import Path
from reportgen import output
sync = os.fsync
os.fsync = lambda file: (os.kill(os.getpid(), signal.SIGTERM), sync(file))
output.write_reports({Path("a.md"): "a", Path("b.md"): "b"})
print("never said")
"""
    run = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, check=False)
    assert run.returncode == -signal.SIGTERM
    assert run.stdout == b""
    assert names(tmp_path) == ["a.md", "b.md"]


class _Closed(io.RawIOBase):
    def writable(self) -> bool:  # type: ignore[explicit-override]  # typing.override is Python 3.12's
        return True

    def write(self, _: object, /) -> int:  # type: ignore[explicit-override]
        raise BrokenPipeError(errno.EPIPE, "nobody there")


def test_a_stream_is_flushed_and_its_failure_told() -> None:
    stream = io.BytesIO()
    write_stream(stream, "Ünï\ud800")
    assert stream.getvalue() == "Ünï\\ud800".encode()
    with pytest.raises(BrokenPipeError):
        write_stream(io.BufferedWriter(_Closed()), "text")


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_standard_output_on_a_full_disk_is_an_error() -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    stream = open(full, "wb")  # noqa: PTH123, SIM115 - closing it fails as well
    with pytest.raises(OutputError, match="standard output could not be written: no space"):
        write_stream(stream, "text")
    with pytest.raises(OSError, match="No space"):
        stream.close()
