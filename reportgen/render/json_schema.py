"""The JSON Schema of the model as `--format json` writes it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import msgspec

from reportgen.model.audit import SCHEMA_ID, Audit
from reportgen.render.model_json import NONE_WHERE_ZERO

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def audit_schema() -> bytes:
    """Return the schema (draft 2020-12) as JSON text. Every key is required: the writer leaves none out."""
    (root,), definitions = msgspec.json.schema_components(
        (Audit,), schema_hook=_hook, ref_template="#/$defs/{name}"
    )
    for name, definition in definitions.items():
        _complete(definition)
        for field in NONE_WHERE_ZERO.get(name, ()):
            definition["properties"][field] = {"type": ["integer", "null"]}
    definitions["Audit"]["properties"] |= {
        "schema": {"const": SCHEMA_ID},
        "generated_at": {"type": "string", "format": "date-time"},
    }
    schema = {
        "$schema": DIALECT,
        "$id": f"urn:{SCHEMA_ID.replace('/', ':')}",
        "title": "The audit that reportgen writes",
        **root,
        "$defs": definitions,
    }
    return msgspec.json.format(msgspec.json.encode(schema), indent=2) + b"\n"


def _hook(kind: type) -> dict[str, Any]:
    if kind is Fraction:
        return {"type": "number"}
    raise NotImplementedError(f"the model holds a {kind.__name__}, for which JSON has no form")


def _complete(definition: dict[str, Any]) -> None:
    """Correct what msgspec takes for granted: here all keys are written, and decimals as numbers."""
    if "properties" in definition:
        definition["required"] = list(definition["properties"])
        for key in definition["properties"].values():
            key.pop("default", None)
    _decimals(definition)


def _decimals(part: object) -> None:
    if isinstance(part, dict):
        if part.get("format") == "decimal":
            part.update(type="number")
            del part["format"]
        for inner in part.values():
            _decimals(inner)
    elif isinstance(part, list):
        for inner in part:
            _decimals(inner)
