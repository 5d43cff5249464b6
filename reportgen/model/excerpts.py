"""Lines of code that a report shows beside its places."""

from __future__ import annotations

from msgspec import Struct


class Excerpt(Struct, frozen=True, kw_only=True):
    """Some lines of a source file, from the line `first` on; `marks` are the lines that are meant.

    `changed` says whether the file has changed since it was measured, null where nothing tells; `why` says
    what told it.
    """

    path: str
    first: int
    lines: tuple[str, ...]
    marks: tuple[int, ...]
    changed: bool | None = None
    why: str = ""
