"""Cobertura XML as it streams by: from starts, ends and texts of elements to classes with their lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reportgen.model.limits import Limits
from reportgen.readers.base import UnreadableError

Row = Mapping[str, str]
"""The attributes of one line."""


class OpenClass:
    """A class until it ends: its attributes and those of its methods, and the rows of each `<lines>`."""

    def __init__(self, attributes: Mapping[str, str], depth: int) -> None:
        self.attributes = attributes
        self.depth = depth
        self.methods: list[Mapping[str, str]] = []
        self.lines: list[list[Row]] = []
        self.method_lines: list[list[Row]] = []


class CoberturaEvents:
    """What `feed` calls. It hands each source's text and each class on as soon as they end.

    `_path` is the names of the open elements down to a `<lines>` whose rows are gathered in `_rows`;
    `_inside` counts the elements open within that. Most elements are lines: hardly anything is done for them.
    The text of a source, up to its first child, is wanted; most is white space between lines, for which no
    call of ours is made: it lies in `_pieces` for a while.
    """

    def __init__(
        self, limits: Limits, take_source: Callable[[str], None], take_class: Callable[[OpenClass], None]
    ) -> None:
        self.root: Mapping[str, str] = {}
        self.moved = False
        self._most_depth = limits.xml_depth
        self._take_source, self._take_class = take_source, take_class
        self._path: list[str] = []
        self._classes: list[OpenClass] = []
        self._rows: list[Row] | None = None
        self._inside = 0
        self._pieces: list[str] = []
        self._in_source = False
        self._said = ""
        self.data = self._pieces.append

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""
        if self._rows is None:
            self._start_other(tag.rpartition("}")[2], attributes)
        elif self._inside:
            self._inside += 1
        else:
            self._rows.append(attributes)
            self._inside = 1

    def _start_other(self, name: str, attributes: Mapping[str, str]) -> None:
        path = self._path
        path.append(name)
        self._end_text()
        if name in ("coverage", "source", "class"):
            self.moved = True
            self._bound(len(path))
        if name == "coverage" and len(path) == 1:
            self.root = attributes
        elif name == "source":
            self._in_source = True
        elif name == "class":
            self._classes.append(OpenClass(attributes, len(path)))
        elif self._classes:
            self._start_in_class(self._classes[-1], attributes)

    def _start_in_class(self, opened: OpenClass, attributes: Mapping[str, str]) -> None:
        match self._path[opened.depth :]:
            case ["lines"]:
                self._rows = []
                opened.lines.append(self._rows)
            case ["methods", _]:
                opened.methods.append(attributes)
            case ["methods", _, "lines"]:
                self._rows = []
                opened.method_lines.append(self._rows)

    def _bound(self, depth: int) -> None:
        if depth > self._most_depth:
            message = f"elements are nested more than {self._most_depth:,} deep"
            hint = "No tool nests so deep; if the file is right, raise limits.xml_depth."
            raise UnreadableError("not-well-formed", message, hint)

    def _end_text(self) -> None:
        if self._in_source:
            self._said = "".join(self._pieces)
            self._in_source = False
        self._pieces.clear()

    def settle(self) -> None:
        """Let go of the white space between lines."""
        if not self._in_source:
            self._pieces.clear()

    def end(self, tag: str) -> None:  # noqa: ARG002 - lxml gives it; the path has it
        """Take the end of an element."""
        if self._inside:
            self._inside -= 1
            return
        self._rows = None
        name = self._path.pop()
        self._end_text()
        if name == "source":
            self.moved = True
            self._take_source(self._said)
            self._said = ""
        elif name == "class":
            self.moved = True
            self._take_class(self._classes.pop())

    def close(self) -> None:
        """Take the end of the document; what was open there has been refused."""
