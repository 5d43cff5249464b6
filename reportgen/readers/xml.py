"""XML, streamed: the one door of lxml. Nothing is fetched, no entity is expanded, depth is bounded.

    for event, element in walk(content, limits, "package", "class"):  # "start" and "end", in document order
        ... element.get("name"), for line in element: local(line) ...

Tags are local names, matched in any namespace. At "start" only the element's own attributes are there;
at "end" its whole subtree is, and it is emptied as soon as the loop asks for the next one, so that memory
stays that of one element: keep values, never elements. An element that was yielded is still there, empty,
when its parent ends (up to some hundred of them); the ones not asked for are left whole.

`feed` is faster and keeps nothing at all, for a reader that does with starts, ends and texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal, Protocol

from lxml import etree
from lxml.etree import _Element as Element

from reportgen.model.limits import Limits
from reportgen.readers.base import UnreadableError
from reportgen.readers.content import Content

__all__ = ["Element", "Target", "build", "entity_declared", "feed", "local", "walk"]

Event = Literal["start", "end"]

_CHUNK = 64 * 1024
_BATCH = 128  # how many emptied elements stay in the tree before they are taken out
_PLACE = re.compile(r",? line \d+(, column \d+)?( \(.*\))?$")
_MOST_LEFT = 100_000  # children of one element that nobody asked for, and that stay in memory
_COUNTED = 1 << 20  # bytes without an element that was asked for, from which on nodes are counted
_DEEPEST = 2048  # libxml2's own bound, whatever the limits say


def local(element: Element) -> str:
    """Return the element's name without its namespace; empty for an entity reference, which is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def walk(content: Content, limits: Limits, *tags: str) -> Iterator[tuple[Event, Element]]:
    """Yield ("start", element) and ("end", element) for elements with one of the local names `tags`.

    Without `tags` it is every element. Raises `UnreadableError` (not-well-formed, entity-declaration,
    too-big), saying where the content breaks.
    """
    source = _Source(content, limits)
    parser = etree.iterparse(
        source,
        events=("start", "end"),
        tag=[f"{{*}}{tag}" for tag in tags] or "{*}*",
        huge_tree=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,  # what `collect_ids=False` would undo, though it sounds like less work
        dtd_validation=False,
        attribute_defaults=False,
        remove_comments=True,
        remove_pis=True,
    )
    parent: Element | None = None
    done: list[Element] = []
    try:
        for event, element in parser:
            source.pending = 0
            above = element.getparent()
            if above is not parent or above is None:
                parent = above
                _check(element, limits)
            if event == "start":
                yield "start", element
                continue
            yield "end", element
            # lxml allows this at "end"; the tail may be half read, and the last sibling may not be taken out.
            element.clear(keep_tail=True)
            if len(done) >= _BATCH:
                _take_out(done)
            done.append(element)
    except etree.XMLSyntaxError as error:
        raise _unreadable(error, parser.error_log.last_error, ended=source.ended) from error


class Target(Protocol):
    """What `feed` calls: one call an element's start, end and piece of text, in document order.

    Tags have their namespace in braces, if any. What a method raises comes out of `feed`. It sets `moved` at
    each element that is not part of a larger one that it gathers: what lies between is bounded. A text comes
    in any number of pieces, each a call of `data`.
    """

    moved: bool

    @property
    def data(self) -> Callable[[str], None]:
        """What takes a piece of text: fastest where it is no function of ours."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""

    def end(self, tag: str) -> None:
        """Take its end."""

    def settle(self) -> None:
        """Do with the texts that came what is to be done: between pieces of the content, not at each text."""

    def close(self) -> None:
        """Take the end of the document, also where it broke off."""


def feed(content: Content, target: Target, limits: Limits) -> None:
    """Call `target` for all that the content holds. No tree is built: this is the fastest way through.

    Raises `UnreadableError` as `walk` does. Depth costs nothing here, so bounding it is `target`'s business.
    """
    source = _Source(content, limits)
    parser = etree.XMLParser(  # type: ignore[call-overload]  # its stub asks a target for more than lxml does
        target=target,
        huge_tree=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,  # what `collect_ids=False` would undo, though it sounds like less work
        dtd_validation=False,
        attribute_defaults=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        while chunk := source.read(_CHUNK):
            parser.feed(chunk)
            target.settle()
            if target.moved:
                source.pending, target.moved = 0, False
        parser.close()
    except etree.XMLSyntaxError as error:
        raise _unreadable(error, parser.feed_error_log.last_error, ended=source.ended) from error


def build(tag: str, children: Iterable[tuple[str, Mapping[str, str], str]]) -> Element:
    """Make an element with children of (tag, attributes, text), for a library that wants elements."""
    element = etree.Element(tag)
    for child, attributes, text in children:
        etree.SubElement(element, child, attributes).text = text
    return element


def _take_out(done: list[Element]) -> None:
    """Take emptied elements out of the tree; each has a later element behind it, so the parser is past it."""
    parent = None
    for element in done:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    done.clear()
    if parent is not None and len(parent) > _MOST_LEFT:
        raise UnreadableError(
            "too-big",
            f"an element holds more than {_MOST_LEFT:,} children that this format does not have",
            "No tool writes that: find out who wrote this file.",
        )


def _check(element: Element, limits: Limits) -> None:
    """Refuse an element that lies too deep, and a document that declares entities."""
    depth = 1
    for depth, _ in enumerate(element.iterancestors(), start=2):
        if depth > limits.xml_depth:
            raise UnreadableError(
                "not-well-formed",
                f"elements are nested more than {limits.xml_depth:,} deep (line {element.sourceline})",
                "No test runner nests that deep; if the file is right, raise limits.xml_depth.",
            )
    dtd = element.getroottree().docinfo.internalDTD if depth <= 2 else None  # noqa: PLR2004 - root or below it
    if dtd is not None and next(dtd.iterentities(), None) is not None:
        raise entity_declared()


def entity_declared() -> UnreadableError:
    """Make the refusal of a document type that declares entities: a way to read files or to fill memory."""
    return UnreadableError(
        "entity-declaration",
        "the document type declares an entity; it was not expanded, and nothing was fetched",
        "Evidence needs no entities: find out who wrote this file. Without its <!ENTITY …> it can be read.",
    )


def _unreadable(
    error: etree.XMLSyntaxError, logged: etree._LogEntry | None, *, ended: bool
) -> UnreadableError:
    line, column = error.position
    what = _PLACE.sub("", error.msg or "").strip()
    if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
        return UnreadableError("too-big", "there is not enough memory to read it", _HINT_MEMORY)
    if not line and logged is not None:  # lxml has lost the place of an entity that is not declared
        line, column, what, ended = logged.line, logged.column, logged.message, False
    place = f"line {line:,}, column {column:,}"
    if "Excessive depth" in what:
        message = f"elements are nested more than {_DEEPEST:,} deep, the parser's own bound ({place})"
        return UnreadableError(
            "not-well-formed", message, "No tool nests so deep: find out who wrote this file."
        )
    if ended:
        message = f"the file ends in the middle of an element ({place}: {what})"
        return UnreadableError("not-well-formed", message, _HINT_ENDED)
    return UnreadableError("not-well-formed", f"not well-formed XML at {place}: {what}", _HINT_BROKEN)


_HINT_ENDED = "The run or the upload was cut off: run it again, and look at why it stopped."
_HINT_MEMORY = (
    "Give the run more memory, or lower xml_element_bytes under [limits] to have it refused sooner."
)
_HINT_BROKEN = "Have the tool write the file again; what comes after a break cannot be trusted."


class _Source:
    """The content as lxml reads it; `ended` tells that lxml has seen the end.

    `pending` is how many bytes lxml has got since the last element that was asked for: what it holds of them
    is bounded. The one who takes the elements sets it to 0.
    """

    def __init__(self, content: Content, limits: Limits) -> None:
        self._content = content
        self._limits = limits
        self._nodes = 0
        self.pending = 0
        self.ended = False

    def read(self, size: int = -1) -> bytes:
        data = self._content.read(size)
        self.ended = not data
        self.pending += len(data)
        if self.pending < _COUNTED:
            self._nodes = 0
        else:
            self._nodes += data.count(b"<") + data.count(b"=")
            self._check()
        return data

    def _check(self) -> None:
        limits = self._limits
        if self.pending > limits.xml_element_bytes:
            told = f"limits.xml_element_bytes, {limits.xml_element_bytes:,} bytes"
        elif self._nodes > limits.xml_element_nodes:
            told = f"limits.xml_element_nodes, {limits.xml_element_nodes:,} elements and attributes"
        else:
            return
        hint = "Have the tool write less into it, or raise that limit in the configuration."
        raise UnreadableError("too-big", f"one of its elements is larger than {told}", hint)
