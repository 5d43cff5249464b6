"""Notes of people: printed at the end of their section, as quotations that say whose they are."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.model.audit import Audit
from reportgen.model.notes import Note
from reportgen.model.profile import Profile
from reportgen.render.escape import text

NOTES = "notes"
"""The section of the notes whose own is not in the profile."""


def noted(section: str, audit: Audit, profile: Profile) -> str:
    """Return the notes of a section in Markdown; empty where there are none."""
    own = [note for note in audit.notes if _place_of(note, profile) == section]
    return quoted(own) if own else ""


def quoted(notes: Sequence[Note]) -> str:
    """Print notes as quotations, each with its name and date."""
    from reportgen.render.note_text import note_lines  # noqa: PLC0415 - it loads markdown-it, which few need

    blocks: list[str] = []
    for note in notes:
        head = f"**Note** by {text(note.by).source}, {note.date.isoformat()}:"
        lines = [head, "", *note_lines(note.text)]
        blocks.append("\n".join(f"> {line}".rstrip() for line in lines))
    return "\n>\n".join(blocks)


def _place_of(note: Note, profile: Profile) -> str:
    return note.section if note.section in profile.names else NOTES
