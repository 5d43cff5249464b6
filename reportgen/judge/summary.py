"""The summary in sentences: it says what the figures say, and nothing more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.judge.concerns import concerns_of
from reportgen.judge.ground import Ground
from reportgen.judge.scoring.criteria import CriterionResult, Measured
from reportgen.judge.strengths import strengths_of
from reportgen.judge.wording import some
from reportgen.model.audit import GateResult, Summary
from reportgen.model.figures import one_decimal, plural
from reportgen.model.states import State

_MOST_REASONS = 3
_WORDS = {State.FAIL: "fail", State.UNKNOWN: "unknown", State.WARN: "warn", State.PASS: "pass"}


def summary_of(
    ground: Ground, verdict: State, gates: Sequence[GateResult], results: dict[str, CriterionResult]
) -> Summary:
    """Write the summary."""
    return Summary(
        verdict=_verdict(verdict, gates),
        strengths=tuple(strengths_of(ground)),
        concerns=tuple(concerns_of(ground)),
        not_measured=tuple(_not_measured(ground, results)),
    )


def _verdict(verdict: State, gates: Sequence[GateResult]) -> str:
    """Say the verdict with the reasons of the gates that make it."""
    deciding = [gate for gate in gates if gate.state is verdict]
    if not deciding:
        return "The verdict is unknown: no gate could be judged."
    if verdict is State.PASS:
        aside = sum(gate.state is State.NOT_APPLICABLE for gate in gates)
        rest = f"; {some(aside, 'other', 'is', 'are')} not applicable" if aside else ""
        waived = sum(gate.state is State.WAIVED for gate in gates)
        rest += f"; {some(waived, 'other', 'is', 'are')} waived" if waived else ""
        return f"The verdict is pass: {plural(len(deciding), 'gate')} passed{rest}."
    reasons = list(dict.fromkeys(_inside(gate.reason) for gate in deciding))
    left = len(reasons) - _MOST_REASONS
    more = f"; and {plural(left, 'more reason')}" if left > 0 else ""
    text = f"The verdict is {_WORDS[verdict]}: {'; '.join(reasons[:_MOST_REASONS])}{more}."
    unknown = sum(gate.state is State.UNKNOWN for gate in gates)
    if verdict is State.FAIL and unknown:
        text += f" Besides, {some(unknown, 'gate', 'is', 'are')} unknown."
    return text


def _inside(reason: str) -> str:
    """Turn a sentence into a part of one; a first word in capitals stays as it is."""
    text = reason.rstrip(".")
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _first(reason: str) -> str:
    """Take the first sentence of a reason; the table of the score has all of it."""
    return reason.partition(". ")[0]


def _not_measured(ground: Ground, results: dict[str, CriterionResult]) -> Iterator[str]:
    total = ground.numbers.overall.total
    for criterion in ground.policy.criteria:
        result = results[criterion.name]
        if isinstance(result, Measured) or not criterion.weight:
            continue
        worth = one_decimal(100 * criterion.weight / total)
        yield f"{criterion.label} (worth {worth} points): {_inside(_first(result.reason))}."
    if ground.coverage is not None:
        for layer in ground.coverage.by_layer:
            if layer.lines is None:
                yield f"Coverage of layer {layer.name}: {layer.reason}."
