"""Who covers what: which tests and layers reach a source file, and what of it only some of them do."""

from __future__ import annotations

from msgspec import Struct


class ReachedLines(Struct, frozen=True, kw_only=True):
    """Some lines of a file: how many, and which, in ranges such as `3-7, 12`, cut where there are many."""

    count: int
    ranges: str


class FileReach(Struct, frozen=True, kw_only=True):
    """Who reaches a source file, as far as coverage contexts and the layers of the evidence tell.

    `tests` is how many tests ran a line of it, null where contexts are not known; `cases` the first of them
    by the lines that they ran (ids of tests, or a context's own words). `layers` are those whose tests ran
    it; importing it is not enough. `only_at_import` ran in no test; `only_unit` in no layer but unit, null
    where no other layer measured the file; `only_failing` in no test but failing ones, null where unknown.
    """

    path: str
    tests: int | None
    cases: tuple[str, ...]
    layers: tuple[str, ...]
    only_at_import: ReachedLines | None
    only_unit: ReachedLines | None
    only_failing: ReachedLines | None
    evidence: tuple[str, ...]
