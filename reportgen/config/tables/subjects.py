"""`[subjects.NAME]` and `[requirements]`: what tests are for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from reportgen.config.place import Place
from reportgen.config.tables.minimums import Least
from reportgen.config.tables.placing import PatternTable, patterns_of
from reportgen.model.subjects import Level, Subject

Text = Annotated[str, Meta(min_length=1)]
Tests = list[str | PatternTable]

PROPERTIES = ("requirement", "requirements", "req", "reqs", "requirement_id", "covers", "verifies")
"""The properties of tests that hold ids of requirements, where the configuration names no others."""


class SubjectTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A subject: a `component` of the product, or a `risk` pattern that tests guard against.

    `paths` are globs of its sources. `tests` are patterns, one of which a test has to fit; a text is a glob
    over test files where it has a slash, else an id or a name. Where it gives no `tests`, those whose own
    file fits `paths`, or that ran lines of a file that does, are its tests. `value` says in words what hangs
    on it.
    `layers` are those that have to hold a test of it, `min_tests` how many of its tests must have run.
    """

    kind: Literal["component", "risk"] = "component"
    title: str = ""
    owner: str = ""
    criticality: Level | None = None
    value: str = ""
    paths: list[Text] = field(default_factory=list)
    tests: Tests = field(default_factory=list)
    layers: list[Text] = field(default_factory=list)
    min_tests: Least | None = None


class RequirementTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A requirement: its `id` and `title`; the rest as of a subject. Tests also name it in a property."""

    id: Text
    title: str = ""
    owner: str = ""
    criticality: Level | None = None
    value: str = ""
    paths: list[Text] = field(default_factory=list)
    tests: Tests = field(default_factory=list)
    layers: list[Text] = field(default_factory=list)


class RequirementsTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The requirements: `items`, and `files` (CSV with a header, or JSON) that hold more of them.

    `properties` are the names of test properties that hold ids of requirements, as a rule requirement(s),
    req(s), requirement_id, covers and verifies; several ids stand with commas, semicolons or spaces.
    """

    files: list[Text] = field(default_factory=list)
    properties: list[Text] | None = None
    items: list[RequirementTable] = field(default_factory=list)


def subjects_of(tables: dict[str, SubjectTable], place: Place) -> tuple[Subject, ...]:
    """Make the components and risks, in the order of the file."""
    return tuple(_subject(name, table, place.at(name)) for name, table in tables.items())


def _subject(name: str, table: SubjectTable, place: Place) -> Subject:
    if not name.strip():
        raise place.error("a subject needs a name")
    if not table.paths and not table.tests:
        raise place.error(
            "the subject has neither paths nor tests, so nothing could belong to it",
            'for example paths = ["src/payments/**"]',
        )
    return Subject(
        name=name,
        kind=table.kind,
        title=table.title,
        owner=table.owner,
        criticality=table.criticality or "",
        value=table.value,
        paths=tuple(table.paths),
        tests=patterns_of(table.tests, place.at("tests")),
        layers=tuple(table.layers),
        source=place.file,
    )


def requirement_of(table: RequirementTable, place: Place, source: str) -> Subject:
    """Make a requirement of its table; `source` says where it is stated."""
    if not table.id.strip() or table.id != table.id.strip():
        raise place.at("id").error(f"the id {table.id!r} is empty, or begins or ends with a space")
    return Subject(
        name=table.id,
        kind="requirement",
        title=table.title,
        owner=table.owner,
        criticality=table.criticality or "",
        value=table.value,
        paths=tuple(table.paths),
        tests=patterns_of(table.tests, place.at("tests")),
        layers=tuple(table.layers),
        source=source,
    )


def each_once(subjects: Iterable[Subject], place: Place) -> tuple[Subject, ...]:
    """Refuse two subjects of one name: nobody could tell which of them is meant."""
    found: dict[str, Subject] = {}
    for subject in subjects:
        other = found.setdefault(subject.name, subject)
        if other is not subject:
            raise place.error(
                f"there are two subjects named {subject.name!r}: one in {other.source}, "
                f"one in {subject.source}",
                "give each a name of its own",
            )
    return tuple(found.values())
