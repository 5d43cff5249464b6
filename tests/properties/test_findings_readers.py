"""Whatever is done to a file of findings, its reader reads it or refuses it, and never crashes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings, strategies as st

from reportgen.model.findings import Result
from reportgen.readers.base import UnreadableError
from tests.formats.findings_reading import FILES, LIMITS, content_of, format_of, parts_of

NAMES = sorted(
    path.relative_to(FILES).as_posix()
    for path in FILES.rglob("*")
    if path.is_file() and path.stat().st_size < 30_000
)
FORMATS = sorted({Path(name).parent.name for name in NAMES})
LONGER = 2_000 if os.environ.get("REPORTGEN_FUZZ") else 30

bits = st.sampled_from(
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'"x"',
        b"-1",
        b"1e999",
        b"NaN",
        b"\xff",
        b"\x00",
        b"\\ud800",
        b"true",
        b"9" * 500,
    ]
)
edits = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), bits), max_size=4)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["runs", "results", "tool", "driver", "rules", "messages", "id"]), inner
        )
    ),
    max_leaves=12,
)


def check(data: bytes, form: str) -> None:
    for result in results_of(data, form):
        assert 0 <= result.line <= LIMITS.line
        assert len(result.message) <= LIMITS.text_chars + 100
        result.message.encode()
        result.path.encode()


def results_of(data: bytes, form: str) -> tuple[Result, ...]:
    try:
        facts = parts_of(data, form).findings
    except UnreadableError:
        return ()
    assert facts is not None
    return facts.results


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=LONGER, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edits)
def test_a_file_with_edits(name: str, changes: list[tuple[float, int, bytes]]) -> None:
    data = (FILES / name).read_bytes()
    for place, length, bit in changes:
        start = int(place * len(data))
        data = data[:start] + bit + data[start + length :]
    format_of(content_of(data))
    check(data, Path(name).parent.name)


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"checkstyle"}))
@settings(max_examples=LONGER, deadline=None)
@example([])
@example({})
@example([None])
@given(values)
def test_any_json(form: str, value: object) -> None:
    content = content_of([value])
    format_of(content)
    check(bytes(content.data), form)
    check(bytes(content.data)[1:-1], form)
