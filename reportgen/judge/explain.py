"""Why a gate, a criterion or a check came out as it did, and what would turn it."""

from __future__ import annotations

from difflib import get_close_matches

from msgspec import structs

from reportgen.errors import UsageError
from reportgen.judge.checklist import checks_of, gate_of
from reportgen.judge.citing import cited_by
from reportgen.judge.criteria import Measured, result_of
from reportgen.judge.explain_accepted import explain_accepted
from reportgen.judge.explanation import Explanation
from reportgen.judge.gates import Checked, gates_of, judged
from reportgen.judge.ground import Ground, ground_of
from reportgen.judge.tally import Numbers
from reportgen.judge.turning import PLAIN, margins_of, turns_of
from reportgen.judge.waivers import waive
from reportgen.judge.wording import sentence
from reportgen.model.audit import Audit, GateResult
from reportgen.model.baseline import NOTHING, Against
from reportgen.model.evidence import Evidence
from reportgen.model.expression import parse_condition, parse_quantity
from reportgen.model.metrics import metric_of, value_text
from reportgen.model.policy import Gate, Policy
from reportgen.model.states import State

_CRITERIA_METRICS = {
    "tests": ("tests.passed", "tests.executed", "tests.skipped"),
    "coverage": ("coverage.lines.covered", "coverage.lines.total"),
    "findings": ("findings.open", "findings.minutes", "findings.lines"),
    "completeness": (
        "evidence.total",
        "evidence.read",
        "evidence.unread",
        "evidence.empty",
        "evidence.missing",
    ),
}


def explain(
    name: str, audit: Audit, evidence: Evidence, policy: Policy, against: Against = NOTHING
) -> Explanation:
    """Explain a gate, criterion, check, waiver or finding, or a condition or number written out.

    Raises `UsageError` with the nearest name where there is no such thing.
    """
    ground = ground_of(waive(evidence, policy, audit.generated_at.date()).evidence, policy, against)
    gates = {each.gate.name: each for each in gates_of(ground)}
    checks = {item.name: item for item in checks_of(ground)}
    checks |= {check.id: gate_of(check) for check in policy.checks if check.condition}
    if name in gates:
        return _waived(_of_gate(gates[name], "gate", ground), audit)
    if name in {criterion.name for criterion in audit.criteria}:
        return _of_criterion(name, ground)
    accepted = explain_accepted(name, audit, evidence)
    if accepted is not None:
        return accepted
    if name in checks:
        item = checks[name]
        return _waived(_of_gate(Checked(item, parse_condition(item.condition)), "check", ground), audit)
    names = [*gates, *(criterion.name for criterion in audit.criteria), *checks]
    names += [*(waiver.id for waiver in audit.waivers), *(item.id for item in audit.checklist if item.manual)]
    return _of_text(name, names, ground)


def _waived(told: Explanation, audit: Audit) -> Explanation:
    """Say that a gate or check is waived, where it is."""
    rows = audit.gates if told.kind == "gate" else audit.checklist
    for row in rows:
        name = row.name if isinstance(row, GateResult) else row.id
        if name == told.name and row.state is State.WAIVED:
            return structs.replace(told, state=row.state.value, reason=row.reason)
    return told


def _of_text(text: str, names: list[str], ground: Ground) -> Explanation:
    try:
        quantity = parse_quantity(text)
    except ValueError:
        quantity = None
    if quantity is not None:
        value = quantity.evaluate(ground.numbers.value)
        lone = metric_of(text) if text in quantity.names else None
        return Explanation(
            name=text,
            kind="number",
            state=value_text(lone or PLAIN, value),
            condition=text,
            reason=sentence(lone.phrase(value)) if lone is not None else "",
            values=_values(quantity.names, ground.numbers),
            evidence=cited_by(quantity.names, ground),
            margin=(),
            turns="",
        )
    try:
        expression = parse_condition(text)
    except ValueError as error:
        near = get_close_matches(text, names, n=1, cutoff=0.5)
        if near and not any(sign in text for sign in "=<>"):
            raise UsageError(
                f"there is nothing named {text!r} to explain", f"did you mean {near[0]!r}?"
            ) from None
        what = f"there is {', '.join(names)}; or write a condition such as 'tests.failed == 0'"
        raise UsageError(f"{text!r} cannot be explained: {error}", what) from None
    gate = Gate(name=text, condition=text)
    return _of_gate(Checked(gate, expression), "condition", ground)


def _of_gate(checked: Checked, kind: str, ground: Ground) -> Explanation:
    result = judged(checked, ground)
    return Explanation(
        name=result.name,
        kind=kind,
        state=result.state.value,
        condition=result.condition,
        reason=result.reason,
        values=_values(checked.expression.names, ground.numbers),
        evidence=result.evidence,
        margin=tuple(margins_of(checked.expression, ground.numbers)),
        turns=turns_of(checked.expression, result.state, ground.numbers),
    )


def _of_criterion(name: str, ground: Ground) -> Explanation:
    result = result_of(name, ground.numbers.base, ground.policy, ground.debt)
    metric = metric_of(f"criteria.{name}.score") or PLAIN
    points = result.points if isinstance(result, Measured) else None
    weights = {criterion.name: criterion.weight for criterion in ground.policy.criteria}
    total = ground.numbers.overall.total
    turns = ""
    if total and points != 100:  # noqa: PLR2004 - all of the points
        left = weights[name] * (100 - (points or 0)) / total
        turns = f"With full points for {name} the score would be {value_text(metric, left)} points higher."
    return Explanation(
        name=name,
        kind="criterion",
        state=State.UNKNOWN.value if points is None else value_text(metric, points),
        condition=f"criteria.{name}.score",
        reason=result.reason,
        values=_values(_CRITERIA_METRICS.get(name, ()), ground.numbers),
        evidence=cited_by([f"criteria.{name}.score"], ground),
        margin=(),
        turns=turns,
    )


def _values(names: tuple[str, ...], numbers: Numbers) -> tuple[tuple[str, str], ...]:
    return tuple((name, value_text(metric_of(name) or PLAIN, numbers.value(name))) for name in names)
