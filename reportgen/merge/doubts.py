"""What joining cannot decide: files of one name under different roots, evidence of different revisions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reportgen.merge.globs import Choice
from reportgen.merge.layers import Layers
from reportgen.merge.parts import Part
from reportgen.merge.places import Names
from reportgen.model.artifact import Problem

_SHOWN = 3


def claims(parts: Sequence[Part], names: Names) -> list[Problem]:
    """Tell of files that artifacts put under different roots, and whose executable lines do not agree.

    They were joined, since with their roots taken off they are one path; but they may be two files.
    """
    if not names.claims:
        return []
    listed: dict[str, list[int]] = {}
    for part in parts:
        named = names.coverage.get(part.number, {})
        for file in part.facts.coverage.files if part.facts.coverage else ():
            name = named[file.path]
            if name in names.claims and file.executable is not None and file.stated is None:
                listed.setdefault(name, []).append(file.executable)
    torn = sorted(name for name, sets in listed.items() if not _is_chain(sets))
    return [
        Problem(
            kind="ambiguous-path",
            message=f"{name} was joined, but its line lists do not agree: it may be "
            + " or ".join(names.claims[name][:_SHOWN]),
            hint="name the prefixes to take off as `roots`, so that two files are told apart",
            path=name,
        )
        for name in torn
    ]


def unfit(choice: Choice) -> list[Problem]:
    """Tell of includes that leave nothing: what they take out would else look clean."""
    includes = choice.unfit()
    if not includes:
        return []
    return [
        Problem(
            kind="nothing included",
            message=f"no path of the coverage and findings is in by include = {', '.join(includes)}",
            hint="compare the patterns with the paths in the evidence; `**` fits any folders, `*` one name",
            doubt=True,
        )
    ]


def idle(choice: Choice, layers: Layers, parts: Sequence[Part]) -> list[Problem]:
    """Tell of patterns that fit nothing: most likely they are misspelled, or what they meant has gone."""
    told = [
        Problem(
            kind="pattern fits nothing",
            message=f"{key} = {pattern} fits no path of the coverage and findings",
            hint="compare it with the paths in the evidence, or remove it",
        )
        for key, pattern in choice.idle()
    ]
    if any(part.facts.tests is not None for part in parts):
        told += [
            Problem(
                kind="pattern fits nothing",
                message=f"no test and no artifact is put into layer {name} by its patterns",
                hint="compare them with the tests and paths in the evidence; the first that fits counts",
            )
            for name in layers.idle
        ]
    return told


def _is_chain(sets: list[int]) -> bool:
    """Whether of any two sets one holds the other."""
    ordered = sorted(set(sets), key=int.bit_count)
    return all(small & large == small for small, large in pairwise(ordered))


def revisions(parts: Sequence[Part]) -> list[Problem]:
    """Tell where evidence says that it was made from different revisions."""
    found: dict[str, list[str]] = {}
    for part in parts:
        for facts in (part.facts.tests, part.facts.coverage, part.facts.findings):
            if facts is not None and facts.revision:
                found.setdefault(facts.revision, []).append(part.id)
    if len(found) < 2:  # noqa: PLR2004 - one revision is as it should be
        return []
    told = [
        f"{', '.join(dict.fromkeys(ids[:_SHOWN]))}{' …' if len(ids) > _SHOWN else ''} of {revision}"
        for revision, ids in sorted(found.items())
    ]
    return [
        Problem(
            kind="different revisions",
            message=f"the evidence is of {len(found):,} revisions: {'; '.join(told)}",
            hint="give only the evidence of the revision that the report is about",
        )
    ]
