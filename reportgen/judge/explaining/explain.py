"""Why a gate, a criterion or a check came out as it did, and what would turn it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from msgspec import structs

from reportgen.errors import UsageError
from reportgen.judge.accepting.waivers import waive
from reportgen.judge.citing import cited_by
from reportgen.judge.counting.tally import Numbers
from reportgen.judge.explaining.explain_accepted import explain_accepted
from reportgen.judge.explaining.explain_criteria import (
    check_names,
    explain_check,
    explain_criterion,
    refuse_unknown_parts,
)
from reportgen.judge.explaining.explain_limits import explain_limit, limit_names
from reportgen.judge.explaining.explain_subjects import explain_subject
from reportgen.judge.explaining.explanation import Explanation
from reportgen.judge.explaining.turning import PLAIN, margins_of, turns_of
from reportgen.judge.gating.checklist import ITEMS, checks_of, gate_of
from reportgen.judge.gating.gates import Checked, gates_of, judged
from reportgen.judge.gating.of_another_revision import with_doubts
from reportgen.judge.gating.signed import signed_of
from reportgen.judge.ground import Ground, ground_of
from reportgen.judge.wording import sentence
from reportgen.model.audit import Audit, GateResult
from reportgen.model.baseline import NOTHING, Against
from reportgen.model.evidence import Evidence
from reportgen.model.expression import parse_condition, parse_quantity
from reportgen.model.metrics import metric_of, value_text
from reportgen.model.policy import Gate, Policy
from reportgen.model.signoff import SignOff
from reportgen.model.states import State

_NOBODY = SignOff()
_MOST_NAMES = 12
_SUBJECTS = frozenset({"component", "risk", "requirement"})


def explain(
    name: str,
    audit: Audit,
    evidence: Evidence,
    policy: Policy,
    against: Against = NOTHING,
    *,
    signoff: SignOff = _NOBODY,
) -> Explanation:
    """Explain a gate, criterion, check, waiver or finding, or a condition or number written out.

    Where several things have the name, the others are told; `KIND:NAME` asks for one of them. Raises
    `UsageError` with the nearest name where there is no such thing.
    """
    today = audit.generated_at.date()
    waived = waive(with_doubts(evidence, audit.revision), policy, today).evidence
    signed = signed_of(signoff, audit.revision, policy, today)
    ground = ground_of(waived, policy, against, audit.generated_at, audit.revision, signed=signed)
    known = _Known(audit, evidence, ground)
    found = list(known.of(name))
    kind, _, rest = name.partition(":")
    if not found and rest:
        found = [each for each in known.of(rest) if _is_a(each, kind)][:1]
    return _with_others(found) if found else _of_text(name, known.names(), ground)


class _Known:
    """Everything that has a name of its own."""

    def __init__(self, audit: Audit, evidence: Evidence, ground: Ground) -> None:
        self._audit = audit
        self._evidence = evidence
        self._ground = ground
        self._gates = {each.gate.name: each for each in gates_of(ground)}
        self._checks = {item.name: item for item in checks_of(ground)}
        self._checks |= {check.id: gate_of(check) for check in ground.policy.checks if check.condition}
        self._of_criteria = check_names(ground)
        self._criteria = [criterion.name for criterion in audit.criteria]

    def of(self, name: str) -> Iterator[Explanation]:
        """Yield what has a name: gates first, then criteria, what people said, checks, and subjects."""
        audit, ground = self._audit, self._ground
        if name in self._gates:
            yield _waived(_of_gate(self._gates[name], "gate", ground), audit)
        if name in self._criteria:
            yield explain_criterion(name, ground)
        for found in (explain_accepted(name, audit, self._evidence), explain_limit(name, audit)):
            if found is not None:
                yield found
        if name in self._checks:
            checked = Checked(self._checks[name], parse_condition(self._checks[name].condition))
            yield _waived(_of_gate(checked, "check", ground), audit)
        if name in self._of_criteria:
            yield explain_check(self._of_criteria[name], ground)
        subject = explain_subject(name, audit)
        if subject is not None:
            yield subject

    def names(self) -> list[str]:
        """List the names, for somebody who wrote a wrong one."""
        audit = self._audit
        names = [*self._gates, *self._of_criteria, *self._criteria, *self._checks]
        names += [waiver.id for waiver in audit.waivers]
        names += [item.id for item in audit.checklist if item.manual]
        return [*names, *(each.name for each in audit.subjects), *limit_names(audit)]


def _is_a(told: Explanation, kind: str) -> bool:
    """Tell whether something is of a kind; a component, a risk and a requirement are subjects."""
    return kind == told.kind or (kind == "subject" and told.kind in _SUBJECTS)


def _with_others(found: list[Explanation]) -> Explanation:
    """Say of the first which others have its name; a check that ships and has its gate's name is no other."""
    first, *others = found
    shipped = {item.name for item in ITEMS}
    kinds = dict.fromkeys(
        each.kind
        for each in others
        if each.kind != first.kind and not (each.kind == "check" and each.name in shipped)
    )
    told = "".join(f" A {kind} has this name too: explain '{kind}:{first.name}'." for kind in kinds)
    return structs.replace(first, reason=f"{first.reason}{told}".strip())


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
        refuse_unknown_parts(quantity.names, ground)
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
        what = f"there is {_listed(names)}; or write a condition such as 'tests.failed == 0'"
        raise UsageError(f"{text!r} cannot be explained: {error}", what) from None
    refuse_unknown_parts(expression.names, ground)
    gate = Gate(name=text, condition=text)
    return _of_gate(Checked(gate, expression), "condition", ground)


def _listed(names: list[str]) -> str:
    """List the first of many names, each once."""
    each = list(dict.fromkeys(names))
    left = len(each) - _MOST_NAMES
    return ", ".join(each[:_MOST_NAMES]) + (f" and {left:,} more" if left > 0 else "")


def _turns(checked: Checked, state: State, ground: Ground) -> str:
    """Say what would turn a gate: where its condition for unknown stands in the way, that first."""
    turns = turns_of(checked.expression, state, ground.numbers)
    unknown = checked.unknown
    if state is not State.UNKNOWN or unknown is None or unknown.evaluate(ground.numbers.value) is False:
        return turns
    return f"It could be judged if this did not hold: {unknown.text}. {turns}".strip()


def _of_gate(checked: Checked, kind: str, ground: Ground) -> Explanation:
    result = judged(checked, ground)
    return Explanation(
        name=result.name,
        kind=kind,
        state=result.state.value,
        condition=_conditions(result),
        reason=f"{result.reason} Note: {result.note}" if result.note else result.reason,
        values=_values(checked.names, ground.numbers),
        evidence=result.evidence,
        margin=tuple(
            dict.fromkeys(row for each in checked.expressions for row in margins_of(each, ground.numbers))
        ),
        turns=_turns(checked, result.state, ground),
    )


def _conditions(result: GateResult) -> str:
    """Write its conditions as a check's: after `pass:` a metric would be redacted as a password is."""
    others = (("else warn", result.warn), ("unknown", result.unknown))
    return "; ".join((result.condition, *(f"{word}: {text}" for word, text in others if text)))


def _values(names: tuple[str, ...], numbers: Numbers) -> tuple[tuple[str, str], ...]:
    return tuple((name, value_text(metric_of(name) or PLAIN, numbers.value(name))) for name in names)
