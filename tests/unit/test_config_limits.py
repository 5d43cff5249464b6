from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from reportgen.config import load_config
from reportgen.errors import ConfigError
from reportgen.model.expected import Expectation
from reportgen.model.policy import BASELINE_GATES, Gate, Policy


def policy(tmp_path: Path, text: str) -> Policy:
    (tmp_path / "reportgen.toml").write_text(text, encoding="utf-8")
    return load_config(cwd=tmp_path).policy


def gate(found: Policy, name: str) -> Gate:
    return next(each for each in found.gates if each.name == name)


def test_the_conditions_of_a_gate(tmp_path: Path) -> None:
    found = policy(
        tmp_path,
        '[gates.g]\npass = "tests.failed == 0"\nwarn = "tests.failed < 3"\nunknown = "tests.total < 9"\n'
        'layer = "unit"\n',
    )
    made = gate(found, "g")
    assert (made.condition, made.warn, made.unknown, made.otherwise, made.needs) == (
        "layers.unit.tests.failed == 0",
        "layers.unit.tests.failed < 3",
        "layers.unit.tests.total < 9",
        "fail",
        "tests",
    )


def test_a_gate_that_ships_can_be_limited_and_warn(tmp_path: Path) -> None:
    found = policy(tmp_path, '[gates.no-flaky-test]\nlayer = "unit"\nwarn = "tests.flaky < 3"\n')
    made = gate(found, "no-flaky-test")
    assert (made.condition, made.warn) == ("layers.unit.tests.flaky == 0", "layers.unit.tests.flaky < 3")
    assert made.otherwise == "fail"


def test_the_least_numbers_of_tests(tmp_path: Path) -> None:
    found = policy(tmp_path, 'min_tests = 5\n[layers.unit]\nmatch = ["unit/**"]\nmin_tests = 3\n')
    assert gate(found, "min-tests").condition == "tests.executed >= 5"
    assert gate(found, "min-tests-unit").condition == "layers.unit.tests.executed >= 3"


def test_the_gates_of_a_baseline_are_changed_or_switched_off(tmp_path: Path) -> None:
    found = policy(
        tmp_path, '[gates]\nno-vanished-test = false\n[gates.coverage-not-dropped]\notherwise = "fail"\n'
    )
    names = [each.name for each in found.baseline_gates]
    assert names == [each.name for each in BASELINE_GATES if each.name != "no-vanished-test"]
    assert next(e.otherwise for e in found.baseline_gates if e.name == "coverage-not-dropped") == "fail"
    assert found.switched_off == ("no-vanished-test",)
    assert not {each.name for each in found.gates} & {each.name for each in BASELINE_GATES}


def test_what_is_expected(tmp_path: Path) -> None:
    found = policy(
        tmp_path,
        'expected = ["a.xml", {path = "s/*.xml", layer = "unit", kind = "tests", count = 4, max_age = "24h", '
        "min_tests = 7}]\n",
    )
    exact = Expectation(path="s/*.xml", layer="unit", kind="tests", count=4, max_age=86_400, min_tests=7)
    assert found.expected == ("a.xml", exact)


@pytest.mark.parametrize(
    ("text", "limit", "at_least"),
    [
        ("limit = 2", "2", False),
        ("limit = 0.2", "0.2", False),
        ('limit = "200ms"', "0.2", False),
        ('limit = "1.5 s"', "1.5", False),
        ('limit = "2m"', "120", False),
        ('limit = "1h"', "3600", False),
        ('property = "rps"\nat_least = 1000', "1000", True),
    ],
)
def test_limits(tmp_path: Path, text: str, limit: str, at_least: bool) -> None:
    (made,) = policy(tmp_path, f"[slas.x]\n{text}\n").slas
    assert (made.limit, made.at_least) == (Decimal(limit), at_least)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[gates.g]\nwarn = "tests.failed == 0"', "gates.g: a gate of your own needs a condition"),
        (
            '[gates.g]\npass = "tests.failed == 0"\ncondition = "tests.errored == 0"',
            "gates.g.condition: `condition` and `pass` are the same thing",
        ),
        (
            '[gates.g]\npass = "tests.failed == 0"\nwarn = "tests.failed < 2"\notherwise = "warn"',
            "gates.g.otherwise: with a condition `warn`",
        ),
        (
            '[gates.g]\npass = "tests.failed == 0"\nwarn = "tests.failed==0"',
            "two of its conditions are the same",
        ),
        (
            '[gates.g]\npass = "tests.failed == 0"\nlayer = "a"\npath = "b"',
            "gates.g.path: a gate is of one thing",
        ),
        ('[gates.g]\npass = "tests.failed == 0"\nlayer = ""', "gates.g.layer: the layer is empty"),
        (
            '[gates.g]\npass = "evidence.total > 0"\nlayer = "a"',
            "gates.g.pass: of one layer there is no 'evidence.total'",
        ),
        (
            '[gates.g]\npass = "evidence.total > 0"\neach = "layer"',
            "gates.g.pass: of one layer there is no 'evidence.total'",
        ),
        (
            '[gates.tests-pass]\nlayer = "a"',
            "gates.tests-pass.layer: of one layer there is no 'tests.suite_errors'",
        ),
        (
            '[gates.no-new-failure]\nlayer = "a"',
            "gates.no-new-failure.layer: what changed since the baseline",
        ),
        ('[gates.g]\npass = "tests.faild == 0"', "did you mean 'tests.failed'?"),
        ('[gates.g]\npass = "tests.failed == 0"\nwarn = "nonsense"', "gates.g.warn: "),
        ("min_tests = 0", "min_tests: "),
        (f"min_tests = 1{'0' * 40}", "min_tests: "),
        ('expected = [""]', "expected[0]: the path is empty"),
        ('expected = [{path = "a", max_age = "soon"}]', "expected[0].max_age: 'soon' is no age"),
        ('expected = [{path = "a", max_age = "0h"}]', "expected[0].max_age: '0h' is no age"),
        ('expected = [{path = "a", kind = "coverage", min_tests = 3}]', "expected[0].min_tests: "),
        ("[slas.x]", "slas.x: it has no limit"),
        ("[slas.x]\nlimit = 1\nat_least = 1", "slas.x.at_least: `limit` and `at_least` are both given"),
        ('[slas.x]\nlimit = "soon"', "slas.x.limit: 'soon' is no limit"),
        ('[slas.x]\nproperty = "p"\nlimit = "2s"', "slas.x.limit: '2s' is no limit"),
        ("[slas.x]\nlimit = -1", "slas.x.limit: "),
        (
            '[slas.x]\nlimit = 1\nlayer = "unitt"\n[layers.unit]\nmatch = ["a/**"]',
            "did you mean 'unit'?",
        ),
        (
            '[slas.x]\nlimit = 1\nsubject = "pai"\n[subjects.pay]\npaths = ["a/**"]',
            "did you mean 'pay'?",
        ),
        ("[slas.x]\nlimit = nan", "slas.x.limit: "),
        ('[slas.x]\nlimit = 1\nunit = "ms"', "slas.x.unit: times are in seconds"),
        ('[slas.x]\nlimit = 1\nof = "all"\npercentile = 95', "slas.x.percentile: "),
        ("[slas.x]\nlimit = 1\npercentile = 0", "slas.x.percentile: "),
        ("[slas.x]\nlimit = 1\npercentile = 101", "slas.x.percentile: "),
        ('[slas.x]\nlimit = 1\naggregate = "percentile"', "slas.x.aggregate: which percentile"),
        ('[slas.x]\nlimit = 1\naggregate = "max"\npercentile = 9', "slas.x.percentile: "),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ConfigError) as error:
        policy(tmp_path, f"{text}\n")
    assert told in f"{error.value} {error.value.hint}"
