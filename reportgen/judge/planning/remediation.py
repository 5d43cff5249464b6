"""The remediation plan: what to do first, what it takes, and the score after each step."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from reportgen.judge.changing.since import NEW
from reportgen.judge.counting.findings import SEVERITIES
from reportgen.judge.counting.tally import Numbers
from reportgen.judge.gating.gates import Checked, state_of
from reportgen.judge.gating.slas import gate_of
from reportgen.judge.ground import Ground
from reportgen.judge.planning.actions import LAYER, Draft, failures, findings
from reportgen.judge.planning.check_steps import KIND as CHECK, check_steps
from reportgen.judge.planning.gaps import gaps
from reportgen.judge.planning.guiding import Guide, Help
from reportgen.judge.planning.limit_steps import Limits, limit_steps
from reportgen.judge.planning.moving_rows import Rows, moved_names
from reportgen.judge.planning.signed_steps import signed_steps
from reportgen.judge.scoring.criteria import CriterionResult
from reportgen.judge.scoring.score import grade_of
from reportgen.model.figures import floor_digits, share_out
from reportgen.model.guidance import NO_GUIDANCE
from reportgen.model.plan import Action, AfterRemediation
from reportgen.model.policy import Policy
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
    """A gate that is not passed; what makes the verdict has rank 0, another unknown 1, a warning 2.

    The gate of a limit on what tests measure has no condition over metrics; `condition` has its space folded.
    """

    name: str
    rank: int
    checked: Checked | None = None
    condition: str = ""

    def is_of(self, draft: Draft, touched: frozenset[str]) -> bool:
        """Tell whether a step, which changes some metrics, is about it."""
        names = () if self.checked is None else self.checked.expression.names
        return self.name in draft.speaks_of or not touched.isdisjoint(names)

    def passes_by(self, draft: Draft) -> bool:
        """Tell whether a step turns it by itself: it makes its very condition hold, or keeps the limit."""
        if self.checked is None:
            return self.name in draft.gates
        is_made = self.condition in draft.conditions
        return is_made and self.checked.unknown is None and self.rank in (0, _WARN)

    @property
    def of_score(self) -> bool:
        """Tell whether its condition speaks of the score, which any step may change."""
        names = () if self.checked is None else self.checked.expression.names
        return any(name.startswith(("score.", "criteria.", "criteria[")) for name in names)


def plan_of(
    ground: Ground,
    results: dict[str, CriterionResult],
    gates: Iterable[tuple[Checked, State]],
    guide: Guide | None = None,
    limits: Limits = (),
) -> tuple[Action, ...]:
    """Order the steps by what unblocks the verdict first, then by gain for effort; follow the score.

    Each gain is exact, from where the steps before left `lower`; they add up to the last less the first.
    """
    standing = list(gates)
    blocked = _blocked(standing, limits)
    drafts = [*failures(ground), *gaps(ground, results), *findings(ground), *limit_steps(limits, ground)]
    drafts += signed_steps(ground, {name for each, _ in standing for name in each.names})
    drafts += check_steps(ground, results, drafts)
    numbers = ground.numbers.copy()
    revived: set[str] = set()
    rows = Rows(ground)
    before = ground.numbers.overall.lower
    steps: list[_Step] = []
    for each in _in_order([_placed(draft, blocked, ground, numbers) for draft in drafts]):
        changes = {**each.draft.changes, **_runs(each.draft, revived)}
        gain = numbers.apply(changes) + numbers.settle(rows.done(each.draft))
        turned, blocked = _turned(each, blocked, ground, numbers)
        before += gain
        steps.append(_Step(each, gain, before, turned))
    total = floor_digits(before, 1) - floor_digits(ground.numbers.overall.lower, 1)
    printed = share_out([step.gain for step in steps], total=total)
    helper = guide or Guide(ground, NO_GUIDANCE)
    return tuple(
        _action(number, step, shown, helper.of(step.placed.draft))
        for number, (step, shown) in enumerate(zip(steps, printed, strict=True), start=1)
    )


def _blocked(gates: list[tuple[Checked, State]], limits: Limits) -> list[_Blocked]:
    states = {state for _, state in (*gates, *limits)}
    ranks = {State.FAIL: 0, State.UNKNOWN: 1 if State.FAIL in states else 0, State.WARN: _WARN}
    return [
        *(
            _Blocked(each.gate.name, ranks[state], each, " ".join(each.gate.condition.split()))
            for each, state in gates
            if state in ranks
        ),
        *(_Blocked(gate_of(each).name, ranks[state]) for each, state in limits if state in ranks),
    ]


class _Placed(NamedTuple):
    """A step with what it is ordered by (the lower comes first), and the metrics that it changes."""

    draft: Draft
    moved: frozenset[str]
    priority: int
    rank: int
    rate: Fraction

    @property
    def is_new(self) -> bool:
        """Tell whether it mends what is new since the baseline."""
        return not NEW.isdisjoint(self.draft.changes)


def _in_order(placed: list[_Placed]) -> list[_Placed]:
    """Put what unblocks the verdict first, of that what is new, then what gains most for its effort.

    Of equals, the worst findings come first.
    """
    rates = {rate: place for place, rate in enumerate(sorted({each.rate for each in placed}, reverse=True))}
    return sorted(
        placed,
        key=lambda each: (
            each.priority,
            each.rank,
            not each.is_new,
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


def _action(number: int, step: _Step, printed: Fraction, told: Help) -> Action:
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
        owner=told.owner,
        verify=told.verify,
        fix=told.fix,
        mends=draft.mends,
    )


def after_all(actions: tuple[Action, ...], policy: Policy) -> AfterRemediation | None:
    """Return the score after the last step, None where there is none."""
    if not actions:
        return None
    return AfterRemediation(score=actions[-1].after, grade=grade_of(actions[-1].after, policy))


def _placed(draft: Draft, blocked: list[_Blocked], ground: Ground, numbers: Numbers) -> _Placed:
    moved = _followed(draft, draft.changes) | moved_names(draft, ground)
    touched = moved | _followed(draft, draft.names)
    rank = min((each.rank for each in blocked if each.is_of(draft, touched)), default=_NO_GATE)
    return _Placed(
        draft=draft,
        moved=moved,
        priority=min(rank, _own_priority(draft)),
        rank=rank,
        rate=numbers.gain(draft.changes) / max(draft.minutes, 1),
    )


def _own_priority(draft: Draft) -> int:
    """Return the priority that a step has by itself, whatever the gates say."""
    if draft.kind in {"findings", CHECK} and draft.severity is not None:
        return _BY_SEVERITY[draft.severity]
    return PRIORITIES.index("medium" if _FAILING.isdisjoint(draft.changes) else "high")


def _followed(draft: Draft, names: Iterable[str]) -> frozenset[str]:
    """Return metrics of a step, and those that follow from them; the score is not told here."""
    runs = ("tests.layers_without_run", "tests.files_without_run") if draft.revives else ()
    changed = {*names, *runs}
    groups = {name.rpartition(".")[0] for name in changed}
    return frozenset(changed | {f"{group}.{part}" for group in groups for part in _DERIVED})


def _turned(
    step: _Placed, blocked: list[_Blocked], ground: Ground, numbers: Numbers
) -> tuple[tuple[str, ...], list[_Blocked]]:
    """Return the names of the gates that a step turns to pass, and the gates that are still in the way.

    Only what it moves can turn one: what it may change in a way that cannot be told moves no number.
    """
    turned: list[str] = []
    left: list[_Blocked] = []
    for each in blocked:
        if each.passes_by(step.draft) or (
            each.checked is not None
            and (each.is_of(step.draft, step.moved) or each.of_score)
            and state_of(each.checked, ground, numbers).state is State.PASS
        ):
            turned.append(each.name)
        else:
            left.append(each)
    return tuple(turned), left
