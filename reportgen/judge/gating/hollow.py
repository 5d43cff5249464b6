"""Layers, subjects and folders in which nothing ran: a condition on one of them holds for nothing's sake.

So does one on how long tests took, where some that ran do not state it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportgen.judge.counting.tally import Numbers
from reportgen.model.metrics import metric_of

_TESTS, _LINES = ".tests.", ".coverage.lines."
_SECONDS = "tests.seconds"


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
        if name.endswith(_SECONDS):
            yield from _untimed(name.removesuffix("seconds"), numbers)


def _untimed(tests: str, numbers: Numbers) -> Iterator[str]:
    """Say that the time of some tests is not that of all that ran, which is then not known."""
    if numbers.value(f"{tests}executed") and numbers.value(f"{tests}timed") == 0:
        metric = metric_of(f"{tests}seconds")
        scope = "" if metric is None or not metric.scope else f" of {metric.scope}"
        yield f"not every test{scope} that ran states its time"
