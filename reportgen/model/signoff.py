"""What people say of a revision: their answers to the checklist, and their approvals."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812 - `date` is a key of theirs
from typing import Literal

from msgspec import Struct

from reportgen.model.states import State


class Check(Struct, frozen=True, kw_only=True):
    """An item of a team's checklist: tied to evidence by a `condition`, or manual.

    For a tied one `otherwise` is its state where the condition does not hold, and `needs` the kind of
    evidence without which it is unknown. For a manual one `who` has to look at what `text` says.
    `not_applicable` is the reason why it does not apply, empty where it does.
    """

    id: str
    text: str
    condition: str = ""
    otherwise: str = "fail"
    needs: str = ""
    who: str = ""
    not_applicable: str = ""


class Answer(Struct, frozen=True, kw_only=True):
    """What somebody answered to a manual item, for one revision. `state` is never `waived` or `not_done`."""

    item: str
    state: State
    by: str
    date: Date
    revision: str
    note: str = ""


class Approval(Struct, frozen=True, kw_only=True):
    """What somebody decided in a role, for one revision; a conditional decision says its `conditions`."""

    role: str
    name: str
    decision: Literal["approved", "conditional", "rejected"]
    date: Date
    revision: str
    conditions: str = ""


class SignOff(Struct, frozen=True, kw_only=True):
    """All answers and approvals; `roles` are those whose approval is asked for."""

    answers: tuple[Answer, ...] = ()
    approvals: tuple[Approval, ...] = ()
    roles: tuple[str, ...] = ()


class ApprovalResult(Struct, frozen=True, kw_only=True):
    """An approval as judged.

    `state` is pass (approved), warn (conditional), fail (rejected) or not done: nobody decided in this role,
    or only for another revision, and `note` says who, and for which; `other_revision` is the latest of these.
    """

    role: str
    state: State
    name: str
    date: Date | None
    conditions: str
    revision: str
    note: str
    other_revision: str = ""


class CheckItem(Struct, frozen=True, kw_only=True):
    """An item of the checklist.

    One that is tied to evidence has a `condition`. One that is not is `manual`: somebody (`who`) has to look,
    and `by`, `date` and `revision` say who did, when, and at what; it is not done where nobody did at this
    report's revision, and `reason` then says whose the answer for another one (`other_revision`) is.
    """

    id: str
    text: str
    state: State
    reason: str
    evidence: tuple[str, ...]
    condition: str = ""
    manual: bool = False
    who: str = ""
    by: str = ""
    date: Date | None = None
    revision: str = ""
    other_revision: str = ""
