"""`signoff.toml`, beside the configuration: who answered what, and who approved, for which revision."""

from __future__ import annotations

import os
from datetime import date as Date  # noqa: N812 - `date` is a key of the file
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from reportgen.config.decode import decode
from reportgen.config.find import Found, read_config
from reportgen.config.names import did_you_mean
from reportgen.config.place import Place
from reportgen.model.signoff import Answer, Approval, Check, SignOff
from reportgen.model.states import State

FILE = "signoff.toml"

Text = Annotated[str, Meta(min_length=1)]


class AnswerTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[[answers]]`: an `item` of the checklist, its `state`, `by` whom, when, for which `revision`."""

    item: Text
    state: Literal["pass", "warn", "fail", "unknown", "not_applicable"]
    by: Text
    date: Date
    revision: Text
    note: str = ""


class ApprovalTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[[approvals]]`: the `role`, the `name` in it and the `decision`; when, and for which `revision`."""

    role: Text
    name: Text
    decision: Literal["approved", "conditional", "rejected"]
    date: Date
    revision: Text
    conditions: str = ""


class SignOffFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The keys of `signoff.toml`."""

    answers: list[AnswerTable] = field(default_factory=list)
    approvals: list[ApprovalTable] = field(default_factory=list)


def load_signoff(
    folder: Path | None, cwd: Path, checks: tuple[Check, ...], roles: tuple[str, ...]
) -> SignOff:
    """Read the file in the configuration's `folder`; without one, nobody has said anything yet.

    Raises `ConfigError` for an answer to what is no manual item, for two answers of one item and
    revision, and for an approval in a role that is not asked for.
    """
    if folder is None or not os.path.lexists(folder / FILE):  # a link to nothing is told as unreadable
        return SignOff(roles=roles)
    return _read(read_config(folder / FILE, cwd), checks, roles)


def _read(found: Found, checks: tuple[Check, ...], roles: tuple[str, ...]) -> SignOff:
    tables = decode(found.raw, SignOffFile, found.place)
    return SignOff(
        answers=_answers(tables.answers, checks, found.place.at("answers")),
        approvals=_approvals(tables.approvals, roles, found.place.at("approvals")),
        roles=roles,
    )


def _answers(tables: list[AnswerTable], checks: tuple[Check, ...], place: Place) -> tuple[Answer, ...]:
    manual = {check.id for check in checks if not check.condition}
    tied = {check.id for check in checks if check.condition}
    seen: set[tuple[str, str]] = set()
    for number, table in enumerate(tables):
        here = place.at(number)
        if table.item in tied:
            raise here.at("item").error(
                f"{table.item!r} is judged by its condition: nobody can answer for it"
            )
        if table.item not in manual:
            raise here.at("item").error("there is no such manual item", did_you_mean(table.item, manual))
        if table.state == "not_applicable" and not table.note.strip():
            raise here.error("what is not applicable needs a reason", "write it into `note`")
        if (table.item, table.revision) in seen:
            raise here.error(f"{table.item!r} has another answer for revision {table.revision}")
        seen.add((table.item, table.revision))
    return tuple(
        Answer(
            item=table.item,
            state=State(table.state),
            by=table.by,
            date=table.date,
            revision=table.revision,
            note=table.note,
        )
        for table in tables
    )


def _approvals(tables: list[ApprovalTable], roles: tuple[str, ...], place: Place) -> tuple[Approval, ...]:
    for number, table in enumerate(tables):
        here = place.at(number)
        if roles and table.role not in roles:
            raise here.at("role").error("nobody is asked for in this role", did_you_mean(table.role, roles))
        if table.decision == "conditional" and not table.conditions.strip():
            raise here.error("a conditional approval has conditions", "write them into `conditions`")
    return tuple(
        Approval(
            role=table.role,
            name=table.name,
            decision=table.decision,
            date=table.date,
            revision=table.revision,
            conditions=table.conditions,
        )
        for table in tables
    )
