"""The bytes of one artifact, read once and hashed as they are read, and what they look like."""

from __future__ import annotations

import hashlib
import io
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from functools import cached_property
from typing import BinaryIO

import msgspec

from reportgen.model.limits import Limits
from reportgen.readers.prolog import Prolog, XmlRoot, prolog_of

HEAD = 64 * 1024
LONGEST_HEAD = 4 * 1024 * 1024
_CHUNK = 64 * 1024  # a C library takes larger pieces from the system each time, and gives them back
_WHOLE = Limits().whole_bytes
_MOST_MEMBERS = 3_000_000  # what is split into more has to be told by its head: each takes a hundred bytes
_MARKS = (
    (BOM_UTF8, "utf-8-sig"),
    (BOM_UTF32_LE, "utf-32"),
    (BOM_UTF32_BE, "utf-32"),
    (BOM_UTF16_LE, "utf-16"),
    (BOM_UTF16_BE, "utf-16"),
    *((first.encode(name), name) for first in "<{[" for name in ("utf-16-le", "utf-16-be")),
)


class TooBigError(Exception):
    """The content is longer than a limit; the message names the limit."""


class Content:
    """One artifact's bytes. Give it an open binary stream; read it by `read(n)` or take `data` whole.

    Both pass each byte through the digest exactly once, so that `sha256` and `size` are of what was
    parsed. A stream that yields more than `limit` bytes raises `TooBigError`, and so does `data` where it is
    more than `whole`. What the content looks like
    is told by `head`, its first 64 KiB; it grows (to 4 MiB at most) while it shows nothing but white space
    or an unfinished XML prolog, and only until reading has begun.
    """

    def __init__(self, stream: BinaryIO, limit: int, whole: int = _WHOLE) -> None:
        self._stream = stream
        self._limit = limit
        self._whole = whole
        self._hash = hashlib.sha256()
        self._begun = False
        self._last = b""
        self.size = 0
        self.head = self._take(HEAD)
        while not self.head.strip(b" \t\r\n\x00") and self._grow():
            pass
        self._rewound = self.head

    def _grow(self) -> bool:
        """Lengthen the head; false where it cannot be: at the end, at its bound, or after reading began."""
        if self._begun or len(self.head) >= LONGEST_HEAD:
            return False
        more = self._take(_CHUNK)
        self.head += more
        self._rewound = self.head
        return bool(more)

    def _take(self, size: int) -> bytes:
        """Read up to `size` bytes from the stream into the digest; a short read means the end."""
        pieces: list[bytes] = []
        while size > 0 and (piece := self._stream.read(size)):
            pieces.append(piece)
            size -= len(piece)
        data = b"".join(pieces)
        self._last = data[-2:] or self._last
        self._hash.update(data)
        self.size += len(data)
        if self.size > self._limit:
            raise TooBigError(f"it is longer than limits.file_bytes, {self._limit:,} bytes")
        return data

    def read(self, size: int = -1) -> bytes:
        """Read on, from the start the first time: what lxml's parsers call."""
        if size < 0:
            return self.data
        self._begun = True
        if self._rewound:
            piece, self._rewound = self._rewound[:size], self._rewound[size:]
            return piece
        return self._take(max(size, _CHUNK)) if size else b""

    @cached_property
    def data(self) -> bytes:
        """All of it, in memory: for formats that cannot be streamed."""
        self._begun = True
        whole = io.BytesIO()  # it grows in place, and gives its bytes away without a copy
        whole.write(self._rewound)
        self._rewound = b""
        while piece := self._take(_CHUNK):
            whole.write(piece)
            if self.size > self._whole:
                raise TooBigError(
                    f"it is read as a whole, and longer than limits.whole_bytes, {self._whole:,} bytes"
                )
        return whole.getvalue()

    def finish(self) -> None:
        """Read what a parser left unread, so that the digest is of the whole."""
        self._begun = True
        while self._take(_CHUNK):
            pass

    @property
    def sha256(self) -> str:
        """The digest of what was read so far, in lower-case hex."""
        return self._hash.hexdigest()

    @property
    def ends_a_line(self) -> bool:
        """Whether what was read so far ends with a line feed."""
        return b"\n" in self._last.rstrip(b"\0")[-1:]

    @cached_property
    def is_blank(self) -> bool:
        """Whether it holds nothing but white space (and a byte order mark)."""
        return len(self.head) == self.size < LONGEST_HEAD and not self.text_head.strip(" \t\r\n\x00\ufeff")

    @cached_property
    def encoding(self) -> str:
        """What a byte order mark says, else UTF-8; UTF-16 without a mark is told by its zero bytes."""
        return next((name for mark, name in _MARKS if self.head.startswith(mark)), "utf-8")

    @property
    def text_head(self) -> str:
        """The head as text; what cannot be decoded is replaced. Only ever looked at, never read from."""
        return self.head.decode(self.encoding, errors="replace").lstrip("\ufeff")

    @cached_property
    def looks_like(self) -> str:
        """`sqlite`, `xml`, `json` or `text`, by the first characters that are not white space."""
        if self.head.startswith(b"SQLite format 3\x00"):
            return "sqlite"
        start = self.text_head.lstrip()[:1]
        if start == "<":
            return "xml"
        return "json" if start in ("{", "[") else "text"

    @cached_property
    def prolog(self) -> Prolog:
        """What stands at the beginning of it as XML.

        expat reads the declarations and nothing after the root's start tag; no entity is ever expanded.
        """
        while True:
            prolog = prolog_of(self.head, self.encoding)
            if not prolog.unfinished or not self._grow():
                return prolog

    @property
    def xml_root(self) -> XmlRoot | None:
        """The root element, or None where the head is no XML as far as that."""
        return self.prolog.root

    @cached_property
    def json_text(self) -> bytes:
        """The whole content as UTF-8 JSON text without a mark, whatever Unicode encoding it came in."""
        if self.encoding == "utf-8":
            return self.data
        return self.data.decode(self.encoding).encode()

    @cached_property
    def json_keys(self) -> dict[str, msgspec.Raw] | None:
        """The members of a JSON object, undecoded; None where it is not a well-formed object."""
        return self._members(None) if self.looks_like == "json" else None

    @cached_property
    def json_items(self) -> list[msgspec.Raw] | None:
        """The items of a JSON array, undecoded; None where it is no well-formed array, or one of millions."""
        try:
            if self.json_text.count(b",") > _MOST_MEMBERS:
                return None
            return msgspec.json.decode(self.json_text, type=list[msgspec.Raw])
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None

    @cached_property
    def first_item_keys(self) -> dict[str, msgspec.Raw] | None:
        """The members of the first object of a JSON array."""
        return self._members(bytes(self.json_items[0])) if self.json_items else None

    def _members(self, text: bytes | None) -> dict[str, msgspec.Raw] | None:
        """Split a JSON object (None: the whole content) into its members."""
        try:
            text = self.json_text if text is None else text
            if text.count(b":") > _MOST_MEMBERS and text.count(b'":') > _MOST_MEMBERS:
                return None
            return msgspec.json.decode(text, type=dict[str, msgspec.Raw])
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None
