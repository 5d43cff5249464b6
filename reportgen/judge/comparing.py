"""How gates stand to a baseline and a diff: those that follow from them, and where they do not apply."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.judge.changes import BASELINE_READ, NOT_COLLAPSED
from reportgen.judge.ground import Ground
from reportgen.judge.tally import Numbers
from reportgen.model.expression import Expression
from reportgen.model.policy import Gate

_OF_MEASURED = frozenset({"diff.percent", "diff.covered", "diff.uncovered", "diff.tests"})


def baseline_gates(ground: Ground) -> Iterator[Gate]:
    """Yield the gates of a run with a baseline: it was read, and its tests are not half gone."""
    if not ground.against.named:
        return
    yield Gate(
        name=BASELINE_READ,
        title="The baseline could be compared with",
        condition="changes.unread == 0",
        otherwise="unknown",
    )
    if ground.numbers.value("changes.tests_percent") is not None:
        yield Gate(
            name=NOT_COLLAPSED,
            title="At least half as many tests as in the baseline",
            condition="changes.tests_percent >= 50",
            otherwise="warn",
        )


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
