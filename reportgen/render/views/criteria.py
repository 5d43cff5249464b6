"""What the criteria of a team's own are made of: their checks, and the policy that they stand for."""

from __future__ import annotations

from msgspec import Struct

from reportgen.model.audit import CriterionScore
from reportgen.model.criteria import CheckScore
from reportgen.model.states import State
from reportgen.render.escape import Markdown
from reportgen.render.marks import badge, evidence_marks
from reportgen.render.views.parts import CELL, Cut, Subject, cut
from reportgen.render.wording import clipped, minutes_text

_ALL_OF_THEM = 50  # checks are few as a rule, and each of them matters
_REASON = 2 * CELL
_WORST_FIRST = (State.FAIL, State.UNKNOWN, State.WARN, State.PASS, State.NOT_APPLICABLE)


class CriterionCheckRow(Struct, frozen=True):
    """A check of a criterion; `warns` is when it warns, `effort` what mending takes, where it has to be."""

    badge: Markdown
    title: str
    severity: str
    condition: str
    warns: str
    reason: str
    policy: str
    remediation: str
    effort: str
    evidence: Markdown


class ChecksOf(Struct, frozen=True):
    """The checks of one criterion; `has_policy` and `has_remedy` tell whether any of them has such a text."""

    title: str
    shown: str
    policy: str
    rows: Cut[CriterionCheckRow]
    has_policy: bool
    has_remedy: bool


class Quote(Struct, frozen=True):
    """The text that a criterion without checks stands for."""

    title: str
    policy: str


def checks_of(subject: Subject) -> tuple[ChecksOf, ...]:
    """Print the checks of each criterion that has some, the worst first."""

    def row(check: CheckScore) -> CriterionCheckRow:
        mended = check.state in {State.FAIL, State.WARN}
        return CriterionCheckRow(
            badge=badge(check.state, subject.profile),
            title=clipped(check.title, CELL),
            severity=check.severity.value,
            condition=check.condition,
            warns=check.warns,
            reason=clipped(check.reason, _REASON),
            policy=clipped(check.policy, _REASON),
            remediation=clipped(check.remediation, _REASON),
            effort=minutes_text(check.minutes) if mended else "",
            evidence=evidence_marks(check.evidence),
        )

    def of(criterion: CriterionScore) -> ChecksOf:
        found = sorted(criterion.checks, key=lambda check: _WORST_FIRST.index(check.state))
        return ChecksOf(
            title=criterion.title or criterion.name,
            shown=criterion.shown,
            policy=clipped(criterion.policy, _REASON),
            rows=cut(found, max(subject.limit, _ALL_OF_THEM), "criteria.checks", row),
            has_policy=any(check.policy for check in found),
            has_remedy=any(check.remediation for check in found),
        )

    return tuple(of(each) for each in subject.audit.criteria if each.checks)


def quotes_of(subject: Subject) -> tuple[Quote, ...]:
    """Quote what the criteria without checks stand for, where that is said."""
    return tuple(
        Quote(each.title or each.name, clipped(each.policy, _REASON))
        for each in subject.audit.criteria
        if each.policy and not each.checks
    )
