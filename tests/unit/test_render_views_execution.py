"""The execution evidence: a row a layer, memory where a test states it, and errors by cause."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from reportgen.model.about import About, LayerCommand
from reportgen.model.audit import Audit
from reportgen.model.states import Outcome
from reportgen.render.profiles import load_profile
from reportgen.render.views.execution import ExecutionView, execution
from reportgen.render.views.parts import Subject
from tests.sample_audit import empty_audit, sample_audit
from tests.sample_parts import case, sample_tests

PROFILE = load_profile("graded")
COMMANDS = About(
    commands=(
        LayerCommand(layer="unit", command="pytest tests/unit"),
        LayerCommand(layer="integration", command="pytest tests/integration"),
    )
)


def viewed(audit: Audit) -> ExecutionView:
    view = execution(Subject(audit, PROFILE))
    assert view is not None
    return view


def test_the_layers_stand_in_the_order_of_their_commands() -> None:
    view = viewed(replace(sample_audit(), about=COMMANDS))
    assert [(row.layer, row.command.source if row.command else "") for row in view.runs] == [
        ("unit", "`pytest tests/unit`"),
        ("integration", "`pytest tests/integration`"),
    ]
    assert view.sentence == "9 tests: 6 passed, 1 failed, 1 errored, 1 skipped, in 13.0 s of test time."
    assert "The commands are those of the policy: no artifact tells how its tests were run." in view.notes


def test_what_no_artifact_tells_is_not_measured() -> None:
    view = viewed(sample_audit())
    assert [row.layer for row in view.runs] == ["integration", "unit"]
    assert {row.memory for row in view.runs} == {"not measured"}
    assert not view.has_command
    assert [note.partition(":")[0] for note in view.notes] == [
        "Command",
        "Memory",
        "Layer integration is incomplete",
    ]


@pytest.mark.parametrize(
    ("properties", "memory"),
    [
        ((("peak_memory_mb", "214.5"),), "214.5 (peak_memory_mb)"),
        ((("rss", "9 MB"), ("rss", "12 MB")), "12 MB (rss)"),
        ((("memory", "much"),), "not measured"),
        ((("stressed", "12"),), "not measured"),
        ((("memory", "1" * 30),), "not measured"),
    ],
)
def test_memory_is_the_most_that_a_test_states(properties: tuple[tuple[str, str], ...], memory: str) -> None:
    tests = sample_tests([case(1, properties=properties), case(2)])
    assert [row.memory for row in viewed(replace(sample_audit(), tests=tests)).runs] == [memory]


def test_errors_stand_by_cause_with_the_phase_or_the_kind() -> None:
    view = viewed(sample_audit())
    assert view.errors_sentence == "2 tests failed or errored, from 2 causes."
    assert [(row.id, row.tests, row.layers, row.when) for row in view.errors.rows] == [
        ("C1", 1, "unit", "assertion"),
        ("C2", 1, "integration", "setup"),
    ]
    assert view.errors.rows[0].message == "AssertionError: Staging heartbeat too short"


def test_one_of_a_kind_reads_right_and_nothing_ran_is_said() -> None:
    one = sample_tests([case(1, Outcome.FAILED, message="no", seconds=None)])
    view = viewed(replace(sample_audit(), tests=one))
    assert view.sentence == "1 test: 1 failed."
    assert view.errors_sentence == "1 test failed or errored, from 1 cause."
    assert view.runs[0].time == "not measured"
    none = viewed(replace(sample_audit(), tests=sample_tests([])))
    assert none.sentence == "The evidence holds no test: nothing ran."
    skipped = sample_tests([case(1, Outcome.SKIPPED, seconds=Decimal(0))])
    ran = viewed(replace(sample_audit(), tests=skipped))
    assert ran.runs[0].badge.source == "❔ **UNKNOWN**"
    assert "Layer unit: no test ran." in ran.notes


def test_without_test_results_there_is_no_section() -> None:
    assert execution(Subject(empty_audit(), PROFILE)) is None
