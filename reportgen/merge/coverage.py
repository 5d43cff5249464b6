"""Coverage: the same source file of many reports becomes one, line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from reportgen.merge.branches import join_branches
from reportgen.merge.contexts import label_contexts, of_run
from reportgen.merge.globs import Choice
from reportgen.merge.ledger import Ledger
from reportgen.merge.lines import Lines, Listed, join_lines
from reportgen.merge.parts import Part
from reportgen.model.evidence import JoinedCase, JoinedCoverage, JoinedFile


class Labels(Struct, frozen=True):
    """The names of contexts, sorted, and for each part (by number) its contexts' places among them, or -1.

    `running` says for each part which of its contexts are of a test's own run, not of setup or teardown.
    """

    names: tuple[str, ...]
    places: Mapping[int, tuple[int, ...]]
    running: Mapping[int, tuple[bool, ...]]


def join_coverage(
    parts: Sequence[Part],
    names: Mapping[int, Mapping[str, str]],
    cases: Sequence[JoinedCase],
    choice: Choice,
    ledger: Ledger,
) -> JoinedCoverage | None:
    """Join the coverage of all parts; None where there is none.

    `names` gives for each part, by its number, the file that each of its paths is.
    """
    measured = [part for part in parts if part.facts.coverage is not None]
    if not measured:
        return None
    by_name: dict[str, list[Listed]] = {}
    for part in measured:
        named = names[part.number]
        for file in part.facts.coverage.files if part.facts.coverage else ():
            by_name.setdefault(named[file.path] or f"(no path) in {part.path}", []).append((part, file))
    chosen = [name for name in sorted(by_name) if choice.keeps(name)]
    labels = _labels(label_contexts(measured, cases, ledger), measured)
    files: list[JoinedFile] = []
    unlisted = 0
    for name in chosen:
        listed = by_name[name]
        lines = join_lines(name, listed, ledger)
        unlisted += lines.unlisted
        files.append(_file(name, listed, lines, labels, ledger))
    return JoinedCoverage(
        files=tuple(files),
        contexts=labels.names,
        excluded=len(by_name) - len(chosen),
        unlisted_lines=unlisted,
    )


def _labels(by_part: Mapping[int, tuple[str, ...]], parts: Sequence[Part]) -> Labels:
    names = tuple(sorted({label for labels in by_part.values() for label in labels if label}))
    places = {name: place for place, name in enumerate(names)}
    return Labels(
        names,
        {number: tuple(places.get(label, -1) for label in labels) for number, labels in by_part.items()},
        {
            part.number: tuple(map(of_run, part.facts.coverage.contexts))
            for part in parts
            if part.number in by_part and part.facts.coverage
        },
    )


def _file(name: str, listed: Sequence[Listed], lines: Lines, labels: Labels, ledger: Ledger) -> JoinedFile:
    tests = _tests(listed, lines, labels)
    runs = _tests(listed, lines, labels, run_only=True)
    return JoinedFile(
        path=name,
        lines=lines.ratio,
        branches=join_branches(name, listed, ledger),
        executable=lines.executable,
        covered=lines.covered,
        by_tests=None if tests is None else _united(tests),
        tests=tuple(sorted(tests.items())) if tests else (),
        runs=None if runs == tests else tuple(sorted((runs or {}).items())),
        by_layer=_by_layer(listed, lines),
        complexity=max((file.complexity for _, file in listed if file.complexity is not None), default=None),
        evidence=tuple(dict.fromkeys(part.id for part, _ in listed)),
    )


def _tests(
    listed: Sequence[Listed], lines: Lines, labels: Labels, *, run_only: bool = False
) -> dict[int, int] | None:
    """Collect the lines that ran in each test's context; None where none of the evidence records contexts."""
    found: dict[int, int] | None = None
    every = -1 if lines.executable is None else lines.executable
    for part, file in listed:
        places = labels.places.get(part.number)
        if places is None:
            continue
        if found is None:
            found = {}
        running = labels.running[part.number]
        for context, bits in file.contexts:
            place = places[context]
            ran = bits & every
            if place >= 0 and ran and (running[context] or not run_only):
                found[place] = found.get(place, 0) | ran
    return found


def _united(tests: Mapping[int, int]) -> int:
    bits = 0
    for ran in tests.values():
        bits |= ran
    return bits


def _by_layer(listed: Sequence[Listed], lines: Lines) -> dict[str, tuple[int, int]]:
    """Give for each layer whose evidence has the file what could run, and what ran in it."""
    ran: dict[str, int] = {}
    for part, file in listed:
        ran[part.layer] = ran.get(part.layer, 0) | file.covered
    every = -1 if lines.executable is None else lines.executable
    executable = lines.executable or 0
    return {layer: (executable, ran[layer] & every) for layer in sorted(ran)}
