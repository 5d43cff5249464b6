"""An input file before and after it is read, and what can be said against it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from msgspec import Struct


class Problem(Struct, frozen=True, order=True):
    """What is wrong or odd, in words a person can act on.

    `kind` is one of a fixed list for what cannot be read (not-found, unreadable, empty-file,
    not-well-formed, not-json, not-evidence, unsupported-format, entity-declaration, corrupt-sqlite,
    truncated, too-big, ambiguous-path, timed-out), or two or three words for what is odd.
    `doubt` says that what was read may be incomplete, so that nothing built on it is a clean pass.
    """

    kind: str
    message: str
    hint: str = ""
    path: str = ""
    doubt: bool = False


class ArtifactError(OSError):
    """The bytes of an artifact cannot be had, or not to their end; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file to read: where it came from and how to open it. Made by `collect`, read by `read`.

    `path` is printed: relative to the project root, with `/`; a member of an archive is
    `a.zip!/dir/b.xml`. `given` is the path exactly as the user gave it. `named` says that the user
    named this very file, so that content which is no evidence is a problem; a file that was found in a
    folder may be passed over. `layer`, `environment` and `as_format` are set where the user set them.
    `open` returns a new binary stream each time; `problem` stands where there is nothing to open. `open`
    and the stream's `read` raise `ArtifactError` where the bytes cannot be had: the file is gone or no
    regular file, changed while it was read, or an archive is corrupt or a bomb. `open` can be pickled,
    except that of standard input (path `-`), which can be read once.
    """

    path: str
    given: str
    open: Callable[[], BinaryIO]
    named: bool = True
    layer: str = ""
    environment: str = ""
    as_format: str = ""
    problem: Problem | None = None


class Source(Struct, frozen=True, order=True, kw_only=True):
    """The identity of the bytes that facts were read from.

    `sha256` is lower-case hex and `size` is bytes, both of the very bytes that were parsed; `format`
    is a name from the table of readers or empty; `producer` is the tool that wrote it, as far as known.
    """

    path: str
    sha256: str = ""
    size: int = 0
    format: str = ""
    producer: str = ""
    layer: str = ""
    environment: str = ""
    given: str = ""
