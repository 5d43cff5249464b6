"""Standard input: streamed, and read once; an archive is held in memory."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO, cast

from reportgen.collect.archives import Item, artifact_of, unpack
from reportgen.collect.opening import guarded, refuse
from reportgen.collect.unpacking import HEAD, Origin, packing
from reportgen.model.artifact import Artifact, ArtifactError, Problem
from reportgen.model.config import Input
from reportgen.model.limits import Limits

STDIN = "-"
_NONE = Problem(
    kind="unreadable",
    message="there is no standard input here",
    hint="give a path, or pipe the evidence in",
    path=STDIN,
)
_READ = Problem(
    kind="unreadable",
    message="standard input was read already",
    hint="give `-` once",
    path=STDIN,
)


def read_stdin(asked: Input, limits: Limits, stdin: Callable[[], BinaryIO] | None) -> Iterator[Artifact]:
    """Yield what comes in; the stream is opened, and its first bytes are looked at, here."""
    item = Item(STDIN, STDIN, Origin(), asked)
    if stdin is None:
        yield artifact_of(item, partial(refuse, _NONE), _NONE)
        return
    try:
        stream = _Once(stdin())
        how = packing(stream.head)
        data = b"" if not how else stream.whole(limits.archive_nested_bytes)
    except ArtifactError as error:
        yield artifact_of(item, partial(refuse, error.problem), error.problem)
        return
    if how:
        yield from unpack(item._replace(origin=Origin(data=data)), limits)
    else:
        yield artifact_of(item, stream)


class _Once:
    """Opens a stream that can be read once, of which the first bytes were looked at."""

    def __init__(self, stream: BinaryIO) -> None:
        inner = cast("io.RawIOBase", guarded(stream, STDIN))
        self._stream: BinaryIO | None = io.BufferedReader(inner)
        self.head = cast("io.BufferedReader", self._stream).peek(HEAD)[:HEAD]

    def __call__(self) -> BinaryIO:
        if self._stream is None:
            return refuse(_READ)
        stream, self._stream = self._stream, None
        return stream

    def whole(self, limit: int) -> bytes:
        """Read all of it, at most `limit` bytes."""
        with self() as stream:
            data = stream.read(limit + 1)
        if len(data) > limit:
            hint = "give it as a file, or raise archive_nested_bytes under [limits]"
            message = f"it is an archive of more than {limit:,} bytes"
            refuse(Problem(kind="too-big", message=message, hint=hint, path=STDIN))
        return data
