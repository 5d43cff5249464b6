"""Laws of causes and suspicious lines: nobody is lost, and the bit sets count as plain loops do."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings, strategies as st

from reportgen.judge.failing.causes import causes_of
from reportgen.judge.failing.slices import Counter
from reportgen.judge.failing.suspects import MOST, ochiai_square, root_down, with_suspects
from reportgen.model.coverage import lines_of
from tests.unit.judge_evidence import bits, case, evidence, file

LAW = settings(deadline=None, max_examples=150)
OUTCOMES = st.sampled_from(["passed", "failed", "errored", "skipped", "unknown"])
TOLD = st.sampled_from(
    [
        *("", "Failed", "assert 1 == 2", "KeyError: 'k'", "collection failure", "No module named 'x'"),
        *('failed on setup with "ValueError: user_1f2a2f29"', "expected:<1> but was:<2>", "panic: boom"),
    ]
) | st.text(max_size=40)
LINES = st.sets(st.integers(1, 12), max_size=8)


@LAW
@given(st.lists(st.tuples(OUTCOMES, TOLD, TOLD, st.sampled_from(["", "AssertionError", "X"])), max_size=20))
def test_every_failing_test_is_in_exactly_one_cause(told: list[tuple[str, str, str, str]]) -> None:
    cases = tuple(
        case(f"t{n}", outcome, message, text=text, kind=kind)
        for n, (outcome, message, text, kind) in enumerate(told)
    )
    causes = causes_of(cases)
    found = sorted(each for cause in causes for each in cause.cases)
    assert found == sorted(each.id for each in cases if each.outcome.value not in {"passed", "skipped"})
    for cause in causes:
        named = {each.case for each in cause.differences}
        assert named <= set(cause.cases)
        assert (cause.expected is None) == (cause.actual is None)


@LAW
@given(st.lists(LINES, max_size=20), LINES)
def test_slices_count_as_a_loop_does(sets: list[set[int]], asked: set[int]) -> None:
    counter = Counter()
    for each in sets:
        counter.add(bits(*each))
    told = {line: count for count, lines in counter.groups(bits(*asked)) for line in lines_of(lines)}
    assert told == {line: sum(line in each for each in sets) for line in asked}


@LAW
@given(st.lists(st.tuples(st.booleans(), LINES), min_size=2, max_size=12))
def test_suspects_are_the_lines_with_the_highest_score(tests: list[tuple[bool, set[int]]]) -> None:
    cases = [
        case(
            f"t{n}",
            "failed" if failed else "passed",
            "assert 1 == 2" if failed else "",
            text="tests/a.py:1: E",
        )
        for n, (failed, _) in enumerate(tests)
    ]
    ran = tuple((n, bits(*lines)) for n, (_, lines) in enumerate(tests) if lines)
    every = sorted({line for _, lines in tests for line in lines})
    measured = file("app/a.py", every, range(1, 13), by_tests=every, tests=ran)
    joined = evidence(cases, files=[measured], contexts=tuple(each.id for each in cases))
    failing = [lines for failed, lines in tests if failed]
    passing = [lines for failed, lines in tests if not failed]
    scores = {
        line: ochiai_square(
            sum(line in each for each in failing), sum(line in each for each in passing), len(failing)
        )
        if failing
        else Fraction(0)
        for line in every
    }
    for cause in with_suspects(causes_of(tuple(cases)), joined):
        shown = {line: row for row in cause.suspects for line in range(row.line, row.end_line + 1)}
        if not passing:
            assert not shown
            continue
        for line, row in shown.items():
            assert row.score == root_down(scores[line])
        assert [row.score for row in cause.suspects] == sorted(
            (row.score for row in cause.suspects), reverse=True
        )
        if len(cause.suspects) < MOST:
            assert set(shown) == {line for line, score in scores.items() if score}
