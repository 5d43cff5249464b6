"""Failing tests that went wrong in the same way are one cause."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from reportgen.judge.cited import cited
from reportgen.judge.failing.expectations import Expectation, expectation_of
from reportgen.judge.failing.kinds import Kind, is_assertion, is_placeless, kind_of, last_name
from reportgen.judge.failing.phases import FAILING, Phase, Phased, phase_of, telling_attempt
from reportgen.judge.failing.tracebacks import Raised, last_raised, own_place, quoted_by, raised_in, unfolded
from reportgen.model.audit_tests import Difference, FailureCause
from reportgen.model.evidence import JoinedCase
from reportgen.model.states import Outcome

_MOST_PATTERN = 300
_NOT_TOLD = "no outcome was written"
_NO_MESSAGE = "no message"
_SAYS_NOTHING = frozenset(
    {"", "collection failure", "test failure", "failed", "failure", "error", "failed:", "fail"}
    | {"build error", "[build failed]", "build failed"}
)
_MISSING = re.compile(r"fixture '[^']*' not found")
_WHOLE = re.compile(r"self = <|file .+, line \d+\n|def \w+\(")  # pytest gave its whole report as the message
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
    kind: Kind
    sides: Expectation | None


_Members = list[tuple[JoinedCase, Told]]


def causes_of(cases: tuple[JoinedCase, ...], locate: Callable[[str], str] = str) -> tuple[FailureCause, ...]:
    """Group the failing cases; each is in exactly one cause. The cause of most failures is C1, and so on.

    `locate` gives a place as the evidence names its file, so that two machines fail at one place.
    """
    groups: dict[Cause, _Members] = defaultdict(list)
    for case in cases:
        if case.outcome in FAILING:
            told = _located(told_by(case), locate)
            groups[told.cause].append((case, told))
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return tuple(_cause(f"C{number}", *group) for number, group in enumerate(ordered, start=1))


def _located(told: Told, locate: Callable[[str], str]) -> Told:
    place = locate(told.place)
    if place == told.place:
        return told
    at = told.cause.place
    own = place if at == told.place else place.rpartition(":")[0] if at and told.place.startswith(at) else at
    return told._replace(place=place, cause=told.cause._replace(place=own))


def _cause(id_: str, cause: Cause, members: _Members) -> FailureCause:
    plain = (told for _, told in members if told.message.startswith(cause.type))
    first = next(plain, members[0][1])  # not one that quotes it
    told = [(case.id, told.sides) for case, told in members if told.sides is not None]
    sides = told[0][1] if told else None
    return FailureCause(
        id=id_,
        type=cause.type,
        message=first.message,
        pattern=cause.pattern,
        place=first.place,
        phase=cause.phase,
        cases=tuple(case.id for case, _ in members),
        text=first.text,
        evidence=cited(*(case.evidence for case, _ in members)),
        kind=first.kind,
        expected=None if sides is None else sides.expected,
        actual=None if sides is None else sides.actual,
        differences=tuple(
            Difference(case=case, expected=each.expected, actual=each.actual) for case, each in told
        )
        if len({each for _, each in told}) > 1
        else (),
    )


def told_by(case: JoinedCase) -> Told:
    """Return what a case that did not pass, or that passed only on retry, tells of its cause."""
    attempt = telling_attempt(case)
    own = case.outcome in FAILING or attempt is None
    message, kind = (case.message, case.type) if own or attempt is None else (attempt.message, attempt.type)
    text = "" if attempt is None else attempt.text
    message = unfolded(message, text)
    phased = phase_of(case, message)
    what = _raised(kind.strip(), phased.message.strip(), text)
    place = own_place(text) or own_place(message)
    told = what.message or (
        _NOT_TOLD if case.outcome is Outcome.UNKNOWN else "" if what.type else _NO_MESSAGE
    )
    sides = _sides(phased, what.type, told, text)
    # `pytest.fail(f"no answer: {error}")` says which error it was: that is the cause.
    root = (quoted_by(told, text) if is_assertion(what.type) and sides is None else None) or what
    pattern = pattern_of(told if root is what else root.message)
    sort = kind_of(phased.phase, root.type, told, case.outcome, compared=sides is not None)
    at = _place_in_key(root.type, pattern, place) or (case.classname if sides and not place else "")
    shown = ": ".join(part for part in (what.type, told) if part)
    joined = "; ".join(part for part in (shown, phased.besides) if part)
    return Told(Cause(phased.phase, root.type, pattern, at), joined, place, text, sort, sides)


def _sides(phased: Phased, kind: str, message: str, text: str) -> Expectation | None:
    """Return what was expected and what came, where an assertion failed while the test ran."""
    if phased.phase != "run" or not (is_assertion(kind) or last_name(kind) == "Error"):
        return None
    return expectation_of(f"{kind}: {message}" if kind[:5] in {"CHECK", "REQUI"} else message, text)


def _raised(kind: str, message: str, text: str) -> Raised:
    """Return what was raised, as the type attribute says, else the message, else the end of the text."""
    if _WHOLE.match(message):
        marked = last_raised(message)
        better = marked if _MISSING.match(marked.message) else last_raised(text)
        return Raised(kind or better.type, better.message) if any(better) else Raised(kind, message)
    if not kind:
        what = raised_in(message)
        says_nothing = what.message.lower() in _SAYS_NOTHING and (not what.type or what == ("Failed", ""))
        better = last_raised(text) if says_nothing else what
        return better if any(better) else what
    if message:
        return Raised(kind, message.removeprefix(kind).removeprefix(": ") or message)
    last = last_raised(text)
    said = last.message if not last.type or kind.endswith(last.type) else ""
    return Raised(kind, said.removeprefix(f"{kind}: "))


def _place_in_key(kind: str, pattern: str, place: str) -> str:
    """Return how much of the place tells causes apart: the line, the file, or nothing."""
    if is_placeless(kind, pattern) or _MISSING.match(pattern):
        return ""
    return place if is_assertion(kind) or not pattern else place.rpartition(":")[0]


def pattern_of(message: str) -> str:
    """Take out of a message what differs from run to run: numbers, ids, paths, long quoted values, …."""
    head = _SPACE.sub(" ", message[: 4 * _MOST_PATTERN]).strip()
    return _VARYING.sub("…", head)[:_MOST_PATTERN]
