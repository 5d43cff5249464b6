"""The level of risk and of confidence, each by a rule that can be read here, with the reasons for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from reportgen.judge.counting.hotspots import CRAP
from reportgen.judge.ground import Ground
from reportgen.judge.scoring.criteria import CriterionResult, Measured
from reportgen.judge.wording import joined, some
from reportgen.model.audit import GateResult
from reportgen.model.figures import HUNDRED, decimal_text, percent_text, plural
from reportgen.model.issues import CriticalIssue
from reportgen.model.plan import Hotspot
from reportgen.model.risk import Confidence, ConfidenceLevel, Risk, RiskLevel
from reportgen.model.states import State

LEVELS: tuple[RiskLevel, ...] = ("critical", "high", "medium", "low")
CRAPPY = 30
"""From this change-risk index on code counts as risky (Savoia and Evans, 2007)."""

_HALF = 50
_Reason = tuple[RiskLevel, str]


def risk_of(
    ground: Ground, verdict: State, issues: Sequence[CriticalIssue], hotspots: Sequence[Hotspot]
) -> Risk:
    """Judge the risk: that of its worst reason.

    Critical: a critical issue is open. High: a high issue is open, or a gate fails. Medium: a gate warns, a
    test is flaky, a finding of medium severity is open, less than half of the lines ran, or a hotspot has an
    index of 30 or more. Low: nothing of that. Where nothing critical is known and the verdict is unknown, so
    is the risk.
    """
    reasons = [*_issues(issues), *_others(ground, verdict, hotspots)]
    reasons.sort(key=lambda reason: LEVELS.index(reason[0]))
    level = reasons[0][0] if reasons else "low"
    told = [reason for _, reason in reasons]
    if verdict is State.UNKNOWN and level != "critical":
        return Risk(
            level="unknown", reasons=("The verdict is unknown: evidence is missing or incomplete.", *told)
        )
    return Risk(level=level, reasons=tuple(told) or (_nothing(ground),))


def _nothing(ground: Ground) -> str:
    """Say that there is no reason for a risk, apart from those that somebody accepted."""
    base = ground.numbers.base
    accepted = bool(base.get("tests.waived") or base.get("findings.waived"))
    return f"Nothing that was measured{' and is not waived' if accepted else ''} speaks of a risk."


def _issues(issues: Sequence[CriticalIssue]) -> Iterator[_Reason]:
    for level in LEVELS[:2]:
        ids = [each.id for each in issues if each.severity == level]
        if ids:
            named = f"{ids[0]} to {ids[-1]}" if len(ids) > 2 else joined(ids)  # noqa: PLR2004 - a range
            yield level, f"{some(len(ids), f'{level} issue', 'is', 'are')} open ({named})."


def _others(ground: Ground, verdict: State, hotspots: Sequence[Hotspot]) -> Iterator[_Reason]:
    base = ground.numbers.base
    if verdict is State.FAIL:
        yield "high", "The verdict is fail."
    if verdict is State.WARN:
        yield "medium", "A gate warns."
    flaky, medium = base.get("tests.flaky") or 0, base.get("findings.medium") or 0
    if flaky:
        yield "medium", f"{some(int(flaky), 'test', 'is', 'are')} flaky."
    if medium:
        yield "medium", f"{some(int(medium), 'medium finding', 'is', 'are')} open."
    rate = ground.coverage.percent if ground.coverage is not None else None
    if rate is not None and rate < _HALF:
        yield "medium", f"Only {percent_text(rate)} of the lines ran."
    risky = [spot for spot in hotspots if spot.basis == CRAP and spot.risk >= CRAPPY]
    if risky:
        count = some(len(risky), "file has", "", "", "files have").strip()
        yield "medium", f"{count} a change-risk index of {CRAPPY} or more."


def confidence_of(
    ground: Ground, gates: Sequence[GateResult], results: dict[str, CriterionResult]
) -> Confidence:
    """Say how far to rely on the report.

    High: all that weighs something is measured, no gate is unknown, every layer is complete, and nothing
    casts doubt on what was read.
    Low: less than half of the weight is measured, or half of the gates that apply are unknown. Else medium.
    """
    score = ground.numbers.overall
    measured = HUNDRED * score.measured / score.total if score.total else Fraction(0)
    unknown = [gate for gate in gates if gate.state is State.UNKNOWN]
    judged = [gate for gate in gates if gate.state is not State.NOT_APPLICABLE]
    doubts = len(ground.sources.doubts)
    reasons = tuple(_reasons(ground, measured, unknown, len(judged), results))
    level: ConfidenceLevel = "medium"
    if measured < _HALF or not judged or 2 * len(unknown) >= len(judged):
        level = "low"
    elif not (measured != HUNDRED or unknown or doubts or ground.evidence.problems or _incomplete(ground)):
        level = "high"
    return Confidence(level=level, measured=measured, reasons=reasons)


def _incomplete(ground: Ground) -> list[str]:
    return (
        [name for name, layer in ground.tests.by_layer.items() if not layer.complete] if ground.tests else []
    )


def _reasons(
    ground: Ground,
    measured: Fraction,
    unknown: Sequence[GateResult],
    judged: int,
    results: dict[str, CriterionResult],
) -> Iterator[str]:
    yield f"{percent_text(measured)} of the policy's weight was measured."
    for each in ground.policy.criteria:
        if each.weight and not isinstance(results[each.name], Measured):
            yield f"Not measured: {each.name} (weight {decimal_text(each.weight)})."
    if unknown:
        some_names = [gate.name for gate in unknown[:3]]
        more = [f"{len(unknown) - 3:,} more"] if len(unknown) > 3 else []  # noqa: PLR2004 - some are named
        names = joined([*some_names, *more])
        of_all = some(
            len(unknown), f"of {plural(judged, 'gate')}", "is", "are", f"of {plural(judged, 'gate')}"
        )
        yield f"{of_all} unknown: {names}."
    incomplete = _incomplete(ground)
    if incomplete:
        layers = f"{'Layer' if len(incomplete) == 1 else 'Layers'} {joined(incomplete)}"
        are = "is" if len(incomplete) == 1 else "are"
        yield f"{layers} {are} incomplete: tests were not collected, or evidence was not read whole."
    doubts, problems = len(ground.sources.doubts), len(ground.evidence.problems)
    if problems:
        yield f"{some(problems, 'problem', 'was', 'were')} met in reading and joining the evidence."
    if doubts:
        yield f"{plural(doubts, 'doubt')} about what was read {'stands' if doubts == 1 else 'stand'}."
