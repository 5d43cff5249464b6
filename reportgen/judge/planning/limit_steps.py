"""The steps of a plan that bring what tests measure back within its limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.judge.gating.slas import gate_of
from reportgen.judge.ground import Ground
from reportgen.judge.planning.actions import Draft
from reportgen.model.evidence import JoinedCase
from reportgen.model.slas import Sla, SlaResult, amount
from reportgen.model.states import State

KIND = "limit"
Limits = Sequence[tuple[SlaResult, State]]
"""The limits as measured, each with the state of its gate, which a waiver may have changed."""

_MOST_TITLE = 120


def limit_steps(limits: Limits, ground: Ground) -> Iterator[Draft]:
    """Yield a step for each limit that is not kept, and a gap for each of which that is not known."""
    if not limits:
        return
    slas = {sla.name: sla for sla in ground.policy.slas}
    cases = {} if ground.tests is None else {case.id: case for case in ground.tests.cases}
    for result, state in limits:
        if state in (State.FAIL, State.WARN):
            yield _over(result, slas[result.name], cases, ground.policy.effort.cause)
        elif state is State.UNKNOWN:
            yield Draft(
                kind="gap",
                title=_cut(f"Measure what “{result.title}” limits: {result.reason.rstrip('.')}"),
                places=result.cases,
                count=max(len(result.cases), 1),
                minutes=ground.policy.effort.gap,
                evidence=result.evidence,
                speaks_of=(gate_of(result).name,),
            )


def _over(result: SlaResult, sla: Sla, cases: dict[str, JoinedCase], minutes: int) -> Draft:
    """Make the step that turns a limit; its places are the tests that are over it, as far as each can be."""
    found = "not known" if result.measured is None else amount(result.measured, result.unit)
    asked = f"{result.bound} {amount(result.limit, result.unit)}"
    named = "" if result.title == result.what else f"{result.title}: "
    places = tuple(each for each in result.cases if _is_over(sla, cases.get(each))) or result.cases
    gate = gate_of(result).name
    return Draft(
        kind=KIND,
        title=_cut(f"{named}bring {result.what} from {found} to {asked}"),
        places=places,
        count=max(len(places), 1),
        minutes=minutes,
        evidence=result.evidence,
        gates=(gate,),
        speaks_of=(gate,),
    )


def _is_over(sla: Sla, case: JoinedCase | None) -> bool:
    """Tell whether a test by itself takes longer than a limit on the time of a test allows."""
    alone = sla.of == "test" and not sla.property and not sla.at_least
    return alone and case is not None and case.seconds is not None and case.seconds > sla.limit


def _cut(title: str) -> str:
    line = " ".join(title.split())
    line = line[:1].upper() + line[1:]
    return line if len(line) <= _MOST_TITLE else f"{line[: _MOST_TITLE - 1].rstrip()}…"
