"""Why a test failed, as far as the evidence tells: the lines to suspect, or why none can be."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from msgspec import Struct

from reportgen.model.audit_tests import FailureCause, Suspect
from reportgen.model.figures import plural
from reportgen.render.escape import Markdown
from reportgen.render.places import place_mark
from reportgen.render.wording import clipped

_PATH = 240
_MOST_GROUPS = 2

# What went wrong before or after a test's own lines ran; of these no line can be suspected.
_NOT_ITS_RUN = {
    "import": (
        "an import failed, so that the test could not be loaded",
        "an import failed, so that the tests could not be loaded",
    ),
    "collection": ("the test could not be collected", "the tests could not be collected"),
    "setup": (
        "its setup went wrong, so that the test itself never ran",
        "their setup went wrong, so that the tests themselves never ran",
    ),
    "teardown": (
        "its teardown went wrong, after the test itself had run",
        "their teardown went wrong, after the tests themselves had run",
    ),
}


class SuspectLines(Struct, frozen=True):
    """Lines of one file with the same score; `why` says it, and which tests ran them."""

    place: Markdown
    lines: str
    why: str


class RootCause(Struct, frozen=True):
    """What the evidence points to: a sentence, or suspicious lines, and what the list of them leaves out."""

    sentence: str
    suspects: tuple[SuspectLines, ...]
    note: str


def root_cause(cause: FailureCause, tests: int, source_url: str) -> RootCause:
    """Say what a cause of `tests` failing tests points to."""
    found = [_lines(list(members), tests, source_url) for _, members in groupby(cause.suspects, key=_alike)][
        :_MOST_GROUPS
    ]
    if found:
        note = clipped(cause.suspects_reason, _PATH)
        return RootCause("", tuple(found), note)
    return RootCause(f"{_told(cause, tests)}.", (), "")


def _told(cause: FailureCause, tests: int) -> str:
    words = _NOT_ITS_RUN.get(cause.kind) or _NOT_ITS_RUN.get(cause.phase)
    if words is None:
        reason = cause.suspects_reason or "nothing tells which test ran which line"
        return f"no line can be suspected: {clipped(reason, _PATH)}"
    return words[tests != 1]


def _alike(each: Suspect) -> tuple[object, ...]:
    return each.path, each.score, each.failing, each.passing


def _lines(members: list[Suspect], tests: int, source_url: str) -> SuspectLines:
    first = members[0]
    one = len(members) == 1 and first.line == first.end_line
    run_by = f"{_failing(first.failing, tests)} and {_passing(first.passing)}"
    return SuspectLines(
        place=place_mark(f"{first.path}:{first.line}", clipped(first.path, _PATH), source_url),
        lines=f"{'line' if one else 'lines'} {listed(map(_range, members))}",
        why=f"Ochiai {first.score:.4f}, run by {run_by}",
    )


def _range(each: Suspect) -> str:
    return f"{each.line}" if each.line == each.end_line else f"{each.line}-{each.end_line}"


def listed(words: Iterable[str]) -> str:
    """Name things as a sentence does: `a, b and c`."""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def _failing(count: int, tests: int) -> str:
    if tests == 1:
        return "the failing test"
    return "all of the failing tests" if count == tests else f"{count:,} of {tests:,} failing tests"


def _passing(count: int) -> str:
    return f"by {plural(count, 'passing test')}" if count else "by no passing one"
