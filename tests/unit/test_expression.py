from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest

from reportgen.model.expression import parse_condition, parse_quantity
from reportgen.model.metrics import METRICS, keyed_name, metric_of, split_name, value_text

VALUES: Mapping[str, Fraction | None] = {
    "tests.failed": Fraction(4),
    "tests.errored": Fraction(0),
    "tests.total": Fraction(9),
    "coverage.lines.percent": None,
    "findings.open": None,
    'layers["end to end"].tests.failed': Fraction(1),
    "layers.unit.coverage.lines.percent": Fraction("79.9"),
    'findings.rules["no-undef"]': Fraction(2),
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tests.failed == 4", True),
        ("tests.failed != 4", False),
        ("tests.failed > 3.9999", True),
        ("0 <= tests.failed < 4", False),
        ("4 == tests.failed <= 4 < tests.total", True),
        ("not tests.failed == 4", False),
        ("not (tests.failed == 4 and tests.errored == 1)", True),
        ("tests.total - tests.failed * 2 == 1", True),
        ("-tests.failed == -4 and +tests.failed == 4", True),
        ("tests.failed / 3 == 4 / 3", True),
        ("tests.failed / 0 == 1", None),
        ("min(tests.failed, 3) == 3 and max(tests.failed, 3, 5) == 5 and abs(1 - tests.failed) == 3", True),
        ("layers['end to end'].tests.failed == 1", True),
        ("layers.unit.coverage.lines.percent >= 79.9", True),
        ('findings.rules["no-undef"] < 3', True),
        ("1_0 > tests.failed and tests.failed < 0x10", True),
        # what is not known decides nothing, unless what is known decides all
        ("coverage.lines.percent >= 80", None),
        ("not coverage.lines.percent >= 80", None),
        ("coverage.lines.percent >= 80 and tests.failed == 4", None),
        ("coverage.lines.percent >= 80 and tests.failed == 0", False),
        ("coverage.lines.percent >= 80 or tests.failed == 0", None),
        ("coverage.lines.percent >= 80 or tests.failed == 4", True),
        ("coverage.lines.percent + 1 > 0", None),
        ("min(coverage.lines.percent, 1) > 0", None),
        ("coverage.lines.percent == findings.open", None),
    ],
)
def test_a_condition_is_true_false_or_unknown(text: str, expected: bool | None) -> None:
    assert parse_condition(text).evaluate(VALUES.__getitem__) is expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("tests.fialed == 0", "column 1: there is no metric 'tests.fialed'; did you mean 'tests.failed'?"),
        ("0 == tests.fialed", "column 6: there is no metric 'tests.fialed'; did you mean 'tests.failed'?"),
        ("failed == 0", "column 1: there is no metric 'failed'; did you mean 'tests.failed'?"),
        (
            "coverage.line.percent > 1",
            "column 1: there is no metric 'coverage.line.percent'; did you mean 'coverage.lines.percent'?",
        ),
        (
            "layers.unit.tests.fail == 0",
            "column 1: there is no metric 'layers.unit.tests.fail'; did you mean 'layers.unit.tests.failed'?",
        ),
        (
            "criteria.tests == 1",
            "column 1: there is no metric 'criteria.tests'; did you mean 'criteria.tests.score'?",
        ),
        (
            "coverage.lines > 1",
            "column 1: there is no metric 'coverage.lines'; it has coverage.lines.covered, ",
        ),
        (
            "layers > 1",
            "column 1: 'layers' is no metric; write layers.NAME.tests.failed, layers.NAME.coverage",
        ),
        ("layers[unit].tests.failed == 0", 'column 1: put the name in quotes, as in layers["unit"]'),
        (
            "tests['failed'] == 0",
            (
                "column 1: only layers, subjects, paths, criteria, findings.rules can be followed by a "
                "name in brackets"
            ),
        ),
        ("tests.failed", "column 1: 'tests.failed' is a number; compare it: tests.failed >= 1"),
        (
            "tests.failed == 0 or tests.errored",
            "column 22: 'tests.errored' is a number; compare it: tests.errored >= 1",
        ),
        (
            "(tests.failed == 0) + 1 == 1",
            "column 2: 'tests.failed == 0' is true or false, where a number is expected",
        ),
        ("tests.failed == 'none'", "column 17: 'none' is no number"),
        ("tests.failed == True", "column 17: True is no number"),
        ("tests.failed in (1, 2)", "column 1: compare with ==, !=, <, <=, > or >="),
        ("tests.failed == 1j", "column 17: 1j is no number"),
        ("tests.failed < 1e9999", "column 16: the number has more than 40 digits"),
        ("tests.failed > 1e-999999999", "column 16: the number has more than 40 digits"),
        ("tests.failed ** 9 > 1", "column 1: 'tests.failed ** 9' is not part of the language of conditions"),
        (
            "tests.failed.real > 1",
            "column 1: there is no metric 'tests.failed.real'; did you mean 'tests.failed'?",
        ),
        ("open('x') == 1", "column 1: only min(…), max(…) and abs(…) can be called"),
        ("abs(1, 2) == tests.failed", "column 1: abs(…) takes one number"),
        ("max() == tests.failed", "column 1: max(…) takes one number or more"),
        ("(lambda: 1)() == 1", "column 1: only min(…), max(…) and abs(…) can be called"),
        (
            "[x for x in ()] == tests.failed",
            "column 1: '[x for x in ()]' is not part of the language of conditions",
        ),
        ("tests.failed = 0", "column 14: this is not a condition; write == to compare"),
        ("tests.failed == 0 && tests.errored == 0", "column 20: this is not a condition; write `and`"),
        ("coverage.percent >= 80 %", "this is not a condition; leave out the %"),
        ("1 == 1", "the condition speaks of no metric, so it could never change"),
        ("  ", "the condition is empty"),
        (
            "tests.failed == 0" + " and tests.failed == 0" * 50,
            "the condition is longer than 1,000 characters",
        ),
        ("(" * 300 + "1", "this is not a condition"),
        ("-" * 60 + "tests.failed == 0", "the condition is nested too deeply"),
        ("tests.failed\x00 == 0", "not a condition"),
    ],
)
def test_what_is_wrong_with_a_condition_is_told_with_its_column(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=r"\w") as caught:
        parse_condition(text)
    assert message in str(caught.value)


def test_the_column_counts_characters_not_bytes() -> None:
    with pytest.raises(ValueError, match=r"^column 36: "):
        parse_condition('layers["é…é"].tests.failed == 0 or nothing == 1')


def test_names_and_kinds_are_told_once_each_in_order() -> None:
    expression = parse_condition("tests.failed + tests.errored == 0 or tests.failed < coverage.percent")
    assert expression.names == ("tests.failed", "tests.errored", "coverage.percent")
    assert expression.kinds == ("coverage", "tests")
    assert [each.text for each in expression.comparisons()] == [
        ("tests.failed + tests.errored", "0"),
        ("tests.failed", "coverage.percent"),
    ]


def test_a_number_by_itself_can_be_read() -> None:
    quantity = parse_quantity("100 * tests.failed / tests.total")
    assert quantity.names == ("tests.failed", "tests.total")
    assert quantity.evaluate(VALUES.__getitem__) == Fraction(400, 9)
    with pytest.raises(ValueError, match="true or false"):
        parse_quantity("tests.failed == 0")


@pytest.mark.parametrize("key", ["unit", "end-to-end", 'a"b\\c', "ünit", "a.b", ""])
def test_a_name_with_a_key_can_be_split_again(key: str) -> None:
    assert split_name(keyed_name("layers", key, "tests.failed")) == ("layers", key, "tests.failed")
    assert split_name(keyed_name("findings.rules", key)) == ("findings.rules", key, "")


def test_every_metric_is_documented_and_can_be_written() -> None:
    for name in METRICS:
        metric = metric_of(name)
        assert metric is not None
        assert metric.one
        assert parse_condition(f"{name} >= 0").names == (name,)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("tests.total", Fraction(12345), "12,345"),
        ("coverage.percent", Fraction(9999, 100), "99.9 %"),
        ("tests.seconds", Fraction("20.4459"), "20.445… s"),
        ("score.lower", Fraction(200, 3), "66.6"),
        ("findings.minutes", Fraction(90), "90 minutes"),
        ("tests.total", None, "not known"),
    ],
)
def test_a_value_is_printed_by_its_unit(name: str, value: Fraction | None, expected: str) -> None:
    metric = metric_of(name)
    assert metric is not None
    assert value_text(metric, value) == expected
