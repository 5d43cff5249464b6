"""The numbers of the profile `validation` that are no leaves of the model, each added up anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reportgen.model.audit import Audit
from reportgen.model.audit_tests import FailureCause
from reportgen.model.states import State

_OPEN = (State.FAIL, State.UNKNOWN, State.NOT_DONE)
_RESERVED = (State.WARN, State.WAIVED)


def validation_numbers(audit: Audit) -> set[str]:
    """Count the failing tests of each layer and cause, those that tell both sides, and what stands open."""
    return {str(count) for count in (*_of_states(audit), *_of_tests(audit))}


def _of_states(audit: Audit) -> Iterator[int]:
    """Count what stands in the way; an item of the checklist that says what a gate says is one with it."""
    said = {gate.title or gate.name for gate in audit.gates}
    other = [item for item in audit.checklist if item.text not in said]
    for judged in (audit.gates, other, audit.approvals):
        states = Counter(item.state for item in judged)
        yield sum(states[state] for state in _OPEN)
        yield sum(states[state] for state in _RESERVED)
    yield sum(item.state is State.NOT_DONE for item in audit.checklist) - 1


def _of_tests(audit: Audit) -> Iterator[int]:
    if audit.tests is None:
        return
    yield audit.tests.failed + audit.tests.errored
    yield from (layer.failed + layer.errored for layer in audit.tests.by_layer.values())
    layer_of = {case.id: case.layer for case in audit.tests.cases}
    outcome_of = {case.id: case.outcome for case in audit.tests.cases}
    told: Counter[str] = Counter()
    for cause in audit.tests.causes:
        members = [id_ for id_ in cause.cases if id_ in layer_of]
        yield from Counter(layer_of[id_] for id_ in members).values()
        yield from Counter((layer_of[id_], outcome_of[id_]) for id_ in members).values()
        yield len(cause.cases) - 1
        sides = _sides(cause)
        told[cause.kind] += len(cause.cases) - sides
        told["both sides"] += sides
    yield from told.values()


def _sides(cause: FailureCause) -> int:
    """Count the tests of a cause that tell what they expected and what came."""
    if cause.differences:
        return len(cause.differences)
    return len(cause.cases) if cause.expected is not None or cause.actual is not None else 0
