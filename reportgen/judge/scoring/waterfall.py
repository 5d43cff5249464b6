"""The waterfall: from 100 to the score, a line a deduction; the lines add up exactly, and as printed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple, assert_never

from reportgen.judge.cited import cited
from reportgen.judge.counting.findings import SEVERITIES
from reportgen.judge.ground import Ground
from reportgen.judge.scoring.criteria import CriterionResult, Measured, Unknown
from reportgen.judge.scoring.results import lost_parts
from reportgen.model.audit import Deduction
from reportgen.model.figures import HUNDRED, floor_digits, plural, share_out
from reportgen.model.policy import Criterion

_Ids = tuple[str, ...]


class _Part(NamedTuple):
    """A part of a criterion's deduction: its share is in proportion to `size`."""

    label: str
    size: Fraction
    reason: str
    evidence: _Ids


def waterfall_of(ground: Ground, results: dict[str, CriterionResult]) -> tuple[Deduction, ...]:
    """Split 100 − `lower` into its causes: by criterion, and within one by what it lost the points for."""
    score = ground.numbers.overall
    lines: list[tuple[_Part, Fraction]] = []
    for criterion in ground.policy.criteria:
        share = criterion.weight / score.total if score.total else Fraction(0)
        lines.extend(_lines(criterion, share, results[criterion.name], ground))
    if not score.total:
        lines.append((_Part("Nothing is scored", HUNDRED, "No criterion has a weight.", ()), HUNDRED))
    printed = share_out([points for _, points in lines], total=HUNDRED - floor_digits(score.lower, 1))
    return tuple(
        Deduction(label=part.label, points=points, printed=shown, reason=part.reason, evidence=part.evidence)
        for (part, points), shown in zip(lines, printed, strict=True)
    )


def _lines(
    criterion: Criterion, share: Fraction, result: CriterionResult, ground: Ground
) -> Iterator[tuple[_Part, Fraction]]:
    """Yield the parts of what one criterion takes off; nothing where it takes nothing off."""
    match result:
        case Unknown(reason=reason):
            if share:
                label = f"{criterion.label}: not measured"
                yield _Part(label, HUNDRED, reason, ()), share * HUNDRED
        case Measured(points=points):
            lost = share * (HUNDRED - points)
            parts = [part for part in _parts(criterion, result, ground) if part.size]
            whole = sum((part.size for part in parts), Fraction(0))
            if lost:
                yield from ((part, lost * part.size / whole) for part in parts)
        case _:
            assert_never(result)


def _parts(criterion: Criterion, result: Measured, ground: Ground) -> Iterator[_Part]:
    if criterion.is_own:
        yield from (
            _Part(label, Fraction(size), reason, ids)
            for label, size, reason, ids in lost_parts(criterion, result, ground)
        )
        return
    match criterion.name:
        case "tests":
            yield from _tests(ground)
        case "findings":
            yield from _findings(ground)
        case "completeness":
            yield from _completeness(ground)
        case "coverage":
            ids = ground.sources.of_kind["coverage"]
            yield _Part("Coverage: lines that never ran", Fraction(1), result.reason, ids)
        case _:
            yield _Part(criterion.label, Fraction(1), result.reason, ())


def _tests(ground: Ground) -> Iterator[_Part]:
    tests = ground.tests
    if tests is None:
        return
    for word, count in (("failed", tests.failed), ("errored", tests.errored)):
        outcomes = {"failed"} if word == "failed" else {"errored", "unknown"}
        of = (case.evidence for case in tests.cases if case.outcome in outcomes)
        reason = f"{plural(count, 'test')} {word}, of {tests.executed:,} executed."
        yield _Part(f"Tests: {word}", Fraction(count), reason, cited(*of))


def _findings(ground: Ground) -> Iterator[_Part]:
    for severity in SEVERITIES:
        members = [each for each in ground.priced if each.finding.severity is severity]
        minutes = sum(each.minutes for each in members)
        count = plural(len(members), f"open {severity.value} finding")
        takes = "takes" if len(members) == 1 else "take"
        of = (member.finding.evidence for member in members)
        reason = f"{count} {takes} {plural(minutes, 'minute')} to mend."
        yield _Part(f"Findings: {severity.value}", Fraction(minutes), reason, cited(*of))


def _completeness(ground: Ground) -> Iterator[_Part]:
    sources = ground.sources
    unread = len(sources.unread) + len(sources.absent)
    for label, count, reason, ids in (
        (
            "not read whole",
            unread,
            f"{plural(unread, 'artifact')} could not be read, or not whole.",
            sources.unread,
        ),
        (
            "without a fact",
            len(sources.empty),
            f"{plural(len(sources.empty), 'artifact')} without a fact.",
            sources.empty,
        ),
        ("missing", len(sources.missing), f"Nothing fits {', '.join(sources.missing)}.", ()),
    ):
        yield _Part(f"Completeness: {label}", Fraction(count), reason, ids)
