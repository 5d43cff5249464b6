"""The merge ledger: a row for each override; where very many say the same, one row with their number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reportgen.model.evidence import LedgerRow
from reportgen.model.figures import plural

SHOWN = 10
_EXAMPLES = 3
_NOUNS: Mapping[str, tuple[str, str]] = {
    "path remapped": ("file", ""),
    "line not listed": ("file", ""),
    "line counts": ("file", ""),
    "branch lower bound": ("file", ""),
    "branch counts": ("file", ""),
    "equal finding": ("finding", ""),
    "moved finding": ("finding", ""),
    "suppressed elsewhere": ("finding", ""),
    "severity": ("finding", ""),
    "shared fingerprint": ("fingerprint", ""),
    "declared count": ("count", ""),
    "duplicate file": ("file", ""),
    "suite-level skip": ("suite", ""),
    "context": ("context", ""),
}

_Row = tuple[str, str, str]


class Ledger:
    """Collects overrides and gives them as sorted rows, each once, with all the evidence that it came from.

    Rows of one kind that say the same are a family; a family of more than `SHOWN` is one row, with their
    number and the first of their subjects.
    """

    def __init__(self) -> None:
        self._families: dict[_Row, dict[_Row, tuple[str, ...]]] = {}

    def add(
        self,
        kind: str,
        subject: str,
        *,
        kept: str,
        overridden: str,
        evidence: tuple[str, ...],
        alike: tuple[str, str] | None = None,
    ) -> None:
        """Note that `kept` stands for `subject`, and `overridden` gave way.

        `alike` is (kept, overridden) in the words that hold for the whole family, where they differ by row.
        """
        family = self._families.setdefault((kind, *(alike or (kept, overridden))), {})
        row = (subject, kept, overridden)
        known = family.setdefault(row, evidence)
        if known != evidence:
            family[row] = tuple({*known, *evidence})

    def rows(self) -> tuple[LedgerRow, ...]:
        """Give the rows, sorted."""
        rows: list[LedgerRow] = []
        for (kind, kept, overridden), members in self._families.items():
            if len(members) <= SHOWN:
                rows.extend(LedgerRow(kind, *row, _ordered(evidence)) for row, evidence in members.items())
            else:
                evidence = _ordered({name for own in members.values() for name in own})
                rows.append(LedgerRow(kind, _summed(kind, members), kept, overridden, evidence))
        return tuple(sorted(rows))


def _ordered(evidence: Iterable[str]) -> tuple[str, ...]:
    """Put ids of evidence in the order of their numbers."""
    return tuple(sorted(evidence, key=lambda name: (len(name), name)))


def _summed(kind: str, members: Iterable[_Row]) -> str:
    subjects = sorted({subject for subject, _, _ in members})
    noun, nouns = _NOUNS.get(kind, ("test", ""))
    more = len(subjects) - _EXAMPLES
    examples = ", ".join(subjects[:_EXAMPLES]) + (f" and {more:,} more" if more > 0 else "")
    return f"{plural(len(subjects), noun, nouns)}: {examples}"
