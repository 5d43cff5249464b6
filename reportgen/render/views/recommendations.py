"""Recommendations: the steps of the plan in words, a priority each, with the code that they would change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.evidence import JoinedCase, JoinedFinding
from reportgen.model.figures import plural
from reportgen.model.plan import Action
from reportgen.render.escape import Markdown, code, excerpt
from reportgen.render.places import place_mark
from reportgen.render.views.fixes import FixRow, fix_of
from reportgen.render.views.parts import CELL, Cut, Subject, cases_by_id, cut, told_by
from reportgen.render.views.quoting import CodeRow, Quotes
from reportgen.render.views.told_fixes import told_fixes
from reportgen.render.wording import clipped, gain_text, minutes_text

_PLACES = 3
_MOST = 12
_PRINTED = ("immediate", "high", "medium")
_DETAILED = ("immediate", "high")


class Recommendation(Struct, frozen=True):
    """A step: what to do, where, what it takes and gains, and the code as it is and as a tool proposes it."""

    id: str
    title: str
    places: Cut[Markdown]
    effort: str
    gain: str
    owner: str
    fix: str
    change: FixRow | None
    code: tuple[CodeRow, ...]
    verify: Markdown | None
    evidence: Markdown


class RecommendationGroup(Struct, frozen=True):
    """The steps of one priority, with a heading each where they are told in detail."""

    name: str
    detailed: bool
    steps: Cut[Recommendation]


class RecommendationsView(Struct, frozen=True):
    """The section; `others` says how many steps of lower priority there are."""

    groups: tuple[RecommendationGroup, ...]
    nothing: str
    others: str


def recommendations(subject: Subject) -> RecommendationsView | None:
    """Print the steps of the priorities that matter; None where the plan is empty.

    Option `priorities`: which of them, in their order.
    """
    audit = subject.audit
    if not audit.remediation:
        return None
    given = subject.options.get("priorities")
    priorities = tuple(given) if isinstance(given, list) and given else _PRINTED
    made = _Maker(subject)
    by_priority: dict[str, list[Action]] = defaultdict(list)
    for action in audit.remediation:
        by_priority[action.priority].append(action)
    groups = tuple(
        RecommendationGroup(
            name.capitalize(),
            name in _DETAILED,
            cut(by_priority[name], min(subject.limit, _MOST), "remediation", made.step),
        )
        for name in priorities
        if by_priority.get(name)
    )
    others = sum(len(steps) for name, steps in by_priority.items() if name not in priorities)
    told = f"{', '.join(priorities[:-1])} or {priorities[-1]}" if len(priorities) > 1 else priorities[0]
    return RecommendationsView(
        groups,
        "" if groups else f"No step is of {told} priority.",
        plural(others, "step is", "steps are") if others else "",
    )


class _Maker:
    """Makes the steps; findings and tests are looked up in what is indexed once."""

    def __init__(self, subject: Subject) -> None:
        audit = subject.audit
        self._url = audit.source_url
        self._quotes = Quotes(audit)
        self._cases = _cases(audit)
        self._by_rule: dict[str, list[JoinedFinding]] = defaultdict(list)
        for each in audit.findings.items if audit.findings else ():
            if each.state == "open" and each.fix is not None:
                self._by_rule[each.rule].append(each)
        causes = audit.tests.causes if audit.tests else ()
        self._causes = {cause.id: cause for cause in causes}
        self._fixes = told_fixes(audit)

    def step(self, action: Action) -> Recommendation:
        cause = self._causes.get(action.mends) if action.kind == "failures" else None
        at = cause.place if cause is not None else ""
        return Recommendation(
            id=action.id,
            title=clipped(action.title, 2 * CELL),
            places=self._places(action),
            effort=minutes_text(action.minutes),
            gain=gain_text(action.printed_gain, action.gain) if action.gain else "",
            owner=clipped(action.owner, CELL),
            fix=clipped(action.fix or self._fixes.get(action.id, ""), 2 * CELL),
            change=fix_of(self._by_rule.get(action.mends, ())) if action.kind == "findings" else None,
            code=self._quotes.of((at,) if at else action.places, most=1),
            verify=excerpt([action.verify]) if action.verify and action.priority in _DETAILED else None,
            evidence=told_by(action.evidence),
        )

    def _places(self, action: Action) -> Cut[Markdown]:
        def named(place: str) -> Markdown:
            case = self._cases.get(place)
            if case is not None:
                return code(clipped(case.name, CELL // 2))
            return place_mark(
                place, clipped(place, CELL // 2), self._url if action.kind == "findings" else ""
            )

        most = _PLACES if action.priority in _DETAILED else 1
        shown = cut(tuple(dict.fromkeys(action.places)), most, "remediation", named)
        left = max(action.count, len(action.places)) - len(shown.rows) if shown else 0
        return Cut(shown.rows, left, shown.where)


def _cases(audit: Audit) -> Mapping[str, JoinedCase]:
    wanted = {place for action in audit.remediation for place in action.places[: _PLACES + 1]}
    return {} if audit.tests is None else cases_by_id(audit.tests.cases, wanted)
