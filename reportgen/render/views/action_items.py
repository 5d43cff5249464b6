"""The steps of the plan as a list to tick off, a priority each, and what people have to look at."""

from __future__ import annotations

from msgspec import Struct

from reportgen.model.figures import plural
from reportgen.model.plan import Action
from reportgen.model.states import State
from reportgen.render.escape import Markdown
from reportgen.render.views.parts import CELL, Subject, cut, same, told_by
from reportgen.render.wording import clipped, minutes_text

PRIORITIES = ("immediate", "high", "medium", "low")


class Item(Struct, frozen=True):
    """A line to tick off; `about` is its effort, owner and what it turns."""

    id: str
    title: str
    about: str
    evidence: Markdown


class ItemGroup(Struct, frozen=True):
    """The lines of one priority."""

    name: str
    sentence: str
    items: tuple[Item, ...]


class ActionItems(Struct, frozen=True):
    """The lists; `left` are the steps that are not printed, `manual` is what waits for a person."""

    groups: tuple[ItemGroup, ...]
    left: int
    where: str
    manual: tuple[Item, ...]


def action_items(subject: Subject) -> ActionItems | None:
    """List what is to be done; None where nothing is."""
    audit = subject.audit
    shown = cut(audit.remediation, subject.limit, "remediation", same)
    names = dict.fromkeys((*PRIORITIES, *(each.priority for each in shown.rows)))
    groups = tuple(
        ItemGroup(name.capitalize(), _sentence(audit.remediation, name), items)
        for name in names
        if (items := tuple(_item(each) for each in shown.rows if each.priority == name))
    )
    manual = tuple(
        Item("", clipped(each.text, 2 * CELL), clipped(each.who, CELL), Markdown(""))
        for each in audit.checklist
        if each.state is State.NOT_DONE
    )
    return ActionItems(groups, shown.left, shown.where, manual) if groups or manual else None


def _sentence(actions: tuple[Action, ...], priority: str) -> str:
    minutes = [each.minutes for each in actions if each.priority == priority]
    return f"{plural(len(minutes), 'step')}, {minutes_text(sum(minutes))}."


def _item(action: Action) -> Item:
    parts = [minutes_text(action.minutes)]
    if action.owner:
        parts.append(clipped(action.owner, CELL))
    if action.gates:
        parts.append(f"turns {clipped(', '.join(action.gates), CELL)}")
    return Item(
        id=action.id,
        title=clipped(action.title, 2 * CELL),
        about=", ".join(parts),
        evidence=told_by(action.evidence),
    )
