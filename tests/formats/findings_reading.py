"""Reads a file of findings in the tests: by its content, as the whole program does."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from reportgen.model.findings import FindingFacts, Result
from reportgen.model.limits import Limits
from reportgen.readers import READERS, module_of
from reportgen.readers.base import Parts, UnreadableError
from reportgen.readers.content import Content

FILES = Path(__file__).parent / "findings"
LIMITS = Limits()

Json = Mapping[str, object] | list[object]


def content_of(data: bytes | str | Json) -> Content:
    if isinstance(data, str):
        data = data.encode()
    elif not isinstance(data, bytes):
        data = json.dumps(data).encode()
    return Content(io.BytesIO(data), LIMITS.file_bytes)


def format_of(content: Content) -> str | None:
    """The format that the first row of the table takes it for, as `read` goes through them."""
    rows = (row for row in READERS if row.kind == content.looks_like)
    return next((row.name for row in rows if module_of(row).sniff(content)), None)


def parts_of(data: bytes | str | Json, form: str, limits: Limits = LIMITS) -> Parts:
    row = next(row for row in READERS if row.name == form)
    return module_of(row).read(content_of(data), limits)


def facts_of(data: bytes | str | Json, form: str, limits: Limits = LIMITS) -> FindingFacts:
    facts = parts_of(data, form, limits).findings
    assert facts is not None
    return facts


def only(data: bytes | str | Json, form: str, limits: Limits = LIMITS) -> Result:
    (result,) = facts_of(data, form, limits).results
    return result


def warned(data: bytes | str | Json, form: str) -> dict[str, bool]:
    """The kinds of the warnings, and whether each leaves doubt."""
    return {problem.kind: problem.doubt for problem in parts_of(data, form).warnings}


def refused(data: bytes | str | Json, form: str) -> str:
    """The kind of problem with which it is refused."""
    with pytest.raises(UnreadableError) as caught:
        parts_of(data, form)
    assert caught.value.problem.message
    assert caught.value.problem.hint
    return caught.value.problem.kind
