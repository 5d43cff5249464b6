"""The texts of records, gathered to be looked through together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from types import NoneType
from typing import Any

from msgspec import Struct, structs

from reportgen.model.evidence import JoinedCase, JoinedFinding

_NO_TEXTS = frozenset({NoneType, bool, int, Decimal, Fraction})


def texts_in(value: object) -> set[str]:
    """Return every text in a record, however deep."""
    found: set[str] = set()
    left: list[Any] = [value]
    while left:
        one = left.pop()
        kind = type(one)
        if kind is str:  # most are texts, and most others numbers: this is asked of each
            found.add(one)
        elif kind in _NO_TEXTS:
            continue
        elif isinstance(one, str):
            found.add(one)
        elif isinstance(one, tuple):
            left.extend(one)
        elif isinstance(one, Struct):
            left.extend(structs.astuple(one))
        elif isinstance(one, Mapping):
            left.extend(one)
            left.extend(one.values())
    return found


def texts_said(cases: Sequence[JoinedCase]) -> set[str]:
    """Return what programs said of tests: messages, types and texts."""
    told = [
        case for case in cases if case.type or case.message or len(case.attempts) > 1 or case.attempts[0].text
    ]
    own = {text for case in told for text in (case.message, case.type)}
    return own | {
        text for case in told for one in case.attempts for text in (one.type, one.message, one.text)
    }


def texts_of_findings(items: Sequence[JoinedFinding]) -> set[str]:
    """Return the texts of findings."""
    found: set[str] = set()
    for item in items:
        found.update(
            (item.id, item.rule, item.level, item.path, item.message, item.fingerprint, item.state),
            (item.symbol, item.baseline, item.snippet),
            item.tools,
            item.evidence,
        )
    return found


def texts_of_cases(cases: Sequence[JoinedCase]) -> set[str]:
    """Return all texts of tests."""
    found = _but_ids(cases)
    found.update([case.id for case in cases], [case.name for case in cases])
    return found


def pieces_of(cases: Sequence[JoinedCase], overlap: int) -> set[str]:
    """Return the texts of tests, ids in two parts that overlap: the first one is the same for many tests."""
    found = _but_ids(cases)
    ids = [(case.id, len(case.id) - len(case.name)) for case in cases]
    found.update({id_[:end] for id_, end in ids if end > 0})
    found.update([id_[end - overlap :] if end > overlap else id_ for id_, end in ids])
    found.update([case.name for case in cases if not case.id.endswith(case.name)])
    return found


def _but_ids(cases: Sequence[JoinedCase]) -> set[str]:
    attempts = [one for case in cases for one in case.attempts]
    found = {one.text for one in attempts}
    found.update(
        {text for one in attempts for text in (one.type, one.message, one.timestamp)},
        {text for one in cases for text in (one.message, one.type)},
        {case.classname for case in cases},
        {text for one in cases for text in (one.suite, one.layer, one.environment, one.file)},
        {text for case in cases for pair in case.properties for text in pair},
    )
    return found
