"""Readiness: never ready where the verdict is not, and the commands in the order of the policy."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reportgen.model.about import About, LayerCommand
from reportgen.model.audit import Audit
from reportgen.model.signoff import CheckItem
from reportgen.model.states import State
from reportgen.render.profiles import load_profile
from reportgen.render.views.parts import Subject
from reportgen.render.views.readiness import ReadinessView, readiness
from tests.sample_audit import empty_audit, sample_audit

PROFILE = load_profile("graded")


def item(number: int, state: State) -> CheckItem:
    return CheckItem(id=f"K{number}", text=f"Item {number}", state=state, reason="Because.", evidence=())


def viewed(audit: Audit) -> ReadinessView:
    return readiness(Subject(audit, PROFILE))


@pytest.mark.parametrize(
    ("verdict", "states", "sentence"),
    [
        (State.PASS, [State.PASS], "Ready: the only prerequisite is met."),
        (State.PASS, [State.PASS, State.PASS], "Ready: all 2 prerequisites are met."),
        (
            State.PASS,
            [State.PASS, State.NOT_DONE],
            "Not known to be ready: of 2 prerequisites 1 is met, 1 waits for a person.",
        ),
        (
            State.WARN,
            [State.PASS, State.WARN],
            "Ready with reservations: of 2 prerequisites 1 is met, 1 is met in part.",
        ),
        (State.FAIL, [State.PASS], "Not ready: the only prerequisite is met, but the verdict is a failure."),
        (
            State.UNKNOWN,
            [State.PASS],
            "Not known to be ready: the only prerequisite is met, but the verdict is not known.",
        ),
        (
            State.PASS,
            [State.FAIL, State.FAIL, State.WAIVED, State.NOT_APPLICABLE],
            "Not ready: of 4 prerequisites 2 are not met, 1 is waived, 1 does not apply.",
        ),
        (State.UNKNOWN, [], "Not known to be ready: there is no prerequisite that could be checked."),
    ],
)
def test_it_is_never_readier_than_the_verdict(verdict: State, states: list[State], sentence: str) -> None:
    items = tuple(item(number, state) for number, state in enumerate(states))
    assert viewed(replace(sample_audit(), verdict=verdict, checklist=items)).sentence == sentence


def test_what_is_not_met_comes_first() -> None:
    states = (State.PASS, State.NOT_DONE, State.FAIL, State.WARN)
    items = tuple(item(number, state) for number, state in enumerate(states))
    rows = viewed(replace(sample_audit(), checklist=items)).rows.rows
    assert [row.text for row in rows] == ["Item 2", "Item 1", "Item 3", "Item 0"]


def test_commands_stand_in_the_order_of_the_policy_with_what_their_layers_came_to() -> None:
    commands = (
        LayerCommand(layer="unit", command="pytest tests/unit"),
        LayerCommand(layer="load", command="locust -f `x`"),
    )
    view = viewed(replace(sample_audit(), about=About(commands=commands)))
    assert view.commands is not None
    assert view.commands.source.split("\n")[1:-1] == [
        "> # 1. unit: 6 of 7 executed tests passed",
        "> pytest tests/unit",
        "> # 2. load: no results of it were given",
        "> locust -f `x`",
    ]
    assert view.notes == ("No command is stated for layer integration.",)


def test_without_commands_those_of_the_plan_run_the_failing_tests_again() -> None:
    audit = sample_audit()
    first = replace(audit.remediation[0], verify="pytest a.py::b")
    view = viewed(replace(audit, remediation=(first, first, audit.remediation[1])))
    assert view.commands is not None
    assert view.commands.source.split("\n")[1:-1] == ["> pytest a.py::b"]
    many = tuple(replace(first, verify=f"pytest {number}") for number in range(12))
    cut = viewed(replace(audit, remediation=many)).commands
    assert cut is not None
    assert cut.source.split("\n")[-2] == "> # … and 2 more"


def test_where_nothing_names_a_command_it_says_so() -> None:
    view = viewed(empty_audit())
    assert view.commands is None
    assert view.told.startswith("The policy states no command")
    assert view.told.endswith(", and the evidence names none.")
    assert view.notes == ()
