"""What the cells, rows, totals and gaps of a matrix come to."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec import structs

from reportgen.judge.protecting.matrices import added, matrix_numbers, with_row_waivers
from reportgen.model.matrices import Matrix
from tests.unit.matrix_parts import cell_cases, made, placed


def row(unit: str, e2e: str, *, layers: tuple[str, ...] = ("unit", "e2e")) -> Matrix:
    cases = [*cell_cases(unit, "unit", "A"), *cell_cases(e2e, "e2e", "A")]
    return made(cases, placed("a", *cases), layers=layers)["layers"]


@pytest.mark.parametrize(
    ("unit", "e2e", "states", "status", "reason"),
    [
        ("pp", "p", "pass pass", "COMPLETE", "all 2 wanted layers pass"),
        ("ps", "p", "pass pass", "COMPLETE", "all 2 wanted layers pass"),
        ("pp", "", "pass unknown", "GOOD", "no test in e2e"),
        ("pp", "ss", "pass unknown", "GOOD", "all 2 skipped in e2e"),
        ("pp", "l", "pass warn", "GOOD", "1 of 1 test flaky in e2e"),
        ("pp", "pw", "pass waived", "GOOD", "1 of 2 tests waived in e2e"),
        ("", "", "unknown unknown", "GAP", "it has no test"),
        ("s", "", "unknown unknown", "GAP", "skipped in unit"),
        ("s", "s", "unknown unknown", "GAP", "skipped in unit and e2e"),
        ("w", "", "waived unknown", "GAP", "1 of 1 test waived in unit"),
        ("pf", "p", "fail pass", "FAILING", "1 of 2 tests fails in unit"),
        ("pp", "ee", "pass fail", "FAILING", "2 of 2 tests fail in e2e"),
        ("f", "e", "fail fail", "FAILING", "1 of 1 test fails in unit and e2e"),
    ],
)
def test_a_row_follows_from_its_cells(unit: str, e2e: str, states: str, status: str, reason: str) -> None:
    only = row(unit, e2e).rows[0]
    assert " ".join(cell.state.value for cell in only.cells) == states
    assert (only.status, only.reason) == (status, reason)


def test_a_layer_that_nobody_wants_neither_counts_nor_hides_a_failure() -> None:
    passing, failing = row("p", "", layers=("unit",)), row("p", "f", layers=("unit",))
    assert passing.columns == ("unit",)
    assert passing.rows[0].status == "COMPLETE"
    assert passing.score == 100
    assert failing.columns == ("unit", "e2e")
    assert failing.rows[0].status == "FAILING"
    assert (failing.passing, failing.wanted) == (1, 1)
    assert row("", "p", layers=("unit",)).rows[0].status == "GAP"


def test_a_cell_that_nobody_wants_and_nothing_is_in_does_not_apply() -> None:
    a, b = cell_cases("p", "unit", "A"), cell_cases("p", "e2e", "B")
    matrix = made([*a, *b], placed("a", *a), placed("b", *b), own={"a": ("unit",)})["layers"]
    assert [cell.state.value for cell in matrix.rows[0].cells] == ["pass", "not_applicable"]
    assert matrix.rows[0].status == "COMPLETE"
    assert (matrix.passing, matrix.wanted) == (2, 3)
    assert "1 subject states its own" in matrix.scored


def test_a_row_is_not_complete_where_something_else_speaks_against_its_subject() -> None:
    cases = cell_cases("p", "unit", "A")
    at_risk = structs.replace(placed("a", *cases), standing="at risk", reason="1 critical finding is open.")
    only = made(cases, at_risk)["layers"].rows[0]
    assert (only.status, only.reason) == ("GOOD", "1 critical finding is open.")


def test_without_test_results_nothing_is_known_and_no_gap_is_claimed() -> None:
    matrix = made(None, placed("a"), layers=("unit",))["layers"]
    assert (matrix.rows[0].status, matrix.score, matrix.gaps) == ("UNKNOWN", None, ())


def test_totals_add_up_and_each_test_counts_once_among_the_distinct() -> None:
    a, b = cell_cases("pfs", "unit", "A"), cell_cases("pw", "e2e", "B")
    alone = cell_cases("ppp", "unit", "C")
    matrix = made([*a, *b, *alone], placed("a", *a, *b), placed("b", *b))["layers"]
    assert matrix.total == added(each.counts for each in matrix.totals)
    assert matrix.total == added(each.total for each in matrix.rows)
    assert (matrix.total.total, matrix.distinct, matrix.outside) == (7, 5, 3)
    assert matrix.score == Fraction(100 * matrix.passing, matrix.wanted)


def test_subjects_stand_by_environment_only_where_there_are_environments() -> None:
    linux = cell_cases("p", "unit", "A", "linux")
    mac = cell_cases("f", "unit", "A", "mac")
    bare = cell_cases("p", "unit", "A")
    assert "environments" not in made(bare, placed("a", *bare))
    matrix = made([*linux, *mac, *bare], placed("a", *linux, *mac, *bare))["environments"]
    assert matrix.columns == ("(not stated)", "linux", "mac")
    assert [cell.state.value for cell in matrix.rows[0].cells] == ["pass", "pass", "fail"]
    wanted = made(linux, placed("a", *linux), environments=("linux", "windows"))["environments"]
    assert (wanted.columns, wanted.rows[0].status) == (("linux", "windows"), "GOOD")


def test_requirements_stand_in_a_matrix_of_their_own_whatever_the_layer() -> None:
    a = [*cell_cases("p", "unit", "A"), *cell_cases("p", "e2e", "A")]
    found = made(a, placed("R-1", *a, kind="requirement"), placed("R-2", kind="requirement"))
    assert list(found) == ["requirements"]
    matrix = found["requirements"]
    assert [(each.subject, each.status, each.total.total) for each in matrix.rows] == [
        ("R-1", "COMPLETE", 2),
        ("R-2", "GAP", 0),
    ]
    assert matrix.score == 50


def test_a_requirement_with_layers_of_its_own_is_held_to_them_besides() -> None:
    a = cell_cases("p", "unit", "A")
    found = made(a, placed("R-1", *a, kind="requirement"), own={"R-1": ("unit", "e2e")})
    assert found["requirements"].rows[0].status == "COMPLETE"
    assert found["layers"].rows[0].status == "GOOD"
    assert [gap.kind for gap in found["layers"].gaps] == ["nothing passes"]


@pytest.mark.parametrize(
    ("unit", "e2e", "expected"),
    [
        ("p", "p", []),
        (
            "",
            "",
            [
                ("untested component", "Component a has no test."),
                ("nothing passes", "The layer unit protects nothing: it holds no test of these subjects."),
                ("nothing passes", "The layer e2e protects nothing: it holds no test of these subjects."),
            ],
        ),
        (
            "ff",
            "s",
            [
                ("unprotected", "No layer protects component a: 2 of 2 tests fail in unit; skipped in e2e."),
                (
                    "nothing passes",
                    "The layer unit protects nothing: none of its 2 executed tests of these subjects passed.",
                ),
                (
                    "nothing passes",
                    "The layer e2e protects nothing: 1 test of these subjects was there, and none ran.",
                ),
            ],
        ),
    ],
)
def test_gaps_are_told(unit: str, e2e: str, expected: list[tuple[str, str]]) -> None:
    assert [(gap.kind, gap.sentence) for gap in row(unit, e2e).gaps] == expected


def test_a_test_that_runs_in_some_environment_is_not_skipped_everywhere() -> None:
    linux, mac = cell_cases("ps", "unit", "A", "linux"), cell_cases("ss", "unit", "A", "mac")
    matrix = made([*linux, *mac], placed("a", *linux, *mac))["layers"]
    gaps = [gap for gap in matrix.gaps if gap.kind == "skipped everywhere"]
    assert [gap.tests for gap in gaps] == [("linux/unit/A.t1", "mac/unit/A.t1")]


def test_a_requirement_that_only_tests_know_is_a_gap() -> None:
    a = cell_cases("pp", "unit", "A")
    matrix = made(a, unknown={"R-9": tuple(each.id for each in a)})["requirements"]
    assert [(gap.kind, gap.sentence, gap.evidence) for gap in matrix.gaps] == [
        ("unknown requirement", "2 tests name requirement R-9, which nobody stated.", ("E1",))
    ]
    assert (matrix.rows, matrix.score) == ((), None)


def test_metrics_are_those_of_the_matrix() -> None:
    matrix = row("pf", "p")
    numbers = matrix_numbers([matrix])
    assert numbers["matrices.layers.score"] == matrix.score == 50
    assert numbers["matrices.layers.failing"] == numbers["matrices.layers.rows"] == 1
    assert numbers["matrices.layers.complete"] == numbers["matrices.layers.gaps"] == 0


def test_waivers_are_added_to_the_rows_of_their_subject() -> None:
    cases = cell_cases("p", "unit", "A")
    one, other = placed("a", *cases), placed("b")
    matrices = tuple(made(cases, one, other).values())
    told = with_row_waivers(matrices, [structs.replace(one, waivers=("W-1",)), other])
    assert [each.waivers for each in told[0].rows] == [("W-1",), ()]
    assert with_row_waivers(matrices, [one, other]) == matrices
