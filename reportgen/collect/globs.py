"""Globs, matched without a shell: `**` is any folders, `*`, `?` and `[...]` match within one name."""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from reportgen.collect.walk import Listing, join, list_folder, tree

_MAGIC = re.compile(r"[*?\[]")


class Match(NamedTuple):
    """A path that a glob matches; `error` is why a folder on the way could not be looked into.

    `named` says that the pattern spells it out far enough to mean it. A hidden file that a wildcard
    matched, and all that a closing `**` or `**/*` matched, is not meant but found, as in a folder.
    """

    path: str
    is_folder: bool = False
    named: bool = True
    error: OSError | None = None


def is_glob(path: str) -> bool:
    """Whether a path has characters that match others."""
    return _MAGIC.search(path) is not None


def segment_test(segment: str) -> Callable[[str], bool]:
    """Return what tells whether one name matches one segment; case counts where it counts to the system."""
    flags = re.IGNORECASE if os.name == "nt" else 0
    match = re.compile(fnmatch.translate(segment), flags).match
    return lambda name: match(name) is not None


def matches(pattern: str) -> Iterator[Match]:
    """Yield what a glob matches, by name, each path once.

    Folders that a walk leaves out are matched only where the pattern spells them out. A segment that is
    the very name of something there is that, whatever characters it has.
    """
    seen: set[str] = set()
    segments = re.sub(r"(?<![^/])(\*\*/)+", "**/", pattern.replace(os.sep, "/")).split("/")
    for match in _match("", segments):
        if match.path not in seen:
            seen.add(match.path)
            yield match


def _match(base: str, segments: list[str]) -> Iterator[Match]:
    segment, rest = segments[0], segments[1:]
    path = f"{base}{segment}"
    if not is_glob(segment) or (segment != "**" and os.path.lexists(path)):
        yield from _literal(path, rest)
    elif segment == "**":
        yield from _any_depth(base, rest)
    else:
        yield from _wild(base, segment, rest)


def _literal(path: str, rest: list[str]) -> Iterator[Match]:
    if rest:
        yield from _match(f"{path}/", rest)
    elif os.path.lexists(path):
        yield Match(path, is_folder=os.path.isdir(path))  # noqa: PTH112 - `Path` drops a trailing slash


def _any_depth(base: str, rest: list[str]) -> Iterator[Match]:
    for listing in tree(base):
        yield from _error(listing)
        if rest in ([], ["*"]):
            yield from (match._replace(named=False) for match in _files(listing, "*"))
        else:
            yield from _match(join(listing.path, "") if listing.path else "", rest)


def _wild(base: str, segment: str, rest: list[str]) -> Iterator[Match]:
    listing = list_folder(base, hidden=segment.startswith("."))
    yield from _error(listing)
    test = segment_test(segment)
    folders = [name for name in sorted(listing.folders + listing.links) if test(name)]
    for name in folders:
        if rest:
            yield from _match(f"{base}{name}/", rest)
        else:
            yield Match(f"{base}{name}", is_folder=True)
    if not rest:
        yield from _files(listing, segment)


def _files(listing: Listing, segment: str) -> Iterator[Match]:
    test = segment_test(segment)
    for name in listing.files:
        if test(name):
            yield Match(join(listing.path, name), named=not name.startswith(".") or segment.startswith("."))


def _error(listing: Listing) -> Iterator[Match]:
    """Tell of a folder that cannot be looked into; one that is not there holds no match."""
    if listing.error is not None and not isinstance(listing.error, (FileNotFoundError, NotADirectoryError)):
        yield Match(listing.path, is_folder=True, error=listing.error)
