"""Counting in bit sets: how many of many sets of lines hold each line, all lines at once.

Slice k holds the lines whose count has bit k. Three sets of one weight become one of that weight (their sum's
last bit) and one of the next (its carry), until one is left: a full adder for all lines, once for each set.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def united(sets: Iterable[int]) -> int:
    """Return the lines that are in any of the sets."""
    lines = 0
    for each in sets:
        lines |= each
    return lines


class Counter:
    """Counts, for each line, the sets that hold it."""

    def __init__(self) -> None:
        self._sets: list[int] = []
        self._slices: list[int] = []

    def add(self, lines: int) -> None:
        """Count a set of lines; after the first question it is too late to."""
        self._sets.append(lines)

    def any(self) -> int:
        """Return the lines that are in any set."""
        return united(self._counted())

    def groups(self, lines: int) -> Iterator[tuple[int, int]]:
        """Split `lines` by their counts: (count, its lines), each count once."""
        parts = [(0, lines)] if lines else []
        for place, held in enumerate(self._counted()):
            parts = [
                (count + extra, kept)
                for count, members in parts
                for extra, kept in ((0, members & ~held), (1 << place, members & held))
                if kept
            ]
        yield from parts

    def _counted(self) -> list[int]:
        weight, self._sets = self._sets, []
        while weight:
            carries: list[int] = []
            while len(weight) > 1:
                one, two = weight.pop(), weight.pop()
                three = weight.pop() if weight else 0
                either = one ^ two
                weight.append(either ^ three)
                carry = one & two | either & three
                if carry:
                    carries.append(carry)
            self._slices.append(weight[0])
            weight = carries
        return self._slices
