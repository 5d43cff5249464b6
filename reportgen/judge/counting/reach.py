"""Who covers what, file by file: from coverage contexts where they are known, else from layers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from heapq import nsmallest

from msgspec import Struct

from reportgen.judge.counting.ranges import missing_lines
from reportgen.judge.failing.phases import FAILING
from reportgen.model.evidence import Evidence, JoinedFile
from reportgen.model.reach import FileReach, ReachedLines
from reportgen.model.states import Outcome

MOST_CASES = 10
"""How many tests a file names."""

_UNIT = "unit"
_FAILED = FAILING | {Outcome.WAIVED}


class _Contexts(Struct, frozen=True):
    """What is known of each context, by its place: its layer (empty for no known test), and if it failed."""

    names: tuple[str, ...]
    layers: tuple[str, ...]
    failed: tuple[bool, ...]
    results: bool
    with_contexts: frozenset[str]


class _Reached:
    """The lines of one file that tests ran: in all, in each layer, in failing tests and in others."""

    def __init__(self, file: JoinedFile, contexts: _Contexts) -> None:
        self.by_layer: dict[str, int] = defaultdict(int)
        self.failing = self.others = 0
        for place, lines in file.tests:
            self.by_layer[contexts.layers[place]] |= lines
            if contexts.failed[place]:
                self.failing |= lines
            else:
                self.others |= lines
        imported = 0 if file.by_tests is None else file.covered & ~file.by_tests
        for layer, (_, covered) in file.by_layer.items():
            if layer not in contexts.with_contexts:  # what it reached beyond importing the file
                self.by_layer[layer] |= covered & ~imported


def reach_of(evidence: Evidence) -> tuple[FileReach, ...]:
    """Say of each measured file who reaches it; nothing where there is no coverage."""
    if evidence.coverage is None:
        return ()
    contexts = _contexts(evidence)
    return tuple(_file(file, contexts) for file in evidence.coverage.files)


def _contexts(evidence: Evidence) -> _Contexts:
    names = evidence.coverage.contexts if evidence.coverage else ()
    wanted = frozenset(names)
    known = {case.id: case for case in evidence.cases if case.id in wanted}
    layers = tuple(known[name].layer if name in known else "" for name in names)
    return _Contexts(
        names=names,
        layers=layers,
        failed=tuple(name in known and known[name].outcome in _FAILED for name in names),
        results=evidence.has_tests,
        with_contexts=frozenset(layers) - {""},
    )


def _file(file: JoinedFile, contexts: _Contexts) -> FileReach:
    known = file.by_tests is not None
    reached = _Reached(file, contexts)
    at_import = file.covered & ~(file.by_tests or 0)
    return FileReach(
        path=file.path,
        tests=len(file.tests) if known else None,
        cases=tuple(_most(file, contexts)),
        layers=tuple(sorted(layer for layer, lines in reached.by_layer.items() if layer and lines)),
        only_at_import=_lines(file, at_import) if known else None,
        only_unit=_only_unit(file, reached),
        only_failing=_lines(file, reached.failing & ~reached.others) if known and contexts.results else None,
        evidence=file.evidence,
    )


def _most(file: JoinedFile, contexts: _Contexts) -> Iterator[str]:
    """Yield the tests that ran most of a file; of those that ran as much, by name."""
    first = nsmallest(MOST_CASES, file.tests, key=lambda ran: (-ran[1].bit_count(), ran[0]))
    return (contexts.names[place] for place, _ in first)


def _only_unit(file: JoinedFile, reached: _Reached) -> ReachedLines | None:
    if _UNIT not in file.by_layer or len(file.by_layer) == 1:
        return None
    others = 0
    for layer, lines in reached.by_layer.items():
        others |= lines if layer != _UNIT else 0
    return _lines(file, reached.by_layer.get(_UNIT, 0) & ~others)


def _lines(file: JoinedFile, lines: int) -> ReachedLines:
    every = file.covered if file.executable is None else file.executable
    return ReachedLines(count=lines.bit_count(), ranges=missing_lines(lines | every, every & ~lines))
