"""The checklist: what a person would look at before signing, each item tied to evidence by a condition."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import structs

from reportgen.judge.gating.gates import Checked, judged
from reportgen.judge.gating.signing import Answers, answers_of, manual_item
from reportgen.judge.ground import Ground
from reportgen.judge.wording import sentence, some
from reportgen.model.audit_tests import AuditTests, LayerCounts
from reportgen.model.expression import parse_condition
from reportgen.model.figures import plural
from reportgen.model.metrics import keyed_name
from reportgen.model.policy import Gate
from reportgen.model.signoff import Check, CheckItem, SignOff
from reportgen.model.states import State

_NOBODY = SignOff()

ITEMS = (
    Gate(
        name="tests-pass",
        title="All tests pass",
        condition="tests.executed > 0 and tests.passed == tests.executed",
        needs="tests",
    ),
    Gate(
        name="suites-whole",
        title="No suite has an error that no test carries",
        condition="tests.suite_errors == 0",
        needs="tests",
    ),
    Gate(
        name="layers-ran",
        title="Every layer ran tests",
        condition="tests.layers_without_run == 0",
        otherwise="unknown",
        needs="tests",
    ),
    Gate(
        name="layers-complete",
        title="Every layer is complete: its tests were collected and its evidence read whole",
        condition="tests.layers_incomplete == 0",
        otherwise="unknown",
        needs="tests",
    ),
    Gate(
        name="no-skipped-test",
        title="No test is skipped",
        condition="tests.skipped == 0",
        otherwise="warn",
        needs="tests",
    ),
    Gate(
        name="no-flaky-test",
        title="No test is flaky",
        condition="tests.flaky == 0",
        otherwise="warn",
        needs="tests",
    ),
    Gate(
        name="coverage-measured",
        title="Line coverage is measured",
        condition="coverage.lines.percent >= 0",
        otherwise="unknown",
        needs="coverage",
    ),
    Gate(
        name="no-critical-or-high-finding",
        title="No critical or high finding is open",
        condition="findings.critical == 0 and findings.high == 0",
        needs="findings",
    ),
    Gate(
        name="evidence-whole",
        title="Every artifact was read whole and holds facts",
        condition="evidence.total > 0 and evidence.unread == 0 and evidence.empty == 0",
        otherwise="unknown",
    ),
    Gate(
        name="evidence-sound",
        title="Nothing casts doubt on what was read",
        condition="evidence.doubtful == 0",
        otherwise="unknown",
    ),
    Gate(
        name="counts-agree",
        title="What files declare agrees with what they hold",
        condition="evidence.contradicted == 0",
        otherwise="warn",
    ),
)


def checklist_of(
    ground: Ground, signoff: SignOff = _NOBODY, revision: str | None = None
) -> tuple[CheckItem, ...]:
    """Judge each item of the checklist; with several layers, the tests of each are an item of their own.

    The team's own items follow those that ship, or stand in the place of one with the same id.
    """
    own = {check.id: check for check in ground.policy.checks}
    answers = answers_of(signoff)
    shipped = [
        _of_team(own.pop(gate.name), ground, answers, revision) if gate.name in own else _item(gate, ground)
        for gate in checks_of(ground)
    ]
    return (*shipped, *(_of_team(check, ground, answers, revision) for check in own.values()))


def gate_of(check: Check) -> Gate:
    """Return an item that is tied to evidence as a condition that can be judged."""
    return Gate(
        name=check.id,
        title=check.text,
        condition=check.condition,
        otherwise=check.otherwise,
        needs=check.needs,
    )


def _of_team(check: Check, ground: Ground, answers: Answers, revision: str | None) -> CheckItem:
    """Judge an item of the team: by its reason not to apply, by its condition, or by who looked."""
    if check.not_applicable:
        told = sentence(check.not_applicable)
        item = CheckItem(id=check.id, text=check.text, state=State.NOT_APPLICABLE, reason=told, evidence=())
        return structs.replace(item, condition=check.condition, manual=not check.condition, who=check.who)
    if not check.condition:
        return manual_item(check, answers, revision)
    gate = gate_of(check)
    result = judged(Checked(gate, parse_condition(gate.condition)), ground)
    return CheckItem(
        id=check.id,
        text=check.text,
        state=result.state,
        reason=result.reason,
        evidence=result.evidence,
        condition=check.condition,
    )


def checks_of(ground: Ground) -> Iterator[Gate]:
    """Yield the items of the checklist as conditions."""
    layers = {} if ground.tests is None else ground.tests.by_layer
    for item in ITEMS:
        yield item
        if item.name == "tests-pass" and len(layers) > 1:
            for name in layers:
                passed = keyed_name("layers", name, "tests.passed")
                executed = keyed_name("layers", name, "tests.executed")
                yield Gate(
                    name=f"tests-pass-{name}",
                    title=f"All {name} tests pass",
                    condition=f"{executed} > 0 and {passed} == {executed}",
                    needs="tests",
                )


def _item(gate: Gate, ground: Ground) -> CheckItem:
    told = _passing(gate, ground)
    otherwise = "unknown" if told is not None and not told[1] else gate.otherwise
    result = judged(
        Checked(structs.replace(gate, otherwise=otherwise), parse_condition(gate.condition)), ground
    )
    reason = result.reason if told is None else told[0]
    state = result.state
    if told is not None and _tests_of(gate, ground).waived and state in (State.PASS, State.UNKNOWN):
        state = State.WAIVED  # not all of them pass
    return CheckItem(
        id=gate.name,
        text=gate.title,
        state=state,
        reason=reason,
        evidence=result.evidence,
        condition=gate.condition,
    )


def _passing(gate: Gate, ground: Ground) -> tuple[str, int] | None:
    """Say how many of how many pass, for an item about passing tests; with the number of executed ones.

    A layer in which none was executed is unknown, not failed.
    """
    if not gate.name.startswith("tests-pass") or ground.tests is None:
        return None
    counts = _tests_of(gate, ground)
    executed = counts.executed
    failing = counts.failed + counts.errored
    if not executed:
        aside = f": {some(counts.waived, 'failing test', 'is', 'are')} waived" if counts.waived else ""
        return f"No test {'counts' if aside else 'was executed'}{aside}.", 0
    if failing:
        do = "does" if failing == 1 else "do"
        return f"Currently {failing:,} of {plural(executed, 'executed test')} {do} not pass.", executed
    aside = f"; {some(counts.waived, 'failing test', 'is', 'are')} waived" if counts.waived else ""
    return f"{plural(executed, 'executed test')} passed{aside}.", executed


def _tests_of(gate: Gate, ground: Ground) -> AuditTests | LayerCounts:
    """Return the tests that an item about passing tests is about: all, or those of a layer."""
    name = gate.name.removeprefix("tests-pass").removeprefix("-")
    if ground.tests is None:
        raise ValueError(f"{gate.name} is about tests, and there are none")
    return ground.tests.by_layer[name] if name else ground.tests
