"""The files that the paths of coverage and findings are, and what is said of paths that are not certain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from reportgen.merge.ledger import Ledger
from reportgen.merge.parts import Part
from reportgen.merge.paths import Listing, Settled, Unsettled, settle
from reportgen.model.artifact import Problem
from reportgen.model.figures import plural

_SHOWN = 3


class Names(Struct, frozen=True):
    """For each part, by its number: the file that each path of its coverage, and of its findings, is.

    `claims` is file -> the different absolute places that artifacts put it at.
    """

    coverage: Mapping[int, Mapping[str, str]]
    findings: Mapping[int, Mapping[str, str]]
    claims: Mapping[str, tuple[str, ...]]
    problems: tuple[Problem, ...]


def name_files(parts: Sequence[Part], roots: tuple[str, ...], ledger: Ledger) -> Names:
    """Bring the paths of all parts to one spelling; each that was changed is noted in the ledger."""
    listed: list[tuple[Part, Listing]] = []
    coverage: dict[int, int] = {}
    findings: dict[int, int] = {}
    for part in parts:
        if part.facts.coverage is not None:
            paths = tuple(dict.fromkeys(file.path for file in part.facts.coverage.files))
            coverage[part.number] = len(listed)
            listed.append((part, Listing(part.facts.coverage.sources, paths)))
        if part.facts.findings is not None:
            told = [result.path for result in part.facts.findings.results if result.path]
            told.extend(path for path in part.facts.findings.examined or () if path)
            findings[part.number] = len(listed)
            listed.append((part, Listing(part.facts.findings.roots, tuple(dict.fromkeys(told)))))
    settled = settle([listing for _, listing in listed], roots)
    for (part, _), named in zip(listed, settled.names, strict=True):
        _note_remapped(part, named, ledger)
    return Names(
        {number: settled.names[place] for number, place in coverage.items()},
        {number: settled.names[place] for number, place in findings.items()},
        settled.claims,
        _problems([part for part, _ in listed], settled),
    )


def _note_remapped(part: Part, named: Mapping[str, str], ledger: Ledger) -> None:
    for raw, name in named.items():
        if raw == name:
            continue
        written = raw.replace("\\", "/")
        tail = _common_tail(written, name)
        taken, put = written[: len(written) - tail], name[: len(name) - tail]
        ledger.add(
            "path remapped",
            name,
            kept=name,
            overridden=raw,
            evidence=part.evidence,
            alike=(f"{put}…" if put else "the path below it", f"{taken}…" if taken else "another spelling"),
        )


def _common_tail(one: str, other: str) -> int:
    """Return how many characters of whole segments two paths share at the end."""
    shared = 0
    for left, right in zip(reversed(one.split("/")), reversed(other.split("/")), strict=False):
        if left != right:
            break
        shared += len(left) + 1
    return min(shared, len(one), len(other))


def _problems(parts: Sequence[Part], settled: Settled) -> tuple[Problem, ...]:
    by_part: dict[int, list[Unsettled]] = {}
    for one in settled.unsettled:
        by_part.setdefault(parts[one.listing].number, []).append(one)
    paths = {part.number: part.path for part in parts}
    return tuple(sorted({_problem(paths[number], found) for number, found in by_part.items()}))


def _problem(path: str, found: Iterable[Unsettled]) -> Problem:
    fits = dict(sorted((one.raw, one.fits) for one in found))
    examples = [f"{raw} ({_either(rivals)})" for raw, rivals in list(fits.items())[:_SHOWN]]
    more = len(fits) - len(examples)
    noun = plural(len(fits), "path")
    return Problem(
        kind="ambiguous-path",
        message=f"{noun} may be one of several files: {'; '.join(examples)}"
        + (f"; and {more:,} more" if more > 0 else ""),
        hint="name the prefixes to take off as `roots`, or have paths written from the project root",
        path=path,
    )


def _either(rivals: tuple[str, ...]) -> str:
    shown = list(rivals[:_SHOWN])
    if len(rivals) > _SHOWN:
        shown.append(plural(len(rivals) - _SHOWN, "other"))
    return " or ".join(shown)
