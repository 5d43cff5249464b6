"""Values of the wrong type: what is kept, and what is told."""

from __future__ import annotations

import pytest
from msgspec import Struct

from reportgen.readers.mending import mend


class Inner(Struct):
    number: int | None = None


class Outer(Struct):
    text: str | None = None
    number: int | None = None
    real: float | None = None
    truth: bool | None = None
    inner: Inner | None = None
    inners: list[Inner] | None = None
    named: dict[str, str] | None = None


@pytest.mark.parametrize(
    ("value", "kept", "values", "items"),
    [
        ({}, Outer(), (), ()),
        ({"other": 1}, Outer(), (), ()),
        ({"text": 5, "number": "7", "real": 1}, Outer(text="5", number=7, real=1.0), (), ()),
        ({"number": 3.0}, Outer(number=3), (), ()),
        ({"number": 10**400}, Outer(number=2**63 - 1), (), ()),
        ({"number": 1e300}, Outer(number=2**63 - 1), (), ()),
        ({"real": 10**400}, Outer(real=float(2**63 - 1)), (), ()),
        ({"text": "a\ud800b"}, Outer(text="a\ufffdb"), (), ()),
        ({"text": None, "inner": None}, Outer(), (), ()),
        ({"inner": []}, Outer(), (), ()),
        ({"inner": {"number": "x"}}, Outer(inner=Inner()), ("$.inner.number",), ()),
        ({"number": 1.5}, Outer(), ("$.number",), ()),
        ({"number": float("nan")}, Outer(), ("$.number",), ()),
        ({"number": True, "truth": 1}, Outer(), ("$.number", "$.truth"), ()),
        ({"text": {}}, Outer(), ("$.text",), ()),
        (
            {"inners": [{"number": 1}, None, "x"]},
            Outer(inners=[Inner(1)]),
            (),
            ("$.inners[1]", "$.inners[2]"),
        ),
        ({"inners": {}}, Outer(), (), ("$.inners",)),
        ({"inners": None}, Outer(), (), ()),
        ({"named": {"a": "b", "c": []}}, Outer(named={"a": "b"}), (), ("$.named.c",)),
        ({"named": 5}, Outer(), (), ("$.named",)),
    ],
)
def test_mend(value: object, kept: Outer, values: tuple[str, ...], items: tuple[str, ...]) -> None:
    mended = mend(value, Outer)
    assert mended is not None
    assert (mended.value, mended.values, mended.items) == (kept, values, items)


@pytest.mark.parametrize("value", [[], "text", 5, None, True])
def test_another_shape_altogether(value: object) -> None:
    assert mend(value, Outer) is None
