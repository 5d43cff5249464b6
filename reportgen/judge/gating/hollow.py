"""Layers, subjects and folders in which nothing ran: a condition on one of them holds for nothing's sake."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportgen.judge.counting.tally import Numbers
from reportgen.model.metrics import metric_of

_TESTS, _LINES = ".tests.", ".coverage.lines."


def hollow_parts(names: Iterable[str], numbers: Numbers) -> Iterator[str]:
    """Say of which parts, that a condition speaks of, no test ran or no line could; each is told once."""
    told: set[str] = set()
    for name in names:
        for mark, counted, what in (
            (_TESTS, "executed", "no test of"),
            (_LINES, "total", "no executable line is in"),
        ):
            part, found, _ = name.rpartition(mark)
            counting = f"{part}{mark}{counted}"
            if not found or counting in told or numbers.value(counting) != 0:
                continue
            told.add(counting)
            metric = metric_of(counting)
            scope = part if metric is None else metric.scope or part
            yield f"{what} {scope}{' was executed' if mark == _TESTS else ''}"
