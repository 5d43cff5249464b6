"""The remediation plan: what to do first, what it takes, and the score after each step."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from reportgen.judge.actions import LAYER, Draft, failures, findings
from reportgen.judge.criteria import CriterionResult
from reportgen.judge.findings import SEVERITIES
from reportgen.judge.gaps import gaps
from reportgen.judge.gates import Checked, state_of
from reportgen.judge.ground import Ground
from reportgen.judge.tally import Numbers
from reportgen.model.figures import floor_digits, share_out
from reportgen.model.plan import Action
from reportgen.model.states import Severity, State

PRIORITIES = ("immediate", "high", "medium", "low")
_WARN, _NO_GATE = 2, 3
_FAILING = frozenset({"tests.failed", "tests.errored", "tests.suite_errors"})
_DERIVED = ("percent", "executed", "missed")
_BY_SEVERITY = {
    Severity.CRITICAL: 1,
    Severity.HIGH: 1,
    Severity.MEDIUM: 2,
    Severity.LOW: 3,
    Severity.INFO: 3,
}


class _Blocked(NamedTuple):
    """A gate that is not passed; what makes the verdict has rank 0, another unknown 1, a warning 2."""

    checked: Checked
    rank: int

    @property
    def of_score(self) -> bool:
        """Tell whether its condition speaks of the score, which any step may change."""
        return any(name.startswith(("score.", "criteria.")) for name in self.checked.expression.names)


def plan_of(
    ground: Ground, results: dict[str, CriterionResult], gates: Iterable[tuple[Checked, State]]
) -> tuple[Action, ...]:
    """Order the steps by what unblocks the verdict first, then by gain for effort; follow the score.

    Each gain is exact, from where the steps before left `lower`; they add up to the last less the first.
    """
    blocked = _blocked(list(gates))
    drafts = [*failures(ground), *gaps(ground, results), *findings(ground)]
    numbers = ground.numbers.copy()
    revived: set[str] = set()
    before = ground.numbers.overall.lower
    steps: list[_Step] = []
    for each in _in_order([_placed(draft, blocked, numbers) for draft in drafts]):
        changes = {**each.draft.changes, **_runs(each.draft, revived)}
        gain = numbers.gain(changes)
        numbers.change(changes)
        turned, blocked = _turned(each, blocked, ground, numbers)
        before += gain
        steps.append(_Step(each, gain, before, turned))
    total = floor_digits(before, 1) - floor_digits(ground.numbers.overall.lower, 1)
    printed = share_out([step.gain for step in steps], total=total)
    return tuple(
        _action(number, step, shown)
        for number, (step, shown) in enumerate(zip(steps, printed, strict=True), start=1)
    )


def _blocked(gates: list[tuple[Checked, State]]) -> list[_Blocked]:
    states = {state for _, state in gates}
    ranks = {State.FAIL: 0, State.UNKNOWN: 1 if State.FAIL in states else 0, State.WARN: _WARN}
    return [_Blocked(checked, ranks[state]) for checked, state in gates if state in ranks]


class _Placed(NamedTuple):
    """A step with what it is ordered by (the lower comes first), and the metrics that it changes."""

    draft: Draft
    touched: frozenset[str]
    priority: int
    rank: int
    rate: Fraction


def _in_order(placed: list[_Placed]) -> list[_Placed]:
    """Put what unblocks the verdict first, then what gains most for its effort, then the worst findings."""
    rates = {rate: place for place, rate in enumerate(sorted({each.rate for each in placed}, reverse=True))}
    return sorted(
        placed,
        key=lambda each: (
            each.priority,
            each.rank,
            rates[each.rate],
            len(SEVERITIES) if each.draft.severity is None else SEVERITIES.index(each.draft.severity),
            -each.draft.count,
            each.draft.title,
            each.draft.places[:1],
        ),
    )


def _runs(draft: Draft, revived: set[str]) -> dict[str, int]:
    """Count the layers and files in which tests run only after a step, and note them in `revived`."""
    new = set(draft.revives) - revived
    revived |= new
    layers = sum(each.startswith(LAYER) for each in new)
    return {"tests.layers_without_run": -layers, "tests.files_without_run": layers - len(new)}


class _Step(NamedTuple):
    """A step in its place: its gain, the score after it, and the gates that it turns."""

    placed: _Placed
    gain: Fraction
    after: Fraction
    turned: tuple[str, ...]


def _action(number: int, step: _Step, printed: Fraction) -> Action:
    draft = step.placed.draft
    return Action(
        id=f"R{number}",
        kind=draft.kind,
        priority=PRIORITIES[step.placed.priority],
        title=draft.title,
        places=draft.places,
        count=draft.count,
        minutes=draft.minutes,
        gain=step.gain,
        printed_gain=printed,
        after=step.after,
        gates=step.turned,
        evidence=draft.evidence,
    )


def _placed(draft: Draft, blocked: list[_Blocked], numbers: Numbers) -> _Placed:
    touched = _touched(draft)
    rank = min((each.rank for each in blocked if _speaks(each, touched)), default=_NO_GATE)
    return _Placed(
        draft=draft,
        touched=touched,
        priority=min(rank, _own_priority(draft)),
        rank=rank,
        rate=numbers.gain(draft.changes) / max(draft.minutes, 1),
    )


def _own_priority(draft: Draft) -> int:
    """Return the priority that a step has by itself, whatever the gates say."""
    if draft.kind == "findings" and draft.severity is not None:
        return _BY_SEVERITY[draft.severity]
    return PRIORITIES.index("medium" if _FAILING.isdisjoint(draft.changes) else "high")


def _touched(draft: Draft) -> frozenset[str]:
    """Return the metrics that a step changes, and those that follow from them; the score is not told here."""
    runs = ("tests.layers_without_run", "tests.files_without_run") if draft.revives else ()
    changed = {*draft.changes, *draft.names, *runs}
    groups = {name.rpartition(".")[0] for name in changed}
    return frozenset(changed | {f"{group}.{part}" for group in groups for part in _DERIVED})


def _speaks(blocked: _Blocked, touched: frozenset[str]) -> bool:
    return not touched.isdisjoint(blocked.checked.expression.names)


def _turned(
    step: _Placed, blocked: list[_Blocked], ground: Ground, numbers: Numbers
) -> tuple[tuple[str, ...], list[_Blocked]]:
    """Return the names of the gates that a step turns to pass, and the gates that are still in the way."""
    turned: list[str] = []
    left: list[_Blocked] = []
    for each in blocked:
        speaks = _speaks(each, step.touched) or each.of_score
        if speaks and state_of(each.checked, ground, numbers).state is State.PASS:
            turned.append(each.checked.gate.name)
        else:
            left.append(each)
    return tuple(turned), left
