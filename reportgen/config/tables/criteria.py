"""`[criteria.NAME]`: the scored dimensions: what each is made of, how much it weighs, and how it is shown."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Annotated

from msgspec import Meta, Struct, field, structs

from reportgen.config.exact import exact
from reportgen.config.names import did_you_mean
from reportgen.config.place import Place
from reportgen.model.criteria import CriterionCheck, Scale, condition_over, number_over
from reportgen.model.metrics import split_name
from reportgen.model.policy import DEFAULT_CRITERIA, Criterion
from reportgen.model.states import Severity

Text = Annotated[str, Meta(min_length=1)]


class CriterionCheckTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A check of a criterion: it passes where the condition `pass` holds, else warns where `warn` does.

    A pass earns its weight, a warning half of it, a failure nothing. The weight follows from `severity`:
    critical 8, high 4, medium 2, low 1, info 0. What does not apply is left out; one check that is unknown
    makes the criterion unknown. `remediation` says how to mend it, `effort` how many minutes that takes (as a
    rule those of a finding of its severity), `paths` where to begin, `policy` quotes what it stands for.
    """

    id: Text
    passes: Text = field(name="pass")
    warns: str = field(name="warn", default="")
    title: str = ""
    severity: Severity = Severity.MEDIUM
    remediation: str = ""
    effort: Annotated[int, Meta(ge=0)] | None = None
    policy: str = ""
    paths: list[Text] = field(default_factory=list)


class CriterionTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A criterion: one that ships (tests, coverage, findings, completeness), or one of your own.

    - `weight`: relative to the others'; 0 leaves it out of the score.
    - `required`: without it the verdict is unknown.
    - `title`: what it is called in the report.
    - `expression`: a number over the metrics, which are its points, 0 to 100 (what is beyond counts as the
      nearest of them), such as `100 - 5 * findings.high`; or
    - `checks`: conditions, see their table. One of your own needs either; for one that ships either takes the
      place of what it measures.
    - `scale`: how it is shown: 100, 10 or "grade". The points stay 0 to 100.
    - `policy`: quotes what it stands for.
    """

    weight: int | Decimal | None = None
    required: bool | None = None
    title: str | None = None
    expression: Text | None = None
    scale: Scale | None = None
    policy: str | None = None
    checks: list[CriterionCheckTable] = field(default_factory=list)


def criteria_of(tables: dict[str, CriterionTable], place: Place) -> tuple[Criterion, ...]:
    """Change the criteria that ship as the tables say, and add the others in the order of the file.

    The weights must come to more than nothing.
    """
    known = {criterion.name: criterion for criterion in DEFAULT_CRITERIA}
    for name, table in tables.items():
        here = place.at(name)
        known[name] = _changed(known.get(name) or _new(name, table, here), table, here)
    if not any(criterion.weight for criterion in known.values()):
        raise place.error("the weights of all criteria come to 0", "give one of them a weight")
    return tuple(known.values())


def refuse_unknown(metric: str, place: Place, criteria: Collection[str]) -> None:
    """Refuse a metric of a criterion that the policy does not have."""
    head, key, _ = split_name(metric)
    if head == "criteria" and key not in criteria:
        raise place.error(
            f"there is no criterion {key!r}, of which {metric!r} speaks",
            did_you_mean(key, criteria),
        )


def _new(name: str, table: CriterionTable, place: Place) -> Criterion:
    if not name.strip():
        raise place.error("a criterion needs a name")
    if table.expression is None and not table.checks:
        shipped = did_you_mean(name, [criterion.name for criterion in DEFAULT_CRITERIA])
        hint = "" if shipped.startswith("one of") else f"; {shipped}"
        raise place.error(
            "there is no such criterion", f"one of your own needs an expression or checks{hint}"
        )
    if table.weight is None:
        raise place.error("a criterion of your own needs a weight", "those that ship weigh 100 together")
    return Criterion(name=name, weight=exact(table.weight, place.at("weight"), least=0))


def _changed(criterion: Criterion, table: CriterionTable, place: Place) -> Criterion:
    weight = criterion.weight
    if table.weight is not None:
        weight = exact(table.weight, place.at("weight"), least=0)
    if table.expression is not None:
        if table.checks:
            raise place.at("checks").error(
                "the criterion has an expression too", "a criterion is an expression, or checks: remove one"
            )
        try:
            number_over(table.expression)
        except ValueError as error:
            raise place.at("expression").error(str(error)) from error
    return structs.replace(
        criterion,
        weight=weight,
        required=criterion.required if table.required is None else table.required,
        title=criterion.title if table.title is None else table.title.strip(),
        expression=table.expression or "",
        scale=criterion.scale if table.scale is None else table.scale,
        policy=criterion.policy if table.policy is None else table.policy.strip(),
        checks=_checks(table.checks, place.at("checks")),
    )


def _checks(tables: list[CriterionCheckTable], place: Place) -> tuple[CriterionCheck, ...]:
    seen: set[str] = set()
    for number, table in enumerate(tables):
        here = place.at(number)
        if table.id in seen:
            raise here.at("id").error(f"there is another check {table.id!r}", "give each an id of its own")
        seen.add(table.id)
        for key, condition in (("pass", table.passes), ("warn", table.warns)):
            try:
                if condition:
                    condition_over(condition)
            except ValueError as error:
                raise here.at(key).error(str(error)) from error
    if tables and all(table.severity is Severity.INFO for table in tables):
        raise place.error(
            "every check has the severity info, which counts for nothing",
            "give one of them the severity low or more",
        )
    return tuple(map(_check, tables))


def _check(table: CriterionCheckTable) -> CriterionCheck:
    return CriterionCheck(
        id=table.id,
        passes=table.passes,
        warns=table.warns,
        title=table.title.strip(),
        severity=table.severity,
        remediation=table.remediation.strip(),
        minutes=table.effort,
        policy=table.policy.strip(),
        paths=tuple(table.paths),
    )
