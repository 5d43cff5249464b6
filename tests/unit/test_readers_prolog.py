"""What an XML document begins with: its root, or why there is none, and whether it declares an entity."""

from __future__ import annotations

import pytest

from reportgen.readers.prolog import prolog_of


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"<a>", "a"),
        (b"<a><b", "a"),
        (b"\n <a/>", "a"),
        (b"<?xml version='1.0' encoding='UTF-8'?>\n<!-- c --><?pi x?><a/>", "a"),
        (b"<?xml version='1.1'?><a/>", "a"),
        (b"<?xml version='1.0' encoding='x-none'?><a/>", "a"),
        (b"<?xml version='1.0' encoding='hex'?><a/>", "a"),
        (b"<?xml version='1.0' encoding='utf-16'?><a/>", "a"),
        ("<?xml version='1.0' encoding='shift_jis'?><!-- 日本 --><a/>".encode("shift_jis"), "a"),
        (b"<!DOCTYPE a SYSTEM 'http://example.org/a.dtd'><a/>", "a"),
        (b"<!DOCTYPE a PUBLIC '-//x' 'a.dtd' [<!ELEMENT a ANY>]><a/>", "a"),
        (b"<x:a xmlns:x='urn:x'/>", "a"),
    ],
)
def test_the_root_element(head: bytes, name: str) -> None:
    prolog = prolog_of(head, "utf-8")
    assert prolog.root is not None
    assert (prolog.root.name, prolog.root.entity) == (name, False)


@pytest.mark.parametrize(
    "head",
    [
        b"<!DOCTYPE a [<!ENTITY x 'y'>]><a/>",
        b"<!DOCTYPE a [<!ENTITY % x 'y'>]><a/>",
        b"<!DOCTYPE a [<!ELEMENT a ANY><!ENTITY x SYSTEM 'file:///etc/passwd'>]><a/>",
        b"<!DOCTYPE a SYSTEM 'a.dtd' [<!ENTITY x 'y'>",
        b"<?xml version='1.0' encoding='utf-7'?>+ADwAIQ-DOCTYPE a [+ADwAIQ-ENTITY x 'y'>]>",
        b"<?xml version='1.0' encoding='cp037'?><!DOCTYPE a [<!ENTITY x 'y'>]>",
    ],
)
def test_a_declared_entity_is_seen_before_the_root(head: bytes) -> None:
    prolog = prolog_of(head, "utf-8")
    assert prolog.root is None or prolog.root.entity


@pytest.mark.parametrize(
    ("head", "unfinished", "error"),
    [
        (b"", True, "ends before its first XML element"),
        (b"<!-- ", True, "ends before its first XML element"),
        (b"<a b=", True, "ends before its first XML element"),
        (b"<a <b>", False, "line 1, column 4"),
        (b"<?xml version='1.0'?>\nlog", False, "line 2, column 1"),
        (b"words", False, "line 1, column 1"),
        (b"<a\x00", False, "line 1, column 3"),
    ],
)
def test_why_there_is_none(head: bytes, unfinished: bool, error: str) -> None:
    prolog = prolog_of(head, "utf-8")
    assert (prolog.root, prolog.unfinished) == (None, unfinished)
    assert error in prolog.error
