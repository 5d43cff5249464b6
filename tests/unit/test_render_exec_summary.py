"""The executive summary, the conclusion and the action items say what the model says, and no more."""

from __future__ import annotations

from fractions import Fraction as F  # noqa: N817 - scores are full of them

import pytest
from msgspec.structs import replace

from reportgen.model.audit import Audit
from reportgen.model.profile import Profile
from reportgen.model.signoff import CheckItem
from reportgen.model.states import Outcome, Severity, State
from reportgen.render.markdown import to_markdown
from reportgen.render.views.key_findings import key_findings
from tests.sample_audit import empty_audit, sample_audit
from tests.sample_parts import case, finding, sample_findings, sample_tests

PROFILE = Profile(summary="", sections=("header", "exec_summary", "action_items", "conclusion", "evidence"))


def told(audit: Audit) -> dict[str, str]:
    return {each.about: f"{each.state.value}: {each.sentence}" for each in key_findings(audit, PROFILE)}


def audit_of(*outcomes: Outcome, complete: bool = True, **changes: object) -> Audit:
    tests = sample_tests([case(n, outcome, **changes) for n, outcome in enumerate(outcomes, start=1)])
    layers = {name: replace(layer, complete=complete) for name, layer in tests.by_layer.items()}
    return replace(sample_audit(), tests=replace(tests, by_layer=layers))


def uncollected(count: int) -> Audit:
    audit = audit_of(*[Outcome.ERRORED] * count, complete=False)
    assert audit.tests is not None
    layers = {name: replace(layer, ran=False) for name, layer in audit.tests.by_layer.items()}
    return replace(audit, tests=replace(audit.tests, by_layer=layers))


@pytest.mark.parametrize(
    ("audit", "sentence"),
    [
        (audit_of(Outcome.PASSED), "pass: the only executed one passed."),
        (audit_of(Outcome.PASSED, Outcome.PASSED), "pass: all 2 executed ones passed."),
        (
            audit_of(Outcome.PASSED, complete=False),
            "unknown: the only executed one passed, and the layer is incomplete.",
        ),
        (audit_of(Outcome.PASSED, flaky=True), "warn: the only executed one passed; 1 is flaky."),
        (audit_of(Outcome.FAILED), "fail: of 1 executed test, 1 failed."),
        (
            audit_of(Outcome.FAILED, Outcome.ERRORED, Outcome.PASSED),
            "fail: of 3 executed tests, 1 failed and 1 errored.",
        ),
        (audit_of(Outcome.SKIPPED), "unknown: none ran, as the only one was skipped."),
        (audit_of(Outcome.SKIPPED, Outcome.SKIPPED), "unknown: none ran, as all 2 were skipped."),
        (audit_of(), "unknown: none ran, as its results hold no test."),
        (uncollected(1), "fail: none ran, as its only result is an error of collection."),
        (uncollected(2), "fail: none ran, as its 2 results are errors of collection."),
    ],
)
def test_a_layer_in_a_sentence(audit: Audit, sentence: str) -> None:
    assert told(audit)["Tests of layer unit"] == sentence


@pytest.mark.parametrize(
    ("severities", "sentence"),
    [
        ([Severity.LOW], "unknown: one is open, and it is not critical or high."),
        ([Severity.HIGH], "fail: one is open, and it is critical or high."),
        ([Severity.LOW, Severity.LOW], "unknown: 2 are open, none of them critical or high."),
        ([Severity.CRITICAL, Severity.LOW], "fail: 2 are open, 1 of them critical or high."),
    ],
)
def test_findings_in_a_sentence(severities: list[Severity], sentence: str) -> None:
    items = [finding(n, severity=severity) for n, severity in enumerate(severities)]
    assert told(replace(sample_audit(), findings=sample_findings(items)))["Findings"] == sentence


def test_what_is_missing_is_unknown_and_never_a_pass() -> None:
    found = told(replace(empty_audit(), tests=None, coverage=None, findings=None))
    assert found["Tests"] == "unknown: not measured, as no test results were given."
    assert found["Coverage"] == "unknown: not measured, as none was given."
    assert found["Findings"] == "unknown: not measured, as no scan was given."
    assert not [each for each in found.values() if each.startswith("pass")]


def test_the_worst_comes_first() -> None:
    states = [each.state for each in key_findings(sample_audit(), PROFILE)]
    order = [State.FAIL, State.UNKNOWN, State.NOT_DONE, State.WARN, State.WAIVED, State.PASS]
    assert states == sorted(states, key=order.index)
    assert State.FAIL in states


@pytest.mark.parametrize(
    ("states", "sentence"),
    [
        ([State.NOT_DONE], "not_done: nobody answered the only one for this revision."),
        ([State.NOT_DONE] * 2, "not_done: nobody answered any of 2 for this revision."),
        ([State.NOT_DONE, State.PASS], "not_done: nobody answered 1 of 2 for this revision."),
        ([State.PASS, State.FAIL], "fail: 2 checks answered for this revision."),
    ],
)
def test_checks_by_people(states: list[State], sentence: str) -> None:
    items = tuple(
        CheckItem(id=f"m{n}", text="Look", state=state, reason="", evidence=(), manual=True)
        for n, state in enumerate(states)
    )
    assert told(replace(sample_audit(), checklist=items))["Checks by people"] == sentence


def test_the_page_begins_and_ends_with_the_verdict() -> None:
    page = to_markdown(sample_audit(), PROFILE)
    assert "Overall assessment: ❌ **FAIL** 2 of 8 tests that ran failed or errored." in page
    conclusion = page.partition("## Conclusion")[2]
    assert conclusion.lstrip().startswith("❌ **FAIL**")
    first = sample_audit().remediation[0]
    assert f"({first.id}, " in conclusion
    assert f"- [ ] {first.id}: " in page


def test_one_step_and_one_check_are_said_so() -> None:
    audit = sample_audit()
    check = CheckItem(
        id="m", text="Look at it", state=State.NOT_DONE, reason="", evidence=(), manual=True, who="Ann"
    )
    first = replace(audit.remediation[0], priority="low", minutes=30)
    page = to_markdown(replace(audit, remediation=(first,), checklist=(check,)), PROFILE)
    assert "### Low priority\n\n1 step, 30 min." in page
    assert "- [ ] Look at it (Ann)" in page
    assert "1 check waits for a person." in page


def test_nothing_to_do_is_said() -> None:
    audit = replace(sample_audit(), remediation=(), checklist=(), issues=())
    page = to_markdown(audit, PROFILE)
    assert "Nothing that the evidence shows calls for a step" in page
    assert "Next step" not in page


def test_the_score_stands_beside_the_verdict() -> None:
    audit = sample_audit()
    page = to_markdown(replace(audit, score=replace(audit.score, value=F(50))), PROFILE)
    assert "Score 50.0 of 100" in page
