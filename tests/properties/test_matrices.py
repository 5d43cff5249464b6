"""The laws of matrices: totals add up, the score is that of the cells, and less evidence is never better."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from hypothesis import given, strategies as st
from msgspec import structs

from reportgen.judge.protecting.matrices import added
from reportgen.model.audit import Audit
from reportgen.model.evidence import JoinedCase
from reportgen.model.matrices import MatrixPolicy, RowStatus
from reportgen.model.placing import Pattern
from reportgen.model.policy import DEFAULT_POLICY, Policy
from reportgen.model.states import Outcome, State
from reportgen.model.subjects import Subject, SubjectKind
from tests.properties.test_judge import LAW
from tests.unit.judge_evidence import audit, case, evidence

_LAYERS = ("unit", "integration", "e2e")
_CLASSES = ("A", "B", "C", "D")
_KINDS: tuple[SubjectKind, ...] = ("component", "risk", "requirement")
_BEST_FIRST: tuple[RowStatus, ...] = ("COMPLETE", "GOOD", "GAP", "FAILING", "UNKNOWN")


@st.composite
def linked_cases(draw: st.DrawFn) -> list[JoinedCase]:
    """Draw tests of a few classes, of which some name a requirement that is stated, or is not."""
    drawn = draw(
        st.lists(
            st.tuples(
                st.sampled_from([each for each in Outcome if each is not Outcome.WAIVED]),
                st.sampled_from(_LAYERS),
                st.sampled_from(_CLASSES),
                st.sampled_from(("", "linux", "mac")),
                st.sampled_from(("", "s0", "s1", "R-9")),
                st.booleans(),
            ),
            max_size=14,
        )
    )
    return [
        structs.replace(
            case(f"t{n}", outcome.value, "boom", layer=layer, classname=owner, flaky=flaky),
            environment=environment,
            id=f"{environment}/{layer}/{owner}.t{n}",
            properties=(("requirement", names),) if names else (),
        )
        for n, (outcome, layer, owner, environment, names, flaky) in enumerate(drawn)
    ]


@st.composite
def linking_policy(draw: st.DrawFn) -> Policy:
    subjects = tuple(
        Subject(
            name=f"s{n}",
            kind=draw(st.sampled_from(_KINDS)),
            tests=tuple(Pattern(classname=each) for each in draw(st.sets(st.sampled_from(_CLASSES)))),
            layers=draw(st.sampled_from(((), (), ("unit",), ("unit", "smoke")))),
        )
        for n in range(draw(st.integers(0, 4)))
    )
    # What is wanted is stated: what the evidence has is less where there is less evidence.
    matrix = MatrixPolicy(layers=draw(st.sampled_from((_LAYERS, ("unit",)))), environments=("linux", "mac"))
    return structs.replace(
        DEFAULT_POLICY, subjects=subjects, matrix=matrix, requirement_properties=("requirement",)
    )


def judged(cases: list[JoinedCase] | None, policy: Policy) -> Audit:
    return audit(evidence(cases), policy)


@LAW
@given(linked_cases(), linking_policy())
def test_totals_add_up_and_are_those_of_the_model(cases: list[JoinedCase], policy: Policy) -> None:
    found = judged(cases, policy)
    assert found.tests is not None
    subjects = {each.name: each for each in found.subjects}
    for matrix in found.matrices:
        assert matrix.total == added(row.total for row in matrix.rows)
        assert matrix.total == added(each.counts for each in matrix.totals)
        assert matrix.distinct + matrix.outside == found.tests.total
        assert sum(matrix.statuses.values()) == len(matrix.rows)
        for number, total in enumerate(matrix.totals):
            assert total.counts == added(row.cells[number].counts for row in matrix.rows)
        for row in matrix.rows:
            own = subjects[row.subject]
            assert row.total == structs.replace(own.counts, seconds=None)
            assert Counter(id_ for cell in row.cells for id_ in cell.tests) == Counter(own.cases)


@LAW
@given(linked_cases(), linking_policy())
def test_the_score_is_that_of_the_cells(cases: list[JoinedCase], policy: Policy) -> None:
    for matrix in judged(cases, policy).matrices:
        cells = [cell for row in matrix.rows for cell in row.cells if cell.wanted]
        passing = sum(cell.state is State.PASS for cell in cells)
        assert (matrix.passing, matrix.wanted) == (passing, len(cells))
        assert matrix.score == (Fraction(100 * passing, len(cells)) if cells else None)


@LAW
@given(linked_cases(), linking_policy())
def test_nothing_that_did_not_run_and_pass_is_drawn_as_a_pass(
    cases: list[JoinedCase], policy: Policy
) -> None:
    for matrix in judged(cases, policy).matrices:
        for row in matrix.rows:
            for cell in row.cells:
                counts = cell.counts
                passes = counts.passed == counts.executed > 0 and not counts.flaky
                assert (cell.state is State.PASS) == passes
            if row.status == "COMPLETE":
                assert row.total.passed == row.total.executed > 0


@LAW
@given(linked_cases(), linking_policy(), st.data())
def test_fewer_passing_or_skipped_tests_never_better_a_row(
    cases: list[JoinedCase], policy: Policy, data: st.DataObject
) -> None:
    harmless = [
        each for each in cases if each.outcome in {Outcome.PASSED, Outcome.SKIPPED} and not each.flaky
    ]
    gone = {each.id for each in harmless if data.draw(st.booleans())}
    before = {(m.name, row.subject): row for m in judged(cases, policy).matrices for row in m.rows}
    for matrix in judged([each for each in cases if each.id not in gone], policy).matrices:
        for row in matrix.rows:
            known = before[matrix.name, row.subject].status
            assert _BEST_FIRST.index(row.status) >= min(_BEST_FIRST.index(known), _BEST_FIRST.index("GAP"))
            if known == "FAILING":
                assert row.status == "FAILING"


@LAW
@given(linked_cases(), linking_policy())
def test_every_subject_without_a_passing_cell_is_a_gap(cases: list[JoinedCase], policy: Policy) -> None:
    found = judged(cases, policy)
    told = {gap.subject for m in found.matrices for gap in m.gaps if gap.kind not in _OF_OTHERS}
    for matrix in found.matrices:
        if matrix.kind == "environments":
            continue
        for row in matrix.rows:
            passed = any(cell.counts.passed and cell.state is not State.FAIL for cell in row.cells)
            assert passed or row.subject in told


_OF_OTHERS = ("unknown requirement", "nothing passes", "skipped everywhere")
