"""The steps of a plan that mend what a criterion's checks say, where no other step does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reportgen.judge.cited import cited
from reportgen.judge.counting.findings import SEVERITIES
from reportgen.judge.counting.tally import Numbers
from reportgen.judge.ground import Ground
from reportgen.judge.planning.actions import LAYER, Draft
from reportgen.judge.scoring.criteria import CriterionResult
from reportgen.judge.scoring.measures import ReadCheck
from reportgen.judge.scoring.standing import state_of
from reportgen.model.criteria import CheckScore
from reportgen.model.states import State

KIND = "check"
_MOST_TITLE = 120
_Mended = tuple[ReadCheck, CheckScore]


def check_steps(
    ground: Ground, results: Mapping[str, CriterionResult], others: Sequence[Draft]
) -> Iterator[Draft]:
    """Yield a step for each check that fails or warns even after all `others`, which so earn it themselves.

    Checks with one condition and one remediation are one step: what mends one of them mends all.
    """
    grouped: dict[tuple[str, str], list[_Mended]] = {}
    left = list(_failing(ground, results))
    after = _after(ground, others) if left else ground.numbers
    for read, score in left:
        if state_of(read, after.value).state is not State.PASS:
            key = (" ".join(read.check.passes.split()), " ".join(read.check.remediation.split()))
            grouped.setdefault(key, []).append((read, score))
    yield from map(_step, grouped.values())


def _failing(ground: Ground, results: Mapping[str, CriterionResult]) -> Iterator[_Mended]:
    for name, measure in ground.numbers.measures.own.items():
        for read, score in zip(measure.checks, results[name].checks, strict=True):
            if score.state in {State.FAIL, State.WARN}:
                yield read, score


def _after(ground: Ground, others: Sequence[Draft]) -> Numbers:
    """Return the numbers after some steps; what they bring to light is not known."""
    numbers = ground.numbers.copy()
    for each in others:
        numbers.change(each.changes)
    revived = {place for each in others for place in each.revives}
    layers = sum(place.startswith(LAYER) for place in revived)
    numbers.change(
        {"tests.layers_without_run": -layers, "tests.files_without_run": layers - len(revived)},
    )
    return numbers


def _step(members: Sequence[_Mended]) -> Draft:
    scores = [score for _, score in members]
    places = tuple(dict.fromkeys(path for score in scores for path in score.paths))
    first = scores[0]
    told = f"{first.title} ({members[0][0].check.passes})"
    named = " ".join((first.remediation or f"Make this check pass: {told}").split())
    return Draft(
        kind=KIND,
        title=named if len(named) <= _MOST_TITLE else f"{named[: _MOST_TITLE - 1].rstrip()}…",
        places=places,
        count=max(len(places), 1),
        minutes=max(score.minutes for score in scores),
        changes={read.mended: 1 for read, _ in members},
        names=tuple(dict.fromkeys(name for read, _ in members for name in read.passes.names)),
        conditions=tuple(dict.fromkeys(" ".join(read.check.passes.split()) for read, _ in members)),
        severity=min((score.severity for score in scores), key=SEVERITIES.index),
        evidence=cited(*(score.evidence for score in scores)),
    )
