"""The limits on what tests measure, as judged, and as gates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from msgspec import structs

from reportgen.judge.gating.measuring import Measured, Ran, Reading, Readings, gathered, measured
from reportgen.judge.ground import Ground
from reportgen.judge.wording import sentence
from reportgen.model.audit import GateResult
from reportgen.model.evidence import JoinedCase
from reportgen.model.figures import plural
from reportgen.model.slas import Sla, SlaResult, amount
from reportgen.model.states import Outcome, State

MOST_CASES = 10
_NONE = gathered(())
_NOT_RUN = frozenset({Outcome.SKIPPED, Outcome.WAIVED})


def slas_of(ground: Ground) -> tuple[SlaResult, ...]:
    """Judge the limits of the policy, in its order. Tests that are skipped or waived do not count."""
    if not ground.policy.slas:
        return ()
    ran = Ran([case for case in ground.evidence.cases if case.outcome not in _NOT_RUN], ground.placed.cases)
    return tuple(_judged(sla, ran, ground) for sla in ground.policy.slas)


class _Group(NamedTuple):
    """What is measured together: of a layer, or of all tests."""

    layer: str
    readings: Readings
    value: Measured | None


def _judged(sla: Sla, ran: Ran, ground: Ground) -> SlaResult:
    if "tests" in ground.policy.without and not ground.evidence.has_tests:
        return _result(sla, State.NOT_APPLICABLE, "the policy says that no test results are expected")
    found = ran.readings(sla)
    groups = list(_groups(sla, found))
    known = [group for group in groups if group.value is not None]
    if not known:
        return _result(sla, State.UNKNOWN, _nothing(sla, ran.cases(sla), found), found)
    worst = max(known, key=lambda group: _badness(sla, group))
    states = [_state(sla, group.value) for group in groups]
    state = next((each for each in (State.FAIL, State.WARN, State.UNKNOWN) if each in states), State.PASS)
    if state is State.UNKNOWN:
        worst = next(group for group in groups if _state(sla, group.value) is State.UNKNOWN)
    return _result(sla, state, _told(sla, worst), worst.readings, worst)


def _groups(sla: Sla, found: Readings) -> Iterator[_Group]:
    """Yield the tests of each layer, where the limit is of a layer; else all of them."""
    if sla.of != "layer":
        yield _Group(sla.layer, found, measured(sla, found))
        return
    by_layer: dict[str, list[Reading]] = defaultdict(list)
    for each in (*found.rows, *found.lost):
        by_layer[each.case.layer].append(each)
    for layer in sorted(by_layer):
        own = gathered(by_layer[layer])
        yield _Group(layer, own, measured(sla, own))


def _badness(sla: Sla, group: _Group) -> Decimal:
    value = group.value.value if group.value is not None else Decimal(0)
    return -value if sla.at_least else value


def _state(sla: Sla, value: Measured | None) -> State:
    """Judge a value by its bounds: where they lie on both sides of the limit, it is unknown."""
    if value is None:
        return State.UNKNOWN
    if sla.at_least:
        holds, breaks = value.least >= sla.limit, value.most < sla.limit
    else:
        holds, breaks = value.most <= sla.limit, value.least > sla.limit
    return State.PASS if holds else State(sla.otherwise) if breaks else State.UNKNOWN


def _nothing(sla: Sla, cases: Sequence[JoinedCase], found: Readings) -> str:
    """Say why nothing was measured."""
    if not cases:
        return f"no test ran{_scope(sla)}"
    if sla.property and not found.total:
        return f"no test that ran{_scope(sla)} has the property {sla.property}"
    what = f"a number as {sla.property}" if sla.property else "its time"
    return f"none of {plural(found.total, 'test')}{_scope(sla)} states {what}"


def _told(sla: Sla, group: _Group) -> str:
    lost, count = len(group.readings.lost), group.readings.total
    what = f"number as {sla.property}" if sla.property else "time"
    missing = f"; {lost:,} of {plural(count, 'test')} {'states' if lost == 1 else 'state'} no {what}"
    value = group.value
    where = f" in layer {group.layer}" if sla.of == "layer" and not sla.layer else ""
    if value is None:
        return f"{what_of(sla)}{where} is not known{missing}"
    bound = "at least" if sla.at_least else "at most"
    asked = f"{bound} {amount(sla.limit, sla.unit)} is asked for"
    told = f"{what_of(sla)}{where} is {amount(value.value, sla.unit)}, and {asked}"
    return f"{told}{missing}" if lost else told


def _result(
    sla: Sla, state: State, told: str, found: Readings = _NONE, group: _Group | None = None
) -> SlaResult:
    """Make the result; its evidence is that of the worst tests, or where nothing was measured, of all."""
    rows = found.rows
    worst = rows[: -MOST_CASES - 1 : -1] if sla.at_least else rows[:MOST_CASES]
    return SlaResult(
        name=sla.name,
        title=sla.title,
        state=state,
        limit=sla.limit,
        measured=group.value.value if group is not None and group.value is not None else None,
        unit=sla.unit,
        what=what_of(sla),
        cases=tuple(each.case.id for each in worst),
        reason=sentence(told),
        evidence=_cited(worst or found.lost),
        bound="at least" if sla.at_least else "at most",
    )


def _cited(found: Iterable[Reading]) -> tuple[str, ...]:
    ids = {each for reading in found for each in reading.case.evidence}
    return tuple(sorted(ids, key=lambda each: (len(each), each)))


def what_of(sla: Sla) -> str:
    """Say what a limit measures: `the 95th percentile of the time of a test of layer unit`."""
    thing = sla.property or "the time"
    if sla.of == "all":
        return f"the time of all tests together{_scope(sla)}"
    if sla.of == "layer":
        of = f"layer {sla.layer}" if sla.layer else "a layer"
        return f"the time of all tests of {of} together{_scope(structs.replace(sla, layer=''))}"
    if sla.percentile is not None:
        return f"percentile {format(sla.percentile.normalize(), 'f')} of {thing} of the tests{_scope(sla)}"
    least = sla.aggregate == "min" or (sla.at_least and not sla.aggregate)
    return f"the {'least' if least else 'greatest'} of {thing} of a test{_scope(sla)}"


def _scope(sla: Sla) -> str:
    parts = (
        f" of layer {sla.layer}" if sla.layer else "",
        f" of {sla.subject}" if sla.subject else "",
        f" in {sla.path}" if sla.path else "",
        f" named {sla.test}" if sla.test else "",
    )
    return "".join(parts)


def gate_of(result: SlaResult) -> GateResult:
    """Return a limit as a gate of the verdict: `sla-NAME`."""
    sign = ">=" if result.bound == "at least" else "<="
    return GateResult(
        name=f"sla-{result.name}",
        title=result.title,
        state=result.state,
        condition=f"{result.what} {sign} {amount(result.limit, result.unit)}",
        value="not known" if result.measured is None else amount(result.measured, result.unit),
        reason=result.reason,
        evidence=result.evidence,
    )
