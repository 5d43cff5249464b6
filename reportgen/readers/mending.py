"""Brings JSON values of the wrong type into the shape that is read, and tells what was left out.

Producers slip: an empty PHP array `[]` where an object belongs, a number as text, a null in a list. One such
value must not cost the file, and must not vanish in silence either.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar, cast

import msgspec
from msgspec import inspect

T = TypeVar("T")

_SURROGATE = re.compile("[\ud800-\udfff]")
_HIGHEST = 2**63 - 1


_type_of = lru_cache(inspect.type_info)  # slow, and asked for each line of JSON lines


class _UnfitError(Exception):
    """The value cannot be brought into the shape."""


class Mended(NamedTuple, Generic[T]):
    """What fits the shape, with the paths of the values that had to be left out.

    `items` are items of a list, or lists: with them something may be missing from what is counted.
    """

    value: T
    values: tuple[str, ...]
    items: tuple[str, ...]


def mend(value: object, shape: type[T]) -> Mended[T] | None:
    """Keep of decoded JSON what fits `shape` (a type for msgspec); None where it does not fit at all."""
    mender = _Mender()
    try:
        fit = mender.fit(value, _type_of(cast(Hashable, shape)), "$")
        made = msgspec.convert(fit, shape)
    except (_UnfitError, msgspec.ValidationError):
        return None
    return Mended(made, tuple(mender.values), tuple(mender.items))


class _Mender:
    def __init__(self) -> None:
        self.values: list[str] = []
        self.items: list[str] = []

    def fit(self, value: object, shape: inspect.Type, path: str) -> object:
        match shape:
            case inspect.UnionType():
                return self._union(value, shape, path)
            case inspect.StructType():
                return self._struct(value, shape, path)
            case inspect.ListType():
                return self._list(value, shape.item_type, path)
            case inspect.DictType() if isinstance(value, dict):
                return self._dict(value, shape.value_type, path)
            case _:
                return _scalar(value, shape)

    def _union(self, value: object, shape: inspect.UnionType, path: str) -> object:
        if value is None and shape.includes_none:
            return None
        for option in shape.types:
            try:
                return self.fit(value, option, path)
            except _UnfitError:
                continue
        raise _UnfitError

    def _struct(self, value: object, shape: inspect.StructType, path: str) -> dict[str, object]:
        if not isinstance(value, dict):
            raise _UnfitError
        kept: dict[str, object] = {}
        for field in shape.fields:
            name = field.encode_name
            if name not in value:
                continue
            try:
                kept[name] = self.fit(value[name], field.type, f"{path}.{name}")
            except _UnfitError:
                self._leave_out(value[name], field.type, f"{path}.{name}")
        return kept

    def _leave_out(self, value: object, shape: inspect.Type, path: str) -> None:
        if value is None or value == []:  # null for nothing; PHP writes an empty object as []
            return
        options = shape.types if isinstance(shape, inspect.UnionType) else (shape,)
        is_list = any(isinstance(option, inspect.ListType | inspect.DictType) for option in options)
        (self.items if is_list else self.values).append(path)

    def _list(self, value: object, shape: inspect.Type, path: str) -> list[object]:
        if not isinstance(value, list):
            raise _UnfitError
        kept: list[object] = []
        for index, item in enumerate(value):
            try:
                kept.append(self.fit(item, shape, f"{path}[{index}]"))
            except _UnfitError:
                self.items.append(f"{path}[{index}]")
        return kept

    def _dict(self, value: dict[str, object], shape: inspect.Type, path: str) -> dict[str, object]:
        kept: dict[str, object] = {}
        for name, item in value.items():
            try:
                kept[_text(name)] = self.fit(item, shape, f"{path}.{name}")
            except _UnfitError:
                self.items.append(f"{path}.{name}")
        return kept


def _scalar(value: object, shape: inspect.Type) -> object:
    """Read a text, number or truth value; a number may be written as text, and an identifier as a number."""
    match shape, value:
        case inspect.AnyType(), _:  # an aside, which who reads it looks at as it comes
            return value
        case inspect.BoolType(), bool():
            return value
        case _, bool():
            raise _UnfitError
        case inspect.StrType(), str():
            return _text(value)
        case inspect.StrType(), int() | float():
            return str(value)
        case inspect.FloatType(), int() | float():
            return float(value) if abs(value) <= _HIGHEST else float(_HIGHEST)
        case inspect.IntType(), int() | float() | str():
            return _integer(value)
        case _:
            raise _UnfitError


def _integer(value: float | str) -> int:
    if isinstance(value, int):
        return min(max(value, -_HIGHEST), _HIGHEST)
    try:
        number = float(value)
    except (ValueError, OverflowError) as error:
        raise _UnfitError from error
    if number != number or not number.is_integer():  # noqa: PLR0124 - this is how a NaN is told
        raise _UnfitError
    return int(min(max(number, -_HIGHEST), _HIGHEST))


def _text(value: str) -> str:
    """Replace half of a surrogate pair, which no encoding can write, by the sign for it."""
    return value if value.isascii() else _SURROGATE.sub("\ufffd", value)
