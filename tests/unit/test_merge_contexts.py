"""Contexts of coverage and tests: how they meet, and what fits several tests."""

from __future__ import annotations

import pytest

from reportgen.merge import merge
from tests.unit.merge_facts import case, junit, rows
from tests.unit.test_merge_coverage import in_contexts

LABELS = [
    # classname and name of the test, context, does it meet
    ("tests.unit.test_x.TestX", "test_a", "unit/test_x.py::TestX::test_a|run", True),
    ("test_x.TestX", "test_a", "tests/unit/test_x.py::TestX::test_a|run", True),
    ("tests.test_x.TestX", "test_a", "tests.test_x.TestX.test_a", True),
    ("tests.test_x", "test_a", "linux|tests/test_x.py::test_a|run", True),
    ("tests.test_x", "test_a", "tests\\test_x.py::test_a|run", True),
    ("tests.test_x", "test_a[1.5]", "test_x.py::test_a[1.5]|run", True),
    ("tests.test_x", "test_a[1.5]", "test_x.py::test_a[2.5]|run", False),
    ("tests.test_xx", "test_a", "x.py::test_a|run", False),
    ("tests.test_x.X", "test_a (n=3)", "tests.test_x.X.test_a", True),
    ("tests.test_x.X", "test_a [odd] (n='a.b')", "test_x.X.test_a", True),
    ("tests.test_x.X", "test_ab (n=3)", "tests.test_x.X.test_a", False),
]


@pytest.mark.parametrize(("classname", "name", "context", "meets"), LABELS)
def test_a_context_and_a_test_meet_by_suffix(classname: str, name: str, context: str, meets: bool) -> None:
    evidence = merge([junit("j.xml", case(name, classname=classname)), in_contexts(".c", {context: (1,)})])
    assert evidence.coverage is not None
    assert (evidence.coverage.contexts == (evidence.cases[0].id,)) is meets


def test_a_context_that_fits_two_tests_keeps_its_own_words() -> None:
    parts = [
        junit("j.xml", case("test_a", classname="p.test_x"), case("test_a", classname="q.test_x")),
        in_contexts(".coverage", {"test_x.py::test_a|run": (1,)}),
    ]
    evidence = merge(parts)
    assert evidence.coverage is not None
    assert evidence.coverage.contexts == ("test_x.py::test_a",)
    assert rows(evidence, "context") == [("test_x.py::test_a", "the context's own words", "it fits 2 tests")]


def test_of_two_tests_that_fit_the_one_of_the_data_files_layer_is_meant() -> None:
    tests = [junit(f"{layer}.xml", case("test_a", classname="t.x"), layer=layer) for layer in ("e2e", "unit")]
    evidence = merge([*tests, in_contexts(".coverage", {"t/x.py::test_a|run": (1,)}, layer="unit")])
    assert evidence.coverage is not None
    assert evidence.coverage.contexts == ("unit/s/t.x::test_a",)


def test_of_failed_subtests_the_first_has_the_context_of_their_method() -> None:
    cases = (case("test_a (n=4)", classname="t.X"), case("test_a (n=3)", classname="t.X"))
    evidence = merge([junit("j.xml", *cases), in_contexts(".c", {"t.X.test_a": (1,)})])
    assert evidence.coverage is not None
    assert [each[-12:] for each in evidence.coverage.contexts] == ["test_a (n=3)"]


@pytest.mark.parametrize(("second", "meets"), [("passed", True), ("failed", False)])
def test_a_test_of_two_environments_is_one_where_it_came_out_the_same(second: str, meets: bool) -> None:
    tests = [
        junit(f"{name}.xml", case("test_a", outcome, classname="t.x"), environment=name)
        for name, outcome in (("linux", "passed"), ("windows", second))
    ]
    evidence = merge([*tests, in_contexts(".coverage", {"t/x.py::test_a|run": (1,)})])
    assert evidence.coverage is not None
    assert evidence.coverage.contexts == ((evidence.cases[0].id if meets else "t/x.py::test_a"),)
