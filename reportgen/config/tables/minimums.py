"""`min_tests`: how many tests must have run, of all of them, in a layer, and of a subject."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

from msgspec import Meta

from reportgen.model.figures import plural
from reportgen.model.metrics import keyed_name
from reportgen.model.policy import Gate

MIN_TESTS = "min-tests"

Least = Annotated[int, Meta(ge=1, le=1_000_000_000)]
"""A lowest number of tests or files."""


def minimum_gates(
    overall: int | None, layers: Mapping[str, int | None], subjects: Mapping[str, int | None]
) -> tuple[Gate, ...]:
    """Make a gate of each lowest number of tests: `min-tests`, `min-tests-unit`, …; 0 asks for nothing."""
    return tuple(_gates(overall, layers, subjects))


def _gates(
    overall: int | None, layers: Mapping[str, int | None], subjects: Mapping[str, int | None]
) -> Iterable[Gate]:
    if overall:
        yield _gate(MIN_TESTS, f"At least {plural(overall, 'test')} ran", "tests.executed", overall)
    for head, where, counts in (("layers", "in layer", layers), ("subjects", "of", subjects)):
        for name, least in counts.items():
            if least:
                title = f"At least {plural(least, 'test')} {where} {name} ran"
                yield _gate(f"{MIN_TESTS}-{name}", title, keyed_name(head, name, "tests.executed"), least)


def _gate(name: str, title: str, metric: str, least: int) -> Gate:
    return Gate(name=name, title=title, condition=f"{metric} >= {least}", needs="tests")
