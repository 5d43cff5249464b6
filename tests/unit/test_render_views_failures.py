from __future__ import annotations

from msgspec import structs

from reportgen.judge.counting.reach import reach_of
from reportgen.judge.failing.causes import causes_of
from reportgen.model.audit import Audit
from reportgen.model.evidence import JoinedCase
from reportgen.model.profile import Profile
from reportgen.render.views.failing_tests import failing_tests
from reportgen.render.views.failures import FailuresView, failures
from reportgen.render.views.parts import Subject
from reportgen.render.views.reach import ReachView, reach
from tests.sample_audit import sample_audit
from tests.unit.judge_evidence import audit, case, evidence, file
from tests.unit.test_judge_suspects import TWO_FAIL, ran

PROFILE = Profile(name="p", summary="", sections=("failures",))


def failing_of(judged: Audit) -> FailuresView:
    view = failures(Subject(judged, PROFILE))
    assert view is not None
    return view


def reach_in(judged: Audit) -> ReachView:
    view = reach(Subject(judged, PROFILE))
    assert view is not None
    return view


def of(*cases: JoinedCase) -> FailuresView:
    return failing_of(audit(evidence(cases)))


def test_causes_that_block_tests_come_first_and_each_kind_has_its_heading() -> None:
    view = of(
        *(case(f"a{n}", "failed", "assert 1 == 2", text="t.py:1: E") for n in range(3)),
        *(case(f"e{n}", "failed", "KeyError: 1") for n in range(4)),
        case("s", "errored", 'failed on setup with "KeyError: 2"'),
        case("i", "errored", "collection failure", text="E   ImportError: no x"),
    )
    assert [(row.group, row.title) for row in view.causes.rows] == [
        ("Before the tests ran", "1 errored, in collection: an import failed"),
        ("", "1 errored, in setup"),
        ("Failed assertions", "3 failed"),
        ("Other errors", "4 failed"),
    ]


def test_of_too_many_causes_those_that_block_tests_and_the_largest_are_printed() -> None:
    judged = audit(
        evidence(
            [
                *(case(name, "failed", f"assert '{name}' in y", text="t.py:1: E") for name in "abcdef"),
                *(case(f"e{n}", "failed", "KeyError: 1") for n in range(4)),
                case("s", "errored", 'failed on setup with "KeyError: 2"'),
            ]
        )
    )
    profile = Profile(name="p", summary="", sections=("failures",), list_limit=3)
    view = failures(Subject(judged, profile))
    assert view is not None
    assert [(row.group, row.title) for row in view.causes.rows] == [
        ("Before the tests ran", "1 errored, in setup"),
        ("Failed assertions", "1 failed"),
        ("Other errors", "4 failed"),
    ]
    assert view.causes.left == 5
    listed = failing_tests(Subject(judged, profile))
    assert listed is not None
    assert listed.tests.rows[0].title == "4 tests with one cause"


def test_a_test_without_a_name_to_be_seen_is_said_to_have_none() -> None:
    (row,) = of(case(" \t", "failed", "assert 1 == 2", classname=" ", suite="s")).causes.rows
    assert [(each.name, each.owner) for each in row.cases.rows] == [("(no name)", "s")]


def test_a_reason_that_holds_for_all_is_said_once() -> None:
    view = of(case("a", "failed", "assert 1 == 2"), case("b", "failed", "KeyError: 1"))
    assert view.unranked == "no coverage was given"
    assert [row.unranked for row in view.causes.rows] == ["", ""]


def test_what_was_expected_stands_with_its_cause() -> None:
    view = of(*(case(f"t{n}", "failed", f"assert {n} == 99", text="t.py:1: E") for n in range(9)))
    (row,) = view.causes.rows
    assert (row.expected, row.actual) == ("99", "0")
    assert [(each.name, each.expected, each.actual) for each in row.differences.rows][:2] == [
        ("t0", "99", "0"),
        ("t1", "99", "1"),
    ]
    assert (len(row.differences.rows), row.differences.left) == (5, 4)


def test_suspicious_lines_are_printed_with_the_tests_behind_them() -> None:
    joined = evidence(
        TWO_FAIL,
        files=[ran("app/a.py", (3, 4), (3, 4), (4,))],
        contexts=tuple(each.id for each in TWO_FAIL),
    )
    (row,) = failing_of(audit(joined)).causes.rows
    assert [(each.score, each.failing, each.passing) for each in row.suspects.rows] == [
        ("1.0000", 2, 0),
        ("0.8164", 2, 1),
    ]
    assert "app/a.py:3" in str(row.suspects.rows[0].place)


def test_who_covers_what_is_left_out_where_nothing_tells() -> None:
    plain = audit(evidence([case("a")], files=[file("a.py", [1], [1])]))
    assert plain.reach != ()
    assert reach(Subject(plain, PROFILE)) is None


def test_who_covers_what_puts_first_what_only_failing_tests_reach() -> None:
    joined = evidence(
        TWO_FAIL,
        files=[
            ran("app/a.py", (), (), (1, 2), (1,)),
            ran("app/b.py", (1,), (1, 2)),
            structs.replace(ran("app/c.py"), covered=0b110, by_tests=0),
        ],
        contexts=tuple(each.id for each in TWO_FAIL),
    )
    view = reach_in(audit(joined))
    assert [row.path.source for row in view.rows.rows] == ["`app/b.py`", "`app/a.py`"]
    first = view.rows.rows[0]
    assert [name.source for name in first.cases.rows] == [f"`{each.name}`" for each in TWO_FAIL[1::-1]]
    assert view.rows.rows[0].only_failing == "2 (1-2)"
    assert view.notes == (
        "Tests run lines of 2 of 3 source files.",
        "1 file ran only at import (2 lines): no test runs a line of them.",
        "2 lines are reached by failing tests only: no test shows that they work.",
    )
    assert reach_of(joined)[2].tests == 0


def test_the_sample_prints_both() -> None:
    judged = sample_audit()
    assert any(row.suspects for row in failing_of(judged).causes.rows)
    assert len(reach_in(judged).rows.rows) == 1
    assert judged.tests is not None
    assert causes_of(judged.tests.cases)
