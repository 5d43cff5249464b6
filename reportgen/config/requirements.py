"""Requirements from files: CSV with a header, or JSON; every error names file, row and key."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct, field

from reportgen.config.decode import decode
from reportgen.config.names import did_you_mean
from reportgen.config.place import Place
from reportgen.config.tables.placing import pattern_of_text
from reportgen.model.subjects import Level, Subject

_MOST_BYTES = 64 * 1024**2
_WORDS = ("kind", "criticality")


class RequirementRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of a file: `id` and `title` as a rule, the others where they are wanted.

    `paths`, `tests` and `layers` are lists, or one text with semicolons. `kind` is requirement, component or
    risk.
    """

    id: Annotated[str, Meta(min_length=1)] | int
    title: str = ""
    owner: str = ""
    criticality: Level | None = None
    value: str | int = ""
    paths: str | list[str] = field(default_factory=list)
    tests: str | list[str] = field(default_factory=list)
    layers: str | list[str] = field(default_factory=list)
    kind: Literal["requirement", "component", "risk"] = "requirement"


class RequirementsFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rows of a JSON file, which may also stand there as a list alone."""

    requirements: list[RequirementRow]


def load_requirements(path: Path, shown: str, place: Place) -> tuple[Subject, ...]:
    """Read a file of requirements; `place` is where the configuration names it.

    Raises `ConfigError` for a file that cannot be read, and for a row that is not right.
    """
    text = _text(path, shown, place)
    if path.suffix.lower() == ".json" or text.lstrip()[:1] in ("[", "{"):
        return tuple(_of_json(text, shown))
    return tuple(_of_csv(text, shown))


def _text(path: Path, shown: str, place: Place) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise place.error(
            f"{shown} cannot be read: {why}", "paths are relative to this file's folder"
        ) from error
    if len(data) > _MOST_BYTES:
        raise place.error(f"{shown} is larger than {_MOST_BYTES:,} bytes", "keep requirements only in it")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Place(f"{shown}:{line}", "").error("not UTF-8 text", "save the file as UTF-8") from error


def _of_json(text: str, shown: str) -> Iterator[Subject]:
    here = Place(shown, "")
    try:
        raw = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise here.error(f"not well-formed JSON: {error}", "a list of objects with id and title") from error
    except RecursionError as error:
        raise here.error("its lists and objects are nested too deeply") from error
    wrapped = {"requirements": raw} if isinstance(raw, list) else raw
    if not isinstance(wrapped, Mapping):
        raise here.error("expected a list of objects", 'for example [{"id": "REQ-1", "title": "…"}]')
    rows = decode({**wrapped, "requirements": _folded(wrapped)}, RequirementsFile, here).requirements
    for number, row in enumerate(rows):
        yield _subject(row, here.at("requirements", number), f"{shown}: requirements[{number}]")


def _folded(wrapped: Mapping[str, object]) -> object:
    """Take words of a closed choice in any case."""
    rows = wrapped.get("requirements")
    return [_lowered(row) for row in rows] if isinstance(rows, list) else rows


def _lowered(row: object) -> object:
    if not isinstance(row, Mapping):
        return row
    return {
        key: value.strip().lower() if key in _WORDS and isinstance(value, str) else value
        for key, value in row.items()
    }


def _of_csv(text: str, shown: str) -> Iterator[Subject]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows = _rows(reader, shown)
    names = next(rows, None)
    if names is None:
        raise Place(shown, "").error("the file is empty", "its first row names the columns: id,title,tests")
    columns = _columns(names[1], Place(f"{shown}:{names[0]}", ""))
    for line, cells in rows:
        here = Place(f"{shown}:{line}", "")
        if len(cells) > len(columns):
            raise here.error(
                f"the row has {len(cells):,} cells, and the header {len(columns):,}",
                "put a cell that holds the separator in double quotes",
            )
        raw = {key: cell.strip() for key, cell in zip(columns, cells, strict=False) if cell.strip()}
        row = decode({"id": "", **_as_mapping(_lowered(raw))}, RequirementRow, here)
        yield _subject(row, here, f"{shown}:{line}")


def _as_mapping(row: object) -> Mapping[str, object]:
    return row if isinstance(row, Mapping) else {}


def _delimiter(text: str) -> str:
    """Take the separator that the header has most of."""
    header = text.lstrip("\r\n").split("\n", 1)[0]
    return max((",", ";", "\t"), key=header.count)


def _rows(reader: Iterator[list[str]], shown: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, cells) of the rows that are not blank; lines count from 1."""
    begin = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise Place(f"{shown}:{begin}", "").error(f"not well-formed CSV: {error}") from error
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield begin, cells
        begin = getattr(reader, "line_num", begin) + 1


def _columns(cells: list[str], place: Place) -> list[str]:
    known = [each.encode_name for each in msgspec.structs.fields(RequirementRow)]
    names = [cell.strip().lower() for cell in cells]
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known) or f"the columns are {', '.join(known)}"
            raise place.error(f"there is no column {name!r}", hint)
        if names.count(name) > 1:
            raise place.error(f"the column {name!r} is there twice", "remove one of them")
    if "id" not in names:
        raise place.error("the column 'id' is missing", f"the columns are {', '.join(known)}")
    return names


def _subject(row: RequirementRow, place: Place, source: str) -> Subject:
    name = str(row.id).strip()
    if not name:
        raise place.at("id").error("the id is empty", "each requirement needs one")
    return Subject(
        name=name,
        kind=row.kind,
        title=row.title,
        owner=row.owner,
        criticality=row.criticality or "",
        value=str(row.value),
        paths=_listed(row.paths),
        tests=tuple(map(pattern_of_text, _listed(row.tests))),
        layers=_listed(row.layers),
        source=source,
    )


def _listed(given: str | list[str]) -> tuple[str, ...]:
    """Split a text at semicolons and line feeds; a list is one already."""
    words = given.replace("\n", ";").split(";") if isinstance(given, str) else given
    return tuple(word.strip() for word in words if word.strip())
