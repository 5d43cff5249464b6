"""The gates: each condition is judged in three values, and what is not known is never a pass."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from reportgen.judge.citing import cited_by
from reportgen.judge.counting.tally import Numbers
from reportgen.judge.gating.comparing import baseline_gates, is_of_changed_lines, nothing_changed
from reportgen.judge.gating.expanding import expanded
from reportgen.judge.gating.expected_rows import told_of
from reportgen.judge.gating.hollow import hollow_parts
from reportgen.judge.gating.never import note_of
from reportgen.judge.ground import Ground
from reportgen.judge.wording import clauses, compared, joined, names_of, sentence, values_text
from reportgen.model.audit import GateResult
from reportgen.model.expression import Expression, parse_condition
from reportgen.model.metrics import keyed_name
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
EXPECTED_INPUTS = "expected-inputs"
_SINGULAR = ("coverage", "baseline", "diff")


class Checked(NamedTuple):
    """A gate with its conditions read: that of a pass, and those of a warning and of unknown."""

    gate: Gate
    expression: Expression
    warn: Expression | None = None
    unknown: Expression | None = None

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """Its conditions, as far as it has them."""
        return tuple(each for each in (self.expression, self.warn, self.unknown) if each is not None)

    @property
    def names(self) -> tuple[str, ...]:
        """The metrics that its conditions speak of, each once."""
        return tuple(dict.fromkeys(name for each in self.expressions for name in each.names))

    @property
    def needs(self) -> tuple[str, ...]:
        """The kinds of evidence that it cannot be judged without."""
        kinds = {self.gate.needs, *(kind for each in self.expressions for kind in each.kinds)}
        return tuple(kind for kind in KINDS if kind in kinds)


def read(gate: Gate) -> Checked:
    """Read the conditions of a gate."""
    return Checked(
        gate,
        parse_condition(gate.condition),
        parse_condition(gate.warn) if gate.warn else None,
        parse_condition(gate.unknown) if gate.unknown else None,
    )


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
    gates = [*expanded(policy.gates, ground), *baseline_gates(ground)]
    if policy.expected:
        gates.append(
            Gate(
                name=EXPECTED_INPUTS,
                title="Every expected input is there, whole, recent and of this revision",
                condition="evidence.unmet == 0",
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
        name = keyed_name("criteria", criterion.name, "score")
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
    return tuple(map(read, gates))


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
    gate, expression = checked.gate, checked.expression
    numbers = ground.numbers
    state, why = state_of(checked, ground, numbers)
    names = checked.names
    telling = [
        name
        for each in expression.comparisons()
        if compared(each, numbers) is not True
        for name in names_of(each)
    ]
    if gate.name == EXPECTED_INPUTS and ground.sources.expected:
        why = why or told_of(ground.sources.expected)
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
        warn=gate.warn,
        unknown=gate.unknown,
        note=note_of(checked, ground, state),
    )


def _reason(expression: Expression, numbers: Numbers) -> str:
    """Say in a sentence what the condition came to."""
    things, whole = clauses(expression, numbers, expression.evaluate(numbers.value))
    are = "are" if things and things[0][:1].isdigit() and not things[0].startswith("1 ") else "is"
    there = [f"there {are} {joined(things)}"] if things else []
    return sentence("; ".join((*there, *whole)))


def state_of(checked: Checked, ground: Ground, numbers: Numbers) -> Standing:
    """Judge a gate on some numbers; a condition that holds only because nothing is there is not a pass."""
    gate, expression = checked.gate, checked.expression
    present = ground.present
    missing = [kind for kind in checked.needs if kind not in present]
    holds = expression.evaluate(numbers.value)
    nothing = nothing_changed(expression, numbers)
    doubtful = _doubtful(checked, numbers)
    if doubtful and not missing:
        return Standing(State.UNKNOWN, doubtful)
    if holds is False and not doubtful and not (nothing and is_of_changed_lines(expression)):
        return _not_passed(checked, numbers, missing)
    if gate.needs in missing or (missing and (holds is None or doubtful)):
        return _absent(gate, missing, ground)
    if nothing:
        return Standing(State.NOT_APPLICABLE, sentence(nothing))
    if holds is None:
        return Standing(State.UNKNOWN, "")
    hollow = _hollow_told([kind for kind in checked.needs if kind not in missing], checked.names, numbers)
    return Standing(State.UNKNOWN, sentence(hollow)) if hollow else Standing(State.PASS, "")


def _doubtful(checked: Checked, numbers: Numbers) -> str:
    """Say that the condition for unknown holds, or may hold; empty where it does not, or there is none."""
    if checked.unknown is None:
        return ""
    holds = checked.unknown.evaluate(numbers.value)
    if holds is False:
        return ""
    told = _spelled(checked.unknown, numbers)
    return f"Its condition for unknown {'holds' if holds else 'may hold'}: {told}."


def _not_passed(checked: Checked, numbers: Numbers, missing: list[str]) -> Standing:
    """Judge a gate whose condition does not hold: a warning only where that is known to be enough."""
    if checked.warn is None:
        return Standing(State(checked.gate.otherwise), "")
    holds = checked.warn.evaluate(numbers.value)
    if holds is False:
        return Standing(State(checked.gate.otherwise), "")
    if holds is None or missing:
        told = _spelled(checked.warn, numbers)
        return Standing(
            State.UNKNOWN, f"It does not pass, and whether it warns or fails is not known: {told}."
        )
    hollow = _hollow_told(checked.warn.kinds, checked.warn.names, numbers)
    if hollow:
        return Standing(
            State.UNKNOWN, f"It does not pass, and whether it warns or fails is not known: {hollow}."
        )
    return Standing(State.WARN, "")


def _spelled(expression: Expression, numbers: Numbers) -> str:
    return f"{expression.text} ({values_text(expression.names, numbers)})"


def _hollow_told(kinds: Iterable[str], names: Iterable[str], numbers: Numbers) -> str:
    """Say of what nothing is there, so that a condition holds for that alone; empty where all is there."""
    whole = [_HOLLOW[kind] for kind in kinds if _hollow(kind, numbers)]
    return joined(whole or list(hollow_parts(names, numbers)))


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
