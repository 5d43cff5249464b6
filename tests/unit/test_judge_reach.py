from __future__ import annotations

from msgspec import structs

from reportgen.judge.counting.reach import MOST_CASES, reach_of
from reportgen.model.evidence import JoinedFile
from reportgen.model.reach import FileReach, ReachedLines
from tests.unit.judge_evidence import bits, case, evidence, file

CASES = [
    case("u", layer="unit"),
    case("i", layer="integration"),
    case("f", "failed", "boom", layer="integration"),
]
NAMES = (*(each.id for each in CASES), "a label")


def measured(**tests: tuple[int, ...]) -> JoinedFile:
    """A file of lines 1 to 9; 1 and 2 ran at import. `tests` by the letters of CASES, x the label."""
    ran = tuple(("uifx".index(name), bits(*lines)) for name, lines in tests.items())
    united = sorted({line for lines in tests.values() for line in lines})
    made = file("app/a.py", {1, 2, *united}, range(1, 10), by_tests=united, tests=ran)
    return structs.replace(
        made, by_layer={"unit": (bits(*range(1, 10)), made.covered), "integration": (0, bits(1, 2))}
    )


def reach(*files: JoinedFile, names: tuple[str, ...] = NAMES) -> tuple[FileReach, ...]:
    return reach_of(evidence(CASES, files=files, contexts=names))


def lines(count: int, ranges: str) -> ReachedLines:
    return ReachedLines(count=count, ranges=ranges)


def test_who_runs_a_file_and_what_only_some_tests_reach() -> None:
    (found,) = reach(measured(u=(3, 4, 5), i=(4,), f=(4, 6, 7)))
    assert (found.tests, found.layers) == (3, ("integration", "unit"))
    assert found.cases == (CASES[0].id, CASES[2].id, CASES[1].id)
    assert found.only_at_import == lines(2, "1-2")
    assert found.only_unit == lines(2, "3, 5")
    assert found.only_failing == lines(2, "6-7")


def test_a_layer_that_only_imports_a_file_does_not_reach_it() -> None:
    (found,) = reach(measured(u=(3,)))
    assert found.layers == ("unit",)
    assert found.only_unit == lines(1, "3")
    (loaded,) = reach(measured())
    assert (loaded.tests, loaded.cases, loaded.layers) == (0, (), ())
    assert loaded.only_at_import == lines(2, "1-2")


def test_a_context_that_is_no_known_test_is_neither_failing_nor_of_a_layer() -> None:
    (found,) = reach(measured(u=(3,), f=(6,), x=(3, 6)))
    assert (found.tests, found.layers) == (3, ("integration", "unit"))
    assert (found.only_unit, found.only_failing) == (lines(0, ""), lines(0, ""))


def test_without_contexts_only_layers_tell() -> None:
    plain = structs.replace(
        file("app/a.py", [1, 2, 3], [1, 2, 3, 4]),
        by_layer={"unit": (bits(1, 2, 3, 4), bits(1, 2, 3)), "e2e": (bits(1, 2, 3, 4), bits(1))},
    )
    (found,) = reach(plain, names=())
    assert (found.tests, found.only_at_import, found.only_failing) == (None, None, None)
    assert (found.layers, found.only_unit) == (("e2e", "unit"), lines(2, "2-3"))


def test_what_only_unit_tests_reach_is_not_known_where_no_other_layer_was_measured() -> None:
    (found,) = reach(file("app/a.py", [1], [1]), names=())
    assert found.only_unit is None


def test_a_file_names_the_tests_that_run_most_of_it() -> None:
    cases = [case(f"t{n:02}") for n in range(30)]
    tests = tuple((n, bits(*range(1, 2 + n % 15))) for n in range(30))
    made = file("app/a.py", range(1, 16), range(1, 16), by_tests=range(1, 16), tests=tests)
    (found,) = reach_of(evidence(cases, files=[made], contexts=tuple(each.id for each in cases)))
    assert found.tests == 30
    assert len(found.cases) == MOST_CASES
    assert found.cases[:3] == (cases[14].id, cases[29].id, cases[13].id)


def test_without_coverage_nothing_is_said() -> None:
    assert reach_of(evidence(CASES)) == ()
