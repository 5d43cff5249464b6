"""Walking folders: every file that is not left out, each real folder once, always in the same order."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from reportgen.collect.names import ENVIRONMENT_MARK, is_left_out


class Listing(NamedTuple):
    """What stands in one folder, sorted by name; `error` is why it cannot be listed.

    `files` is everything that is no folder: dangling links, pipes and the like too; `folders` and `links` (to
    folders) do not hold what is left out, nor links that lead back up. `linked` are those of `files` that are
    links.
    """

    path: str
    files: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    linked: frozenset[str] = frozenset()
    error: OSError | None = None


def join(folder: str, name: str) -> str:
    """Put `name` behind a folder as the user wrote it; the empty folder is the working folder."""
    return f"{folder}{name}" if not folder or folder.endswith(("/", os.sep)) else f"{folder}/{name}"


def list_folder(path: str, *, hidden: bool = False) -> Listing:
    """List one folder, without hidden folders (save where `hidden`), packages and virtual environments."""
    files: list[str] = []
    folders: list[str] = []
    links: list[str] = []
    linked: list[str] = []
    try:
        with os.scandir(path or ".") as entries:
            for entry in entries:
                if not _is_folder(entry):
                    (linked if entry.is_symlink() else files).append(entry.name)
                elif (not hidden and is_left_out(entry.name)) or _is_environment(entry.path):
                    continue
                elif not entry.is_symlink():
                    folders.append(entry.name)
                elif not _leads_up(entry.path):
                    links.append(entry.name)
    except OSError as error:
        return Listing(path, error=error)
    return Listing(
        path, tuple(sorted(files + linked)), tuple(sorted(folders)), tuple(sorted(links)), frozenset(linked)
    )


def tree(top: str) -> Iterator[Listing]:
    """List `top` and every folder below it, each real folder once, however many links lead there.

    Real folders come first, depth first and by name; then those that only links lead to. So a loop ends,
    and a file that can be reached both ways is found under its own name.
    """
    seen: set[tuple[int, int]] = set()
    links: list[str] = []
    yield from _real_tree(top, seen, links)
    while links:
        found, links = sorted(links), []
        for link in found:
            if not is_left_out(Path(os.path.realpath(link)).name):
                yield from _real_tree(link, seen, links)


def _real_tree(top: str, seen: set[tuple[int, int]], links: list[str]) -> Iterator[Listing]:
    """List without following links, which are put into `links`."""
    waiting = [top]
    while waiting:
        path = waiting.pop()
        if _seen_before(path, seen):
            continue
        listing = list_folder(path)
        yield listing
        links.extend(join(path, name) for name in listing.links)
        waiting.extend(join(path, name) for name in reversed(listing.folders))


def _seen_before(path: str, seen: set[tuple[int, int]]) -> bool:
    try:
        state = Path(path).stat()
    except OSError:
        return False  # listing it tells why
    identity = (state.st_dev, state.st_ino)
    if identity in seen:
        return True
    seen.add(identity)
    return False


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder, or a link to one; what cannot be told is no folder."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _leads_up(link: str) -> bool:
    """Whether a link to a folder leads to one that it lies in itself: a loop."""
    link = os.path.abspath(link)  # noqa: PTH100 - `resolve` follows links
    return Path(os.path.realpath(link)) in Path(os.path.realpath(Path(link).parent), "x").parents


def _is_environment(folder: str) -> bool:
    return os.path.lexists(os.path.join(folder, ENVIRONMENT_MARK))  # noqa: PTH118 - hot
