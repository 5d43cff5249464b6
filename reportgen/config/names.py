"""The nearest right name: what to say to somebody who wrote a wrong one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_CUTOFF = 0.6
_MOST = 12


def nearest(wrong: str, right: Iterable[str]) -> str | None:
    """Return the right name that is most like `wrong`, None where none is like it.

    Case and the choice of `-` or `_` do not count: `fail-under` is `fail_under`.
    """
    folded = {_fold(name): name for name in sorted(right, reverse=True)}
    found = get_close_matches(_fold(wrong), sorted(folded), n=1, cutoff=_CUTOFF)
    return folded[found[0]] if found else None


def did_you_mean(wrong: str, right: Iterable[str]) -> str:
    """Return a hint: the nearest right name, else all of them where they are few, else nothing."""
    names = sorted(set(right))
    near = nearest(wrong, names)
    if near is not None:
        return f"did you mean {near!r}?"
    return f"one of: {', '.join(names)}" if 0 < len(names) <= _MOST else ""


def _fold(name: str) -> str:
    return name.lower().replace("-", "_")
