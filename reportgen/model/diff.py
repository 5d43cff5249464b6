"""What a diff says was changed: files, and the lines of them that are new."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

ChangeKind = Literal["changed", "added", "deleted", "renamed", "binary"]


class DiffFile(Struct, frozen=True, kw_only=True):
    """A file that a diff changes. `added` is a bit set of line numbers as they are after the change.

    `path` is the new one (of a deleted file the old), without the prefixes `a/` and `b/`; `was` the old
    one of a renamed or copied file, else empty.
    """

    path: str
    kind: ChangeKind
    added: int = 0
    removed: int = 0
    was: str = ""


class Diff(Struct, frozen=True):
    """A whole diff; `source` is what a report prints for where it was read from."""

    source: str
    files: tuple[DiffFile, ...]
