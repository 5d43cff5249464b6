"""The bytes of one artifact: read once, hashed as they are read, and what they look like."""

from __future__ import annotations

import hashlib
import io
from typing import BinaryIO, cast

import pytest

from reportgen.readers.content import LONGEST_HEAD, Content, TooBigError

NO_LIMIT = 1 << 40


class Trickle:
    """A stream that gives a few bytes at a time, as a pipe may."""

    def __init__(self, data: bytes) -> None:
        self._rest = data

    def read(self, size: int) -> bytes:
        piece, self._rest = self._rest[: min(size, 7)], self._rest[min(size, 7) :]
        return piece


def content_of(data: bytes, limit: int = NO_LIMIT) -> Content:
    return Content(io.BytesIO(data), limit)


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 700_000])
@pytest.mark.parametrize("way", ["data", "read", "read small", "finish", "trickle"])
def test_every_byte_is_given_once_and_hashed_once(size: int, way: str) -> None:
    data = bytes(n % 251 for n in range(size))
    stream = Trickle(data) if way == "trickle" else io.BytesIO(data)
    content = Content(cast(BinaryIO, stream), NO_LIMIT)
    if way == "data":
        assert content.data == data
    elif way != "finish":
        step = 100 if way == "read small" else 50_000
        pieces = []
        while piece := content.read(step):
            pieces.append(piece)
        assert b"".join(pieces) == data
    content.finish()
    assert content.size == size
    assert content.sha256 == hashlib.sha256(data).hexdigest()


def test_what_a_parser_leaves_unread_is_hashed_all_the_same() -> None:
    data = b"x" * 500_000
    content = content_of(data)
    content.read(10)
    content.finish()
    assert content.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("size", "limit", "refused"), [(10, 10, False), (11, 10, True), (300_000, 299_999, True)]
)
def test_more_than_the_limit_is_refused(size: int, limit: int, refused: bool) -> None:
    if not refused:
        content_of(b"x" * size, limit).finish()
        return
    with pytest.raises(TooBigError, match=f"{limit:,} bytes"):
        content_of(b"x" * size, limit).finish()


@pytest.mark.parametrize(
    ("data", "looks"),
    [
        (b"", "text"),
        (b"<a/>", "xml"),
        (b"  \r\n<a/>", "xml"),
        (b"\xef\xbb\xbf<a/>", "xml"),
        ("<a/>".encode("utf-16"), "xml"),
        ("<a/>".encode("utf-16-le"), "xml"),
        ("<a/>".encode("utf-16-be"), "xml"),
        ("<a/>".encode("utf-32"), "xml"),
        (b'{"a": 1}', "json"),
        (b"[]", "json"),
        ('{"a": 1}'.encode("utf-16-le"), "json"),
        (b"SQLite format 3\x00more", "sqlite"),
        (b"mode: set\n", "text"),
        (b" " * 70_000 + b"<a/>", "xml"),
        (b" " * (LONGEST_HEAD + 1_000_000) + b"<a/>", "text"),
    ],
)
def test_what_it_looks_like(data: bytes, looks: str) -> None:
    assert content_of(data).looks_like == looks


@pytest.mark.parametrize(
    ("data", "blank"),
    [
        (b"", True),
        (b" \t\r\n", True),
        (b"\xef\xbb\xbf\n", True),
        ("\ufeff \n".encode("utf-16-le"), True),
        (b"\n" * 200_000, True),
        (b"\n" * 200_000 + b"a", False),
        (b"\x00\x00", True),
        (b"x", False),
    ],
)
def test_blank_is_nothing_but_white_space(data: bytes, blank: bool) -> None:
    assert content_of(data).is_blank is blank


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_json_is_the_same_in_every_unicode_encoding(encoding: str) -> None:
    content = content_of('{"a": "naïve", "b": []}'.encode(encoding))
    assert content.json_text.decode() == '{"a": "naïve", "b": []}'
    assert list(content.json_keys or ()) == ["a", "b"]


def test_the_root_stands_behind_a_prolog_of_any_length() -> None:
    long = b"<!-- " + b"x" * 300_000 + b" -->"
    root = content_of(b'<?xml version="1.0"?>' + long + b'<r:a xmlns:r="urn:x" b="c"/>').xml_root
    assert root is not None
    assert (root.name, root.namespace, root.attributes) == ("a", "urn:x", {"b": "c"})


def test_a_prolog_without_end_is_given_up() -> None:
    content = content_of(b"<!-- " + b"x" * (LONGEST_HEAD * 2))
    assert content.xml_root is None
    assert len(content.head) < LONGEST_HEAD * 2
