"""Writes reports whole or not at all, and lets no earlier report stand in for one that could not be written.

Where the system can, a report is written to a file without a name, which is given its name when it is whole:
so not even a kill leaves anything behind. Elsewhere it is a hidden file in the same folder, that takes the
report's place.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import signal
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from reportgen.errors import OutputError

_WORDS = {
    errno.ENOSPC: ("no space is left on the disk", "free some space, or write elsewhere with -o"),
    errno.EDQUOT: ("the disk quota is used up", "free some space, or write elsewhere with -o"),
    errno.EFBIG: (
        "it would be larger than this system allows",
        "raise the limit, or write elsewhere with -o",
    ),
    errno.EACCES: ("permission denied", "choose a folder that you may write to with -o"),
    errno.EPERM: ("permission denied", "choose a folder that you may write to with -o"),
    errno.EROFS: ("the disk is read-only", "choose a folder that you may write to with -o"),
    errno.ENOTDIR: ("a part of its path is a file, not a folder", "choose another path with -o"),
    errno.EEXIST: ("a part of its path is a file, not a folder", "choose another path with -o"),
    errno.EISDIR: ("it is a folder", "give the path of a file, or of the folder without a file's ending"),
    errno.ENXIO: ("nobody reads from this pipe", "start the reader first"),
}
_WITHOUT_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EROFS)


def write_reports(targets: Mapping[Path, bytes | str]) -> None:
    """Write each content to its path: all of them, or none, and then nothing stands at any of the paths.

    Text is written as UTF-8. Folders are made; a link is followed; an earlier file's permissions are kept.
    Raises `OutputError`. Termination is put off until all is done or undone.
    """
    drafts: list[_Draft] = []
    with _put_off("SIGTERM", "SIGHUP"):
        try:
            for path, content in targets.items():
                with _as_output_error(path):
                    drafts.append(_Draft.of(path, _encoded(content)))
            with _put_off("SIGINT"), _alone({draft.target.parent for draft in drafts if not draft.direct}):
                for step in (_Draft.clear, _Draft.publish):
                    for draft in drafts:
                        with _as_output_error(draft.path):
                            step(draft)
        except BaseException as error:
            _undo(drafts, targets, error)
            raise
        finally:
            for draft in drafts:
                draft.close()


def remove_stale(paths: Iterable[Path]) -> None:
    """Remove the files at these paths, so that no earlier report is taken for this run's.

    What is not there, or is no regular file, is left alone. A file that cannot be removed is emptied. Raises
    `OutputError` where neither is possible, or where nobody may look whether there is one.
    """
    left, hidden = [], {}
    for path in paths:
        try:
            if not _removed(path):
                left.append(path)
        except OSError as error:
            hidden[path] = error
    for path, why in hidden.items():
        raise _output_error(str(path), why) from why
    if left:
        names = ", ".join(map(str, left))
        raise OutputError(
            f"an earlier report could not be removed: {names}", "remove it; it is not of this run"
        )


def write_stream(stream: BinaryIO, content: bytes | str) -> None:
    """Write a report to an open stream, and flush it; a reader that has gone raises `BrokenPipeError`."""
    left = memoryview(_encoded(content))
    try:
        while left:  # an unbuffered stream (PYTHONUNBUFFERED) writes as much as it can, and says how much
            left = left[stream.write(left) :]
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _output_error("standard output", error) from error


def _encoded(content: bytes | str) -> bytes:
    return content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content


@dataclass(slots=True)
class _Draft:
    """A report that is not at its path yet: an open file with its content, with a name or without.

    `target` is the path with links followed. `direct` is a device or pipe, which is written to as it is.
    """

    path: Path
    target: Path
    content: bytes
    mode: int | None
    direct: bool = False
    file: int = -1
    name: Path | None = None

    @classmethod
    def of(cls, path: Path, content: bytes) -> _Draft:
        """Write the draft, next to its target; raises `OSError`."""
        state = _state(path)
        if state is not None and (stat.S_ISCHR(state.st_mode) or stat.S_ISFIFO(state.st_mode)):
            return cls(path, path, content, mode=None, direct=True)
        if state is not None and not stat.S_ISREG(state.st_mode):
            raise IsADirectoryError(errno.EISDIR, "a folder", str(path))
        target = Path(os.path.realpath(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = cls(path, target, content, mode=None if state is None else stat.S_IMODE(state.st_mode))
        try:
            draft.file = _unnamed(target.parent)
            draft._fill() if draft.file >= 0 else draft._fill_named()
        except BaseException:
            draft.discard()
            raise
        return draft

    def _fill_named(self) -> None:
        self.close()
        self.name = self.target.parent / f".reportgen-{secrets.token_hex(8)}.tmp"
        self.file = os.open(
            self.name, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o666
        )
        self._fill()

    def _fill(self) -> None:
        if self.mode is not None and hasattr(os, "fchmod"):
            os.fchmod(self.file, self.mode)
        _write(self.file, self.content)
        _sync(self.file)

    def clear(self) -> None:
        """Take away what stands at the target, so that old and new never stand side by side."""
        if not self.direct:
            self.target.unlink(missing_ok=True)

    def publish(self) -> None:
        """Put the draft at its target."""
        if self.direct:
            self._write_direct()
            return
        if self.name is None and not self._linked():
            self._fill_named()
        if self.name is not None:
            self.close()
            self.name.replace(self.target)
            self.name = None
        _sync_folder(self.target.parent)

    def _linked(self) -> bool:
        """Give the file without a name its name; of two runs at once, the last one's report stays."""
        while True:
            try:
                os.link(f"/proc/self/fd/{self.file}", self.target, src_dir_fd=self.file, follow_symlinks=True)
            except FileExistsError:
                self.target.unlink(missing_ok=True)
            except OSError:
                return False  # a file system that cannot; the way with a name tells what is wrong
            else:
                return True

    def _write_direct(self) -> None:
        self.file = os.open(
            self.path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
        )
        os.set_blocking(self.file, True)
        _write(self.file, self.content)

    def close(self) -> None:
        """Close the file; one without a name is gone then."""
        if self.file >= 0:
            file, self.file = self.file, -1
            os.close(file)

    def discard(self) -> None:
        """Leave nothing of the draft."""
        self.close()
        if self.name is not None:
            self.name.unlink(missing_ok=True)


def _state(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _unnamed(folder: Path) -> int:
    """Open a file without a name in a folder, or return -1 where that cannot be done."""
    flag = getattr(os, "O_TMPFILE", 0)
    if not flag or not Path("/proc/self/fd").is_dir():
        return -1
    try:
        return os.open(folder, flag | os.O_WRONLY, 0o666)
    except OSError:
        return -1  # a file system that cannot; the way with a name tells what is wrong


def _write(file: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(file, view) :]


def _sync(file: int) -> None:
    try:
        os.fsync(file)
    except OSError as error:
        if error.errno not in _WITHOUT_SYNC:
            raise


def _sync_folder(folder: Path) -> None:
    """Make the name as durable as the content, where the system lets a folder be opened."""
    with contextlib.suppress(OSError):
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)


def _removed(path: Path) -> bool:
    """Remove or empty a regular file; say whether nothing of it stands. Raises `OSError` if it is hidden."""
    target = Path(os.path.realpath(path))
    if not target.is_file():
        return True
    try:
        target.unlink()
    except OSError:
        try:
            os.truncate(target, 0)
        except OSError:
            return False
    return True


def _undo(drafts: Iterable[_Draft], paths: Iterable[Path], error: BaseException) -> None:
    """Leave nothing of the drafts, and nothing at the paths; tell of an old report that cannot be removed."""
    for draft in drafts:
        with contextlib.suppress(OSError):
            draft.discard()
    try:
        remove_stale(paths)
    except OutputError as stays:
        if isinstance(error, OutputError):
            raise OutputError(f"{error.message}; {stays.message}", stays.hint) from error


@contextlib.contextmanager
def _alone(folders: Iterable[Path]) -> Iterator[None]:
    """Keep other runs out of these folders, so that the reports of two runs never stand side by side.

    A folder itself is locked, where the system can: no file is made for it. Where that cannot be had in ten
    seconds, each report is whole still.
    """
    with contextlib.ExitStack() as locked:
        for folder in sorted(folders):
            with contextlib.suppress(ImportError, OSError):
                from fcntl import LOCK_EX, LOCK_NB, flock  # noqa: PLC0415 - Windows has none

                file = os.open(folder, os.O_RDONLY)
                locked.callback(os.close, file)
                for _ in range(1000):
                    try:
                        flock(file, LOCK_EX | LOCK_NB)
                        break
                    except BlockingIOError:
                        time.sleep(0.01)
        yield


@contextlib.contextmanager
def _as_output_error(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _output_error(str(path), error) from error


def _output_error(what: str, error: OSError) -> OutputError:
    words, hint = _WORDS.get(error.errno or 0, (error.strerror or str(error), "choose another path with -o"))
    return OutputError(f"{what} could not be written: {words}", hint)


@contextlib.contextmanager
def _put_off(*names: str) -> Iterator[None]:
    """Let these signals wait until the end, where the system knows them."""
    signals = {getattr(signal, name) for name in names if hasattr(signal, name)}
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
