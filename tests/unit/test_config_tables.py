"""From the tables of a configuration to the policy's records."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from fractions import Fraction

import pytest

from reportgen.config.decode import decode
from reportgen.config.exact import exact
from reportgen.config.place import Place
from reportgen.config.settings import Settings
from reportgen.config.tables.criteria import criteria_of
from reportgen.config.tables.gates import flag_gates, gates_of, switched_off
from reportgen.config.tables.inputs import inputs_of
from reportgen.config.tables.layers import layer_globs, layer_inputs
from reportgen.config.tables.scales import effort_of, grades_of
from reportgen.errors import ConfigError
from reportgen.model.config import Input
from reportgen.model.policy import DEFAULT_CRITERIA, DEFAULT_GATES, DEFAULT_GRADES, Effort
from reportgen.model.states import Severity

NAMES = [gate.name for gate in DEFAULT_GATES]


def read(text: str) -> tuple[Settings, Place]:
    place = Place("r.toml", text)
    return decode(tomllib.loads(text, parse_float=Decimal), Settings, place), place


def make(settings: Settings, place: Place) -> None:
    inputs_of(settings.inputs, place.at("inputs"))
    layer_globs(settings.layers, place.at("layers"))
    criteria_of(settings.criteria, place.at("criteria"))
    gates_of(settings.gates, place.at("gates"))
    grades_of(settings.grades, place.at("grades"))


def test_without_a_table_the_defaults_stand() -> None:
    place = Place("", "")
    assert criteria_of({}, place) == DEFAULT_CRITERIA
    assert gates_of({}, place) == DEFAULT_GATES
    assert grades_of({}, place) == DEFAULT_GRADES
    assert effort_of(read("")[0].effort) == Effort()


def test_inputs_are_text_or_tables() -> None:
    settings, place = read('inputs = ["a", {path = "b", layer = "l", environment = "e", format = "junit"}]')
    assert inputs_of(settings.inputs, place) == (Input("a"), Input("b", "l", "e", "junit"))


def test_a_layer_has_inputs_and_globs() -> None:
    settings, place = read(
        '[layers.unit]\nmatch = ["tests/unit/**"]\ninputs = ["u.xml"]\n'
        '[layers."end to end"]\ninputs = ["./e2e/", {path = "*.xml", format = "junit"}]'
    )
    assert layer_inputs(settings.layers, place) == (
        Input("u.xml", "unit"),
        Input("./e2e/", "end to end"),
        Input("*.xml", "end to end", "", "junit"),
    )
    assert layer_globs(settings.layers, place) == (
        ("unit", "tests/unit/**"),
        ("unit", "u.xml"),
        ("unit", "u.xml/**"),
        ("end to end", "e2e"),
        ("end to end", "e2e/**"),
        ("end to end", "*.xml"),
    )


def test_a_criterion_is_changed_and_the_others_stay() -> None:
    settings, place = read("[criteria]\ncoverage = {weight = 12.5, required = true}\nfindings.weight = 0")
    named = {each.name: each for each in criteria_of(settings.criteria, place)}
    assert (named["coverage"].weight, named["coverage"].required) == (Fraction(25, 2), True)
    assert (named["findings"].weight, named["findings"].required) == (Fraction(0), False)
    assert (named["tests"], named["completeness"]) == (DEFAULT_CRITERIA[0], DEFAULT_CRITERIA[3])


def test_a_gate_of_ones_own_needs_the_evidence_that_it_speaks_of() -> None:
    settings, place = read(
        '[gates.cover]\ncondition = "coverage.lines.percent >= 80"\notherwise = "warn"\ntitle = "Covered"\n'
        '[gates.both]\ncondition = "tests.failed == 0 and findings.high == 0"\nrequired = false'
    )
    gates = {gate.name: gate for gate in gates_of(settings.gates, place)}
    assert list(gates) == [*NAMES, "cover", "both"]
    assert (gates["cover"].needs, gates["cover"].otherwise, gates["cover"].title) == (
        "coverage",
        "warn",
        "Covered",
    )
    assert (gates["both"].needs, gates["both"].required, gates["both"].title) == ("", False, "both")


def test_a_gate_that_ships_is_changed_or_switched_off() -> None:
    settings, place = read(
        '[gates]\nno-flaky-test = {otherwise = "fail"}\ntests-ran = false\ntests-pass = true'
    )
    gates = {gate.name: gate for gate in gates_of(settings.gates, place)}
    assert "tests-ran" not in gates
    assert (gates["no-flaky-test"].otherwise, gates["no-flaky-test"].condition) == (
        "fail",
        "tests.flaky == 0",
    )
    assert switched_off(settings.gates) == ("tests-ran",)


def test_gates_of_flags_are_sorted_and_each_is_there_once() -> None:
    gates = flag_gates(("tests.total >= 5", "findings.high == 0", "tests.total >= 5"))
    assert [gate.name for gate in gates] == ["findings.high == 0", "tests.total >= 5"]
    assert [gate.needs for gate in gates] == ["findings", "tests"]


def test_a_scale_goes_from_the_best_down() -> None:
    settings, place = read('[grades]\n"so so" = 50\nbad = 0\ngood = 87.5')
    assert grades_of(settings.grades, place) == (
        ("good", Fraction(175, 2)),
        ("so so", Fraction(50)),
        ("bad", Fraction(0)),
    )


def test_effort_is_changed_where_it_is_told() -> None:
    settings, _ = read("[effort]\ncritical = 240\ncause = 5\n[effort.rules]\nE501 = 1")
    effort = effort_of(settings.effort)
    assert effort.by_severity[Severity.CRITICAL] == 240
    assert effort.by_severity[Severity.HIGH] == Effort().by_severity[Severity.HIGH]
    assert (effort.cause, effort.gap, dict(effort.by_rule)) == (5, Effort().gap, {"E501": 1})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('inputs = ["a", " "]', "r.toml:1: inputs[1]: the path is empty"),
        ('[layers.unit]\ninputs = [{path = "a", layer = "x"}]', "names the layer 'x'"),
        ("[layers.unit]", "r.toml:1: layers.unit: the layer has neither inputs nor match nor tests"),
        ("[criteria.test]\nweight = 1", "r.toml:1: criteria.test: there is no such criterion"),
        ("[criteria.tests]\nweight = -1", "r.toml:2: criteria.tests.weight: expected a number of at least 0"),
        ("[criteria.tests]\nweight = nan", "expected a number of at least 0, got NaN"),
        ("[criteria.tests]\nweight = 1e999999", "has too many digits"),
        (
            "criteria = {" + ", ".join(f"{each.name}.weight = 0" for each in DEFAULT_CRITERIA) + "}",
            "criteria: the weights of all criteria come to 0",
        ),
        ("[gates]\nno-flaky = false", "gates.no-flaky: there is no such gate to switch on or off"),
        ("[gates.mine]\ntitle = 'x'", "r.toml:1: gates.mine: a gate of your own needs a condition"),
        (
            "[gates.mine]\ncondition = 'coverage.lines.percnt > 1'",
            "r.toml:2: gates.mine.condition: column 1: there is no metric 'coverage.lines.percnt'",
        ),
        ("[gates.mine]\ncondition = ''", "r.toml:2: gates.mine.condition: the condition is empty"),
        ("[grades]\nA = 90", "r.toml:1: grades: no grade begins at 0"),
        ("[grades]\nA = 90\nB = 90.0\nC = 0", "r.toml:3: grades.B: the grade 'A' begins at 90.0 too"),
        ("[grades]\nA = 101\nC = 0", "r.toml:2: grades.A: expected a number from 0 to 100, got 101"),
    ],
)
def test_what_no_policy_can_be_made_of_is_told(text: str, message: str) -> None:
    with pytest.raises(ConfigError) as told:
        make(*read(text))
    assert message in told.value.message


def test_a_wrong_condition_of_a_flag_names_the_flag() -> None:
    with pytest.raises(ConfigError, match=r"^--gate: .*tests\.fialed"):
        flag_gates(("tests.fialed == 0",))


def test_a_number_is_the_fraction_that_was_written() -> None:
    assert exact(Decimal("33.3"), Place("", ""), least=0) == Fraction(333, 10)
