"""The approvals and manual answers of the report's revision, counted for conditions.

They follow from what people wrote and from no other condition, so that a gate may ask for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from reportgen.judge.accepting.waivers import standing_on
from reportgen.judge.gating.signing import answers_of, approvals_of, manual_item
from reportgen.model.policy import Policy
from reportgen.model.signoff import Check, SignOff
from reportgen.model.states import State
from reportgen.model.waivers import COUNTING

_WORST = (State.FAIL, State.WARN, State.PASS)
_DECIDED = {State.PASS: "approved", State.WARN: "conditional", State.FAIL: "rejected"}
_ANSWERED = {
    State.PASS: "manual_passed",
    State.WARN: "manual_warned",
    State.FAIL: "manual_failed",
    State.UNKNOWN: "manual_unknown",
    State.NOT_APPLICABLE: "manual_not_applicable",
    State.WAIVED: "manual_waived",
    State.NOT_DONE: "manual_not_done",
}
_OPEN = frozenset({State.FAIL, State.WARN, State.UNKNOWN, State.NOT_DONE})


class Signed(Struct, frozen=True, kw_only=True):
    """How people decided for this revision: role -> state, with the roles that are asked; item -> state.

    A role has the worst of its decisions, and is not done where there is none for this revision. `checks` are
    the manual items by id.
    """

    roles: Mapping[str, State]
    asked: tuple[str, ...]
    items: Mapping[str, State]
    checks: Mapping[str, Check]


NOBODY = Signed(roles={}, asked=(), items={}, checks={})


def signed_of(signoff: SignOff, revision: str | None, policy: Policy, today: date) -> Signed:
    """Hold what people wrote to the revision of the report."""
    given: dict[str, set[State]] = {}
    for each in approvals_of(signoff, revision):
        given.setdefault(each.role, set()).add(each.state)
    manual = {check.id: check for check in policy.checks if not check.condition}
    answers = answers_of(signoff)
    items = {
        name: State.NOT_APPLICABLE if check.not_applicable else manual_item(check, answers, revision).state
        for name, check in manual.items()
    }
    items.update(dict.fromkeys(_waived(items, policy, today), State.WAIVED))
    return Signed(
        roles={
            role: next((each for each in _WORST if each in states), State.NOT_DONE)
            for role, states in given.items()
        },
        asked=tuple(dict.fromkeys(signoff.roles)),
        items=items,
        checks=manual,
    )


def _waived(items: Mapping[str, State], policy: Policy, today: date) -> Iterator[str]:
    waivers = [each for each in policy.waivers if each.of == "check"]
    states = {name: state in _OPEN for name, state in items.items()}
    return (name for name, result in standing_on(waivers, states, policy, today) if result.state in COUNTING)


def signed_numbers(signed: Signed) -> dict[str, int | None]:
    """Return the metrics of approvals and manual items; where none is asked for, the others are not known.

    A role that nobody asked for never stands in for one that is missing: only its rejection counts.
    """
    asked = [signed.roles.get(role, State.NOT_DONE) for role in signed.asked]
    given = {word: asked.count(state) for state, word in _DECIDED.items()}
    given["rejected"] = sum(state is State.FAIL for state in signed.roles.values())
    given["missing"] = asked.count(State.NOT_DONE)
    states = list(signed.items.values())
    told = {word: states.count(state) for state, word in _ANSWERED.items()}
    return {
        "approvals.asked": len(asked),
        **{f"approvals.{word}": count if asked else None for word, count in given.items()},
        "checklist.manual": len(states),
        **{f"checklist.{word}": count if states else None for word, count in told.items()},
    }
