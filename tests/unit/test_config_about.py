"""What a configuration says of the audit itself."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from fractions import Fraction

import pytest

from reportgen.config.decode import decode
from reportgen.config.place import Place
from reportgen.config.settings import Settings
from reportgen.config.tables.about import about_of
from reportgen.errors import ConfigError
from reportgen.model.about import NOTHING_SAID, About, Expected, LayerCommand


def read(text: str) -> About:
    place = Place("r.toml", text)
    settings = decode(tomllib.loads(text, parse_float=Decimal), Settings, place)
    return about_of(settings.about, settings.layers, place.at("about"))


def test_what_is_left_out_is_empty() -> None:
    assert read("") == NOTHING_SAID


def test_everything_is_taken_as_it_is_said() -> None:
    said = read(
        '[about]\nauditor = " Ada "\nduration = " 6 hours "\nstandards = ["A", "B"]\n'
        "expected_failures = [60, 80.5]\n"
        '[layers.unit]\ninputs = ["u.xml"]\ncommand = "pytest tests/unit"\n'
    )
    assert said == About(
        auditor="Ada",
        duration="6 hours",
        standards=("A", "B"),
        expected_failures=Expected(least=Fraction(60), most=Fraction(161, 2)),
        commands=(LayerCommand(layer="unit", command="pytest tests/unit"),),
    )


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("[60]", "expected two numbers"),
        ("[80, 60]", "the least is more than the most"),
        ("[60, 101]", "from 0 to 100"),
    ],
)
def test_a_wrong_share_is_told(given: str, told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        read(f"[about]\nexpected_failures = {given}\n")
