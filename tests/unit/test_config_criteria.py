"""Criteria of a team's own, from the tables of a configuration."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest

from reportgen.config.decode import decode
from reportgen.config.place import Place
from reportgen.config.schema import config_schema
from reportgen.config.settings import Settings
from reportgen.config.tables.criteria import criteria_of, refuse_unknown
from reportgen.errors import ConfigError
from reportgen.model.criteria import CriterionCheck
from reportgen.model.policy import DEFAULT_CRITERIA, Criterion
from reportgen.model.states import Severity

OWN = """\
[criteria.quality]
weight = 12.5
required = true
title = "Test quality"
scale = 10
policy = "QA-1"
[[criteria.quality.checks]]
id = "steady"
pass = "tests.flaky == 0"
warn = "tests.flaky <= 2"
title = "No flaky test"
severity = "high"
remediation = "Mend them"
effort = 45
policy = "QA-1.1"
paths = ["tests/"]
[[criteria.quality.checks]]
id = "ran"
pass = "tests.executed > 0"
"""

EXPRESSION = "[criteria.own]\nweight = 1\nexpression = "
CHECK = '[criteria.own]\nweight = 1\n[[criteria.own.checks]]\nid = "a"\n'
SOUND = 'pass = "tests.failed == 0"\n'


def read(text: str) -> tuple[Criterion, ...]:
    place = Place("r.toml", text)
    settings = decode(tomllib.loads(text, parse_float=Decimal), Settings, place)
    return criteria_of(settings.criteria, place.at("criteria"))


def test_a_criterion_of_checks_follows_those_that_ship() -> None:
    *shipped, own = read(OWN)
    assert tuple(shipped) == DEFAULT_CRITERIA
    assert own == Criterion(
        name="quality",
        weight=Fraction(25, 2),
        required=True,
        title="Test quality",
        scale=10,
        policy="QA-1",
        checks=(
            CriterionCheck(
                id="steady",
                passes="tests.flaky == 0",
                warns="tests.flaky <= 2",
                title="No flaky test",
                severity=Severity.HIGH,
                remediation="Mend them",
                minutes=45,
                policy="QA-1.1",
                paths=("tests/",),
            ),
            CriterionCheck(id="ran", passes="tests.executed > 0"),
        ),
    )


def test_one_that_ships_keeps_its_weight_when_it_gets_a_measure() -> None:
    changed = read('[criteria.coverage]\nexpression = "coverage.branches.percent"\nscale = "grade"')[1]
    assert changed == Criterion(
        name="coverage", weight=Fraction(30), expression="coverage.branches.percent", scale="grade"
    )
    assert changed.is_own
    assert not DEFAULT_CRITERIA[1].is_own


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            "[criteria.covrage]\nweight = 1",
            "criteria.covrage: there is no such criterion",
            "did you mean 'coverage'?",
        ),
        (
            '[criteria.own]\nexpression = "tests.failed"',
            "criteria.own: a criterion of your own needs a weight",
            "",
        ),
        (
            EXPRESSION + '"tests.faild"',
            "r.toml:3: criteria.own.expression: column 1: there is no metric 'tests.faild'; did you mean",
            "",
        ),
        (
            EXPRESSION + '"tests.failed == 0"',
            "'tests.failed == 0' is true or false, where a number is expected",
            "",
        ),
        (EXPRESSION + '"7"', "speaks of no metric, so it could never change", ""),
        (
            EXPRESSION + '"criteria.tests.score"',
            "a criterion cannot speak of 'criteria.tests.score': the score is made from the criteria",
            "",
        ),
        (EXPRESSION + '"score.lower / 2"', "cannot speak of 'score.lower'", ""),
        (
            EXPRESSION + '"tests.passed"\n[[criteria.own.checks]]\nid = "a"\n' + SOUND,
            "criteria.own.checks: the criterion has an expression too",
            "remove one",
        ),
        (
            CHECK + 'pass = "tests.failed"',
            "criteria.own.checks[0].pass: column 1: 'tests.failed' is a number; compare it: tests.fail",
            "",
        ),
        (
            CHECK + SOUND + 'warn = "changes.score_points > 0"',
            "criteria.own.checks[0].warn: a criterion cannot speak of 'changes.score_points'",
            "",
        ),
        (
            CHECK + SOUND + '[[criteria.own.checks]]\nid = "a"\n' + SOUND,
            "criteria.own.checks[1].id: there is another check 'a'",
            "an id of its own",
        ),
        (
            CHECK + SOUND + 'severity = "info"',
            "every check has the severity info",
            "low or more",
        ),
        (CHECK, "the key 'pass' is missing", ""),
        (
            CHECK + 'pas = "tests.failed == 0"',
            "criteria.own.checks[0].pas: there is no such key",
            "did you mean 'pass'?",
        ),
        ("[criteria.tests]\nscale = 5", "criteria.tests.scale: 5 is none of 10, 100, grade", ""),
        ('[criteria.tests]\nscale = "grad"', "'grad' is none of 10, 100, grade", "did you mean 'grade'?"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(text: str, message: str, hint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(text)
    assert message in str(caught.value)
    assert hint in caught.value.hint


def test_a_condition_on_a_criterion_that_is_not_there_is_refused() -> None:
    place = Place("r.toml", "")
    refuse_unknown("tests.failed", place, {"tests"})
    refuse_unknown("criteria.tests.score", place, {"tests"})
    with pytest.raises(ConfigError, match="there is no criterion 'tets'") as caught:
        refuse_unknown("criteria.tets.score", place, {"tests"})
    assert caught.value.hint == "did you mean 'tests'?"


def test_the_schema_for_editors_has_the_checks() -> None:
    schema = msgspec.json.decode(config_schema())
    check = schema["$defs"]["CriterionCheckTable"]
    assert check["required"] == ["id", "pass"]
    assert {"warn", "severity", "remediation", "effort", "policy", "paths"} < set(check["properties"])
    scale = schema["$defs"]["CriterionTable"]["properties"]["scale"]
    assert {10, 100, "grade", None} == set(scale.get("enum", [])) | {
        each for part in scale.get("anyOf", []) for each in part.get("enum", [None])
    }
