"""How gates stand to a baseline and a diff: those that follow from them, and where they do not apply."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.judge.counting.tally import Numbers
from reportgen.judge.ground import Ground
from reportgen.model.expression import Expression, parse_condition
from reportgen.model.policy import Gate

_OF_MEASURED = frozenset({"diff.percent", "diff.covered", "diff.uncovered", "diff.tests"})


def baseline_gates(ground: Ground) -> Iterator[Gate]:
    """Yield the gates of a run with a baseline, as far as the baseline holds what they speak of.

    Where it cannot be read there is only the gate that says so; what it never held cannot have changed. What
    it held and this run does not is another matter: the gate is unknown.
    """
    against = ground.against
    if not against.named:
        return
    then = against.baseline
    held = {
        "tests": then is not None and then.tests is not None and bool(then.tests.cases),
        "coverage": then is not None and then.coverage is not None and bool(then.coverage.lines.total),
        "findings": then is not None and then.findings is not None,
    }
    for gate in ground.policy.baseline_gates:
        kinds = parse_condition(gate.condition).kinds
        if all(held.get(kind, True) for kind in kinds):
            yield gate


def nothing_changed(expression: Expression, numbers: Numbers) -> str:
    """Say why a condition on changed lines does not apply; empty where it does, or more is not known."""
    names = expression.names
    if any(numbers.value(name) is None and not name.startswith("diff.") for name in names):
        return ""
    if not _OF_MEASURED.isdisjoint(names) and numbers.value("diff.measured") == 0:
        return "no measured line was changed"
    if any(name.startswith("diff.findings") for name in names) and numbers.value("diff.lines") == 0:
        return "no line was added or changed"
    return ""


def is_of_changed_lines(expression: Expression) -> bool:
    """Whether a condition speaks of nothing but what changed lines hold."""
    return all(name in _OF_MEASURED or name.startswith("diff.findings") for name in expression.names)
