"""The approvals of a release with their decisions, and lines to sign for those that are not given."""

from __future__ import annotations

from msgspec import Struct

from reportgen.model.figures import plural
from reportgen.model.signoff import ApprovalResult
from reportgen.model.states import State
from reportgen.render.escape import Markdown
from reportgen.render.marks import badge
from reportgen.render.views.parts import CELL, Cut, Subject, cut
from reportgen.render.wording import clipped

_ALL_OF_THEM = 50
_DECISIONS = {State.PASS: "approved", State.WARN: "approved, under conditions", State.FAIL: "refused"}


class DecisionRow(Struct, frozen=True):
    """What somebody decided for this revision, or what is missing; empty cells are printed as a dash."""

    badge: Markdown
    role: str
    name: str
    decision: str
    date: str
    revision: str
    conditions: str


class SignaturesView(Struct, frozen=True):
    """The decisions, and the roles in which nobody decided for this revision."""

    sentence: str
    rows: Cut[DecisionRow]
    unsigned: tuple[str, ...]


def signatures(subject: Subject) -> SignaturesView | None:
    """List the approvals; None where nobody is asked for one, and nobody decided."""
    found = subject.audit.approvals
    if not found:
        return None

    def row(each: ApprovalResult) -> DecisionRow:
        return DecisionRow(
            badge=badge(each.state, subject.profile),
            role=clipped(each.role, CELL),
            name=clipped(each.name, CELL),
            decision=_DECISIONS.get(each.state, "not given"),
            date="" if each.date is None else each.date.isoformat(),
            revision=each.revision,
            conditions=clipped(each.conditions or each.note, 2 * CELL),
        )

    return SignaturesView(
        sentence=_sentence(len(found), sum(each.state is not State.NOT_DONE for each in found)),
        rows=cut(found, max(subject.limit, _ALL_OF_THEM), "approvals", row),
        unsigned=tuple(clipped(each.role, CELL) for each in found if each.state is State.NOT_DONE),
    )


def _sentence(count: int, given: int) -> str:
    """Say how many of the decisions are given."""
    if given == count:
        told = plural(count, "decision is given", "decisions are given")
        return f"{told} for this revision, and none is missing."
    if not given:
        told = "The only decision is not" if count == 1 else f"None of {count:,} decisions is"
        return f"{told} given for this revision."
    return f"{given:,} of {count:,} decisions {'is' if given == 1 else 'are'} given for this revision."
