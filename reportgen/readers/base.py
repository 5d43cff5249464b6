"""What every reader is: a name, a test of the content, and a step from bytes to facts."""

from __future__ import annotations

from typing import Literal, NamedTuple, Protocol

from msgspec import Struct

from reportgen.model.artifact import Problem
from reportgen.model.coverage import CoverageFacts
from reportgen.model.facts import CaseFacts
from reportgen.model.findings import FindingFacts
from reportgen.model.limits import Limits
from reportgen.readers.content import Content

_LONGEST = 2_000  # characters of a message: parsers quote what they stumbled over, however long it is

Kind = Literal["xml", "json", "text", "sqlite"]


class Parts(Struct, frozen=True, kw_only=True):
    """What a reader makes of one file's content. `producer` is the tool that wrote it, and its version."""

    producer: str = ""
    tests: CaseFacts | None = None
    coverage: CoverageFacts | None = None
    findings: FindingFacts | None = None
    warnings: tuple[Problem, ...] = ()


class UnreadableError(Exception):
    """Content that cannot be read as its format; `problem` says why and what to do."""

    def __init__(self, kind: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        told = message if len(message) <= _LONGEST else f"{message[:_LONGEST]}…"
        self.problem = Problem(kind=kind, message=told, hint=hint)


class ReaderModule(Protocol):
    """What a module of this folder offers."""

    def sniff(self, content: Content) -> bool:
        """Tell by the content alone whether it is this format."""

    def read(self, content: Content, limits: Limits) -> Parts:
        """Read all of it, or raise `UnreadableError`."""


class Reader(NamedTuple):
    """A row of the table of readers. `kind` is what the bytes are; `module` is imported only when needed."""

    name: str
    kind: Kind
    module: str
    title: str
    written_by: str
