"""`[about]`: what the report says of the audit itself, as the team states it."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct, field

from reportgen.config.exact import exact
from reportgen.config.place import Place
from reportgen.config.tables.layers import LayerTable
from reportgen.model.about import About, Expected, LayerCommand

_TWO = 2


class AboutTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who audits (`auditor`), what (`focus`, `mission`), by which `standards`, what is at stake (`impact`).

    `expected_failures` is the share of failing tests that is expected, in percent, as `[least, most]`: it
    stands beside the measured one, and changes no outcome. `next_review` says when to look again,
    `duration` how long what is audited took ("6 hours"), which no evidence tells.
    """

    auditor: str = ""
    focus: str = ""
    mission: str = ""
    impact: str = ""
    standards: list[str] = field(default_factory=list)
    next_review: str = ""
    expected_failures: list[int | Decimal] = field(default_factory=list)
    duration: str = ""


def about_of(table: AboutTable, layers: dict[str, LayerTable], place: Place) -> About:
    """Take what is said; the commands are those of the layers."""
    return About(
        auditor=table.auditor.strip(),
        focus=table.focus.strip(),
        mission=table.mission.strip(),
        impact=table.impact.strip(),
        standards=tuple(table.standards),
        next_review=table.next_review.strip(),
        duration=table.duration.strip(),
        expected_failures=_expected(table.expected_failures, place.at("expected_failures")),
        commands=tuple(
            LayerCommand(layer=name, command=layer.command.strip())
            for name, layer in layers.items()
            if layer.command.strip()
        ),
    )


def _expected(given: list[int | Decimal], place: Place) -> Expected | None:
    if not given:
        return None
    if len(given) != _TWO:
        raise place.error(
            f"expected two numbers, the least and the most, got {len(given)}", "such as [60, 80]"
        )
    least, most = (exact(each, place.at(n), least=0, most=100) for n, each in enumerate(given))
    if least > most:
        raise place.error("the least is more than the most", "write the lower number first")
    return Expected(least=least, most=most)
