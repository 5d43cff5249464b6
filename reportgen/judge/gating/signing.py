"""What people answered and decided, held to the revision that the report is of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportgen.judge.wording import sentence
from reportgen.model.signoff import Answer, Approval, ApprovalResult, Check, CheckItem, SignOff
from reportgen.model.states import State

_DECISIONS = {"approved": State.PASS, "conditional": State.WARN, "rejected": State.FAIL}


Answers = Mapping[str, Sequence[Answer]]
"""The answers by the id of their item."""


def answers_of(signoff: SignOff) -> Answers:
    """Group the answers by item."""
    by_item: dict[str, list[Answer]] = {}
    for answer in signoff.answers:
        by_item.setdefault(answer.item, []).append(answer)
    return by_item


def manual_item(check: Check, given: Answers, revision: str | None) -> CheckItem:
    """Judge an item that a person has to look at: by the answer for this revision, and by no other."""
    answers = given.get(check.id, ())
    counting = next((answer for answer in answers if revision and answer.revision == revision), None)
    if counting is not None:
        note = f": {counting.note}" if counting.note.strip() else ""
        told = sentence(f"{counting.by} answered {_word(counting)} on {counting.date}{note}")
        return _item(check, counting.state, told, counting)
    asked = f"{check.who} has to look" if check.who else "somebody has to look"
    latest = max(answers, key=lambda answer: (answer.date, answer.revision), default=None)
    if latest is None:
        return _item(check, State.NOT_DONE, sentence(f"nobody answered; {asked}"), None)
    told = f"{latest.by} answered {_word(latest)} on {latest.date}, for revision {latest.revision}"
    return _item(check, State.NOT_DONE, sentence(f"{told}{_other(revision)}; {asked}"), None, latest.revision)


def _other(revision: str | None) -> str:
    """Say why what was said for one revision does not count for the report's."""
    return f" and not for {revision}" if revision else ", and this report names no revision"


def _word(answer: Answer) -> str:
    return answer.state.value.replace("_", " ")


def _item(check: Check, state: State, reason: str, answer: Answer | None, other: str = "") -> CheckItem:
    return CheckItem(
        id=check.id,
        text=check.text,
        state=state,
        reason=reason,
        evidence=(),
        manual=True,
        who=check.who,
        by="" if answer is None else answer.by,
        date=None if answer is None else answer.date,
        revision="" if answer is None else answer.revision,
        other_revision=other,
    )


def approvals_of(signoff: SignOff, revision: str | None) -> tuple[ApprovalResult, ...]:
    """List the roles that are asked for, then all others, each by its decision for this revision."""
    roles = dict.fromkeys((*signoff.roles, *sorted(each.role for each in signoff.approvals)))
    by_role: dict[str, list[Approval]] = {role: [] for role in roles}
    for approval in signoff.approvals:
        by_role[approval.role].append(approval)
    return tuple(result for role, given in by_role.items() for result in _of_role(role, given, revision))


def _of_role(role: str, given: list[Approval], revision: str | None) -> list[ApprovalResult]:
    counting = [each for each in given if revision and each.revision == revision]
    if counting:
        return [
            ApprovalResult(
                role=role,
                state=_DECISIONS[each.decision],
                name=each.name,
                date=each.date,
                conditions=each.conditions,
                revision=each.revision,
                note="",
            )
            for each in sorted(counting, key=lambda each: (each.date, each.name))
        ]
    latest = max(given, key=lambda each: (each.date, each.name), default=None)
    note = "Nobody decided."
    if latest is not None:
        told = f"{latest.name} said {latest.decision} on {latest.date}, for revision {latest.revision}"
        note = sentence(told + _other(revision))
    return [
        ApprovalResult(
            role=role,
            state=State.NOT_DONE,
            name="",
            date=None,
            conditions="",
            revision="",
            note=note,
            other_revision="" if latest is None else latest.revision,
        )
    ]
