"""The criteria as measured, with the reasons: what ships, and what a team made of expressions and checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from reportgen.judge.citing import cited_by
from reportgen.judge.counting.tally import Numbers
from reportgen.judge.ground import Ground
from reportgen.judge.scoring.criteria import CriterionResult, Measured, Unknown, result_of
from reportgen.judge.scoring.measures import Measure, ReadCheck
from reportgen.judge.scoring.score import shown_on
from reportgen.judge.scoring.standing import groundless, state_of, worst_first
from reportgen.judge.wording import clauses, joined, sentence, values_text
from reportgen.model.audit import CriterionScore
from reportgen.model.criteria import SEVERITY_WEIGHTS, CheckScore
from reportgen.model.expression import Expression
from reportgen.model.figures import decimal_text, plural
from reportgen.model.metrics import keyed_name, metric_of
from reportgen.model.policy import Criterion
from reportgen.model.states import State

_NAMED = 3
_VERBS = {
    State.FAIL: ("fails", "fail"),
    State.UNKNOWN: ("is unknown", "are unknown"),
    State.WARN: ("warns", "warn"),
    State.PASS: ("passes", "pass"),
    State.NOT_APPLICABLE: ("does not apply", "do not apply"),
}


class Citations:
    """The evidence of metrics, each looked up once: many checks speak of the same few."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._places = {item.id: place for place, item in enumerate(ground.evidence.items)}
        self._found: dict[tuple[str, bool], tuple[str, ...]] = {}

    def of(self, names: Iterable[str], *, closely: bool = False) -> tuple[str, ...]:
        """Return the ids of the evidence of some metrics, in the order of the index."""
        found: set[str] = set()
        for name in names:
            key = (name, closely)
            if key not in self._found:
                self._found[key] = cited_by([name], self._ground, closely=closely)
            found.update(self._found[key])
        return tuple(sorted(found, key=self._places.__getitem__))


def results_of(ground: Ground) -> dict[str, CriterionResult]:
    """Measure each criterion of the policy, by name."""
    citations = Citations(ground)
    return {each.name: _result(each, ground, citations) for each in ground.policy.criteria}


def criterion_score(criterion: Criterion, result: CriterionResult, ground: Ground) -> CriterionScore:
    """Write down a criterion as measured."""
    points = result.points if isinstance(result, Measured) else None
    own = ground.numbers.measures.own.get(criterion.name)
    names = (keyed_name("criteria", criterion.name, "score"),) if own is None else own.basis.names
    return CriterionScore(
        name=criterion.name,
        weight=criterion.weight,
        required=criterion.required,
        score=points,
        reason=result.reason,
        evidence=cited_by(names, ground),
        title=criterion.title or criterion.name,
        scale=criterion.scale,
        shown=shown_on(criterion.scale, points, ground.policy),
        expression=criterion.expression,
        checks=result.checks,
        policy=criterion.policy,
    )


def _result(criterion: Criterion, ground: Ground, citations: Citations) -> CriterionResult:
    measure = ground.numbers.measures.own.get(criterion.name)
    if measure is None:
        return result_of(criterion.name, ground.numbers.base, ground.policy, ground.debt)
    points = ground.numbers.points(criterion.name)
    if measure.quantity is not None:
        return _of_number(measure, points, ground.numbers)
    checks = tuple(check_score(each, ground, citations) for each in measure.checks)
    if points is None:
        return Unknown(_why_unknown(checks), checks)
    return Measured(points, _of_checks(checks), checks)


def _of_number(measure: Measure, points: Fraction | None, numbers: Numbers) -> CriterionResult:
    """Say what the expression came to, with its numbers."""
    text = " ".join(measure.criterion.expression.split())
    quantity = measure.quantity
    number = None if quantity is None else quantity.evaluate(numbers.value)
    values = values_text(measure.basis.names, numbers)
    if points is None or number is None:
        why = groundless(measure.basis, numbers.value)
        if not why and all(numbers.value(name) is not None for name in measure.basis.names):
            why = "it divides by nothing"
        return Unknown(f"{text} is not known: {why or values}.")
    if (share := _share_told(text, numbers)) is not None:
        return Measured(points, share)
    beyond = "" if number == points else f", and counts as {decimal_text(points)}"
    return Measured(points, f"{text} comes to {decimal_text(number)}{beyond} ({values}).")


def _share_told(name: str, numbers: Numbers) -> str | None:
    """Say the share of passing tests as what it is a share of; None where the expression is another."""
    metric = metric_of(name)
    if metric is None or not name.endswith("tests.percent"):
        return None
    stem = name.removesuffix("percent")
    passed, executed = numbers.value(f"{stem}passed"), numbers.value(f"{stem}executed")
    if passed is None or executed is None:
        return None
    place = f" in {metric.scope}" if metric.scope else ""
    return f"{int(passed):,} of {plural(int(executed), 'executed test')} passed{place}."


def check_score(read: ReadCheck, ground: Ground, citations: Citations) -> CheckScore:
    """Judge a check of a criterion on the evidence."""
    check, numbers = read.check, ground.numbers
    state, why = state_of(read, numbers.value)
    effort = ground.policy.effort.by_severity.get(check.severity, 0)
    return CheckScore(
        id=check.id,
        title=check.title or check.id,
        state=state,
        condition=check.passes,
        reason=sentence(why) if why else _told(_deciding(read, numbers), numbers),
        severity=check.severity,
        remediation=check.remediation,
        minutes=effort if check.minutes is None else check.minutes,
        policy=check.policy,
        evidence=citations.of(read.basis.names, closely=state in {State.FAIL, State.WARN}),
        warns=check.warns,
        paths=check.paths,
    )


def _deciding(read: ReadCheck, numbers: Numbers) -> Expression:
    """Return the condition that says why: that to pass, unless only that to warn is not known."""
    if read.warns is None or read.passes.evaluate(numbers.value) is not False:
        return read.passes
    return read.warns if read.warns.evaluate(numbers.value) is None else read.passes


def _told(expression: Expression, numbers: Numbers) -> str:
    things, whole = clauses(expression, numbers, expression.evaluate(numbers.value))
    are = "are" if things and things[0][:1].isdigit() and not things[0].startswith("1 ") else "is"
    there = [f"there {are} {joined(things)}"] if things else []
    return sentence("; ".join((*there, *whole)))


def _of_checks(checks: Sequence[CheckScore]) -> str:
    counts = worst_first(check.state for check in checks)
    told = joined([f"{count:,} {_VERBS[state][count != 1]}" for state, count in counts.items()])
    failing = [f"“{check.title}”" for check in checks if check.state in {State.FAIL, State.WARN}]
    if len(counts) > 1:
        rest = "; not passed: " if State.PASS in counts and failing else ": "
        return f"Of {plural(len(checks), 'check')} {told}{rest if failing else ''}{_listed(failing)}."
    names = f": {_listed(failing)}" if failing else ""
    verb = _VERBS[checks[0].state][len(checks) > 1]
    whole = {1: "The only check", 2: "Both checks"}.get(len(checks), f"All {len(checks):,} checks")
    return f"{whole} {verb}{names}."


def _why_unknown(checks: Sequence[CheckScore]) -> str:
    unknown = [each for each in checks if each.state is State.UNKNOWN and SEVERITY_WEIGHTS[each.severity]]
    if not unknown:
        left = [each for each in checks if each.state is not State.NOT_APPLICABLE]
        return "None of its checks counts for the score." if left else "None of its checks applies."
    told = f"{len(unknown):,} of {plural(len(checks), 'check')}"
    be = "is" if len(unknown) == 1 else "are"
    return f"{told} {be} unknown, so that the whole is: {_listed(_reasons(unknown))}."


def _reasons(checks: Sequence[CheckScore]) -> list[str]:
    return [f"{check.title} ({check.reason.rstrip('.')})" for check in checks]


def _listed(names: list[str]) -> str:
    """Name a few, and say how many more there are."""
    left = len(names) - _NAMED
    return joined(names if left <= 1 else [*names[:_NAMED], f"{left:,} more"])


def lost_parts(
    criterion: Criterion, result: Measured, ground: Ground
) -> Iterator[tuple[str, int, str, tuple[str, ...]]]:
    """Yield what a criterion of its own lost points for: label, size in proportion, reason, evidence."""
    if not result.checks:
        names = ground.numbers.measures.own[criterion.name].basis.names
        yield criterion.label, 1, result.reason, cited_by(names, ground)
    for check in result.checks:
        lost = {State.FAIL: 2, State.WARN: 1}.get(check.state, 0) * SEVERITY_WEIGHTS[check.severity]
        aside = " (a warning)" if check.state is State.WARN else ""
        yield f"{criterion.label}: {check.title}{aside}", lost, check.reason, check.evidence
