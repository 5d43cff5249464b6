"""`[grades]`, `[severity]` and `[effort]`: the scales on which everything else is told."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from msgspec import Meta, Struct, field

from reportgen.config.exact import exact
from reportgen.config.place import Place
from reportgen.model.policy import DEFAULT_GRADES, Effort
from reportgen.model.states import Severity

Minutes = Annotated[int, Meta(ge=0)]
_MOST_SCORE = 100


class EffortTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Minutes that mending takes: a finding by severity or in `rules` by rule, a failure's `cause`, a `gap`.

    `line` is what a line of code cost to write: the debt ratio is minutes to mend over minutes to write.
    """

    critical: Minutes | None = None
    high: Minutes | None = None
    medium: Minutes | None = None
    low: Minutes | None = None
    info: Minutes | None = None
    cause: Minutes | None = None
    gap: Minutes | None = None
    line: Annotated[int, Meta(ge=1)] | None = None
    rules: dict[str, Minutes] = field(default_factory=dict)


def grades_of(table: dict[str, int | Decimal], place: Place) -> tuple[tuple[str, Fraction], ...]:
    """Make the scale, from the best grade down; it must begin at 0, so that every score has a grade."""
    if not table:
        return DEFAULT_GRADES
    lowest: dict[Fraction, str] = {}
    for word, number in table.items():
        here = place.at(word)
        score = exact(number, here, least=0, most=_MOST_SCORE)
        if score in lowest:
            raise here.error(f"the grade {lowest[score]!r} begins at {number} too")
        lowest[score] = word
    if 0 not in lowest:
        raise place.error("no grade begins at 0", "give the lowest grade the number 0")
    return tuple((lowest[score], score) for score in sorted(lowest, reverse=True))


def effort_of(table: EffortTable) -> Effort:
    """Change the minutes that ship as the table says."""
    shipped = Effort()
    told = {severity: getattr(table, severity.value) for severity in Severity}
    by_severity = {
        severity: shipped.by_severity[severity] if minutes is None else minutes
        for severity, minutes in told.items()
    }
    return Effort(
        by_severity=by_severity,
        by_rule=dict(table.rules),
        cause=shipped.cause if table.cause is None else table.cause,
        gap=shipped.gap if table.gap is None else table.gap,
        line=shipped.line if table.line is None else table.line,
    )
