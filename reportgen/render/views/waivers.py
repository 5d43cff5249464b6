"""The waivers, and the approvals: what people took upon themselves, and until when."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.figures import plural
from reportgen.model.signoff import ApprovalResult
from reportgen.model.waivers import COUNTING, WaiverResult, WaiverState
from reportgen.render.escape import Markdown
from reportgen.render.marks import badge
from reportgen.render.views.parts import CELL, Cut, Subject, cut, same
from reportgen.render.wording import NOT_KNOWN, clipped

_ALL_OF_THEM = 50  # they are few, and each of them matters
_MOST_DIGESTS = 5
_MOST_COVERED = 5
_WORST_FIRST = (
    *(WaiverState.INVALID, WaiverState.VOID, WaiverState.EXPIRED, WaiverState.DEAD),
    *(WaiverState.EXPIRING, WaiverState.ACTIVE),
)
_HEADINGS = {
    WaiverState.ACTIVE: "open",
    WaiverState.EXPIRING: "open, expires soon",
    WaiverState.EXPIRED: "expired",
    WaiverState.DEAD: "dead",
    WaiverState.VOID: "void",
    WaiverState.INVALID: "invalid",
}


class WaiverRow(Struct, frozen=True):
    """A waiver, as a table prints it; `content` are the digests to copy, of one that lacks them."""

    id: str
    state: str
    match: str
    covers: Cut[str]
    reason: str
    owner: str
    approver: str
    created: str
    expires: str
    left: str
    note: str
    content: Cut[str]


class WaiversView(Struct, frozen=True):
    """The waivers that count, and apart from them those that do not, the worst first.

    `noted` says whether there is anything to know of one that counts.
    """

    sentence: str
    counting: Cut[WaiverRow]
    idle: Cut[WaiverRow]
    noted: bool = False


class ApprovalRow(Struct, frozen=True):
    """An approval, or a role in which nobody decided for this revision."""

    badge: Markdown
    role: str
    name: str
    date: str
    revision: str
    note: str


def waivers(subject: Subject) -> WaiversView | None:
    """List the waivers; None where the policy has none."""
    found = subject.audit.waivers
    if not found:
        return None
    counting = [each for each in found if each.state in COUNTING]
    idle = sorted(
        (each for each in found if each.state not in COUNTING),
        key=lambda each: _WORST_FIRST.index(each.state),
    )
    limit = max(subject.limit, _ALL_OF_THEM)
    names = _names(subject.audit, found)

    def row(waiver: WaiverResult) -> WaiverRow:
        return _row(waiver, names)

    soon = sum(each.state is WaiverState.EXPIRING for each in counting)
    expire = "expires" if soon == 1 else "expire"
    told = plural(len(counting), "waiver counts", "waivers count") if counting else "No waiver counts"
    told += f", of which {soon:,} {expire} soon" if soon else ""
    rest = f"; {len(idle):,} {'does' if len(idle) == 1 else 'do'} not" if idle else ""
    return WaiversView(
        sentence=f"{told}{rest}.",
        counting=cut(sorted(counting, key=lambda each: each.days_left or 0), limit, "waivers", row),
        idle=cut(idle, limit, "waivers", row),
        noted=any(each.note for each in counting),
    )


def _names(audit: Audit, found: tuple[WaiverResult, ...]) -> Mapping[str, str]:
    """Say what the ids stand for that waivers match: a finding's rule and place, a test's class and name."""
    wanted = {id_ for each in found for id_ in each.matched}
    items = audit.findings.items if audit.findings is not None else ()
    cases = audit.tests.cases if audit.tests is not None else ()
    named = {
        each.id: f"{each.rule or each.tools[0]} {each.path or 'no file'}:{each.line}"
        for each in items
        if each.id in wanted
    }
    return named | {
        case.id: ".".join(part for part in (case.classname, case.name) if part)
        for case in cases
        if case.id in wanted
    }


def _row(waiver: WaiverResult, names: Mapping[str, str]) -> WaiverRow:
    left = waiver.days_left
    unbound = waiver.of == "finding" and waiver.state in (WaiverState.INVALID, WaiverState.VOID)
    return WaiverRow(
        id=waiver.id,
        state=_HEADINGS[waiver.state],
        match=clipped(waiver.match, CELL),
        covers=cut(
            [clipped(names.get(id_, id_), CELL) for id_ in waiver.matched], _MOST_COVERED, "waivers", same
        ),
        reason=clipped(waiver.reason, CELL) or NOT_KNOWN,
        owner=waiver.owner or NOT_KNOWN,
        approver=waiver.approver or NOT_KNOWN,
        created=NOT_KNOWN if waiver.created is None else waiver.created.isoformat(),
        expires="never" if waiver.expires is None else waiver.expires.isoformat(),
        left=NOT_KNOWN if left is None else plural(left, "day"),
        note=clipped(waiver.note, 2 * CELL),
        content=cut(waiver.content if unbound else (), _MOST_DIGESTS, "waivers", same),
    )


def approvals(subject: Subject) -> Cut[ApprovalRow] | None:
    """List the approvals; None where nobody is asked for one, and nobody decided."""

    def row(approval: ApprovalResult) -> ApprovalRow:
        return ApprovalRow(
            badge=badge(approval.state, subject.profile),
            role=approval.role,
            name=approval.name or NOT_KNOWN,
            date=NOT_KNOWN if approval.date is None else approval.date.isoformat(),
            revision=approval.revision or NOT_KNOWN,
            note=clipped(approval.conditions or approval.note, 2 * CELL),
        )

    found = subject.audit.approvals
    return cut(found, max(subject.limit, _ALL_OF_THEM), "approvals", row) if found else None
