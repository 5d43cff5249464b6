"""From raw TOML to typed settings; a wrong key or value is told by its place and its nearest right name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import EnumMeta
from typing import TypeVar

import msgspec
from msgspec import inspect

from reportgen.config.names import did_you_mean
from reportgen.config.place import Key, Place
from reportgen.errors import ConfigError

_T = TypeVar("_T")

_STEP = re.compile(r"\.([^.\[]+)|\[(\d+)\]|(\[\.\.\.\])")
_KINDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "decimal": "a number",
    "bool": "true or false",
    "date": "a date such as 2027-03-31",
    "array": "a list",
    "object": "a table",
    "null": "nothing",
}
_NO_TEXT_IS = (Decimal,)
"""What must stand in the file as such: a number in quotes is a text, and told."""
_WANTED = {
    "Invalid decimal string": "a number",
    "Invalid RFC3339 encoded date": "a date such as 2027-03-31",
}


def decode(raw: Mapping[str, object], type_: type[_T], place: Place) -> _T:
    """Convert the tables of a configuration; raise `ConfigError` for the first that is wrong."""
    try:
        return msgspec.convert(raw, type_, builtin_types=_NO_TEXT_IS)
    except msgspec.ValidationError as error:
        raise _told(str(error), raw, type_, place) from error


def _told(message: str, raw: Mapping[str, object], type_: type, place: Place) -> ConfigError:
    """Say in our words what msgspec found, of the key that it found it at."""
    what, _, where = message.partition(" - at `")
    keys = tuple(_keys_of(where.rstrip("`"), raw, type_, message))
    value = _value_at(raw, keys)
    if unknown := re.fullmatch(r"Object contains unknown field `(.*)`", what, re.DOTALL):
        wrong = unknown[1]
        hint = did_you_mean(wrong, _names(type_, keys)) or "all keys: reportgen schema --config"
        return place.at(*keys, wrong).error("there is no such key", hint)
    here = place.at(*keys)
    if missing := re.fullmatch(r"Object missing required field `(.*)`", what):
        return here.error(f"the key {missing[1]!r} is missing")
    if what.startswith("Invalid enum value") and isinstance(value, str | int):
        names = _names(type_, keys)
        words = sorted({each for each in names if each})
        return here.error(f"{value!r} is none of {', '.join(words)}", did_you_mean(str(value), words))
    return here.error(_expected(what, value))


def _expected(what: str, value: object) -> str:
    """Translate "Expected `int | object` >= 1, got `str`"."""
    if what == "Expected `str` of length >= 1":
        return "the text is empty"
    found = re.match(r"Expected `([^`]*)`([^,]*)", what)
    wanted = _WANTED.get(what, what)
    if found:
        told = [kind for kind in found[1].split(" | ") if kind != "null"]
        kinds = [_KINDS.get(kind, kind) for kind in told if kind != "int" or "decimal" not in told]
        wanted = ", or ".join(kinds) + found[2].replace(">=", "of at least").replace("<=", "of at most")
    return f"expected {wanted}, got {_spoken(value)}"


def _spoken(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case Mapping():
            return "a table"
        case list():
            return "a list"
        case str():
            return f"the text {value!r}"
        case _:
            return str(value)


def _keys_of(path: str, raw: Mapping[str, object], type_: type, message: str) -> Iterator[Key]:
    """Yield the keys of msgspec's path; where it only says `[...]`, try which key it is."""
    keys: list[Key] = []
    for name, index, _ in _STEP.findall(path):
        key: Key = int(index) if index else name or _culprit(raw, keys, type_, message)
        keys.append(key)
        yield key


def _culprit(raw: Mapping[str, object], keys: list[Key], type_: type, message: str) -> str:
    """Find the key of a table that is wrong: it alone still gives the same error."""
    table = _value_at(raw, tuple(keys))
    names = [str(name) for name in table] if isinstance(table, Mapping) else []
    for name in names:
        only = {name: _value_at(raw, (*keys, name))}
        try:
            msgspec.convert(_replaced(raw, keys, only), type_, builtin_types=_NO_TEXT_IS)
        except msgspec.ValidationError as error:
            if str(error) == message:
                return name
    return names[0]


def _replaced(raw: object, keys: list[Key], value: object) -> object:
    """Copy `raw` with `value` at the key path."""
    if not keys:
        return value
    key, *rest = keys
    match raw:
        case Mapping():
            return {**raw, key: _replaced(raw[key], rest, value)}
        case list() if isinstance(key, int):
            return [*raw[:key], _replaced(raw[key], rest, value), *raw[key + 1 :]]
        case _:
            return raw


def _value_at(raw: object, keys: tuple[Key, ...]) -> object:
    for key in keys:
        match raw:
            case Mapping():
                raw = raw.get(key)
            case list() if isinstance(key, int):
                raw = raw[key]
            case _:
                return None
    return raw


def _names(type_: type, keys: tuple[Key, ...]) -> list[str]:
    """List the names that are right at a key path: the keys of a table, or the words of a choice."""
    here = [inspect.type_info(type_)]
    for key in keys:
        here = [below for info in here for below in _below(info, key)]
    return [name for info in here for name in _choices(info)]


def _below(info: inspect.Type, key: Key) -> Iterator[inspect.Type]:
    match info:
        case inspect.UnionType():
            for choice in info.types:
                yield from _below(choice, key)
        case inspect.StructType():
            yield from (field.type for field in info.fields if field.encode_name == key)
        case inspect.DictType():
            yield info.value_type
        case inspect.ListType() | inspect.VarTupleType():
            yield info.item_type
        case _:
            return


def _choices(info: inspect.Type) -> Iterator[str]:
    match info:
        case inspect.UnionType():
            for choice in info.types:
                yield from _choices(choice)
        case inspect.StructType():
            yield from (field.encode_name for field in info.fields)
        case inspect.EnumType(cls=EnumMeta() as words):
            yield from (str(word.value) for word in words)
        case inspect.LiteralType():
            yield from (str(word) for word in info.values)
        case _:
            return
