"""Which tests are one, and what joined evidence says of them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reportgen.merge import merge
from reportgen.model.cases import Case, Declared, Suite
from reportgen.model.evidence import JoinRules, count_cases, exact_sum
from reportgen.model.facts import CaseFacts, Facts
from reportgen.model.states import Outcome
from tests.unit.merge_facts import case, junit, only, rerun, rows, source


def test_a_test_is_its_layer_environment_suite_class_and_name() -> None:
    parts = [
        junit("a.xml", case("t")),
        junit("b.xml", case("t", classname="D")),
        junit("c.xml", case("t"), suite=("s", "inner")),
        junit("d.xml", case("t"), environment="windows"),
        junit("e.xml", case("t"), layer="unit"),
        junit("f.xml", case("u")),
    ]
    assert [one.id for one in merge(parts).cases] == [
        "default/s/C::t",
        "default/s/C::u",
        "default/s/D::t",
        "default/s/inner/C::t",
        "default@windows/s/C::t",
        "unit/s/C::t",
    ]


def test_ids_stay_apart_whatever_the_names_hold() -> None:
    parts = [junit("a.xml", case("y::z", classname="x"), case("z", classname="x::y"), case("n"))]
    joined = merge(parts).cases
    assert len({one.id for one in joined}) == len(joined) == 3
    assert [one.id for one in joined if one.name == "n"] == ["default/s/C::n"]


def test_what_is_told_once_is_as_it_was_told() -> None:
    told = Case(
        "t", "pkg.C", Outcome.PASSED, Decimal("0.25"), properties=(("k", "v"),), file="pkg/c.py", line=7
    )
    joined = only(merge([junit("unit/a.xml", told, timestamp="2026-11-20T10:00:00")]))
    assert (joined.layer, joined.suite, joined.seconds, joined.file, joined.line, joined.properties) == (
        "unit",
        "s",
        Decimal("0.25"),
        "pkg/c.py",
        7,
        (("k", "v"),),
    )
    assert (joined.attempts[0].evidence, joined.attempts[0].timestamp) == ("E1", "2026-11-20T10:00:00")


def test_the_same_suite_twice_in_one_file_is_repeats() -> None:
    suites = (Suite(("s",), (case("t", "failed", "f"),)), Suite(("s",), (case("t"),)))
    joined = only(merge([Facts(source=source("a.xml"), tests=CaseFacts(suites=suites))]))
    assert (joined.outcome, joined.flaky, len(joined.attempts)) == (Outcome.FAILED, True, 2)


def test_a_collection_error_is_one_errored_case_in_its_own_layer() -> None:
    broken = case("tests.e2e.test_x", "errored", "collection failure", classname="")
    fine = case("tests.unit.test_y", "errored", "collection failure", classname="")
    joined = merge([junit("a.xml", broken, fine)]).cases
    assert [(one.layer, one.outcome) for one in joined] == [("e2e", "errored"), ("unit", "errored")]


@pytest.mark.parametrize(
    ("name", "file", "layer"),
    [
        ("tests/e2e/test_x.py::test_a[b c]", "", "e2e"),
        ("//app/unit:all", "", "unit"),
        ("unit prices are rounded", "", "default"),
        ("smoke", "", "default"),
        ("e2e: opens", "", "default"),
        ("unit.price", "src/price.rb", "default"),
    ],
)
def test_a_test_without_a_class_is_in_the_layer_of_its_path(name: str, file: str, layer: str) -> None:
    assert only(merge([junit("a.xml", case(name, classname="", file=file))])).layer == layer


def test_an_error_of_a_suite_is_kept_and_its_skip_is_told() -> None:
    details = (rerun("cannot start", "error", "errored"), rerun("not here", "skipped", "skipped"))
    evidence = merge([junit("a.xml", details=details, suite=("com.acme", "Unit tests"))])
    (error,) = evidence.suite_errors
    assert (error.layer, error.suite, error.message, error.evidence) == (
        "unit",
        "com.acme / Unit tests",
        "cannot start",
        "E1",
    )
    assert rows(evidence, "suite-level skip") == [("com.acme / Unit tests", "no test is counted", "not here")]
    assert evidence.items[0].has_facts


def test_declared_counts_are_in_the_ledger() -> None:
    evidence = merge([junit("a.xml", case("t"), declared=(Declared("testsuite s", "failures", "0", 1),))])
    assert rows(evidence, "declared count") == [("testsuite s: failures", "counted 1", "declared 0")]


def test_the_newest_suite_is_found_across_zones() -> None:
    stamps = ["2026-11-20T12:00:00+02:00", "2026-11-20T11:00:00", "1970-01-01T00:00:00", "yesterday", ""]
    parts = [junit(f"{number}.xml", case("t"), timestamp=stamp) for number, stamp in enumerate(stamps)]
    assert merge(parts).newest == "2026-11-20T11:00:00"
    assert merge([junit("a.xml", case("t"))]).newest == ""


def test_counts_and_sums_are_exact() -> None:
    times = ["100000000000000000000.1", "0.0000000000000000000001", None]
    cases = merge([junit("a.xml", *[case(str(n), seconds=time) for n, time in enumerate(times)])]).cases
    counts = count_cases(cases)
    assert (counts.total, counts.seconds) == (3, Decimal("100000000000000000000.1000000000000000000001"))
    assert exact_sum([None]) is None


def test_layers_of_the_user_apply_to_tests() -> None:
    rules = JoinRules(layers=(("slow", "tests/big/**"), ("ui", "*.spec.ts")))
    parts = [
        junit("a.xml", case("t", classname="tests.big.test_x.TestX"), case("u", file="web/a.spec.ts")),
        junit("b.xml", case("v", classname="tests.big.test_y"), layer="own"),
    ]
    assert {one.name: one.layer for one in merge(parts, rules).cases} == {"t": "slow", "u": "ui", "v": "own"}
