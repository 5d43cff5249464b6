"""The evidence that a policy expects, and how each of it stands: there, or in one of five ways not."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from msgspec import Struct

HoldsKind = Literal["", "tests", "coverage", "findings"]


class Expectation(Struct, frozen=True, kw_only=True):
    """Artifacts that must be there: those that the glob `path` fits, of `layer` where it is given.

    At least `count` of them, each of which holds `kind`, is at most `max_age` seconds older than the report,
    and with the others of them holds results of `min_tests` tests that ran. None and empty ask for nothing.
    """

    path: str
    layer: str = ""
    kind: HoldsKind = ""
    count: int | None = None
    max_age: int | None = None
    min_tests: int | None = None


class InputState(StrEnum):
    """How an expected input stands.

    MISSING: nothing fits, or fewer than are expected. EMPTY: read, but what is expected in it is not there,
    or too little. CORRUPT: not read, or not whole. STALE: older than the policy allows. OTHER_REVISION: it
    says that it was made from another revision than the report. UNKNOWN: its age is asked for, and it tells
    none.
    """

    PRESENT = "present"
    MISSING = "missing"
    EMPTY = "empty"
    CORRUPT = "corrupt"
    STALE = "stale"
    OTHER_REVISION = "other_revision"
    UNKNOWN = "unknown"


class ExpectedInput(Struct, frozen=True, kw_only=True):
    """An expected input, in one of the states that it is in; what is wrong in two ways has two rows.

    `count` is how many artifacts it lacks, or how many are in that state; `evidence` are their ids.
    """

    path: str
    state: InputState
    reason: str
    evidence: tuple[str, ...]
    layer: str = ""
    kind: str = ""
    count: int = 0


def expectation_of(expected: str | Expectation) -> Expectation:
    """Return a bare glob as an expectation that one artifact at least fits it."""
    return Expectation(path=expected) if isinstance(expected, str) else expected
