"""Who owns which files, as a CODEOWNERS file tells it."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile

from msgspec import Struct

_ANY = "**"


class OwnerRule(Struct, frozen=True):
    """A line of a CODEOWNERS file. `section` is GitLab's, empty elsewhere; no `owners`: nobody owns it.

    `excluded` is GitLab's `!pattern`: within its section nobody owns it, whatever comes after.
    """

    pattern: str
    owners: tuple[str, ...]
    section: str = ""
    excluded: bool = False


class Owners(Struct, frozen=True):
    """The rules in the order of their file; of each section the last one that fits a path counts."""

    rules: tuple[OwnerRule, ...] = ()

    def of(self, path: str) -> tuple[str, ...]:
        """Return the owners of one file; for many files, make an `OwnerIndex`."""
        return OwnerIndex(self).of(path)


class OwnerIndex:
    """Looks up the owners of many files: only rules whose first names are the file's are tried."""

    def __init__(self, owners: Owners) -> None:
        self._rules = owners.rules
        self._by_start: dict[tuple[str, ...], list[int]] = {}
        for number, rule in enumerate(owners.rules):
            self._by_start.setdefault(_start(_segments(rule.pattern)), []).append(number)

    def of(self, path: str) -> tuple[str, ...]:
        """Return the owners of a file, those of several sections each once; none where nobody owns it."""
        if not self._rules or not path or path.startswith("/") or ".." in path.split("/"):
            return ()
        names = tuple(path.removeprefix("./").split("/"))
        starts = (self._by_start.get(names[:length], ()) for length in range(len(names) + 1))
        by_section: dict[str, tuple[str, ...]] = {}
        excluded: set[str] = set()
        for number in sorted(number for numbers in starts for number in numbers):
            rule = self._rules[number]
            if rule.section not in excluded and _fits(_segments(rule.pattern), names):
                by_section[rule.section] = rule.owners
                if rule.excluded:
                    excluded.add(rule.section)
        return tuple(dict.fromkeys(owner for owners in by_section.values() for owner in owners))


NOBODY = Owners()


@lru_cache(maxsize=4096)
def _segments(pattern: str) -> tuple[str, ...]:
    """Split a pattern at its slashes, as GitHub and GitLab read it (gitignore's rules, but for `[…]`).

    A pattern with a slash before its end is meant from the root, any other at any depth. One that fits a
    folder fits all below it, but `docs/*` only the files right there.
    """
    body = pattern.strip("/")
    names = [_ANY if name == _ANY else name for name in body.split("/") if name]
    if not names:
        return (_ANY, "*")
    anywhere = "/" not in pattern.rstrip("/")
    inside = pattern.endswith("/")
    only_here = names[-1] == "*" and not anywhere
    below = () if only_here or names[-1] == _ANY else (_ANY,)
    return (*((_ANY,) if anywhere else ()), *names, *((_ANY, "*") if inside else below))


def _start(segments: Sequence[str]) -> tuple[str, ...]:
    """Return the names with which whatever fits begins: those before the first that holds `*` or `?`."""
    return tuple(takewhile(lambda name: not {"*", "?"}.intersection(name), segments))


def _fits(segments: Sequence[str], names: Sequence[str]) -> bool:
    """Tell whether the segments fit all names; `**` stands for any number of them. Linear in each."""
    reached = {0}
    for segment in segments:
        if segment == _ANY:
            reached = set(range(min(reached), len(names) + 1))
        else:
            fits = _name(segment)
            reached = {at + 1 for at in reached if at < len(names) and fits.fullmatch(names[at])}
        if not reached:
            return False
    return len(names) in reached


@lru_cache(maxsize=4096)
def _name(segment: str) -> re.Pattern[str]:
    """Compile a pattern of one name, in which only `*` and `?` are special; it never backtracks."""
    return re.compile(fnmatch.translate(segment.replace("[", "[[]")))
