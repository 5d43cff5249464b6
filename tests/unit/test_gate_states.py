from __future__ import annotations

import pytest
from msgspec import structs

from reportgen.judge.gating.bounds import outcomes
from reportgen.model.audit import GateResult
from reportgen.model.evidence import Evidence
from reportgen.model.expression import parse_condition
from reportgen.model.policy import Gate, Policy
from reportgen.model.scoping import scoped
from reportgen.model.states import State
from tests.unit.judge_evidence import audit, case, changed, evidence, file, gate_states, many, scan

THREE = Gate(name="g", condition="tests.failed == 0", warn="tests.failed <= 2", unknown="tests.executed < 5")


def judged(gate: Gate, joined: Evidence, **fields: object) -> GateResult:
    found = audit(joined, changed(gates=(gate,), **fields))
    return next(each for each in found.gates if each.name.startswith(gate.name))


@pytest.mark.parametrize(
    ("outcomes", "state"),
    [
        ("ppppp", "pass"),
        ("ppppf", "warn"),
        ("pppff", "warn"),
        ("ppfff", "fail"),
        ("pppp", "unknown"),  # too few of them ran
        ("pppf", "unknown"),
        ("sssss", "unknown"),
    ],
)
def test_a_gate_passes_warns_fails_or_is_unknown(outcomes: str, state: str) -> None:
    assert judged(THREE, evidence(many(outcomes))).state == state


def test_a_gate_says_which_condition_decided() -> None:
    found = judged(THREE, evidence(many("pppf")))
    assert found.reason == "Its condition for unknown holds: tests.executed < 5 (tests.executed = 4)."
    assert found.conditions == (
        "pass: tests.failed == 0; warn: tests.failed <= 2; unknown: tests.executed < 5"
    )


@pytest.mark.parametrize(
    ("gate", "state"),
    [
        # what is needed for a warning or for unknown is not there: never a warning, never a pass
        (Gate(name="g", condition="tests.failed == 0", warn="coverage.lines.percent >= 80"), "unknown"),
        (Gate(name="g", condition="tests.passed > 0", unknown="coverage.lines.percent < 80"), "unknown"),
        (Gate(name="g", condition="tests.failed == 0", warn="tests.failed < 1"), "fail"),
    ],
)
def test_what_a_gate_needs_and_is_not_known_never_betters_it(gate: Gate, state: str) -> None:
    assert judged(gate, evidence(many("pf"))).state == state


def test_a_warning_is_none_where_its_condition_holds_only_because_nothing_ran() -> None:
    gate = Gate(
        name="g",
        condition="layers.e2e.tests.failed == 0 and coverage.lines.percent >= 90",
        warn="layers.e2e.tests.failed == 0",
    )
    half = [file("a.py", [1], [1, 2])]
    found = judged(gate, evidence([case("a"), case("b", "skipped", layer="e2e")], files=half))
    assert (found.state, found.reason) == (
        "unknown",
        "It does not pass, and whether it warns or fails is not known: no test of layer e2e was executed.",
    )
    assert judged(gate, evidence([case("a"), case("b", layer="e2e")], files=half)).state == "warn"


@pytest.mark.parametrize(
    ("condition", "state", "reason"),
    [
        ("tests.seconds <= 1", "unknown", "Not every test that ran states its time."),
        ("layers.e2e.tests.seconds <= 1", "unknown", "Not every test of layer e2e that ran states its time."),
        ('paths["C"].tests.seconds <= 1', "unknown", "Not every test of path C that ran states its time."),
        ("layers.unit.tests.seconds <= 1", "pass", "The time of all tests in layer unit is 0.5 s, and 1 s"),
        # what is known is enough to fail
        ("tests.seconds <= 0.5", "fail", "The time of all tests is 0.75 s, and 0.5 s or less is asked for."),
    ],
)
def test_a_time_is_within_its_limit_only_where_every_test_that_ran_states_its_own(
    condition: str, state: str, reason: str
) -> None:
    joined = evidence(
        [
            case("a", seconds="0.5"),
            case("b", "skipped"),
            case("c", seconds="0.25", layer="e2e"),
            case("d", layer="e2e"),
        ]
    )
    found = judged(Gate(name="g", condition=condition), joined)
    assert (found.state, found.reason[: len(reason)]) == (state, reason)


def test_a_gate_of_each_layer() -> None:
    gate = Gate(name="ok", title="Fine", condition="tests.failed == 0", each="layer", needs="tests")
    joined = evidence([case("a"), case("b", "failed", layer="e2e")])
    named = structs.replace(joined, rules=structs.replace(joined.rules, layers=(("gone", "x/**"),)))
    found = audit(named, changed(gates=(gate,)))
    assert {name: state for name, state in gate_states(found).items() if name.startswith("ok")} == {
        "ok-e2e": "fail",
        "ok-gone": "unknown",
        "ok-unit": "pass",
    }
    assert next(each.title for each in found.gates if each.name == "ok-unit") == "Fine (layer unit)"


def test_a_gate_of_each_layer_does_not_vanish_where_there_is_none() -> None:
    gate = Gate(name="ok", condition="tests.failed == 0", each="layer", needs="tests")
    assert judged(gate, evidence(files=[])).state == "unknown"


@pytest.mark.parametrize(
    ("condition", "scope", "key", "rewritten"),
    [
        ("tests.failed == 0", "layer", "unit", "layers.unit.tests.failed == 0"),
        (
            "max(tests.failed, tests.errored) <= 1 and not coverage.lines.percent < 3",
            "layer",
            "end to end",
            (
                'max(layers["end to end"].tests.failed, layers["end to end"].tests.errored) <= 1 '
                'and not layers["end to end"].coverage.lines.percent < 3'
            ),
        ),
        ("1 <= tests.passed", "layer", "ü", "1 <= layers.ü.tests.passed"),
        ("tests.failed == 0", "path", "src/pay/**", 'paths["src/pay/**"].tests.failed == 0'),
        ("findings.critical == 0", "subject", "pay", "subjects.pay.findings.critical == 0"),
    ],
)
def test_conditions_are_rewritten_for_a_part(condition: str, scope: str, key: str, rewritten: str) -> None:
    assert scoped(condition, scope, key) == rewritten


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        (
            "findings.critical == 0",
            "of one layer there is no 'findings.critical'; there is tests.",
        ),
        ("evidence.total > 0", "of one layer there is no 'evidence.total'"),
        ("layers.unit.tests.failed == 0", "there is no metric"),
        ("tests.faild == 0", "did you mean 'tests.failed'"),
    ],
)
def test_a_name_that_no_part_has_is_refused(condition: str, told: str) -> None:
    with pytest.raises(ValueError, match="there") as error:
        scoped(condition, "layer", "unit")
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("condition", "can"),
    [
        ("tests.failed >= 0", {True}),
        ("tests.failed > -1", {True}),
        ("tests.failed < 0", {False}),
        ("tests.failed == -1", {False}),
        ("tests.failed != -1", {True}),
        ("tests.failed == 0", {True, False}),
        ("coverage.lines.percent >= 0", {True}),
        ("coverage.lines.percent < 101", {True}),
        ("coverage.lines.percent <= 100", {True}),
        ("coverage.lines.percent >= 100", {True, False}),
        ("coverage.lines.percent > 100", {False}),
        ("score.lower >= 0 and tests.failed == 0", {True, False}),
        ("score.lower >= 0 or tests.failed == 0", {True}),
        ("not tests.failed >= 0", {False}),
        ("tests.failed + tests.errored >= 0", {True}),
        ("tests.failed - tests.errored >= 0", {True, False}),
        ("tests.failed * 2 >= 0", {True}),
        ("0 - tests.failed <= 0", {True}),
        ("-tests.failed <= 0", {True}),
        ("max(tests.failed, 1) >= 1", {True}),
        ("min(tests.failed, 1) <= 1", {True}),
        ("abs(tests.failed - 3) >= 0", {True}),
        ("changes.coverage_points >= 0", {True, False}),
        ("changes.coverage_points >= -100", {True}),
        ("changes.tests_percent <= 100", {True, False}),
        ("100 * tests.passed / tests.total >= 0", {True}),
    ],
)
def test_what_a_condition_can_come_to(condition: str, can: set[bool]) -> None:
    assert outcomes(parse_condition(condition).condition) == can


@pytest.mark.parametrize(
    ("gate", "note"),
    [
        (Gate(name="g", condition="tests.failed >= 0"), "it cannot fail"),
        (Gate(name="g", condition="tests.failed == 0", warn="tests.failed >= 0"), "it cannot fail"),
        (Gate(name="g", condition="coverage.lines.percent > 100"), "it cannot pass"),
        (Gate(name="g", condition="layers.unitt.tests.failed == 0"), "belongs to layer unitt"),
        (Gate(name="g", condition="findings.high == 0", needs="findings", required=False), "it cannot fail"),
        (Gate(name="g", condition="tests.failed == 0"), ""),
        (Gate(name="g", condition="coverage.lines.percent >= 0", otherwise="unknown"), ""),
        (Gate(name="g", condition="coverage.lines.percent >= 80"), ""),
    ],
)
def test_a_gate_that_guards_nothing_is_pointed_out(gate: Gate, note: str) -> None:
    found = judged(gate, evidence(many("p"))).note
    assert note in found
    assert bool(note) == bool(found)


def test_no_gate_that_ships_is_accused() -> None:
    policies = (Policy(), changed(fail_under=0), changed(expected=("x",)))
    for policy in policies:
        for joined in (evidence(), evidence(many("pf"), files=[file("a.py", {1}, {1})], findings=scan())):
            noted = [each.name for each in audit(joined, policy).gates if each.note]
            assert noted in ([], ["fail-under"])


def test_the_shipped_gate_for_findings_is_not_accused_without_a_scan() -> None:
    found = audit(evidence(many("p")))
    assert {each.name for each in found.gates if each.state is State.NOT_APPLICABLE} == {
        "no-critical-finding"
    }
    assert not any(each.note for each in found.gates)


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("layers.e2e.tests.failed == 0", "No test of layer e2e was executed."),
        (
            "layers.unit.tests.failed == 0 and layers.e2e.tests.failed == 0",
            "No test of layer e2e was executed.",
        ),
        ("tests.failed == 0", ""),
    ],
)
def test_a_layer_in_which_no_test_ran_passes_nothing(condition: str, told: str) -> None:
    joined = evidence([*many("pp"), *many("ss", layer="e2e")])
    found = judged(Gate(name="g", condition=condition), joined)
    assert found.state == ("unknown" if told else "pass")
    assert not told or found.reason == told


@pytest.mark.parametrize(
    ("condition", "named"),
    [
        ("tests.failed == 0", ["g-e2e", "g-unit"]),
        ("coverage.lines.percent > 0", ["g-default", "g-unit"]),
        ("tests.failed == 0 and coverage.lines.percent > 0", ["g-e2e", "g-unit"]),
    ],
)
def test_the_layers_of_each_are_those_of_what_it_speaks_of(condition: str, named: list[str]) -> None:
    joined = evidence(
        [case("a"), case("b", layer="e2e")],
        files=[file("a.py", {1}, {1}), file("b.py", {1}, {1}, layer="default")],
    )
    found = audit(joined, changed(gates=(Gate(name="g", condition=condition, each="layer"),)))
    assert [each.name for each in found.gates if each.name.startswith("g-")] == named
