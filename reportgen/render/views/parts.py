"""What several sections print: lists that are cut, tests, and cells."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.evidence import JoinedCase
from reportgen.model.profile import Profile
from reportgen.model.section import Option, Section
from reportgen.render.escape import Markdown, visible
from reportgen.render.marks import evidence_marks
from reportgen.render.wording import clipped, seconds_text

CELL = 200
"""Characters of a message that a table's cell or a list's item prints."""

Item = TypeVar("Item")
Row = TypeVar("Row")


class Subject(Struct, frozen=True):
    """What a section is made from. `cited` is the evidence that the other sections have marks of."""

    audit: Audit
    profile: Profile
    cited: frozenset[str] = frozenset()
    place: Section = Section(section="?")

    @property
    def limit(self) -> int:
        """How many rows a list prints."""
        return self.place.limit or self.profile.list_limit

    @property
    def options(self) -> Mapping[str, Option]:
        """What the profile tells this section."""
        return self.place.options


class Cut(Struct, Generic[Row], frozen=True):
    """The first rows of a list, how many there are beyond them, and where in the model they stand."""

    rows: tuple[Row, ...]
    left: int
    where: str

    def __bool__(self) -> bool:
        """Whether there is anything to print."""
        return bool(self.rows)


def cut(items: Sequence[Item], limit: int, where: str, row: Callable[[Item], Row]) -> Cut[Row]:
    """Make rows of the first `limit` items; where only one would be left out, of that too."""
    shown = items if len(items) <= limit + 1 else items[:limit]
    return Cut(tuple(map(row, shown)), len(items) - len(shown), where)


def same(row: Row) -> Row:
    """Print an item as it is."""
    return row


def told_by(ids: Iterable[str]) -> Markdown:
    """Print marks of evidence behind a sentence; nothing where there is none."""
    known = tuple(ids)
    return evidence_marks(known) if known else Markdown("")


class CaseRow(Struct, frozen=True):
    """A test, as a list prints it; `owner` is its class or file."""

    name: str
    owner: str
    layer: str
    time: str
    message: str
    evidence: Markdown


def name_of(name: str, most: int = CELL) -> str:
    """Return a name as a list prints it; of one in which nothing can be seen, that there is none."""
    return clipped(name, most) if visible(name) else "(no name)"


def owner_of(case: JoinedCase, most: int = CELL) -> str:
    """Name the class of a test, else its file, else its suite."""
    return clipped(next(filter(visible, (case.classname, case.file, case.suite)), ""), most)


def case_row(case: JoinedCase) -> CaseRow:
    """Say what a list says of a test."""
    return CaseRow(
        name=name_of(case.name),
        owner=owner_of(case),
        layer=f"{case.layer} ({case.environment})" if case.environment else case.layer,
        time=seconds_text(case.seconds),
        message=clipped(case.message or case.type, CELL),
        evidence=evidence_marks(case.evidence),
    )


def cases_by_id(cases: Iterable[JoinedCase], wanted: Collection[str]) -> Mapping[str, JoinedCase]:
    """Find the tests with these ids in one pass."""
    ids = frozenset(wanted)
    return {case.id: case for case in cases if case.id in ids} if ids else {}
