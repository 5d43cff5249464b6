from __future__ import annotations

import pytest
from msgspec.structs import replace

from reportgen.model.record_texts import pieces_of, texts_in, texts_of_cases
from reportgen.redact import redact
from tests.sample_audit import sample_audit
from tests.sample_parts import case, sample_tests

OVERLAP = 4


@pytest.mark.parametrize(
    ("id_", "name"),
    [
        ("unit/tests.test_pay::test_refund", "test_refund"),
        ("unit/tests.test_pay::test_refund (2)", "test_refund"),
        ("unit/tests::a", ""),
        ("a", "a much longer name"),
        ("abc::d", "d"),
        ("", ""),
    ],
)
def test_what_is_short_stands_whole_in_some_piece(id_: str, name: str) -> None:
    one = case(1, id=id_, name=name)
    pieces = pieces_of([one], OVERLAP)
    short = {id_[at : at + size] for size in range(OVERLAP + 2) for at in range(len(id_))}
    assert all(any(text in piece for piece in pieces) for text in short)
    assert any(name in piece for piece in pieces)
    assert texts_of_cases([one]) - {id_, name} <= pieces


@pytest.mark.parametrize(
    ("classname", "name"),
    [
        ("tests.test_login", "test_it[password=hunter2!x]"),
        ("tests.test_login.password", "= hunter2!x"),
        ("tests.test_login[https:", "//me:hunter2!x@host]"),
        ("tests.test_login[gh", "p_0123456789abcdefghijklmnopqrstuvwxyz]"),
    ],
)
def test_a_secret_across_class_and_name_is_taken_out(classname: str, name: str) -> None:
    one = case(1, id=f"unit/{classname}{name}", classname=classname, name=name)
    tests = replace(sample_tests(), cases=(one,))
    clean, count = redact(replace(sample_audit(), tests=tests))
    assert count
    assert clean.tests is not None
    assert "[redacted]" in clean.tests.cases[0].id


def test_every_text_of_a_record_is_found() -> None:
    one = case(1, id="I", name="N", properties=(("K", "V"),))
    assert {"I", "N", "K", "V", one.outcome.value} <= texts_in(((one,), {"key": 1}, None, 2))
    assert "key" in texts_in({"key": None})
