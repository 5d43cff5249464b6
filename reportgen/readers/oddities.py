"""What is odd about one file, collected while it is read and said once a kind."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.model.artifact import Problem
from reportgen.model.limits import Limits

_LONGEST = 200


class Oddities:
    """Collects warnings. `problems` are those noted, in order, at most `limits.problems_per_file` of them."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._limit = limits.problems_per_file
        self._longest = limits.name_chars
        self._noted: list[Problem] = []
        self._left = 0
        self._left_doubt = False

    def note(self, kind: str, message: str, hint: str = "", *, doubt: bool = False) -> None:
        """Note one oddity; `doubt` where what was read may be incomplete."""
        if len(self._noted) >= self._limit:
            self._left += 1
            self._left_doubt = self._left_doubt or doubt
            return
        bounded = message if len(message) <= self._longest else f"{message[: self._longest]}…"
        self._noted.append(Problem(kind=kind, message=bounded, hint=hint, doubt=doubt))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was noted; past the limit one row says how many more, and keeps their doubt."""
        if not self._left:
            return tuple(self._noted)
        message = f"and {self._left:,} more of this file"
        return (*self._noted, Problem(kind="more oddities", message=message, doubt=self._left_doubt))


def some(names: Iterable[str], most: int = 3) -> str:
    """List the first few of `names`, each once, with a count of the others: `a, b, c and 4 more`."""
    distinct = list(dict.fromkeys(names))
    shown = ", ".join(_begun(name) for name in distinct[:most])
    return f"{shown} and {len(distinct) - most:,} more" if len(distinct) > most else shown


def _begun(name: str) -> str:
    """Return the first words of a long name: half a word may be half a secret, which nobody would know."""
    head = name[:_LONGEST]
    return head if head == name else head.rpartition(" ")[0] or head
