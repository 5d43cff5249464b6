"""Failing tests that went wrong in the same way are one cause."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from reportgen.judge.cited import cited
from reportgen.judge.phases import FAILING, Phase, phase_of, telling_attempt
from reportgen.judge.tracebacks import Raised, last_raised, own_place, raised_in
from reportgen.model.audit_tests import FailureCause
from reportgen.model.evidence import JoinedCase
from reportgen.model.states import Outcome

_MOST_PATTERN = 300
_NOT_TOLD = "no outcome was written"
_NO_MESSAGE = "no message"
_SAYS_NOTHING = frozenset({"", "collection failure"})
# An assertion says what differed, not what went wrong: its place tells one cause from another.
_ASSERTIONS = frozenset(
    {"", "AssertionError", "AssertionFailedError", "ComparisonFailure", "Failed", "Failure"}
)
# A name that cannot be imported is missing wherever it is asked for.
_IMPORTS = frozenset({"ImportError", "ModuleNotFoundError", "ClassNotFoundException", "NoClassDefFoundError"})
_VARYING = re.compile(
    r"(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*://[^\s\"'<>)\]]+"  # addresses on the net
    r"|(?<![A-Za-z0-9])[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![A-Za-z0-9])"  # UUIDs
    r"|(?<![A-Za-z0-9])0x[0-9a-fA-F]+"
    r"|(?<![\w/\\.])(?:[A-Za-z]:)?[\\/](?:[\w.@+~-]+[\\/])+[\w.@+~-]*"  # absolute paths
    r"|'[^'\n]{40,}'|\"[^\"\n]{40,}\"|`[^`\n]{40,}`"
    r"|(?<![A-Za-z0-9])(?=[a-fA-F]*\d)[0-9a-fA-F]{6,}(?![A-Za-z0-9])"  # ids and digests
    r"|(?<![A-Za-z])[-+]?\d+(?:[.,:]\d+)*(?:[eE][-+]?\d+)?"
)
_SPACE = re.compile(r"\s+")


class Cause(NamedTuple):
    """What makes two failures one: phase, exception, message without what varies, and place."""

    phase: Phase
    type: str
    pattern: str
    place: str


class Told(NamedTuple):
    """What one failing case tells of its cause."""

    cause: Cause
    message: str
    place: str
    text: str


def causes_of(cases: tuple[JoinedCase, ...]) -> tuple[FailureCause, ...]:
    """Group the failing cases; each is in exactly one cause. The cause of most failures is C1, and so on."""
    groups: dict[Cause, list[tuple[JoinedCase, Told]]] = defaultdict(list)
    for case in cases:
        if case.outcome in FAILING:
            told = told_by(case)
            groups[told.cause].append((case, told))
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return tuple(
        FailureCause(
            id=f"C{number}",
            type=cause.type,
            message=members[0][1].message,
            pattern=cause.pattern,
            place=members[0][1].place,
            phase=cause.phase,
            cases=tuple(case.id for case, _ in members),
            text=members[0][1].text,
            evidence=cited(*(case.evidence for case, _ in members)),
        )
        for number, (cause, members) in enumerate(ordered, start=1)
    )


def told_by(case: JoinedCase) -> Told:
    """Return what a case that did not pass, or that passed only on retry, tells of its cause."""
    attempt = telling_attempt(case)
    own = case.outcome in FAILING or attempt is None
    message, kind = (case.message, case.type) if own or attempt is None else (attempt.message, attempt.type)
    text = "" if attempt is None else attempt.text
    phased = phase_of(case, message)
    what = _raised(kind.strip(), phased.message.strip(), text)
    place = own_place(text)
    told = what.message or (
        _NOT_TOLD if case.outcome is Outcome.UNKNOWN else "" if what.type else _NO_MESSAGE
    )
    pattern = pattern_of(told)
    cause = Cause(phased.phase, what.type, pattern, _place_in_key(what.type, pattern, place))
    shown = ": ".join(part for part in (what.type, told) if part)
    return Told(cause, "; ".join(part for part in (shown, phased.besides) if part), place, text)


def _raised(kind: str, message: str, text: str) -> Raised:
    """Return what was raised, as the type attribute says, else the message, else the end of the text."""
    if not kind:
        what = raised_in(message)
        says_nothing = what.message in _SAYS_NOTHING and not what.type
        better = last_raised(text) if says_nothing else what
        return better if any(better) else what
    if message:
        return Raised(kind, message.removeprefix(kind).removeprefix(": ") or message)
    last = last_raised(text)
    return Raised(kind, last.message if kind.endswith(last.type) else "")


def _place_in_key(kind: str, pattern: str, place: str) -> str:
    """Return how much of the place tells causes apart: the line, the file, or nothing."""
    name = kind.rpartition(".")[2]
    if name in _IMPORTS:
        return ""
    return place if name in _ASSERTIONS or not pattern else place.rpartition(":")[0]


def pattern_of(message: str) -> str:
    """Take out of a message what differs from run to run: numbers, ids, paths, long quoted values, …."""
    head = _SPACE.sub(" ", message[: 4 * _MOST_PATTERN]).strip()
    return _VARYING.sub("…", head)[:_MOST_PATTERN]
