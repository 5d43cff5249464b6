"""Test files as results name them, and as findings do."""

from __future__ import annotations

import pytest

from reportgen.model.suite_paths import holds_tests, met, place_of
from tests.unit.judge_evidence import case


@pytest.mark.parametrize(
    ("classname", "place"),
    [
        ("tests.unit.test_a.TestA", "tests/unit/test_a.py"),
        ("tests.unit.test_a", "tests/unit/test_a.py"),
        ("com.shop.OrderTest", "com.shop.OrderTest"),
    ],
)
def test_a_test_has_a_place(classname: str, place: str) -> None:
    assert place_of(case("t", classname=classname)) == place


@pytest.mark.parametrize(
    ("path", "holds"),
    [
        ("tests/test_a.py", True),
        ("a/b_test.go", True),
        ("web/x.spec.ts", True),
        ("src/OrderTest.java", True),
        ("tests/conftest.py", False),
        ("src/testing.py", False),
    ],
)
def test_a_file_of_tests_is_known_by_its_name(path: str, holds: bool) -> None:
    assert holds_tests(path) is holds


@pytest.mark.parametrize(
    ("places", "paths", "expected"),
    [
        (["tests/test_a.py"], ["app/tests/test_a.py"], {"tests/test_a.py": "app/tests/test_a.py"}),
        (["app/tests/test_a.py"], ["tests/test_a.py"], {"app/tests/test_a.py": "tests/test_a.py"}),
        (["tests/test_a.py"], ["a/tests/test_a.py", "b/tests/test_a.py"], {}),
        (["a/test_a.py", "b/test_a.py"], ["test_a.py"], {}),
        (["st_a.py"], ["test_a.py"], {}),
    ],
)
def test_two_spellings_meet_only_where_no_third_fits(
    places: list[str], paths: list[str], expected: dict[str, str]
) -> None:
    assert met(places, paths) == expected
