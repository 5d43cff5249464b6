"""How the criteria of a team's own are measured, in sentences that quote the policy."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.judge.wording import joined
from reportgen.model.criteria import SEVERITY_WEIGHTS
from reportgen.model.figures import HUNDRED, plural
from reportgen.model.policy import DEFAULT_CRITERIA, Criterion, Policy

_SHIPPED = frozenset(criterion.name for criterion in DEFAULT_CRITERIA)
_MOST_QUOTED = 200


def own_criteria(policy: Policy) -> Iterator[str]:
    """Say of each criterion with a measure of its own what that is; nothing where there is none."""
    own = [criterion for criterion in policy.criteria if criterion.is_own]
    yield from map(_said, own)
    if any(criterion.checks for criterion in own):
        weights = joined([f"{severity.value} {weight}" for severity, weight in SEVERITY_WEIGHTS.items()])
        yield (
            "A check that passes earns its weight, one that warns half of it, one that fails nothing; the "
            f"weight follows from its severity: {weights}. A check that does not apply is left out. One that "
            "is unknown makes its criterion unknown, so that missing evidence never raises it."
        )
    for criterion in policy.criteria:
        if criterion.scale == HUNDRED:
            continue
        scale = "as a grade" if criterion.scale == "grade" else f"on a scale of {criterion.scale}"
        yield f"The criterion {criterion.name} is shown {scale}; its points are 0 to 100 like all others'."


def _said(criterion: Criterion) -> str:
    instead = ", and not what ships for this name" if criterion.name in _SHIPPED else ""
    if criterion.checks:
        checks = plural(len(criterion.checks), "check")
        return f"The criterion {criterion.name} is the weighted share of {checks} that it passes{instead}."
    text = " ".join(criterion.expression.split())
    quoted = text if len(text) <= _MOST_QUOTED else f"{text[:_MOST_QUOTED].rstrip()}…"
    return (
        f"The criterion {criterion.name} is the number {quoted}{instead}; what is below 0 or beyond 100 "
        "counts as the nearest of the two."
    )
