"""Insights: what people add to the figures, in notes of their own."""

from __future__ import annotations

from msgspec import Struct

from reportgen.model.figures import plural
from reportgen.render.views.parts import Subject

SECTION = "insights"


class InsightsView(Struct, frozen=True):
    """How many notes follow; the notes themselves are printed after the section."""

    sentence: str


def insights(subject: Subject) -> InsightsView:
    """Say whose words follow, or that there are none."""
    notes = [note for note in subject.audit.notes if note.section == SECTION]
    if not notes:
        return InsightsView(
            "Not measured: an insight is a person's, and nobody left a note for this section. A table "
            f"[[notes]] of the configuration with “{SECTION}” as its section would add one."
        )
    names = list(dict.fromkeys(note.by for note in notes))
    who = f" by {names[0]}" if len(names) == 1 else f" by {len(names):,} people"
    verb = "adds" if len(notes) == 1 else "add"
    return InsightsView(f"{plural(len(notes), 'note')}{who} {verb} to the figures; no figure rests on them.")
