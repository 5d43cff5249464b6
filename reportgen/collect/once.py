"""Taking each file once, however often and in whatever order it was mentioned."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import NamedTuple

from reportgen.collect.places import Place
from reportgen.model.config import Input


class Wish(NamedTuple):
    """What the user said of a file beside its path; empty is left to the content."""

    layer: str
    environment: str
    format: str

    def is_said_by(self, other: Wish) -> bool:
        """Whether `other` says all of this, and more."""
        return self != other and all(
            not mine or mine == theirs for mine, theirs in zip(self, other, strict=True)
        )


def each_once(places: Iterable[Place]) -> list[Place]:
    """Return the places sorted by printed path, each real file once for each thing said of it."""
    by_file: dict[str, list[Place]] = {}
    for place in places:
        by_file.setdefault(place.real, []).append(place)
    chosen = [place for group in by_file.values() for place in (_one(group) if len(group) > 1 else group)]
    return sorted(chosen, key=lambda place: (place.path, _wish(place), place.given, place.problem is None))


def _one(group: list[Place]) -> list[Place]:
    """Make one of the mentions of one file: problems stand, and a file that was named anywhere is named."""
    problems = {place.problem: place for place in sorted(group, key=_rank, reverse=True) if place.problem}
    files = sorted((place for place in group if not place.problem), key=_rank)
    if not files or any(place.named for place in problems.values()):
        return list(problems.values())
    wishes = {_wish(place) for place in files}
    kept = [wish for wish in wishes if not any(wish.is_said_by(other) for other in wishes)]
    best = files[0]
    return [best._replace(asked=Input(best.asked.path, *wish)) for wish in kept] + list(problems.values())


def _wish(place: Place) -> Wish:
    return Wish(place.asked.layer, place.asked.environment, place.asked.format)


def _rank(place: Place) -> tuple[bool, bool, str, str]:
    """Put a named place before a found one, and a file's own path before a link to it."""
    own = os.path.abspath(place.file) == place.real  # noqa: PTH100 - `resolve` follows links
    return (not place.named, not own, place.path, place.given)
