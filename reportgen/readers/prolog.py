"""What an XML document begins with: its root element, and whether it declares an entity."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from typing import NamedTuple
from xml.parsers import expat

from msgspec import Struct

_DECLARED = re.compile(rb"""<\?xml[^>]{1,200}?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")
_DECLARATION = re.compile(r"\s*<\?xml\s[^>]*\?>")


class XmlRoot(Struct, frozen=True):
    """The root element: local name, namespace and attributes; `entity` if the prolog declares an entity.

    Where an entity is declared, nothing was read beyond that declaration, and the rest is empty.
    """

    name: str
    namespace: str
    attributes: dict[str, str]
    entity: bool = False


class Prolog(NamedTuple):
    """The root element, or why there is none; `unfinished` says that more bytes could show it."""

    root: XmlRoot | None
    error: str = ""
    unfinished: bool = False


class _Found(Exception):  # noqa: N818 - it ends the parse, and is no error
    """Raised out of expat at the root's start tag, or at an entity's declaration."""


def prolog_of(head: bytes, encoding: str) -> Prolog:
    """Find the root element in the first bytes of a document; `encoding` is what a byte order mark tells.

    expat reads the declarations of the internal subset one by one and stops at the first entity, before
    anything can refer to it. It is given text, so that the encodings it does not know are no way around it.
    """
    found: list[XmlRoot] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        found.append(XmlRoot(local, namespace, attributes))
        raise _Found

    def entity(*_: object) -> None:
        found.append(XmlRoot("", "", {}, entity=True))
        raise _Found

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.EntityDeclHandler = entity
    text = _decoded(head, encoding)
    declaration = _DECLARATION.match(text)
    if declaration is not None:
        text = _blank(declaration) + text[declaration.end() :]
    bare = text.lstrip()
    if bare and not bare.startswith("<"):
        before = text[: len(text) - len(bare)]
        place = f"line {before.count(chr(10)) + 1:,}, column {len(before) - before.rfind(chr(10)):,}"
        return Prolog(None, f"not well-formed XML at {place}: there is text where an element is to begin")
    try:
        parser.Parse(text, False)
    except _Found:
        return Prolog(found[0])
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code)
        return Prolog(
            None, f"not well-formed XML at line {error.lineno:,}, column {error.offset + 1:,}: {what}"
        )
    return Prolog(None, "the file ends before its first XML element is complete", unfinished=True)


def _blank(match: re.Match[str]) -> str:
    """Take the declaration out, but leave every place where it is: expat knows few encodings, and no 1.1."""
    return re.sub(r"[^\n]", " ", match[0])


def _decoded(head: bytes, encoding: str) -> str:
    """Decode as the document says of itself, with what cannot be decoded replaced."""
    declared = _DECLARED.search(head[:1024])
    if encoding == "utf-8" and declared is not None:
        name = declared[1].decode()
        try:
            b"?".decode(name)
        except (LookupError, ValueError):  # none that Python knows; the tags are ASCII mostly
            return head.decode("latin-1")
        if not name.lower().startswith(("utf-16", "utf-32")):  # the bytes have shown that it is not
            encoding = name
    return getincrementaldecoder(encoding)("replace").decode(head).lstrip("\ufeff")
