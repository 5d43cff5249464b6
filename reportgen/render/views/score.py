"""The score: its criteria, the way from 100 down to it, and the gates."""

from __future__ import annotations

from msgspec import Struct

from reportgen.model.audit import CriterionScore, Deduction, GateResult
from reportgen.model.figures import one_decimal
from reportgen.model.profile import Profile
from reportgen.model.signoff import CheckItem
from reportgen.model.states import State
from reportgen.render.escape import Markdown
from reportgen.render.marks import badge, evidence_marks
from reportgen.render.scores import criterion_cell
from reportgen.render.views.criteria import ChecksOf, Quote, checks_of, quotes_of
from reportgen.render.views.parts import CELL, Cut, Subject, cut
from reportgen.render.wording import clipped, points_text, weight_text

REASON = 2 * CELL
"""Characters of a reason that a table's cell prints."""

_ALL_OF_THEM = 50  # gates and checks are few, and each of them matters
_WORST_FIRST = (
    *(State.FAIL, State.UNKNOWN, State.NOT_DONE, State.WARN, State.WAIVED, State.PASS),
    State.NOT_APPLICABLE,
)


class CriterionRow(Struct, frozen=True):
    """A row of the score table."""

    name: str
    weight: str
    score: str | Markdown
    reason: str
    evidence: Markdown


class StepRow(Struct, frozen=True):
    """A row of the waterfall: what was taken off, and why."""

    label: str
    points: str
    reason: str
    evidence: Markdown


class ScoreView(Struct, frozen=True):
    """The score table, the waterfall from 100 to `end`, and what criteria of a team's own are made of."""

    criteria: tuple[CriterionRow, ...]
    steps: Cut[StepRow]
    end: str
    measured_whole: bool
    checks: tuple[ChecksOf, ...] = ()
    quotes: tuple[Quote, ...] = ()


class GateRow(Struct, frozen=True):
    """A row of the table of gates."""

    badge: Markdown
    title: str
    condition: str
    value: str
    reason: str
    evidence: Markdown


class CheckRow(Struct, frozen=True):
    """A row of the checklist."""

    badge: Markdown
    text: str
    reason: str
    evidence: Markdown


def score(subject: Subject) -> ScoreView:
    """Say how the score came about. Lines of the waterfall that take nothing off are left out."""
    found = subject.audit.score
    steps = [line for line in found.waterfall if line.points]
    told = frozenset(each.reason for each in subject.audit.criteria if each.score is None)
    return ScoreView(
        criteria=tuple(_criterion(each, subject.profile) for each in subject.audit.criteria),
        steps=cut(steps, subject.limit, "score.waterfall", lambda line: _step(line, told)),
        end=one_decimal(found.lower),
        measured_whole=found.measured_weight == found.total_weight,
        checks=checks_of(subject),
        quotes=quotes_of(subject),
    )


def _step(line: Deduction, told: frozenset[str]) -> StepRow:
    """Print a line of the waterfall; why a criterion was not measured stands in the table already."""
    return StepRow(
        label=clipped(line.label, CELL),
        points=points_text(line.printed, line.points, sign="−"),
        reason="Not measured, as said above." if line.reason in told else clipped(line.reason, REASON),
        evidence=evidence_marks(line.evidence),
    )


def _criterion(criterion: CriterionScore, profile: Profile) -> CriterionRow:
    title = criterion.title or criterion.name
    return CriterionRow(
        name=f"{title} (required)" if criterion.required else title,
        weight=weight_text(criterion.weight),
        score=criterion_cell(criterion, profile),
        reason=clipped(criterion.reason, REASON),
        evidence=evidence_marks(criterion.evidence),
    )


def gates(subject: Subject) -> Cut[GateRow] | None:
    """List the gates, the worst first, else in the order of the policy."""

    def row(gate: GateResult) -> GateRow:
        return GateRow(
            badge=badge(gate.state, subject.profile),
            title=gate.title or gate.name,
            condition=gate.conditions,
            value=clipped(gate.value, CELL),
            reason=clipped(f"{gate.reason} Note: {gate.note}" if gate.note else gate.reason, REASON),
            evidence=evidence_marks(gate.evidence),
        )

    found = sorted(subject.audit.gates, key=lambda gate: _WORST_FIRST.index(gate.state))
    return cut(found, max(subject.limit, _ALL_OF_THEM), "gates", row) if found else None


def checklist(subject: Subject) -> Cut[CheckRow] | None:
    """List what was checked, each item with its state and its evidence."""

    def row(item: CheckItem) -> CheckRow:
        return CheckRow(
            badge=badge(item.state, subject.profile),
            text=clipped(item.text, REASON),
            reason=clipped(item.reason, REASON),
            evidence=evidence_marks(item.evidence),
        )

    found = subject.audit.checklist
    return cut(found, max(subject.limit, _ALL_OF_THEM), "checklist", row) if found else None
