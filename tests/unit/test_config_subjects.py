"""Subjects and requirements of the configuration, and the names of them in conditions."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from reportgen.config.decode import decode
from reportgen.config.place import Place
from reportgen.config.settings import Settings
from reportgen.config.subjects import with_subjects
from reportgen.config.tables.gates import gates_of
from reportgen.config.tables.layers import layer_patterns
from reportgen.config.tables.subjects import PROPERTIES
from reportgen.errors import ConfigError
from reportgen.model.placing import Pattern
from reportgen.model.policy import Policy
from reportgen.model.subjects import Subject

NOWHERE = Path("nowhere")


def made(text: str) -> Policy:
    place = Place("r.toml", text)
    settings = decode(tomllib.loads(text, parse_float=Decimal), Settings, place)
    gates = gates_of(settings.gates, place.at("gates"))
    layer_patterns(settings.layers, place.at("layers"))
    return with_subjects(Policy(gates=gates), settings, place, NOWHERE)


def test_a_subject_has_all_that_is_said_of_it() -> None:
    policy = made(
        """
        [subjects.pay]
        kind = "risk"
        title = "Payments"
        owner = "ana"
        criticality = "high"
        value = "$500K ARR"
        paths = ["src/pay/**"]
        layers = ["unit"]
        tests = ["tests/pay/**", "test_pay*", {class = "Pay*", property = {area = "pay*"}}]
        """
    )
    assert policy.subjects == (
        Subject(
            name="pay",
            kind="risk",
            title="Payments",
            owner="ana",
            criticality="high",
            value="$500K ARR",
            paths=("src/pay/**",),
            tests=(
                Pattern(path="tests/pay/**"),
                Pattern(test="test_pay*"),
                Pattern(classname="Pay*", properties=(("area", "pay*"),)),
            ),
            source="r.toml",
            layers=("unit",),
        ),
    )
    assert policy.requirement_properties == ()


def test_requirements_have_properties_that_name_them() -> None:
    listed = '[[requirements.items]]\nid = "R1"\n'
    assert made(listed).subjects == (Subject(name="R1", kind="requirement", source="r.toml"),)
    assert made(listed).requirement_properties == PROPERTIES
    assert made('[requirements]\nproperties = ["jira"]').requirement_properties == ("jira",)
    assert made(f"[requirements]\nproperties = []\n{listed}").requirement_properties == ()


def test_a_layer_has_patterns_in_the_order_of_the_file() -> None:
    text = '[layers.b]\ntests = [{marker = "slow"}]\n[layers.a]\ntests = [{path = "x/**"}, {name = "y"}]'
    settings = decode(tomllib.loads(text), Settings, Place("r.toml", text))
    assert layer_patterns(settings.layers, Place("r.toml", text)) == (
        ("b", Pattern(marker="slow")),
        ("a", Pattern(path="x/**")),
        ("a", Pattern(name="y")),
    )


WRONG = [
    ("[subjects.pay]", "r.toml:1: subjects.pay: the subject has neither paths nor tests"),
    ('[subjects."  "]\npaths = ["a"]', "a subject needs a name"),
    ('[subjects.pay]\nkind = "requirement"\npaths = ["a"]', "'requirement' is none of component, risk"),
    ('[subjects.pay]\ncriticality = "hgih"\npaths = ["a"]', "did you mean 'high'?"),
    ("[subjects.pay]\ntests = [{clas = 'A'}]", "did you mean 'class'?"),
    ("[subjects.pay]\ntests = [{}]", "r.toml:2: subjects.pay.tests[0]: a pattern needs at least one of"),
    ("[subjects.pay]\ntests = [' ']", "subjects.pay.tests[0]: a pattern needs at least one of"),
    ("[layers.a]\ntests = ['x']", "layers.a.tests[0]: expected a table, got the text 'x'"),
    ('[[requirements.items]]\nid = " "', "requirements.items[0].id: the id ' ' is empty"),
    (
        '[[requirements.items]]\nid = "R1"\n[[requirements.items]]\nid = "R1"',
        "there are two subjects named 'R1': one in r.toml, one in r.toml",
    ),
    ('[requirements]\nfiles = ["gone.csv"]', "requirements.files[0]: gone.csv cannot be read"),
]


@pytest.mark.parametrize(("text", "told"), WRONG)
def test_what_is_wrong_is_told_with_its_place(text: str, told: str) -> None:
    with pytest.raises(ConfigError) as error:
        made(text)
    assert told in f"{error.value.message} {error.value.hint}"


PAY = '[subjects.pay]\npaths = ["a"]\n'
NAMED = [
    # configuration, condition, what is told ("" where it is right)
    (PAY, "subjects.pay.tests.failed == 0", ""),
    (PAY, "subjects.pya.tests.failed == 0", "there is no subject 'pya'"),
    ("", "subjects.pay.tests.failed == 0", "there is no subject 'pay'"),
    (PAY, "subjects.pay.layers.smok.tests.failed == 0", ""),  # no layer is stated: paths may tell any
    (PAY + '[layers.smoke]\nmatch = ["a"]\n', "subjects.pay.layers.smok.tests.failed == 0", "'smoke'"),
    ('[layers.smoke]\nmatch = ["a"]\n', "layers.smok.tests.failed == 0", "did you mean 'smoke'?"),
    ('[layers.smoke]\nmatch = ["a"]\n', "layers.integration.tests.failed == 0", ""),
    ('inputs = [{path = "x", layer = "nightly"}]\n', "layers.nightly.tests.failed == 0", ""),
    ("", "layers.anything.tests.failed == 0", ""),
    ('[requirements]\nproperties = ["jira"]\n', 'subjects["R-1"].tests.failed == 0', ""),
]


@pytest.mark.parametrize(("text", "condition", "told"), NAMED)
def test_a_name_that_is_not_stated_is_told_when_the_configuration_is_read(
    text: str, condition: str, told: str
) -> None:
    whole = f"{text}[gates.g]\ncondition = '{condition}'\n"
    if not told:
        assert made(whole).gates[-1].condition == condition
        return
    with pytest.raises(ConfigError) as error:
        made(whole)
    assert "gates.g.condition" in error.value.message
    assert told in f"{error.value.message} {error.value.hint}"
