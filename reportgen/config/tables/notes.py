"""`[[notes]]`: what a person has to say beside the figures, in a section of the report."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812 - `date` is a key of the file
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from reportgen.config.place import Place, from_root
from reportgen.model.notes import MOST_NOTE_BYTES, Note

Text = Annotated[str, Meta(min_length=1)]


class NoteTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A note: the `section` that it ends, `by` whom, its `date`, and its Markdown, in a `file` or as `text`.

    It is printed as a quotation that says whose it is. HTML in it stays text, pictures become their words,
    and headings become bold: a note is never mistaken for what the evidence says.
    """

    section: Text
    by: Text
    date: Date
    file: str = ""
    text: str = ""


def notes_of(tables: list[NoteTable], place: Place, root: Path) -> tuple[Note, ...]:
    """Read the notes, in the order of the file; `ConfigError` for one that cannot be read or is empty."""
    return tuple(_note(table, place.at(number), root) for number, table in enumerate(tables))


def _note(table: NoteTable, place: Place, root: Path) -> Note:
    if bool(table.file) == bool(table.text):
        raise place.error("a note has either a `file` or a `text`", "remove one, or add one")
    for key, value in (("by", table.by), ("section", table.section)):
        if not value.strip():
            raise place.at(key).error("the text is empty")
    text = _read(root / table.file, table.file, place.at("file")) if table.file else table.text
    if not text.strip():
        raise place.at("file" if table.file else "text").error(
            "the note says nothing", "write it, or remove it"
        )
    path = from_root(table.file, root) if table.file else ""
    return Note(section=table.section, by=table.by, date=table.date, text=text, path=path)


def _read(path: Path, given: str, place: Place) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_NOTE_BYTES + 1)
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or str(error)
        raise place.error(f"{given!r} cannot be read: {told}", "check the path") from error
    if len(data) > MOST_NOTE_BYTES:
        raise place.error(f"{given!r} is larger than {MOST_NOTE_BYTES:,} bytes", "a note is short: cut it")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise place.error(f"{given!r} is not UTF-8", "save it as UTF-8") from error
