"""Explanations of criteria: what each is made of, what it came to, and what would turn each of its checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from fractions import Fraction

from reportgen.errors import UsageError
from reportgen.judge.citing import cited_by
from reportgen.judge.counting.tally import Numbers
from reportgen.judge.explaining.explanation import Explanation
from reportgen.judge.explaining.turning import PLAIN, margins_of, turns_of
from reportgen.judge.ground import Ground
from reportgen.judge.scoring.criteria import CriterionResult, Measured
from reportgen.judge.scoring.measures import Measure, ReadCheck
from reportgen.judge.scoring.results import results_of
from reportgen.judge.scoring.score import shown_on
from reportgen.judge.wording import sentence
from reportgen.model.criteria import SEVERITY_WEIGHTS, CheckScore
from reportgen.model.figures import HUNDRED, decimal_text
from reportgen.model.metrics import keyed_name, metric_of, split_name, value_text
from reportgen.model.policy import Criterion
from reportgen.model.states import State

_BUILT_IN = {
    "tests": ("tests.passed", "tests.executed", "tests.skipped"),
    "coverage": ("coverage.lines.covered", "coverage.lines.total"),
    "findings": ("findings.open", "findings.minutes", "findings.lines"),
    "completeness": (
        "evidence.total",
        "evidence.read",
        "evidence.unread",
        "evidence.empty",
        "evidence.missing",
    ),
}
_TOLD = 3
_MOST_NAMES = 12
_EARNED = {State.PASS: Fraction(1), State.WARN: Fraction(1, 2), State.FAIL: Fraction(0)}


def check_names(ground: Ground) -> dict[str, tuple[str, int]]:
    """Return how a check can be called -> criterion and place: `CRITERION/ID`, or the id that only it has."""
    found: dict[str, tuple[str, int]] = {}
    lone: dict[str, tuple[str, int] | None] = {}
    for name, measure in ground.numbers.measures.own.items():
        for place, read in enumerate(measure.checks):
            found[f"{name}/{read.check.id}"] = (name, place)
            lone[read.check.id] = None if read.check.id in lone else (name, place)
    return {**{id_: at for id_, at in lone.items() if at is not None}, **found}


def refuse_unknown_parts(names: Iterable[str], ground: Ground) -> None:
    """Raise `UsageError` for a criterion, or a subject, that is not there, with the nearest name."""
    criteria = [criterion.name for criterion in ground.policy.criteria]
    subjects = [subject.name for subject in ground.policy.subjects]
    for name in names:
        head, key, _ = split_name(name)
        word, known = ("criterion", criteria) if head == "criteria" else ("subject", subjects)
        if head in ("criteria", "subjects") and key not in known:
            near = get_close_matches(key, known, n=1, cutoff=0.5)
            there = f"there is {', '.join(known[:_MOST_NAMES])}" if known else "the policy states none"
            hint = f"did you mean {near[0]!r}?" if near else there
            raise UsageError(f"there is no {word} {key!r}, of which {name!r} speaks", hint)


def explain_criterion(name: str, ground: Ground) -> Explanation:
    """Explain a criterion: its formula or checks, and how much of the score it would be worth."""
    criterion = next(each for each in ground.policy.criteria if each.name == name)
    result = results_of(ground)[name]
    measure = ground.numbers.measures.own.get(name)
    points = result.points if isinstance(result, Measured) else None
    score = keyed_name("criteria", name, "score")
    names = _BUILT_IN.get(name, ()) if measure is None else measure.basis.names
    return Explanation(
        name=name,
        kind="criterion",
        state=_state(criterion, points, ground),
        condition=score if measure is None else _formula(measure),
        reason=result.reason,
        values=_values(names, ground.numbers),
        evidence=cited_by([score], ground),
        margin=tuple(map(_earned, result.checks)),
        turns=" ".join(_turns(criterion, result, ground)),
    )


def explain_check(at: tuple[str, int], ground: Ground) -> Explanation:
    """Explain a check of a criterion like a gate: its conditions, their margins, what would turn it."""
    criterion, place = at
    read = ground.numbers.measures.own[criterion].checks[place]
    score = results_of(ground)[criterion].checks[place]
    conditions = [read.passes] if read.warns is None else [read.passes, read.warns]
    return Explanation(
        name=f"{criterion}/{read.check.id}",
        kind="check",
        state=score.state.value,
        condition=f"{score.condition}; else warn: {score.warns}" if score.warns else score.condition,
        reason=" ".join(text for text in (score.reason, _quoted(score)) if text),
        values=_values(read.basis.names, ground.numbers),
        evidence=score.evidence,
        margin=tuple(row for each in conditions for row in margins_of(each, ground.numbers)),
        turns=turn_of(read, score.state, ground.numbers),
    )


def turn_of(read: ReadCheck, state: State, numbers: Numbers) -> str:
    """Say what would have to change for a check to come out otherwise."""
    if state is State.NOT_APPLICABLE:
        return "It would be judged if a line were changed that it speaks of."
    told = turns_of(read.passes, state, numbers)
    if read.warns is None or state is not State.FAIL:
        return told
    warning = turns_of(read.warns, state, numbers).replace("It would pass if", "It would warn if", 1)
    return f"{told} {warning}".strip()


def _state(criterion: Criterion, points: Fraction | None, ground: Ground) -> str:
    if points is None:
        return State.UNKNOWN.value
    text = value_text(metric_of("score.value") or PLAIN, points)
    return (
        text if criterion.scale == HUNDRED else f"{shown_on(criterion.scale, points, ground.policy)} ({text})"
    )


def _formula(measure: Measure) -> str:
    if measure.quantity is not None:
        return " ".join(measure.criterion.expression.split())
    return "checks, by weight: " + ", ".join(
        f"{read.check.id} {SEVERITY_WEIGHTS[read.check.severity]}" for read in measure.checks
    )


def _earned(check: CheckScore) -> str:
    """Say what a check earned of its weight: `check steady (high): fail, 0 of 4`."""
    weight = SEVERITY_WEIGHTS[check.severity]
    share = _EARNED.get(check.state)
    earned = "" if share is None else f", {decimal_text(share * weight)} of {weight}"
    return f"check {check.id} ({check.severity.value}): {check.state.value}{earned}"


def _turns(criterion: Criterion, result: CriterionResult, ground: Ground) -> Iterator[str]:
    points = result.points if isinstance(result, Measured) else Fraction(0)
    total = ground.numbers.measures.total
    if total and points != HUNDRED:
        left = value_text(metric_of("score.value") or PLAIN, criterion.weight * (HUNDRED - points) / total)
        yield f"With full points for {criterion.name} the score would be {left} points higher."
    measure = ground.numbers.measures.own.get(criterion.name)
    open_ones = [
        (read, check)
        for read, check in zip(measure.checks if measure else (), result.checks, strict=True)
        if check.state in {State.FAIL, State.UNKNOWN, State.WARN}
    ]
    for read, check in open_ones[:_TOLD]:
        told = turn_of(read, check.state, ground.numbers)
        if told:
            yield sentence(f"{check.id}: {_inside(told)}")
    if len(open_ones) > _TOLD:
        yield f"So for {len(open_ones) - _TOLD:,} more: explain {criterion.name}/ID."


def _inside(text: str) -> str:
    return text[:1].lower() + text[1:]


def _quoted(score: CheckScore) -> str:
    remedy = f"To mend it: {sentence(score.remediation)}" if score.remediation else ""
    policy = f"The policy: {sentence(score.policy)}" if score.policy else ""
    return " ".join(text for text in (policy, remedy) if text)


def _values(names: Iterable[str], numbers: Numbers) -> tuple[tuple[str, str], ...]:
    return tuple((name, value_text(metric_of(name) or PLAIN, numbers.value(name))) for name in names)
