"""One way to write a path: `/` between segments, no `./`, no `..`, no drive, no root that is known."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

_DRIVE = re.compile(r"/?([A-Za-z]):/")
_PLAIN = re.compile(r"(?!\.{0,2}/|_/|[A-Za-z]:|file:)(?!.*(?://|/\.{1,2}(?:/|$)|\\|/$))[^\0]+", re.DOTALL)


class Spelled(Struct, frozen=True):
    """A path brought to one spelling. `anchor` makes it absolute: `/`, `//` or `C:/`; empty if relative."""

    anchor: str
    path: str

    @property
    def text(self) -> str:
        """The path, written out."""
        return self.anchor + self.path


def spell(raw: str) -> Spelled:
    """Bring a path to one spelling. Nothing is looked up on the disk; `../` at the start comes to nothing.

    `/_/` is how deterministic .NET builds write the root of their repository.
    """
    if _PLAIN.fullmatch(raw) and raw not in {".", ".."}:
        return Spelled("", raw)
    text = raw.strip().replace("\\", "/")
    if text.startswith("file://"):
        text = "/" + text.removeprefix("file://").removeprefix("localhost").lstrip("/")
    drive = _DRIVE.match(text)
    if drive is not None:
        anchor, text = f"{drive[1].upper()}:/", text[drive.end() :]
    elif text.startswith("/_/"):
        anchor, text = "", text[3:]
    elif text.startswith("//") and not text.startswith("///"):
        anchor = "//"
    else:
        anchor = "/" if text.startswith("/") else ""
    return Spelled(anchor, "/".join(_resolved(text.split("/"))))


def _resolved(segments: Iterable[str]) -> list[str]:
    out: list[str] = []
    for segment in segments:
        if segment == "..":
            del out[-1:]
        elif segment not in ("", "."):
            out.append(segment)
    return out


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


def under(root: Spelled, path: str) -> Spelled:
    """Return a relative path as it stands below a root."""
    return Spelled(root.anchor, f"{root.path}/{path}" if root.path else path)
