"""Which tests a pattern means: by place, suite, class, name, marker and property."""

from __future__ import annotations

import pytest

from reportgen.model.markers import markers_of
from reportgen.model.placing import (
    Pattern,
    dotted,
    fits_classname,
    fits_name,
    fits_place,
    fits_suite,
    fits_test,
)

PLACES = [
    # glob, file, classname, fits
    ("tests/unit/**", "tests/unit/test_a.py", "", True),
    ("tests/unit/**", "", "tests.unit.test_a.TestA", True),
    ("tests/unit/test_a.py", "", "tests.unit.test_a.TestA", True),
    ("test_a.py", "", "tests.unit.test_a", True),
    ("tests/unit", "tests\\unit\\a.cs", "", True),
    ("tests/unit/**", "/builds/shop/tests/unit/test_a.py", "", True),
    ("tests/unit/**", "C:/shop/tests/unit/test_a.py", "", True),
    ("tests/unit/**", "other/tests/unit/test_a.py", "", False),
    ("tests/unit/**", "", "tests.unity.test_a", False),
    ("tests/unit/**", "", "", False),
    ("com/shop/**", "", "com.shop.PayTest", True),
]


@pytest.mark.parametrize(("glob", "file", "classname", "fits"), PLACES)
def test_a_path_is_the_file_or_the_class_path(glob: str, file: str, classname: str, fits: bool) -> None:
    assert fits_place(glob, file, classname) is fits


@pytest.mark.parametrize(
    ("pattern", "suite", "fits"),
    [
        ("checkout", "checkout", True),
        ("check*", "shop / checkout", True),
        ("shop / checkout", "shop / checkout", True),
        ("shop", "shop / checkout", True),
        ("heck", "shop / checkout", False),
    ],
)
def test_a_suite_is_its_path_or_one_of_its_names(pattern: str, suite: str, fits: bool) -> None:
    assert fits_suite(pattern, suite) is fits


@pytest.mark.parametrize(
    ("pattern", "classname", "fits"),
    [
        ("PayTest", "com.shop.PayTest", True),
        ("com.shop.*", "com.shop.PayTest", True),
        ("*Test", "com.shop.PayTest", True),
        ("PayTest", "shop::PayTest", True),
        ("PayTest", "com.shop.RepayTest", False),
    ],
)
def test_a_class_is_meant_with_or_without_its_packages(pattern: str, classname: str, fits: bool) -> None:
    assert fits_classname(pattern, classname) is fits


def test_a_name_is_meant_with_or_without_its_parameters() -> None:
    assert fits_name("test_pay", "test_pay[eur-1]")
    assert fits_name("test_pay[eur-1]", "test_pay[eur-1]")
    assert fits_name("*_pay", "test_pay[eur]")
    assert not fits_name("test_pay[e]", "test_pay[eur]")  # brackets are no choice of letters
    assert not fits_name("test_pa", "test_pay")


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        ("tests/unit/test_a.py::TestA::test_pay", True),
        ("test_a.py::TestA::test_pay", True),
        ("tests.unit.test_a.TestA.test_pay", True),
        ("TestA.test_pay", True),
        ("TestA::test_pay", True),
        ("test_pay", True),
        ("*pay*", True),
        ("unit/s/tests.unit.test_a.TestA::test_pay", True),
        ("stA.test_pay", False),
        ("test_b.py::TestA::test_pay", False),
    ],
)
def test_a_text_is_an_id_a_name_or_class_and_name(pattern: str, fits: bool) -> None:
    id_ = "unit/s/tests.unit.test_a.TestA::test_pay"
    assert fits_test(pattern, id_, "tests.unit.test_a.TestA", "test_pay") is fits


def test_a_text_may_leave_out_the_parameters() -> None:
    assert fits_test("a.py::test_pay", "unit/s/a::test_pay[1]", "a", "test_pay[1]")
    assert fits_test("a.py::test_pay[1]", "unit/s/a::test_pay[1]", "a", "test_pay[1]")
    assert not fits_test("a.py::test_pay[2]", "unit/s/a::test_pay[1]", "a", "test_pay[1]")


def test_only_the_path_of_a_node_id_is_dotted() -> None:
    assert dotted("a/b.py::C::t[x/y.py::z]") == "a.b.C.t[x/y.py::z]"
    assert dotted("plain name") == "plain name"


def test_a_pattern_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one of path"):
        Pattern()


def test_all_that_a_pattern_gives_must_fit() -> None:
    pattern = Pattern(path="tests/**", suite="s", classname="C*")
    assert pattern.fits_class("tests/a.py", "a.Cart", "s")
    assert not pattern.fits_class("tests/a.py", "a.Cart", "other")
    of_case = Pattern(marker="@Slow", properties=(("area", "pay*"),))
    assert of_case.fits_properties((("area", "payments"),), frozenset({"slow"}))
    assert not of_case.fits_properties((("area", "payments"),), frozenset({"fast"}))
    assert not of_case.fits_properties((("area", "cart"),), frozenset({"slow"}))


@pytest.mark.parametrize(
    ("properties", "markers"),
    [
        ((("tags", "label1,label2"),), {"label1", "label2", "label1,label2"}),
        ((("tag", "@smoke"), ("tag", "@Slow")), {"smoke", "slow"}),
        ((("Category", "Long Running"),), {"long running", "long", "running"}),
        ((("TestCategory", "Unit"),), {"unit"}),
        ((("markers", "[smoke, 'slow']"),), {"smoke", "slow", "smoke, 'slow"}),
        ((("enable_socket", "1"), ("retries", "2"), ("slow", "True")), {"enable_socket", "slow"}),
        ((("mark.slow", "3 s"), ("pytest.mark.db", "x")), {"slow", "db"}),
        ((("owner", "ana"), ("tag", "")), set()),
    ],
)
def test_markers_are_told_in_many_ways(properties: tuple[tuple[str, str], ...], markers: set[str]) -> None:
    assert markers_of(properties) == markers
