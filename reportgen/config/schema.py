"""The JSON Schema of the configuration, for editors."""

from __future__ import annotations

import msgspec

from reportgen.config.settings import Settings


def config_schema() -> bytes:
    """Return the schema of `reportgen.toml` as indented JSON that ends in a line feed."""
    schema = msgspec.json.schema(Settings)
    told = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "reportgen.toml", **schema}
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
