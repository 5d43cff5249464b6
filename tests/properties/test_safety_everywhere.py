"""Whole reports with hostile text in every field of every record have our elements, and no other."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from reportgen.render import render
from reportgen.render.escape import visible
from tests.hostile_everywhere import hostile_everywhere
from tests.hostile_texts import FRAGMENTS, hostile_texts
from tests.properties.test_safety import FUZZ, READERS, acts, commands, default_profile, shape

_AT_ONCE = 8


@cache
def harmless_elements(reader: str) -> list[str]:
    return shape(READERS[reader](markdown_of("harmless")))[0]


def markdown_of(value: str) -> str:
    return render(hostile_everywhere(value), default_profile(), "md")


def check(value: str) -> None:
    markdown = markdown_of(value if visible(value) else "blank")
    assert commands(markdown) == []
    for name, reader in READERS.items():
        elements, _, plain = shape(reader(markdown))
        assert elements == harmless_elements(name), name
        assert acts(plain) == [], name


@pytest.mark.parametrize(
    "value", [" ".join(FRAGMENTS[at : at + _AT_ONCE]) for at in range(0, len(FRAGMENTS), _AT_ONCE)]
)
def test_known_attacks_in_every_field_add_no_element(value: str) -> None:
    check(value)


@settings(max_examples=12 * FUZZ, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(value=hostile_texts())
def test_any_text_in_every_field_adds_no_element(value: str) -> None:
    check(value)


@settings(max_examples=10 * FUZZ, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(value=st.sampled_from(FRAGMENTS).filter(visible))
def test_the_text_is_there_in_every_section(value: str) -> None:
    # A report that prints nothing would pass the others.
    _, blocks, _ = shape(READERS["cmark"](markdown_of(value)))
    assert sum(visible(value) in block for block in blocks) > 200
