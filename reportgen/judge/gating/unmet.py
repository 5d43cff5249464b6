"""Expected inputs that are there but not as they should be, as steps of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportgen.judge.ground import Ground
from reportgen.judge.planning.actions import Draft
from reportgen.model.expected import ExpectedInput, InputState
from reportgen.model.figures import plural

_METRICS = {InputState.STALE: "evidence.stale", InputState.OTHER_REVISION: "evidence.other_revision"}
_MENDED = (InputState.MISSING, InputState.CORRUPT, InputState.EMPTY)
_HOW = {
    InputState.EMPTY: "Let {} hold what is expected of it",
    InputState.STALE: "Make {} anew: it is older than allowed",
    InputState.OTHER_REVISION: "Make {} anew from the revision of the report",
    InputState.UNKNOWN: "Let {} tell when it was made",
}
"""How each state is mended; what is missing or corrupt is told by the steps for that."""


def unmet_by(ground: Ground, ids: Iterable[str]) -> dict[str, int]:
    """Return how mending artifacts that were not read, or hold nothing, changes what is expected."""
    mended = frozenset(ids)
    of_state = {
        state: sum(
            len(mended.intersection(row.evidence))
            for row in ground.sources.expected
            if row.state is state and (_by_artifact(row) or state is InputState.MISSING)
        )
        for state in _MENDED
    }
    changes = {"evidence.unmet": -sum(of_state.values()), "evidence.corrupt": -of_state[InputState.CORRUPT]}
    return {name: change for name, change in changes.items() if change}


def unmet_gaps(ground: Ground) -> Iterator[Draft]:
    """Yield a step for each expected input that was read and is stale, of another revision or too small."""
    told = {*ground.sources.empty, *ground.sources.unread}
    for row in ground.sources.expected:
        if row.state not in _HOW or (_by_artifact(row) and told.issuperset(row.evidence)):
            continue
        yield Draft(
            kind="gap",
            title=f"{_HOW[row.state].format(plural(row.count, 'expected artifact'))} ({row.path})",
            places=tuple(ground.evidence.source_of(each).path for each in row.evidence) or (row.path,),
            count=max(row.count, 1),
            minutes=ground.policy.effort.gap * max(row.count, 1),
            changes={
                "evidence.unmet": -row.count,
                **({_METRICS[row.state]: -row.count} if row.state in _METRICS else {}),
            },
            evidence=row.evidence,
        )


def _by_artifact(row: ExpectedInput) -> bool:
    """Tell whether a row counts its artifacts, each of which is wrong."""
    return row.count == len(row.evidence)
