"""One area of the policy as a section of its own: the criterion that the profile names, or its lack."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from reportgen.model.audit import CriterionScore
from reportgen.model.states import State
from reportgen.render.escape import Markdown
from reportgen.render.marks import badge
from reportgen.render.views.areas import AreaRow, AreasView, areas, own_areas
from reportgen.render.views.parts import Cut, Subject


def area(subject: Subject) -> AreasView | None:
    """Say how far an area is kept.

    Options: `criteria` are names or titles of criteria, in any case, of which the first is taken that the
    policy has; `fallback` is the name of one that is built in, for a policy that has none of these; `missing`
    is what is not measured without it, and what would measure it. With `others` instead, it takes all
    criteria of the team's own that none of the names means, None where there is none.
    """
    criteria = subject.audit.criteria
    others = _words(subject, "others")
    if others:
        left = [each for each in own_areas(criteria) if not _is_one(each, others) and not _is_built_in(each)]
        return _areas(subject, left) if left else None
    named = _words(subject, "criteria")
    found = [each for name in named for each in criteria if _is_one(each, [name])]
    found = found or [each for each in criteria if each.name in _words(subject, "fallback")]
    return (_areas(subject, found[:1]) if found else None) or _unknown(subject)


def _areas(subject: Subject, criteria: Sequence[CriterionScore]) -> AreasView | None:
    place = replace(subject.place, options={"areas": "all"})
    return areas(replace(subject, audit=replace(subject.audit, criteria=tuple(criteria)), place=place))


def _words(subject: Subject, name: str) -> list[str]:
    told = subject.options.get(name)
    words = told if isinstance(told, list) else [told] if isinstance(told, str) else []
    return [word.casefold() for word in words]


def _is_one(criterion: CriterionScore, names: Sequence[str]) -> bool:
    return not {criterion.name.casefold(), criterion.title.casefold()}.isdisjoint(names)


def _is_built_in(criterion: CriterionScore) -> bool:
    return not (criterion.checks or criterion.expression or criterion.policy)


def _unknown(subject: Subject) -> AreasView:
    missing = subject.options.get("missing")
    nothing: Cut[object] = Cut((), 0, "criteria")
    row = AreaRow(
        title="Area",
        badge=badge(State.UNKNOWN, subject.profile),
        score="",
        reason=missing if isinstance(missing, str) else "Not measured: the policy has no such criterion.",
        policy="",
        strengths=(),
        concerns=(),
        unknown=(),
        files=nothing,  # type: ignore[arg-type]  # an empty list is one of any row
        bad=(),
        good=None,
        evidence=Markdown(""),
    )
    return AreasView(sentence="", areas=(row,), manual=(), manual_sentence="")
