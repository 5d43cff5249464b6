"""One way to write a path: `/` between segments, no `./`, no `..`, no drive, no root that is known."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

_URL = re.compile(r"https?://", re.IGNORECASE)  # of a scanned page: no file, and it joins with none
_DRIVE = re.compile(r"/?([A-Za-z]):/")
_PLAIN = re.compile(r"(?!\.{0,2}/|_/|[A-Za-z]:|file:)(?!.*(?://|/\.{1,2}(?:/|$)|\\|/$))[^\0]+", re.DOTALL)


class Spelled(Struct, frozen=True):
    """A path brought to one spelling. `anchor` makes it absolute: `/`, `//` or `C:/`; empty if relative.

    `up` is how many folders above where it starts a relative path lies: its leading `../`, not in `path`.
    """

    anchor: str
    path: str
    up: int = 0

    @property
    def text(self) -> str:
        """The path, written out."""
        return self.anchor + self.path


def spell(raw: str) -> Spelled:
    """Bring a path to one spelling. Nothing is looked up on the disk; `../` at the start is only counted.

    `/_/` is how deterministic .NET builds write the root of their repository.
    """
    if _PLAIN.fullmatch(raw) and raw not in {".", ".."}:
        return Spelled("", raw)
    text = raw.strip().replace("\\", "/")
    if text.startswith("file://"):
        text = "/" + text.removeprefix("file://").removeprefix("localhost").lstrip("/")
    url, drive = _URL.match(text), _DRIVE.match(text)
    if url is not None:
        segments, _ = _resolved(text[url.end() :].split("/"))
        return Spelled("", url[0].lower() + "/".join(segments))
    if drive is not None:
        anchor, text = f"{drive[1].upper()}:/", text[drive.end() :]
    elif text.startswith("/_/"):
        anchor, text = "", text[3:]
    elif text.startswith("//") and not text.startswith("///"):
        anchor = "//"
    else:
        anchor = "/" if text.startswith("/") else ""
    segments, up = _resolved(text.split("/"))
    return Spelled(anchor, "/".join(segments), 0 if anchor else up)


def _resolved(segments: Iterable[str]) -> tuple[list[str], int]:
    """Take out `.` and `..`; return what is left, and how many `..` had nothing before them."""
    out: list[str] = []
    up = 0
    for segment in segments:
        if segment == "..":
            up += not out
            del out[-1:]
        elif segment not in ("", "."):
            out.append(segment)
    return out, up


class Roots:
    """Absolute prefixes that are known, the deepest first."""

    def __init__(self, roots: Iterable[str]) -> None:
        spelled = {spell(root) for root in roots}
        usable = [root for root in spelled if root.anchor and root.path]
        self._prefixes = [
            (root.anchor, f"{root.path}/")
            for root in sorted(usable, key=lambda root: (-len(root.path), root.text))
        ]

    def take_off(self, path: Spelled) -> Spelled | None:
        """Return an absolute path relative to the deepest of the roots that it is under, or None."""
        for anchor, prefix in self._prefixes:
            if path.anchor == anchor and path.path.startswith(prefix):
                return Spelled("", path.path[len(prefix) :])
        return None


def under(root: Spelled, path: Spelled) -> Spelled:
    """Return a relative path as it stands below a root, or as far above it as it says."""
    folders = root.path.split("/") if root.path else []
    return Spelled(root.anchor, "/".join((*folders[: max(0, len(folders) - path.up)], path.path)))
