"""Opening what lies inside gzip and zip files: streamed, bounded, and nothing is written anywhere."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from msgspec import structs

from reportgen.collect.opening import (
    CHANGED,
    FAILURES,
    guarded,
    never_waiting,
    open_file,
    refuse,
    regular_or_problem,
    too_big,
    translated,
)
from reportgen.model.artifact import Problem
from reportgen.model.figures import plural

HEAD = 512
GUNZIP = -1
_DIRECTORY_BYTES = 512
_FEWEST = 256
_OTHERS = (
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
)


class Origin(NamedTuple):
    """What lies on disk or in memory: a path with its size and time of change, or (no path) the bytes."""

    path: str = ""
    size: int = 0
    changed_ns: int = 0
    data: bytes = b""


class Step(NamedTuple):
    """One way into what is packed: the member of a zip by its index, or (-1) what a gzip holds.

    `limit` is how many bytes it may unpack to.
    """

    member: int
    limit: int


class Bounds(NamedTuple):
    """How much may be held in memory of an archive inside another, and how many members one may list."""

    nested_bytes: int
    members: int


def packing(head: bytes) -> str:
    """Tell by its first 512 bytes how something is packed: gzip, zip, another packing's name, or empty."""
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "zip"
    if head[257:262] == b"ustar":
        return "tar"
    if head.startswith(b"BZh") and head[4:10] == b"1AY&SY":
        return "bzip2"
    return next((name for mark, name in _OTHERS if head.startswith(mark)), "")


def origin_of(path: str) -> Origin:
    """Note which state of a file its members are listed from; raises `OSError`."""
    state = Path(path).stat()
    return Origin(path, state.st_size, state.st_mtime_ns)


def open_steps(origin: Origin, steps: tuple[Step, ...], path: str, bounds: Bounds) -> BinaryIO:
    """Open what lies at the end of `steps`; `path` is what errors name. Raises `ArtifactError`."""
    if not steps:
        return guarded(io.BytesIO(origin.data), path) if not origin.path else open_file(origin.path, path)
    *above, last = steps
    if last.member == GUNZIP:
        packed = open_steps(origin, tuple(above), path, bounds)
        unpacked = cast("BinaryIO", gzip.GzipFile(fileobj=packed, mode="rb"))
        return guarded(unpacked, path, below=packed, limit=last.limit)
    archive = open_zip(origin, tuple(above), path, bounds)
    try:
        member = archive.open(archive.infolist()[last.member])
    except FAILURES as error:
        raise translated(error, path) from error
    return guarded(cast("BinaryIO", member), path, limit=last.limit)


def open_zip(origin: Origin, steps: tuple[Step, ...], path: str, bounds: Bounds) -> zipfile.ZipFile:
    """Open a zip, or take it from those opened last; raises `ArtifactError`, too if it changed."""
    try:
        if origin.path and origin_of(origin.path) != origin:
            refuse(CHANGED)
        return _zip(origin, steps, bounds)
    except FAILURES as error:
        raise translated(error, path) from error


@lru_cache(maxsize=2)
def _zip(origin: Origin, steps: tuple[Step, ...], bounds: Bounds) -> zipfile.ZipFile:
    """Open a zip. Its members share it, as listing them again for each would be quadratic."""
    if steps or not origin.path:
        with open_steps(origin, steps, "", bounds) as stream:
            data = stream.read(bounds.nested_bytes + 1)
        if len(data) > bounds.nested_bytes:
            excess = too_big(bounds.nested_bytes, "")
            refuse(structs.replace(excess, hint="unpack it, or raise archive_nested_bytes under [limits]"))
        return _whole(io.BytesIO(data))
    file = _Listed(origin.path, bounds.members)
    problem = regular_or_problem(os.fstat(file.fileno()).st_mode, "")
    return _whole(file) if problem is None else refuse(problem)


def _whole(file: io.FileIO | io.BytesIO) -> zipfile.ZipFile:
    """Read the list of members, which stands at the end; without it the download was cut."""
    if zipfile.is_zipfile(file):
        return zipfile.ZipFile(file)
    hint = "download or write it again"
    return refuse(Problem(kind="truncated", message="it ends before the list of what it holds", hint=hint))


class _Listed(io.FileIO):
    """A zip of which no more is read at a time than a list of so many members takes."""

    def __init__(self, path: str, members: int) -> None:
        super().__init__(path, opener=never_waiting)
        self._most = max(members, _FEWEST) * _DIRECTORY_BYTES
        self._members = members

    def __del__(self) -> None:  # type: ignore[explicit-override]
        self.close()  # `ZipFile` leaves that to us

    def read(self, size: int | None = -1, /) -> bytes:  # type: ignore[explicit-override]
        """Read on; the list of members is read at once, and its length is only what the file says."""
        if size is not None and size > self._most:
            refuse(too_many(self._members))
        return super().read(self._most if size is None or size < 0 else size) or b""


def too_many(members: int) -> Problem:
    """Say that an archive lists more members than are read."""
    return Problem(
        kind="too-big",
        message=f"it holds more than {plural(members, 'file')}",
        hint="unpack it and name the evidence, or raise archive_members under [limits]",
    )


def count_bytes(stream: BinaryIO, limit: int) -> int:
    """Count what a stream yields, at most `limit` + 1; raises `ArtifactError`."""
    total = 0
    while total <= limit and (piece := stream.read(HEAD * HEAD)):
        total += len(piece)
    return total
