"""What changed since a baseline: tests, findings, coverage, score and gates, and the metrics of them."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import msgspec
import pytest
from msgspec import structs

from reportgen.judge import judge
from reportgen.model.artifact import Problem
from reportgen.model.audit import Audit
from reportgen.model.baseline import Against, Baseline
from reportgen.model.changes import Changes
from reportgen.model.evidence import Evidence, JoinedFinding
from reportgen.model.policy import BASELINE_GATES, DEFAULT_POLICY, Gate, Policy
from reportgen.render.model_json import to_json
from tests.unit.judge_evidence import DATE, audit, case, changed, evidence, file, finding, gate_states, scan


def baseline(joined: Evidence, policy: Policy = DEFAULT_POLICY) -> Baseline:
    return msgspec.json.decode(to_json(audit(joined, policy)), type=Baseline)


def compared(then: Evidence, now: Evidence, policy: Policy = DEFAULT_POLICY) -> Audit:
    against = Against(named="audit.json", baseline=baseline(then, policy))
    return judge(now, policy, generated_at=DATE, against=against)


def changes(then: Evidence, now: Evidence) -> Changes:
    found = compared(then, now).changes
    assert found is not None
    return found


def short(ids: tuple[str, ...]) -> str:
    return " ".join(id_.rpartition(".")[2] for id_ in ids)


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        ("passed", "failed", {"new_failures"}),
        ("passed", "errored", {"new_failures"}),
        ("skipped", "failed", {"new_failures"}),
        (None, "failed", {"new_failures", "new"}),
        (None, "passed", {"new"}),
        ("failed", "errored", {"still_failing"}),
        ("unknown", "failed", {"still_failing"}),
        ("failed", "passed", {"fixed"}),
        ("failed", "skipped", {"newly_skipped"}),
        ("failed", None, {"vanished", "vanished_failures"}),
        ("passed", None, {"vanished"}),
        ("passed", "skipped", {"newly_skipped"}),
        ("skipped", "skipped", set()),
        ("passed", "passed", set()),
    ],
)
def test_what_became_of_a_test(then: str | None, now: str | None, told: set[str]) -> None:
    other = case("other")
    before = evidence([other, *([] if then is None else [case("t", then)])])
    after = evidence([other, *([] if now is None else [case("t", now)])])
    tests = changes(before, after).tests
    assert tests is not None
    fields = {name: getattr(tests, name) for name in tests.__struct_fields__}
    named = {name: short(ids) for name, ids in fields.items() if isinstance(ids, tuple) and ids}
    assert named == dict.fromkeys(told, "t")


def test_newly_flaky() -> None:
    before = evidence([case("a"), case("b", flaky=True)])
    tests = changes(before, evidence([case("a", flaky=True), case("b", flaky=True)])).tests
    assert tests is not None
    assert short(tests.newly_flaky) == "a"


def with_fields(one: JoinedFinding, **fields: Any) -> JoinedFinding:
    return msgspec.structs.replace(one, **fields)


OLD = finding("R", line=1)
MOVED = with_fields(finding("R", line=9), message=OLD.message)
MARKED = with_fields(OLD, fingerprint="hash:1")
CODE = with_fields(OLD, snippet="x = eval(y)")


@pytest.mark.parametrize(
    ("then", "now", "new", "fixed", "moved"),
    [
        ([OLD], [OLD], 0, 0, 0),
        ([OLD], [], 0, 1, 0),
        ([], [OLD], 1, 0, 0),
        ([OLD], [MOVED], 1, 1, 1),
        ([OLD], [finding("R", path="b.py")], 1, 1, 0),
        ([MARKED], [with_fields(MOVED, fingerprint="hash:1")], 0, 0, 0),
        ([MARKED], [with_fields(MOVED, fingerprint="hash:2")], 1, 1, 1),
        (
            [with_fields(OLD, fingerprint="partial:1")],
            [with_fields(MOVED, fingerprint="partial:1")],
            1,
            1,
            1,
        ),
        ([CODE], [with_fields(MOVED, snippet="x = eval(y)")], 0, 0, 0),
        ([CODE], [with_fields(MOVED, snippet="x = eval(z)")], 1, 1, 1),
        ([with_fields(OLD, state="suppressed")], [OLD], 1, 0, 0),
        ([OLD], [with_fields(OLD, state="suppressed")], 0, 0, 0),
    ],
)
def test_what_became_of_a_finding(
    then: list[JoinedFinding], now: list[JoinedFinding], new: int, fixed: int, moved: int
) -> None:
    always = finding("S", path="z.py")
    told = changes(evidence(findings=scan(always, *then)), evidence(findings=scan(always, *now))).findings
    assert told is not None
    assert (len(told.new), len(told.fixed), told.moved) == (new, fixed, moved)


def test_a_finding_that_is_suppressed_now_is_told_and_is_not_fixed() -> None:
    hidden = with_fields(OLD, state="suppressed")
    told = changes(evidence(findings=scan(OLD)), evidence(findings=scan(hidden))).findings
    assert told is not None
    assert ([one.id for one in told.accepted], told.fixed) == ([OLD.id], ())


def test_a_finding_whose_tool_did_not_run_is_not_fixed() -> None:
    other = finding("S", tool="pylint")
    told = changes(evidence(findings=scan(OLD, other)), evidence(findings=scan(other))).findings
    assert told is not None
    assert ([one.id for one in told.unexamined], told.fixed) == ([OLD.id], ())


def test_coverage_by_file_and_in_points() -> None:
    lines = range(1, 11)
    before = [file("a.py", range(1, 9), lines), file("b.py", [1], lines), file("gone.py", [1], [1])]
    after = [file("a.py", range(1, 7), lines), file("b.py", [1, 2], lines), file("new.py", [], [1])]
    told = changes(evidence(files=before), evidence(files=after)).coverage
    assert told is not None
    assert [(one.path, one.points) for one in told.dropped] == [("a.py", Fraction(-20))]
    assert (told.gone, told.new) == (("gone.py",), 1)
    assert told.points == told.now - told.then < 0  # type: ignore[operator]


def test_the_score_moves_by_its_criteria() -> None:
    lines = range(1, 5)
    then = evidence([case("a"), case("b")], files=[file("a.py", [1, 2, 3], lines)])
    now = evidence([case("a"), case("b", "failed")], files=[file("a.py", [1, 2, 3], lines)])
    moved = changes(then, now).score
    assert moved is not None
    assert [(one.name, one.points) for one in moved.criteria] == [("tests", Fraction(-50))]
    assert (moved.points, moved.same_model) == (Fraction(-20), True)
    assert [gate.name for gate in changes(then, now).gates] == ["tests-pass"]


def test_tests_that_are_skipped_now_are_tests_that_do_not_run_any_more() -> None:
    then = evidence([case(name) for name in "abcd"])
    for skipped, percent in ((1, 75), (3, 25), (4, 0)):
        now = evidence([case(name, "skipped" if n < skipped else "passed") for n, name in enumerate("abcd")])
        tests = changes(then, now).tests
        assert tests is not None
        assert tests.percent == percent


GATES = (
    "changes.new_failures == 0",
    "changes.vanished_tests == 0",
    "changes.tests_percent >= 90",
    "changes.new_findings == 0",
    "changes.coverage_points >= -1",
    "changes.score_points >= -5",
)


def gated(*conditions: str, required: bool = True) -> Policy:
    gates = tuple(Gate(name=each, condition=each, required=required) for each in conditions)
    return changed(gates=gates)


WHOLE = evidence([case("a"), case("b")], files=[file("a.py", [1, 2], [1, 2])], findings=scan())
WORSE = evidence(
    [case("c", "failed")], files=[file("a.py", [1], [1, 2])], findings=scan(finding("R", "critical"))
)


@pytest.mark.parametrize(("now", "state"), [(WHOLE, "pass"), (WORSE, "fail")])
def test_gates_against_a_baseline(now: Evidence, state: str) -> None:
    states = gate_states(compared(WHOLE, now, gated(*GATES)))
    assert {name: states[name] for name in GATES} == dict.fromkeys(GATES, state)
    assert states["baseline-read"] == "pass"


@pytest.mark.parametrize(("required", "state"), [(True, "unknown"), (False, "not_applicable")])
def test_without_a_baseline_they_are_not_known(required: bool, state: str) -> None:
    states = gate_states(audit(WHOLE, gated(*GATES, required=required)))
    assert {name: states[name] for name in GATES} == dict.fromkeys(GATES, state)
    assert "baseline-read" not in states


def test_a_baseline_that_cannot_be_read_is_unknown_and_never_no_change() -> None:
    problem = Problem("truncated", "it is broken", path="audit.json")
    against = Against(named="audit.json", problem=problem)
    found = judge(WHOLE, gated(*GATES, required=False), generated_at=DATE, against=against)
    states = gate_states(found)
    assert {states[name] for name in (*GATES, "baseline-read")} == {"unknown"}
    assert found.verdict.value == "unknown"
    assert problem in found.problems
    assert found.changes is not None
    assert (found.changes.problem, found.changes.tests) == ("it is broken", None)


def test_a_collapse_of_the_tests_is_unknown() -> None:
    then = evidence([case(f"t{number}") for number in range(10)])
    assert gate_states(compared(then, evidence([case("t1")])))["tests-not-collapsed"] == "unknown"
    assert gate_states(compared(then, then))["tests-not-collapsed"] == "pass"


def test_kinds_that_are_on_one_side_only_are_not_compared() -> None:
    found = compared(evidence([case("a")]), WHOLE, gated("changes.new_findings == 0"))
    assert found.changes is not None
    assert (found.changes.findings, found.changes.coverage) == (None, None)
    assert gate_states(found)["changes.new_findings == 0"] == "unknown"


def test_secrets_that_were_taken_out_of_the_baseline_are_no_change() -> None:
    then = evidence([case("x [redacted]"), case("x [redacted] (2)"), case("y")])
    now = evidence([case("x hunter2"), case("x hunter3"), case("y")])
    against = Against(
        named="a", baseline=baseline(then), scrub=lambda text: re.sub("hunter.", "[redacted]", text)
    )
    found = judge(now, generated_at=DATE, against=against).changes
    assert found is not None
    assert found.tests is not None
    assert (found.tests.new, found.tests.vanished) == ((), ())


FULL = evidence(
    [case("a"), case("b"), case("c", "failed")],
    files=[file("a.py", [1, 2, 3], range(1, 5))],
    findings=scan(finding("X", "low")),
)


@pytest.mark.parametrize(
    ("now", "differs"),
    [
        (FULL, {}),
        (
            structs.replace(FULL, cases=(case("a"), case("b", "failed"), case("c", "failed"))),
            {"no-new-failure": "fail"},
        ),
        (structs.replace(FULL, cases=(case("a"), case("c", "failed"))), {"no-vanished-test": "warn"}),
        (
            structs.replace(FULL, cases=(case("a"),)),
            {"no-vanished-test": "warn", "tests-not-collapsed": "unknown"},
        ),
        (
            evidence(FULL.cases, files=[file("a.py", [1, 2], range(1, 5))], findings=FULL.findings),
            {"coverage-not-dropped": "warn"},
        ),
        (
            structs.replace(FULL, findings=scan(finding("X", "low"), finding("Y", "high", line=9))),
            {"no-new-severe-finding": "warn"},
        ),
        (
            structs.replace(FULL, findings=scan(finding("X", "low"), finding("Y", "critical", line=9))),
            {"no-new-severe-finding": "fail"},
        ),
        # what the baseline had and this run has not is not known, which is no pass
        (structs.replace(FULL, coverage=None), {"coverage-not-dropped": "unknown"}),
        (structs.replace(FULL, findings=None), {"no-new-severe-finding": "unknown"}),
        (
            structs.replace(FULL, cases=(), has_tests=False),
            {"no-new-failure": "unknown", "no-vanished-test": "unknown", "tests-not-collapsed": "unknown"},
        ),
    ],
)
def test_the_gates_of_a_baseline(now: Evidence, differs: dict[str, str]) -> None:
    states = gate_states(compared(FULL, now))
    names = [gate.name for gate in BASELINE_GATES]
    assert {name: states[name] for name in names} == dict.fromkeys(names, "pass") | differs


def test_what_a_baseline_never_held_is_not_asked_of_this_run() -> None:
    then = evidence([case("a")])
    states = gate_states(compared(then, FULL))
    assert {"coverage-not-dropped", "no-new-severe-finding"}.isdisjoint(states)
    assert states["no-new-failure"] == "fail"  # c fails, and did not then


def test_the_gates_of_a_baseline_follow_the_policy() -> None:
    off = tuple(gate for gate in BASELINE_GATES if gate.name != "no-new-failure")
    now = structs.replace(FULL, cases=(case("a"), case("b", "failed"), case("c", "failed")))
    assert "no-new-failure" not in gate_states(compared(FULL, now, policy=changed(baseline_gates=off)))
