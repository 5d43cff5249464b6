"""The gates: each condition is judged in three values, and what is not known is never a pass."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from reportgen.judge.citing import cited_by
from reportgen.judge.comparing import baseline_gates, is_of_changed_lines, nothing_changed
from reportgen.judge.ground import Ground
from reportgen.judge.tally import Numbers
from reportgen.judge.wording import clauses, compared, joined, names_of, sentence, values_text
from reportgen.model.audit import GateResult
from reportgen.model.expression import Expression, parse_condition
from reportgen.model.policy import Gate
from reportgen.model.states import State, worst

KINDS = ("tests", "coverage", "findings", "baseline", "diff")
_WORDS = {
    "tests": "test results",
    "coverage": "coverage",
    "findings": "findings of a scan",
    "baseline": "baseline",
    "diff": "diff",
}
_SINGULAR = ("coverage", "baseline", "diff")


class Checked(NamedTuple):
    """A gate with its condition read."""

    gate: Gate
    expression: Expression

    @property
    def needs(self) -> tuple[str, ...]:
        """The kinds of evidence that it cannot be judged without."""
        kinds = {self.gate.needs, *self.expression.kinds}
        return tuple(kind for kind in KINDS if kind in kinds)


class Standing(NamedTuple):
    """What a gate came to, and why where its condition was not what decided."""

    state: State
    why: str


def gates_of(ground: Ground) -> tuple[Checked, ...]:
    """List the policy's gates, and those that follow from the rest of it.

    These are the lowest score that does not fail, the inputs that are expected, and for each required
    criterion that is not measured a gate that says so.
    """
    policy = ground.policy
    gates = [*policy.gates, *baseline_gates(ground)]
    if policy.expected:
        gates.append(
            Gate(
                name="expected-inputs",
                title="Every expected input is there",
                condition="evidence.missing == 0",
                otherwise="unknown",
            )
        )
    if policy.fail_under is not None:
        lowest = _written(policy.fail_under)
        gates.append(
            Gate(
                name="fail-under",
                title=f"The score is {lowest} or more",
                condition=f"score.lower >= {lowest}",
            )
        )
    for criterion in policy.criteria:
        name = f"criteria.{criterion.name}.score"
        if criterion.required and ground.numbers.value(name) is None:
            title = f"The required criterion {criterion.name} is measured"
            gates.append(
                Gate(
                    name=f"{criterion.name}-measured",
                    title=title,
                    condition=f"{name} >= 0",
                    otherwise="unknown",
                )
            )
    return tuple(Checked(gate, parse_condition(gate.condition)) for gate in gates)


def _written(number: Fraction) -> str:
    """Write a number as the language of conditions reads it, exactly."""
    if number.denominator == 1:
        return str(number.numerator)
    decimal = Decimal(number.numerator) / Decimal(number.denominator)
    if Fraction(decimal) == number:
        return format(decimal.normalize(), "f")
    return f"{number.numerator} / {number.denominator}"


def judged(checked: Checked, ground: Ground) -> GateResult:
    """Judge a gate on the evidence."""
    gate, expression = checked
    numbers = ground.numbers
    state, why = state_of(checked, ground, numbers)
    names = expression.names
    telling = [
        name
        for each in expression.comparisons()
        if compared(each, numbers) is not True
        for name in names_of(each)
    ]
    return GateResult(
        name=gate.name,
        title=gate.title or gate.name,
        state=state,
        condition=gate.condition,
        value=values_text(names, numbers),
        reason=why or _reason(expression, numbers),
        evidence=cited_by(names, ground)
        if state is State.PASS
        else cited_by(telling or names, ground, closely=True),
    )


def _reason(expression: Expression, numbers: Numbers) -> str:
    """Say in a sentence what the condition came to."""
    things, whole = clauses(expression, numbers, expression.evaluate(numbers.value))
    are = "are" if things and things[0][:1].isdigit() and not things[0].startswith("1 ") else "is"
    there = [f"there {are} {joined(things)}"] if things else []
    return sentence("; ".join((*there, *whole)))


def state_of(checked: Checked, ground: Ground, numbers: Numbers) -> Standing:
    """Judge a gate on some numbers; a condition that holds only because nothing is there is not a pass."""
    gate, expression = checked
    missing = [kind for kind in checked.needs if kind not in ground.present]
    holds = expression.evaluate(numbers.value)
    nothing = nothing_changed(expression, numbers)
    if holds is False and not (nothing and is_of_changed_lines(expression)):
        return Standing(State(gate.otherwise), "")
    if gate.needs in missing or (missing and holds is None):
        return _absent(gate, missing, ground)
    if nothing:
        return Standing(State.NOT_APPLICABLE, sentence(nothing))
    if holds is None:
        return Standing(State.UNKNOWN, "")
    hollow = [kind for kind in checked.needs if kind not in missing and _hollow(kind, numbers)]
    if hollow:
        return Standing(State.UNKNOWN, sentence(joined([_HOLLOW[kind] for kind in hollow])))
    return Standing(State.PASS, "")


def _hollow(kind: str, numbers: Numbers) -> bool:
    """Tell whether evidence of a kind is there but says nothing, so that no condition on it means much."""
    match kind:
        case "tests":
            return not numbers.value("tests.executed")
        case "coverage":
            return numbers.value("coverage.lines.total") == 0
        case _:
            return False


_HOLLOW = {
    "tests": "no test was executed",
    "coverage": "the coverage evidence holds no executable line",
}


def _absent(gate: Gate, missing: list[str], ground: Ground) -> Standing:
    words = joined([_WORDS[kind] for kind in missing])
    if all(kind in ground.policy.without for kind in missing):
        return Standing(
            State.NOT_APPLICABLE, sentence(f"the policy says that no {words} {_be(missing)} expected")
        )
    offered = "was" if _is_one(missing) else "were"
    if not gate.required:
        told = f"no {words} {offered} offered, and none {_be(missing)} required"
        return Standing(State.NOT_APPLICABLE, sentence(told))
    return Standing(State.UNKNOWN, sentence(f"no {words} {offered} offered"))


def _be(kinds: list[str]) -> str:
    return "is" if _is_one(kinds) else "are"


def _is_one(kinds: list[str]) -> bool:
    return len(kinds) == 1 and kinds[0] in _SINGULAR


def verdict_of(gates: Iterable[GateResult]) -> State:
    """Return the worst gate, in the order fail, unknown, warn, pass; unknown where nothing was judged."""
    return worst([gate.state for gate in gates])
