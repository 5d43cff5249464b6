"""The evidence that a figure cites, in the order of the evidence index."""

from __future__ import annotations

from collections.abc import Iterable


def cited(*given: Iterable[str]) -> tuple[str, ...]:
    """Join ids of evidence, each once: E2 before E10."""
    return tuple(sorted({each for ids in given for each in ids}, key=lambda name: (len(name), name)))
