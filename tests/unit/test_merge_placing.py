"""Patterns of the configuration place tests in layers, before anything else does."""

from __future__ import annotations

from msgspec import structs

from reportgen.merge import merge
from reportgen.model.cases import Case, Suite
from reportgen.model.evidence import JoinRules
from reportgen.model.facts import CaseFacts, Facts
from reportgen.model.placing import Pattern
from tests.unit.merge_facts import case, junit, rerun, source


def layers(rules: list[tuple[str, Pattern]], *facts: Facts) -> dict[str, str]:
    joined = merge(facts, JoinRules(placing=tuple(rules)))
    return {each.name: each.layer for each in joined.cases}


def with_properties(name: str, *pairs: tuple[str, str]) -> Case:
    return structs.replace(case(name, classname="tests.unit.test_a"), properties=pairs)


def test_a_class_is_placed_as_a_whole() -> None:
    facts = junit("j.xml", case("a", classname="pay.A"), case("b", classname="cart.B"))
    assert layers([("money", Pattern(path="pay/**"))], facts) == {"a": "money", "b": "default"}
    assert layers([("money", Pattern(classname="A"))], facts) == {"a": "money", "b": "default"}
    assert layers([("money", Pattern(suite="s"))], facts) == {"a": "money", "b": "money"}


def test_a_test_is_placed_by_its_name_marker_or_property() -> None:
    facts = junit(
        "j.xml",
        with_properties("a", ("tag", "@slow")),
        with_properties("b", ("area", "payments")),
        with_properties("c[1]"),
        with_properties("d"),
    )
    rules = [
        ("slow", Pattern(marker="slow")),
        ("money", Pattern(properties=(("area", "pay*"),))),
        ("see", Pattern(name="c")),
    ]
    assert layers(rules, facts) == {"a": "slow", "b": "money", "c[1]": "see", "d": "unit"}


def test_the_first_pattern_that_fits_counts() -> None:
    facts = junit("j.xml", with_properties("a", ("tag", "slow")))
    rules = [("one", Pattern(path="tests/**")), ("two", Pattern(marker="slow"))]
    assert layers(rules, facts) == {"a": "one"}
    assert layers(rules[::-1], facts) == {"a": "two"}


def test_a_pattern_goes_before_the_layer_of_the_input() -> None:
    facts = junit("j.xml", case("a", classname="pay.A"), case("b", classname="cart.B"), layer="set")
    assert layers([("money", Pattern(path="pay/**"))], facts) == {"a": "money", "b": "set"}


def test_what_a_suite_says_counts_for_its_tests() -> None:
    suite = Suite(("s",), (case("a"), case("b")), properties=(("Category", "Slow"),), file="pay/a.js")
    facts = Facts(source=source("j.xml"), tests=CaseFacts(suites=(suite,)))
    assert layers([("slow", Pattern(marker="slow"))], facts) == {"a": "slow", "b": "slow"}
    assert layers([("money", Pattern(path="pay/**"))], facts) == {"a": "money", "b": "money"}


def test_elements_of_one_name_stay_one_test() -> None:
    """The last attempt alone may carry the marker."""
    first = case("a", "failed", "boom", retries=(rerun(),))
    last = structs.replace(case("a"), properties=(("tag", "slow"),))
    joined = merge([junit("j.xml", first, last)], JoinRules(placing=(("slow", Pattern(marker="slow")),)))
    assert [(each.layer, each.outcome.value) for each in joined.cases] == [("slow", "failed")]


def test_an_error_of_a_suite_is_placed_with_it() -> None:
    detail = rerun("no setup", "error", "errored")
    facts = junit("j.xml", suite=("pay", "A"), details=(detail,))
    joined = merge([facts], JoinRules(placing=(("money", Pattern(suite="pay")),)))
    assert [error.layer for error in joined.suite_errors] == ["money"]
