"""Reads an earlier audit back: the JSON that `--format json` writes."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct

from reportgen.model.artifact import Problem
from reportgen.model.audit import SCHEMA_ID
from reportgen.model.baseline import Baseline
from reportgen.model.limits import Limits

_HINT = "name an audit.json that `reportgen build --format json` wrote; this run writes the next one"
_FAMILY = SCHEMA_ID.rpartition("/")[0] + "/"
_BEGINNING = 100


class _Kind(Struct):
    schema: str = ""


def read_baseline(path: Path, shown: str, limits: Limits) -> Baseline | Problem:
    """Read an audit; a problem says why it cannot be compared with. `shown` is its path as printed."""
    try:
        with path.open("rb") as stream:
            data = stream.read(limits.whole_bytes + 1)
    except FileNotFoundError:
        return Problem("not-found", "there is no baseline here", _HINT, shown)
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or str(error)
        return Problem("unreadable", f"the baseline cannot be read: {told}", "check its permissions", shown)
    if len(data) > limits.whole_bytes:
        hint = "the bound is limits.whole_bytes"
        return Problem("too-big", "the baseline is larger than what is read whole", hint, shown)
    return _decoded(data, shown)


def is_audit(path: Path) -> bool:
    """Tell by its beginning whether a file is an audit of ours, of whatever version and however whole."""
    with path.open("rb") as stream:
        return _FAMILY.encode() in stream.read(_BEGINNING)


def _decoded(data: bytes, shown: str) -> Baseline | Problem:
    if not data.strip():
        return Problem("empty-file", "the baseline is empty", _HINT, shown)
    try:
        schema = msgspec.json.decode(data, type=_Kind).schema
    except msgspec.ValidationError:
        schema = ""
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return Problem("not-json", f"the baseline is not whole JSON: {error}", _HINT, shown)
    if schema != SCHEMA_ID:
        return Problem("unsupported-format", _other(schema), _HINT, shown)
    try:
        return msgspec.json.decode(data, type=Baseline)
    except (msgspec.ValidationError, UnicodeDecodeError) as error:
        message = f"the baseline is not what {SCHEMA_ID} says: {error}"
        return Problem("unsupported-format", message, _HINT, shown)


def _other(schema: str) -> str:
    if schema.startswith(_FAMILY):
        return f"the baseline is {schema}, and this reportgen compares with {SCHEMA_ID}"
    return "the baseline is no audit of reportgen"
