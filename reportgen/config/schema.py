"""The JSON Schemas of the configuration and of `signoff.toml`, for editors."""

from __future__ import annotations

import msgspec

from reportgen.config.settings import Settings
from reportgen.config.signoff import FILE, SignOffFile


def config_schema() -> bytes:
    """Return the schema of `reportgen.toml` as indented JSON that ends in a line feed."""
    return _schema_of(Settings, "reportgen.toml")


def signoff_schema() -> bytes:
    """Return the schema of `signoff.toml` as indented JSON that ends in a line feed."""
    return _schema_of(SignOffFile, FILE)


def _schema_of(tables: type[msgspec.Struct], title: str) -> bytes:
    schema = msgspec.json.schema(tables)
    told = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **schema}
    return msgspec.json.format(msgspec.json.encode(_with_numbers(told)), indent=2) + b"\n"


def _with_numbers(node: object) -> object:
    """Say `number` where msgspec says that a decimal is text: in TOML it is a number."""
    match node:
        case {"type": "string", "format": "decimal", **rest}:
            return {"type": "number", **{key: _with_numbers(value) for key, value in rest.items()}}
        case dict():
            return {key: _with_numbers(value) for key, value in node.items()}
        case list():
            return [_with_numbers(value) for value in node]
        case _:
            return node
