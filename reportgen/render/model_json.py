"""The Audit as JSON: field names are the keys, `schema` first, lists sorted by id. Same audit, same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol, TypeVar

import msgspec

from reportgen.model.audit import Audit
from reportgen.model.figures import floor_digits
from reportgen.render.json_text import harmless

DIGITS = 4
"""Decimals of a ratio; it is rounded down."""

NONE_WHERE_ZERO: Mapping[str, tuple[str, ...]] = {
    "JoinedCase": ("line",),
    "JoinedFinding": ("line", "end_line", "column"),
}
"""Record -> its fields whose 0 stands for unknown (no line has that number): null is written for it."""

_NUMBERED = re.compile(r"([A-Za-z]*)([0-9]{1,18})")
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


_Item = TypeVar("_Item", bound=_Identified)
_Placed = TypeVar("_Placed", bound=msgspec.Struct)


def to_json(audit: Audit) -> str:
    """Return the whole model, indented by two spaces, with a newline at its end."""
    ordered = in_order(audit)
    encoder = msgspec.json.Encoder(enc_hook=number, decimal_format="number")
    try:
        data = encoder.encode(ordered)
    except UnicodeEncodeError:  # a lone surrogate, from a file name that is no UTF-8
        builtins = msgspec.to_builtins(ordered, enc_hook=number, builtin_types=(Decimal,))
        data = encoder.encode(whole(builtins))
    return harmless(msgspec.json.format(data, indent=2)).decode() + "\n"


def number(value: object) -> int | float:
    """Turn an exact ratio into a number: whole where it is whole, else rounded down to 4 decimals."""
    if isinstance(value, Fraction):
        rounded = floor_digits(value, DIGITS)
        return rounded.numerator if rounded.denominator == 1 else float(rounded)
    raise NotImplementedError(f"the model holds a {type(value).__name__}, for which JSON has no form")


def in_order(audit: Audit) -> Audit:
    """Sort by id what has ids: tests, findings, evidence, checks. Plan and gates keep their own order."""
    changes: dict[str, Any] = {
        "evidence": by_id(audit.evidence),
        "checklist": by_id(audit.checklist),
        "waivers": by_id(audit.waivers),
    }
    if audit.tests is not None:
        changes["tests"] = msgspec.structs.replace(
            audit.tests, cases=_unknown_lines(by_id(audit.tests.cases)), causes=by_id(audit.tests.causes)
        )
    if audit.findings is not None:
        items = _unknown_lines(by_id(audit.findings.items))
        changes["findings"] = msgspec.structs.replace(audit.findings, items=items)
    return msgspec.structs.replace(audit, **changes)


def _unknown_lines(items: tuple[_Placed, ...]) -> tuple[_Placed, ...]:
    """Give None for each line and column that is not known; the encoder does not mind, and writes null."""
    fields = NONE_WHERE_ZERO[type(items[0]).__name__] if items else ()
    return tuple(
        msgspec.structs.replace(item, **dict.fromkeys(unknown, None))
        if (unknown := [name for name in fields if not getattr(item, name)])
        else item
        for item in items
    )


def by_id(items: Iterable[_Item]) -> tuple[_Item, ...]:
    """Sort records by their `id`; `E2` comes before `E10`."""
    return tuple(sorted(items, key=_key))


def _key(item: _Identified) -> tuple[str, int, str]:
    found = _NUMBERED.fullmatch(item.id)
    return (found[1], int(found[2]), "") if found else (item.id, 0, item.id)


def whole(value: object) -> object:
    """Replace lone surrogates, which no UTF-8 can hold, by U+FFFD, in a tree of plain values."""
    match value:
        case str():
            return _SURROGATE.sub("\ufffd", value)
        case dict():
            return {whole(key): whole(item) for key, item in value.items()}
        case list() | tuple():
            return [whole(item) for item in value]
        case _:
            return value
