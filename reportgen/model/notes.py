"""What a person has to say beside the figures."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812 - `date` is a key of theirs

from msgspec import Struct

MOST_NOTE_BYTES = 65_536
"""How long a note may be: GitHub's limit of a comment, which is a whole report."""


class Note(Struct, frozen=True, kw_only=True):
    """A note in Markdown, for the section of this name. `path` is its file, empty where there is none."""

    section: str
    by: str
    date: Date
    text: str
    path: str = ""
