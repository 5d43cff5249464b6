"""The facts that evidence is joined from: each once, in canonical order."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec import Struct

from reportgen.merge.layers import Layers
from reportgen.model.artifact import Problem
from reportgen.model.evidence import Evidence
from reportgen.model.facts import Facts

_Place = tuple[str, str, str, str, str]


class Part(Struct, frozen=True):
    """An artifact as it is joined: its id (E1, E2, …), its place among all, its own layer, its copies."""

    number: int
    id: str
    facts: Facts
    layer: str
    evidence: tuple[str, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    also: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The artifact's path, as it is printed."""
        return self.facts.source.path


def gather(inputs: Iterable[Facts | Evidence]) -> tuple[Facts, ...]:
    """Unite facts, and the facts that evidence was joined from; each once, by path and digest."""
    found: dict[_Place, Facts] = {}
    for given in inputs:
        for facts in given.parts if isinstance(given, Evidence) else (given,):
            place = (facts.source.path, *facts.key)
            known = found.get(place)
            if known is None:
                found[place] = _with(facts, facts.problems, facts.warnings)
            elif known is not facts:
                found[place] = _one_of(known, facts)
    return tuple(found[place] for place in sorted(found))


def _one_of(one: Facts, other: Facts) -> Facts:
    """Join what was said of the same bytes at the same path twice: all that is said against them stays."""
    standing = min(one, other, key=_content)
    return _with(standing, (*one.problems, *other.problems), (*one.warnings, *other.warnings))


def _with(facts: Facts, problems: Iterable[Problem], warnings: Iterable[Problem]) -> Facts:
    """Give facts these problems and warnings, sorted, each once."""
    ordered = (tuple(sorted(set(problems))), tuple(sorted(set(warnings))))
    if ordered == (facts.problems, facts.warnings):
        return facts
    return msgspec.structs.replace(facts, problems=ordered[0], warnings=ordered[1])


def _content(facts: Facts) -> tuple[bool, bool, str]:
    bare = msgspec.structs.replace(facts, problems=(), warnings=())
    return (facts.passed_over, not is_read(facts), repr(bare))


def is_read(facts: Facts) -> bool:
    """Whether anything at all was read from it."""
    return facts.tests is not None or facts.coverage is not None or facts.findings is not None


def number_parts(parts: Iterable[Facts], layers: Layers) -> list[Part]:
    """Give the artifacts numbers and ids. Byte-identical ones of one layer are one: the first path stands."""
    copies: dict[tuple[str, ...], list[Facts]] = {}
    for facts in parts:
        if not facts.passed_over:
            path = "" if is_read(facts) and facts.source.sha256 else facts.source.path
            copies.setdefault((*facts.key, layers.of_artifact(facts.source), path), []).append(facts)
    return [_part(number, group, layers) for number, group in enumerate(copies.values())]


def _part(number: int, group: list[Facts], layers: Layers) -> Part:
    facts = group[0]
    name = f"E{number + 1}"
    return Part(
        number=number,
        id=name,
        facts=facts,
        layer=layers.of_artifact(facts.source),
        evidence=(name,),
        problems=_placed((problem for one in group for problem in one.problems), facts.source.path),
        warnings=_placed((warning for one in group for warning in one.warnings), facts.source.path),
        also=tuple(one.source.path for one in group[1:]),
    )


def _placed(problems: Iterable[Problem], path: str) -> tuple[Problem, ...]:
    """Give the problems their artifact's path, each once, sorted."""
    placed = {
        problem if problem.path else msgspec.structs.replace(problem, path=path) for problem in problems
    }
    return tuple(sorted(placed))
