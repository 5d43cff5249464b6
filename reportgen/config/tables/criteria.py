"""`[criteria.NAME]`: how much each scored dimension weighs, and which must be measured."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct, structs

from reportgen.config.exact import exact
from reportgen.config.names import did_you_mean
from reportgen.config.place import Place
from reportgen.model.policy import DEFAULT_CRITERIA, Criterion


class CriterionTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A criterion: its `weight` relative to the others (0 leaves it out of the score), and `required`."""

    weight: int | Decimal | None = None
    required: bool | None = None


def criteria_of(tables: dict[str, CriterionTable], place: Place) -> tuple[Criterion, ...]:
    """Change the criteria that ship as the tables say; the weights must come to more than nothing."""
    known = {criterion.name: criterion for criterion in DEFAULT_CRITERIA}
    for name, table in tables.items():
        here = place.at(name)
        if name not in known:
            raise here.error("there is no such criterion", did_you_mean(name, known))
        known[name] = _changed(known[name], table, here)
    if not any(criterion.weight for criterion in known.values()):
        raise place.error("the weights of all criteria come to 0", "give one of them a weight")
    return tuple(known.values())


def _changed(criterion: Criterion, table: CriterionTable, place: Place) -> Criterion:
    if table.weight is not None:
        weight = exact(table.weight, place.at("weight"), least=0)
        criterion = structs.replace(criterion, weight=weight)
    if table.required is not None:
        criterion = structs.replace(criterion, required=table.required)
    return criterion
