"""Gates and items of the checklist that a waiver covers: they are shown as waived, never as pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from msgspec import structs

from reportgen.judge.accepting.waivers import standing_on
from reportgen.judge.ground import Ground
from reportgen.judge.wording import joined
from reportgen.model.audit import GateResult, Summary
from reportgen.model.figures import plural
from reportgen.model.policy import Policy
from reportgen.model.signoff import CheckItem
from reportgen.model.states import State
from reportgen.model.waivers import COUNTING, WaiverResult, WaiverState

_Judged = TypeVar("_Judged", GateResult, CheckItem)
_OPEN = frozenset({State.FAIL, State.WARN, State.UNKNOWN, State.NOT_DONE})


class Accepted(NamedTuple):
    """Gates and checks with what is waived marked so, and what all waivers came to, in their order."""

    gates: tuple[GateResult, ...]
    checks: tuple[CheckItem, ...]
    waivers: tuple[WaiverResult, ...]


def accept(
    gates: tuple[GateResult, ...],
    checks: tuple[CheckItem, ...],
    told: Iterable[WaiverResult],
    policy: Policy,
    today: date,
) -> Accepted:
    """Waive gates and checks; `told` is what the waivers of findings and tests came to."""
    if not policy.waivers:
        return Accepted(gates, checks, ())
    states = {gate.name: gate.state in _OPEN for gate in gates}
    on_gates = list(
        standing_on([each for each in policy.waivers if each.of == "gate"], states, policy, today)
    )
    states = {item.id: item.state in _OPEN for item in checks}
    on_checks = list(
        standing_on([each for each in policy.waivers if each.of == "check"], states, policy, today)
    )
    results = {each.id: each for each in (*told, *(result for _, result in (*on_gates, *on_checks)))}
    return Accepted(
        tuple(_marked(gate, by) for gate, by in _by_name([gate.name for gate in gates], gates, on_gates)),
        tuple(_marked(item, by) for item, by in _by_name([item.id for item in checks], checks, on_checks)),
        tuple(results[waiver.id] for waiver in policy.waivers),
    )


def _by_name(
    names: Iterable[str], judged: Sequence[_Judged], told: Sequence[tuple[str, WaiverResult]]
) -> Iterator[tuple[_Judged, WaiverResult | None]]:
    """Yield each gate or check with the first waiver that covers it."""
    covering: Mapping[str, WaiverResult] = {
        name: result for name, result in reversed(told) if result.state in COUNTING
    }
    for name, each in zip(names, judged, strict=True):
        yield each, covering.get(name)


def _marked(judged: _Judged, waiver: WaiverResult | None) -> _Judged:
    if waiver is None:
        return judged
    lead = (
        f"Waived by {waiver.id} until {waiver.expires} ({waiver.owner}); without it {_WORDS[judged.state]}: "
    )
    return structs.replace(judged, state=State.WAIVED, reason=f"{lead}{judged.reason}")


_WORDS = {state: state.value.replace("_", " ") for state in State}


def with_waivers(summary: Summary, accepted: Accepted, ground: Ground) -> Summary:
    """Add to the concerns how much is waived, and which waivers do not count."""
    waived, idle = _waived(accepted, ground), _idle(accepted.waivers)
    told = tuple(text for text in (waived, idle) if text)
    verdict = f"{summary.verdict} {waived}" if waived else summary.verdict
    return structs.replace(summary, verdict=verdict, concerns=(*summary.concerns, *told))


def _waived(accepted: Accepted, ground: Ground) -> str:
    """Say how much is waived."""
    findings = ground.findings.waived if ground.findings is not None else 0
    of: dict[str, set[str]] = {"test": set(), "gate": set(), "check": set()}
    for each in accepted.waivers:
        if each.of != "finding" and each.state in COUNTING:
            of[each.of].update(each.matched)
    counts = ((findings, "finding"), *((len(names), noun) for noun, names in of.items()))
    waived = [plural(count, noun) for count, noun in counts if count]
    one = sum(count for count, _ in counts) == 1
    return f"{joined(waived)} {'is' if one else 'are'} waived." if waived else ""


def _idle(waivers: Sequence[WaiverResult]) -> str:
    """Say which waivers do not count."""
    idle = [
        f"{count:,} {state.value}"
        for state in (WaiverState.EXPIRED, WaiverState.VOID, WaiverState.INVALID, WaiverState.DEAD)
        if (count := sum(each.state is state for each in waivers))
    ]
    return f"Of {plural(len(waivers), 'waiver')}, these do not count: {joined(idle)}." if idle else ""
