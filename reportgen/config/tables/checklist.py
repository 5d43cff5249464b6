"""`[[checklist]]`: what has to be looked at, by a condition on the evidence or by a person."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from reportgen.config.place import Place
from reportgen.model.expression import parse_condition
from reportgen.model.policy import KINDS
from reportgen.model.signoff import Check

Text = Annotated[str, Meta(min_length=1)]


class CheckTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An item of the checklist: its `id`, and in `text` what has to hold, or what has to be looked at.

    With a `condition` it is tied to evidence: `otherwise` is its state where the condition does not hold, and
    `needs` the kind of evidence without which it is unknown (as a rule the kind that it speaks of).
    Without one it is manual: `who` has to look, and answers in `signoff.toml`. `not_applicable` is the reason
    why it does not apply here. An item with the id of one that ships stands in its place.
    """

    id: Text
    text: Text
    condition: str | None = None
    otherwise: Literal["fail", "warn", "unknown"] | None = None
    needs: Literal["", "tests", "coverage", "findings"] | None = None
    who: str = ""
    not_applicable: str = ""


def checks_of(tables: list[CheckTable], place: Place) -> tuple[Check, ...]:
    """Make the items, in the order of the file."""
    seen: set[str] = set()
    checks: list[Check] = []
    for number, table in enumerate(tables):
        here = place.at(number)
        if table.id in seen:
            raise here.at("id").error(f"there is another item {table.id!r}", "give each an id of its own")
        seen.add(table.id)
        checks.append(_check(table, here))
    return tuple(checks)


def _check(table: CheckTable, place: Place) -> Check:
    if table.condition is None:
        for key, value in (("otherwise", table.otherwise), ("needs", table.needs)):
            if value is not None:
                raise place.at(key).error(
                    f"`{key}` is of an item with a condition, and this one has none",
                    "a manual item is answered in signoff.toml",
                )
        return Check(id=table.id, text=table.text, who=table.who, not_applicable=table.not_applicable.strip())
    if table.who:
        raise place.at("who").error(
            "an item with a condition is judged by it, and nobody has to look", "remove `who` or `condition`"
        )
    try:
        kinds = [kind for kind in parse_condition(table.condition).kinds if kind in KINDS]
    except ValueError as error:
        raise place.at("condition").error(str(error)) from error
    needs = kinds[0] if len(kinds) == 1 else ""
    return Check(
        id=table.id,
        text=table.text,
        condition=table.condition,
        otherwise=table.otherwise or "fail",
        needs=needs if table.needs is None else table.needs,
        not_applicable=table.not_applicable.strip(),
    )
