"""The steps of a plan that people take: to look, and to decide, where a gate asks for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from reportgen.judge.ground import Ground
from reportgen.judge.planning.actions import Draft
from reportgen.model.signoff import Check
from reportgen.model.states import State

_MOST_TITLE = 120
_LEADS = ("approvals.", "checklist.")


def signed_steps(ground: Ground, names: Collection[str]) -> Iterator[Draft]:
    """Yield a step for each approval that is missing and each manual item that is not done.

    `names` are the metrics that gates speak of: where none is about approvals, or about the checklist, these
    stand in no way and are no step.
    """
    minutes, signed = ground.policy.effort.gap, ground.signed
    approvals, checklist = (any(name.startswith(lead) for name in names) for lead in _LEADS)
    missing = [role for role in signed.asked if signed.roles.get(role, State.NOT_DONE) is State.NOT_DONE]
    for role in missing if approvals else ():
        yield Draft(
            kind="gap",
            title=_cut(f"Get the approval of {role} for this revision"),
            places=(role,),
            count=1,
            minutes=minutes,
            changes={"approvals.missing": -1, "approvals.approved": 1},
        )
    for name, state in signed.items.items() if checklist else ():
        if state is State.NOT_DONE:
            yield Draft(
                kind="gap",
                title=_cut(_look(signed.checks[name])),
                places=(name,),
                count=1,
                minutes=minutes,
                changes={"checklist.manual_not_done": -1, "checklist.manual_passed": 1},
            )


def _look(check: Check) -> str:
    return f"{check.who or 'Somebody'} has to look, and answer {check.id} in signoff.toml: {check.text}"


def _cut(title: str) -> str:
    line = " ".join(title.split())
    line = line[:1].upper() + line[1:]
    return line if len(line) <= _MOST_TITLE else f"{line[: _MOST_TITLE - 1].rstrip()}…"
