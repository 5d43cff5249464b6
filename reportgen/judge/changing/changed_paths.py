"""Which files of the evidence the paths of a diff are: equal, or one a whole-segment suffix of the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct


class JoinedPaths(Struct, frozen=True):
    """`known` is a path of the diff -> that of the evidence; `ambiguous` -> what it may be instead."""

    known: Mapping[str, str]
    ambiguous: Mapping[str, tuple[str, ...]]


def join_paths(changed: Iterable[str], evidence: Iterable[str], roots: Iterable[str] = ()) -> JoinedPaths:
    """Find for each path of a diff the file of the evidence that it is, if it is one.

    A diff speaks from the project's root, so a file of the evidence may lack folders in front. The other
    way round (a diff of a folder alone), and for a file without a folder, that is taken only where no two
    paths are equal: else `lib/a.py` would be `a.py` at the root. A file of the evidence that fits two paths
    of the diff is neither's.
    """
    heads = tuple(f"{root.rstrip('/')}/" for root in roots if root.strip("/"))
    there = frozenset(evidence)
    short = {path: _short(path, heads) for path in changed}
    known = {path: bare for path, bare in short.items() if bare in there}
    taken = frozenset(known.values())
    by_name: dict[str, list[str]] = defaultdict(list)
    for path in sorted(there - taken):
        by_name[path.rpartition("/")[2]].append(path)
    fits = {
        path: tuple(
            other
            for other in by_name.get(bare.rpartition("/")[2], ())
            if (bare.endswith(f"/{other}") and ("/" in other or not known))
            or (not known and other.endswith(f"/{bare}"))
        )
        for path, bare in short.items()
        if path not in known
    }
    claims: dict[str, list[str]] = defaultdict(list)
    for path, found in fits.items():
        for other in found:
            claims[other].append(path)
    ambiguous: dict[str, tuple[str, ...]] = {}
    for path, found in fits.items():
        if len(found) == 1 and len(claims[found[0]]) == 1:
            known[path] = found[0]
        elif found:
            ambiguous[path] = found
    return JoinedPaths(known, ambiguous)


def _short(path: str, heads: tuple[str, ...]) -> str:
    """Take `./`, backslashes and a known absolute root off."""
    path = path.replace("\\", "/").removeprefix("./")
    head = next((head for head in heads if path.startswith(head)), "")
    return path[len(head) :]
