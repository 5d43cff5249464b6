"""How the figures came about, in sentences that quote the policy."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.judge.failing.phases import is_collection
from reportgen.judge.ground import Ground
from reportgen.judge.scoring.method_criteria import own_criteria
from reportgen.judge.wording import joined
from reportgen.model.figures import decimal_text, plural
from reportgen.model.policy import Policy
from reportgen.model.states import RepeatRule, Severity

_REPEATS = {
    RepeatRule.WORST: "the worst counts",
    RepeatRule.LATEST: "the latest counts",
    RepeatRule.BEST: "the best counts",
}


def method_of(ground: Ground) -> tuple[str, ...]:
    """Say how the evidence was counted, scored and judged."""
    return tuple(_sentences(ground))


def _has_uncollected(ground: Ground) -> bool:
    """Tell whether a result stands for tests that could not be collected; only then is a layer incomplete."""
    if ground.tests is None or all(layer.complete for layer in ground.tests.by_layer.values()):
        return False
    return any(is_collection(case) for case in ground.evidence.cases)


def _sentences(ground: Ground) -> Iterator[str]:
    policy = ground.policy
    yield (
        "Tests, lines and findings are counted one by one; where a file's own totals differ, "
        "the merge ledger says so."
    )
    yield (
        "Where one test has several results that its producer does not mark as retries, "
        f"{_REPEATS[ground.evidence.rules.repeats]}."
    )
    if _has_uncollected(ground):
        yield "An error of collection counts as one executed test; how many tests it stands for is not known."
    weights = joined([f"{each.name} {decimal_text(each.weight)}" for each in policy.criteria if each.weight])
    yield (
        f"The score is the weighted mean of its criteria ({weights}); the grade is that of the lowest score "
        "possible, in which what is not measured counts as nothing."
    )
    yield from own_criteria(policy)
    required = [each.name for each in policy.criteria if each.required]
    if required:
        yield f"Without {joined(required)} the verdict is unknown."
    yield from _of_findings(policy)
    yield f"The cause of a failure is taken to need {plural(policy.effort.cause, 'minute')}."
    if ground.tests is not None and any(cause.suspects for cause in ground.tests.causes):
        yield (
            "Suspicious lines are ranked by Ochiai's coefficient over the lines that tests ran between setup "
            "and teardown; the tests' own files, flaky tests and failures of other causes are left out of it."
        )
    yield "Percentages and points are exact and printed rounded down; 100 is printed only where it is exact."
    if policy.without:
        yield f"The policy expects no {joined(sorted(policy.without))}."
    if policy.switched_off:
        gates = "gate" if len(policy.switched_off) == 1 else "gates"
        yield f"The configuration switches off the {gates} {joined(policy.switched_off)}."
    if policy.severities:
        groups = plural(len(policy.severities), "rule or group", "rules or groups")
        yield f"The configuration sets the severity of {groups}."
    if policy.waivers:
        yield from _of_waivers(policy)
    for rule, reason in ground.evidence.rules_skipped:
        yield f"The rule {rule} was skipped: {reason}."


def _of_waivers(policy: Policy) -> Iterator[str]:
    yield (
        "A waived finding takes no time to mend. A waived failing test is neither failed nor passed, and not "
        "among the executed ones. A waived gate is no pass, and the verdict is that of the others. A waiver "
        "counts up to and on its last day, by the date of this report."
    )
    yield (
        "A waiver of findings is bound to what was looked at: to the tool's fingerprint, or to digests of "
        "the code at the place (of the finding as reported, where the code is not known). "
        f"It expires soon from {plural(policy.waiver_warning_days, 'day')} before its last day on."
    )


def _of_findings(policy: Policy) -> Iterator[str]:
    by_severity = policy.effort.by_severity
    minutes = joined([f"{each.value} {by_severity.get(each, 0)}" for each in Severity])
    yield (
        f"A finding takes, by its severity, so many minutes to mend: {minutes}. The findings score falls "
        f"from 100 to 0 as this time rises from nothing to half of {plural(policy.effort.line, 'minute')} "
        "for each executable line of the examined files."
    )
    if policy.effort.by_rule:
        rules = plural(len(policy.effort.by_rule), "rule")
        yield f"The configuration sets the time of {rules}."
