from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from msgspec import structs

from reportgen.judge.failing.causes import causes_of
from reportgen.judge.failing.slices import Counter
from reportgen.judge.failing.suspects import MOST, ochiai_square, root_down, with_suspects
from reportgen.model.audit_tests import FailureCause
from reportgen.model.coverage import lines_of
from reportgen.model.evidence import Evidence, JoinedCase, JoinedFile
from tests.unit.judge_evidence import bits, case, evidence, file

# A hand-computed table: two tests of one cause fail (of which ef ran the line), ep passing ones ran it.
# ef, ep -> score = ef / sqrt(2 * (ef + ep)), rounded down.
OCHIAI = [
    (2, 0, "1.0000"),  # 2 / sqrt(4)
    (2, 1, "0.8164"),  # 2 / sqrt(6) = 0.81649…
    (1, 0, "0.7071"),  # 1 / sqrt(2) = 0.70710…
    (2, 2, "0.7071"),  # 2 / sqrt(8), the same
    (1, 1, "0.5000"),  # 1 / sqrt(4)
    (1, 7, "0.2500"),  # 1 / sqrt(16)
    (0, 3, "0.0000"),
]


@pytest.mark.parametrize(("ef", "ep", "score"), OCHIAI)
def test_ochiai_against_a_table(ef: int, ep: int, score: str) -> None:
    assert root_down(ochiai_square(ef, ep, 2)) == Decimal(score)


def test_the_root_is_rounded_down_exactly() -> None:
    assert root_down(Fraction(99_999_999, 100_000_000)) == Decimal("0.9999")
    assert root_down(Fraction(1)) == Decimal("1.0000")


def judged(cases: list[JoinedCase], *files: JoinedFile) -> tuple[FailureCause, ...]:
    names = tuple(each.id for each in cases)
    joined: Evidence = evidence(cases, files=files, contexts=names)
    return with_suspects(causes_of(tuple(cases)), joined)


def ran(path: str, *lines: tuple[int, ...], executable: range = range(1, 20), **more: object) -> JoinedFile:
    """A file that test n ran `lines[n]` of."""
    tests = tuple((place, bits(*each)) for place, each in enumerate(lines) if each)
    united = sorted({line for each in lines for line in each})
    made = file(path, united, executable, by_tests=united, tests=tests)
    return structs.replace(made, **more)


def rows(cause: FailureCause) -> list[tuple[str, int, int, str, int, int]]:
    return [(s.path, s.line, s.end_line, str(s.score), s.failing, s.passing) for s in cause.suspects]


def failing(name: str) -> JoinedCase:
    return case(name, "failed", "assert 1 == 2", text="tests/a.py:1: AssertionError")


TWO_FAIL = [failing("f1"), failing("f2"), case("p1"), case("p2")]


def test_lines_are_ranked_and_those_with_equal_figures_are_one_row() -> None:
    (cause,) = judged(
        TWO_FAIL,
        ran("app/b.py", (1, 2, 5, 6), (1, 2, 5), (1, 2), (1,)),
        ran("app/a.py", (7,), (), (7,), ()),
    )
    assert rows(cause) == [
        ("app/b.py", 5, 5, "1.0000", 2, 0),
        ("app/b.py", 2, 2, "0.8164", 2, 1),
        ("app/b.py", 1, 1, "0.7071", 2, 2),
        ("app/b.py", 6, 6, "0.7071", 1, 0),
        ("app/a.py", 7, 7, "0.5000", 1, 1),
    ]
    assert cause.suspects_reason == ""


def test_lines_that_cannot_run_do_not_part_a_row_and_others_do() -> None:
    (cause,) = judged(
        TWO_FAIL,
        structs.replace(ran("app/a.py", (1, 3, 6, 8), (1, 3, 6, 8), (9,)), executable=bits(1, 3, 5, 6, 8, 9)),
    )
    assert rows(cause) == [("app/a.py", 1, 3, "1.0000", 2, 0), ("app/a.py", 6, 8, "1.0000", 2, 0)]


def test_only_the_run_phase_counts() -> None:
    whole = ran("app/a.py", (1, 2), (1, 2), (2,))
    run = ((0, bits(2)), (1, bits(2)), (2, bits(2)))
    (cause,) = judged(TWO_FAIL, structs.replace(whole, runs=run))
    assert rows(cause) == [("app/a.py", 2, 2, "0.8164", 2, 1)]


def test_tests_of_other_causes_skipped_flaky_and_setup_errors_are_not_counted() -> None:
    cases = [
        failing("f"),
        case("other", "failed", "KeyError: 1"),
        case("s", "skipped"),
        case("flaky", flaky=True),
        case("setup", "errored", 'failed on setup with "assert 1 == 2"'),
        case("p"),
    ]
    found = judged(cases, ran("app/a.py", *[(1,)] * 6))
    of = {cause.cases[0].rpartition(".")[2]: cause for cause in found}
    assert rows(of["f"]) == [("app/a.py", 1, 1, "0.7071", 1, 1)]
    assert of["setup"].suspects == ()
    assert of["setup"].suspects_reason == "the tests went wrong in setup, not in their own run"


def test_parameters_that_share_a_context_are_told() -> None:
    cases = (failing("test_a[1]"), case("test_a[2]"), case("test_b"))
    told = evidence(cases, files=[ran("app/a.py", (1,), (2,))], contexts=("t.test_a", cases[2].id))
    (cause,) = with_suspects(causes_of(cases), told)
    assert cause.suspects_reason.startswith("all parameters of these tests ran in one context")


def test_the_tests_own_files_are_left_out() -> None:
    (cause,) = judged(TWO_FAIL, ran("tests/a.py", (1,), (1,)), ran("app/conftest.py", (1,), (1,)))
    assert cause.suspects == ()
    assert cause.suspects_reason == "the tests ran no measured line outside of test files"
    told = [structs.replace(each, file="./checks/a.py") for each in TWO_FAIL]
    (known,) = judged(told, ran("checks/a.py", (1,), (1,)), ran("app/a.py", (2,), (2,)))
    assert [row.path for row in known.suspects] == ["app/a.py"]


def test_what_is_left_out_is_said() -> None:
    lines = tuple(range(1, 60, 2))
    (cause,) = judged(TWO_FAIL, ran("app/a.py", lines, (), (59,), executable=range(1, 60)))
    assert len(cause.suspects) == MOST
    assert cause.suspects_reason == f"19 more lines are as suspicious as the last of the {MOST} listed"
    unmeasured = [*TWO_FAIL[:2], case("p")]
    joined = evidence(
        unmeasured,
        files=[ran("app/a.py", (1,), (1,))],
        contexts=(unmeasured[0].id, unmeasured[2].id),
    )
    (part,) = with_suspects(causes_of(tuple(unmeasured)), joined)
    assert part.suspects_reason == "only 1 of 2 tests has a context"


@pytest.mark.parametrize(
    ("joined", "reason"),
    [
        (evidence(TWO_FAIL), "no coverage was given"),
        (
            evidence(TWO_FAIL, files=[file("a.py", [1], [1])]),
            "the coverage does not say which test ran which line",
        ),
        (
            evidence(TWO_FAIL, files=[ran("app/a.py", (), (), (1,))], contexts=("x", "y", TWO_FAIL[2].id)),
            "no measured line ran in a context of these tests",
        ),
        (
            evidence(TWO_FAIL, files=[ran("app/a.py", (1,))], contexts=(TWO_FAIL[0].id,)),
            "the coverage has no context of a test that passed",
        ),
    ],
)
def test_what_is_not_available_has_its_reason(joined: Evidence, reason: str) -> None:
    (cause,) = with_suspects(causes_of(joined.cases), joined)
    assert (cause.suspects, cause.suspects_reason) == ((), reason)


def test_the_counter_counts_each_line() -> None:
    counter = Counter()
    for lines in (bits(1, 2, 3), bits(2, 3), bits(3), bits(3, 9), 0):
        counter.add(lines)
    assert counter.any() == bits(1, 2, 3, 9)
    groups = {count: list(lines_of(lines)) for count, lines in counter.groups(bits(1, 2, 3, 4, 9))}
    assert groups == {0: [4], 1: [1, 9], 2: [2], 4: [3]}
