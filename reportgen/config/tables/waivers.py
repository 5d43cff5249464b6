"""`[[waivers]]`: what is accepted for a while, by whom, and until when."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct, field

from reportgen.config.place import Place
from reportgen.model.waivers import Waiver

Text = Annotated[str, Meta(min_length=1)]


class WaiverTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A waiver, with an `id` of its own; it matches findings, tests, one gate or one check.

    - findings: `rule` (an id, or a prefix that ends in `*`), `path` (a glob), `fingerprint`; all given must
      fit. It is bound to what was looked at: by the fingerprint, or by `content`, digests that the report and
      `reportgen explain` print.
    - failing or flaky tests: `test`, an id in which `*` stands for anything.
    - `gate`, or `check`: one gate, or one item of the checklist, by name.

    `reason`, `owner`, `approver` (not the owner), `created` and `expires` (the last day) must be there: a
    waiver without them is listed as invalid, and counts for nothing.
    """

    id: Text
    rule: str = ""
    path: str = ""
    fingerprint: str = ""
    content: Text | list[Text] = field(default_factory=list)
    test: str = ""
    gate: str = ""
    check: str = ""
    reason: str = ""
    owner: str = ""
    approver: str = ""
    created: date | None = None
    expires: date | None = None


def waivers_of(tables: list[WaiverTable], place: Place) -> tuple[Waiver, ...]:
    """Make the waivers, in the order of the file; two with one id could not be told apart."""
    seen: set[str] = set()
    waivers: list[Waiver] = []
    for number, table in enumerate(tables):
        here = place.at(number)
        if table.id in seen:
            raise here.at("id").error(f"there is another waiver {table.id!r}", "give each an id of its own")
        seen.add(table.id)
        waivers.append(_waiver(table, here))
    return tuple(waivers)


def _waiver(table: WaiverTable, place: Place) -> Waiver:
    content = (table.content,) if isinstance(table.content, str) else tuple(table.content)
    if content and not (table.rule or table.path or table.fingerprint):
        raise place.at("content").error(
            "`content` is of findings, and this waiver names none", "add the rule or the path of the findings"
        )
    try:
        return Waiver(
            id=table.id,
            rule=table.rule,
            path=table.path,
            fingerprint=table.fingerprint,
            content=content,
            test=table.test,
            gate=table.gate,
            check=table.check,
            reason=table.reason,
            owner=table.owner,
            approver=table.approver,
            created=table.created,
            expires=table.expires,
        )
    except ValueError as error:
        raise place.error(str(error), "write a waiver for each thing that is waived") from error
