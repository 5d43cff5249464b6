"""Opening a file: only a regular one, never one that blocks, and told if it changes while it is read."""

from __future__ import annotations

import errno
import io
import os
import stat
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NoReturn, cast
from zipfile import BadZipFile

from msgspec import structs

from reportgen.model.artifact import ArtifactError, Problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BUFFER = 64 * 1024  # larger ones cost a system call each, and their pages anew
_NEVER_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_WORDS = {
    errno.ENOENT: "it does not exist",
    errno.ENOTDIR: "it does not exist: a part of its path is no folder",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.ELOOP: "it is a symbolic link that leads back to itself",
    errno.ENAMETOOLONG: "its path is too long for this system",
    errno.EIO: "the disk reports an error",
    errno.EAGAIN: "reading it would wait for ever",
    errno.EMFILE: "too many files are open",
}
CHANGED = Problem(
    kind="unreadable",
    message="it changed while it was being read",
    hint="wait until the build has finished writing, then run again",
)
FAILURES = (OSError, EOFError, zlib.error, BadZipFile, RuntimeError, ValueError, struct.error)


def regular_or_problem(mode: int, path: str) -> Problem | None:
    """Return why a thing of this mode (of `os.stat`) is no file to read, or None where it is one."""
    if stat.S_ISREG(mode):
        return None
    what = next((words for test, words in _KINDS if test(mode)), "a special file")
    hint = "write the evidence to a file, or give it on standard input: … | reportgen build -"
    return Problem(kind="unreadable", message=f"it is {what}, not a file", hint=hint, path=path)


def problem_of(error: OSError | ValueError, path: str) -> Problem:
    """Say in plain words, the same on every machine, why the system would not open or read `path`."""
    code = error.errno if isinstance(error, OSError) else errno.ENOENT
    if code in {errno.ENOENT, errno.ENOTDIR}:
        hint = "check the path, and that the build wrote it"
        return Problem(kind="not-found", message=_WORDS[code], hint=hint, path=path)
    words = _WORDS.get(code or 0) or os.strerror(code or errno.EIO).lower()
    hint = "check who may read it" if code in {errno.EACCES, errno.EPERM} else "check the file"
    return Problem(kind="unreadable", message=f"it cannot be read: {words}", hint=hint, path=path)


def never_waiting(path: str, flags: int) -> int:
    """Open a file descriptor that does not wait for a writer (an `opener` of `open`)."""
    return os.open(path, flags | _NEVER_WAITING)


def open_file(path: str, printed: str) -> BinaryIO:
    """Open a regular file, or raise `ArtifactError`, whose problem carries the `printed` path.

    What is no regular file is not even opened (a device may act on that, a FIFO wait); what became one in
    between is caught after opening. A size or time of change that differs at the end is a problem.
    """
    try:
        problem = regular_or_problem(Path(path).stat().st_mode, printed)
        if problem is None:
            return _open(path, printed)
    except ArtifactError:
        raise
    except (OSError, ValueError) as error:
        raise ArtifactError(problem_of(error, printed)) from error
    raise ArtifactError(problem)


def _open(path: str, printed: str) -> BinaryIO:
    file = io.FileIO(path, opener=never_waiting)
    before = os.fstat(file.fileno())
    problem = regular_or_problem(before.st_mode, printed)
    if problem is not None:
        file.close()
        raise ArtifactError(problem)

    def changed() -> bool:
        now = os.fstat(file.fileno())
        return (now.st_size, now.st_mtime_ns) != (before.st_size, before.st_mtime_ns)

    return guarded(file, printed, changed=changed)


def refuse(problem: Problem) -> NoReturn:
    """Raise `problem`: what opens an artifact that has nothing to open."""
    raise ArtifactError(problem)


def translated(error: Exception, path: str) -> ArtifactError:
    """Turn what a file or an archive's library raised into the one error that readers know."""
    match error:
        case ArtifactError():
            return ArtifactError(structs.replace(error.problem, path=path))
        case EOFError():
            kind, message = "truncated", "it ends in the middle of its compressed data"
        case OSError() if error.errno is not None:
            return ArtifactError(problem_of(error, path))
        case _:
            kind, message = "unreadable", f"what it holds is corrupt ({error})"
    hint = "download or write it again; what is in it cannot be trusted"
    return ArtifactError(Problem(kind=kind, message=message, hint=hint, path=path))


def guarded(
    source: BinaryIO,
    path: str,
    *,
    below: BinaryIO | None = None,
    limit: int | None = None,
    changed: Callable[[], bool] | None = None,
) -> BinaryIO:
    """Return a buffered stream over `source` whose every failure is an `ArtifactError` with `path`.

    More than `limit` bytes are too many; at the end, `changed` tells whether the source is still the same.
    `below` is what `source` reads from and does not close itself.
    """
    return io.BufferedReader(_Guard(source, path, below, limit, changed), _BUFFER)


class _Guard(io.RawIOBase):
    """The raw stream below `guarded`. It overrides without `typing.override`, which Python 3.11 lacks."""

    def __init__(
        self,
        source: BinaryIO,
        path: str,
        below: BinaryIO | None,
        limit: int | None,
        changed: Callable[[], bool] | None,
    ) -> None:
        self._source = source
        self._path = path
        self._below = below
        self._limit = limit
        self._changed = changed
        self._read = 0

    def readable(self) -> bool:  # type: ignore[explicit-override]
        """Say yes: that is what it is for."""
        return True

    def close(self) -> None:  # type: ignore[explicit-override]
        """Close the source as well, and what is below it."""
        self._source.close()
        if self._below is not None:
            self._below.close()
        super().close()

    def readinto(self, buffer: WriteableBuffer, /) -> int:  # type: ignore[explicit-override]
        """Read on; every way in which that fails is told as one error."""
        try:
            count = cast("io.FileIO", self._source).readinto(buffer)
        except FAILURES as error:
            raise translated(error, self._path) from error
        if count is None:
            raise ArtifactError(problem_of(OSError(errno.EAGAIN, ""), self._path))
        self._read += count
        if self._limit is not None and self._read > self._limit:
            raise ArtifactError(too_big(self._limit, self._path))
        if count == 0 and self._changed is not None and self._changed():
            raise ArtifactError(structs.replace(CHANGED, path=self._path))
        return count


def too_big(limit: int, path: str) -> Problem:
    """Say that something unpacks to more than `limit` bytes."""
    return Problem(
        kind="too-big",
        message=f"it unpacks to more than {limit:,} bytes",
        hint="if that is right, unpack it, or raise archive_bytes or archive_ratio under [limits]",
        path=path,
    )
