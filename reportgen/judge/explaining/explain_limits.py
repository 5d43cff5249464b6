"""Explanations of limits on what tests measure, and of expected inputs."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.judge.explaining.explanation import Explanation
from reportgen.judge.gating.slas import gate_of
from reportgen.judge.wording import joined, sentence
from reportgen.model.audit import Audit
from reportgen.model.expected import ExpectedInput, InputState
from reportgen.model.slas import SlaResult, amount
from reportgen.model.states import State

_HOW = {
    InputState.MISSING: "the artifacts that are missing were there",
    InputState.EMPTY: "it held what is expected of it",
    InputState.CORRUPT: "it could be read whole",
    InputState.STALE: "it were made anew",
    InputState.OTHER_REVISION: "it were of the report's revision",
    InputState.UNKNOWN: "it told when it was made",
}


def explain_limit(name: str, audit: Audit) -> Explanation | None:
    """Explain a limit by its name or that of its gate, or an expected input by its glob; None for neither."""
    sla = next((each for each in audit.slas if name in (each.name, f"sla-{each.name}")), None)
    if sla is not None:
        return _of_sla(sla, audit)
    rows = [row for row in audit.expected if row.path == name]
    return _of_expected(name, rows) if rows else None


def limit_names(audit: Audit) -> list[str]:
    """Name what `explain_limit` knows."""
    return [*(f"sla-{each.name}" for each in audit.slas), *dict.fromkeys(row.path for row in audit.expected)]


def _of_sla(sla: SlaResult, audit: Audit) -> Explanation:
    gate = gate_of(sla)
    judged = next((each for each in audit.gates if each.name == gate.name), gate)
    return Explanation(
        name=gate.name,
        kind="limit",
        state=judged.state.value,
        condition=gate.condition,
        reason=judged.reason,
        values=tuple(_values(sla, audit)),
        evidence=sla.evidence,
        margin=() if sla.measured is None else (_margin(sla),),
        turns=_turns(sla),
    )


def _values(sla: SlaResult, audit: Audit) -> Iterator[tuple[str, str]]:
    yield "measured", "not known" if sla.measured is None else amount(sla.measured, sla.unit)
    yield "limit", f"{sla.bound} {amount(sla.limit, sla.unit)}"
    names = {case.id: case.name for case in audit.tests.cases} if audit.tests is not None else {}
    for number, each in enumerate(sla.cases, 1):
        yield f"worst {number}", names.get(each, each)


def _margin(sla: SlaResult) -> str:
    apart = (sla.measured or 0) - sla.limit
    if not apart:
        return f"{sla.what}: equal to the limit"
    side = "above" if apart > 0 else "below"
    return f"{sla.what}: {amount(abs(apart), sla.unit)} {side} the limit"


def _turns(sla: SlaResult) -> str:
    limit = amount(sla.limit, sla.unit)
    if sla.state is State.PASS:
        return f"It would turn if it {'fell below' if sla.bound == 'at least' else 'rose above'} {limit}."
    if sla.measured is None or sla.state is State.UNKNOWN:
        return f"It would pass if every test it is of stated a value, and it came to {sla.bound} {limit}."
    return f"It would pass if it were {sla.bound} {limit}."


def _of_expected(name: str, rows: list[ExpectedInput]) -> Explanation:
    wrong = [row for row in rows if row.state is not InputState.PRESENT]
    how = joined(list(dict.fromkeys(_HOW[row.state] for row in wrong)))
    return Explanation(
        name=name,
        kind="expected input",
        state=", ".join(dict.fromkeys(row.state.value for row in rows)),
        condition=name,
        reason=" ".join(row.reason for row in rows),
        values=tuple((row.state.value, f"{row.count:,}") for row in rows),
        evidence=tuple(dict.fromkeys(each for row in rows for each in row.evidence)),
        margin=(),
        turns=sentence(f"it would be present if {how}") if wrong else "",
    )
