"""The requirements by criterion: what each table says, and that its status is the worst of its rows."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from reportgen.model.audit import Audit, CriterionScore, GateResult
from reportgen.model.criteria import CheckScore
from reportgen.model.evidence import JoinedCounts
from reportgen.model.matrices import Matrix, MatrixTotal
from reportgen.model.states import Severity, State
from reportgen.render.profiles import load_profile
from reportgen.render.views.parts import Subject
from reportgen.render.views.requirement_tables import RequirementTable, requirement_tables
from tests.sample_audit import empty_audit, sample_audit

PROFILE = load_profile("graded")


def tables_of(audit: Audit) -> dict[str, RequirementTable]:
    return {table.title: table for table in requirement_tables(Subject(audit, PROFILE))}


def told(table: RequirementTable) -> list[tuple[str, str]]:
    return [(row.title, row.badge.source) for row in table.rows.rows]


def criterion(name: str, score: int | None, **fields: object) -> CriterionScore:
    made = CriterionScore(
        name=name,
        weight=Fraction(10),
        required=False,
        score=None if score is None else Fraction(score),
        reason="Because.",
        evidence=("E1",),
    )
    return replace(made, **fields)


def check(title: str, state: State, policy: str = "") -> CheckScore:
    return CheckScore(
        id=title,
        title=title,
        state=state,
        condition="tests.failed == 0",
        reason="Because of it.",
        severity=Severity.MEDIUM,
        remediation="",
        minutes=30,
        policy=policy,
        evidence=("E1",),
    )


def gate(title: str, state: State, condition: str) -> GateResult:
    return GateResult(
        name=title,
        title=title,
        state=state,
        condition=condition,
        value="",
        reason="It says.",
        evidence=("E2",),
    )


def test_gates_stand_with_the_criterion_of_their_kind_and_the_worst_first() -> None:
    tables = tables_of(sample_audit())
    assert told(tables["Tests"]) == [
        ("No test failed or errored", "❌ **FAIL**"),
        ("No test is flaky", "⚠️ **WARN**"),
    ]
    assert tables["Tests"].badge.source == "❌ **FAIL**"
    assert tables["Tests"].percent == "75.0 %"
    assert told(tables["Other requirements"]) == [
        ("A gate that somebody waived", "🔖 **WAIVED**"),
        ("Not asked of this build", "➖ **n/a**"),
    ]
    assert tables["Other requirements"].badge.source == "❔ **UNKNOWN**"


def test_each_gate_stands_in_one_table() -> None:
    rows = [row.title for table in tables_of(sample_audit()).values() for row in table.rows.rows]
    assert all(rows.count(each.title) == 1 for each in sample_audit().gates)


def test_a_score_that_says_worse_than_the_gates_is_a_requirement_of_its_own() -> None:
    table = tables_of(sample_audit())["Findings"]
    assert told(table) == [
        ("No critical or high finding is open", "❌ **FAIL**"),
        ("No critical finding is open", "✅ **PASS**"),
    ]
    assert (table.badge.source, table.percent) == ("❌ **FAIL**", "(percentage not measured)")
    assert table.rows.rows[0].found == "1 critical or high finding is open."


@pytest.mark.parametrize(
    ("state", "score", "badge"),
    [
        (State.PASS, 15, "✅ **PASS**"),  # the policy says what is enough
        (State.FAIL, 95, "❌ **FAIL**"),
        (State.PASS, None, "❔ **UNKNOWN**"),
    ],
)
def test_a_gate_says_how_much_coverage_is_enough(state: State, score: int | None, badge: str) -> None:
    audit = replace(
        sample_audit(),
        criteria=(criterion("coverage", score),),
        gates=(gate("Enough lines ran", state, "coverage.lines.percent >= 10"),),
    )
    assert tables_of(audit)["Coverage"].badge.source == badge


def test_without_a_gate_a_criterion_is_its_own_requirement() -> None:
    audit = replace(sample_audit(), criteria=(criterion("coverage", 15),), gates=())
    assert told(tables_of(audit)["Coverage"]) == [("Every executable line runs", "❌ **FAIL**")]


def test_criteria_of_a_team_come_first_with_their_checks_and_policy() -> None:
    checks = (check("Calm", State.PASS, "Keep calm."), check("Quick", State.UNKNOWN))
    own = criterion("own", None, title="Our own", checks=checks, policy="Be good.")
    audit = replace(sample_audit(), criteria=(criterion("tests", 100), own))
    tables = requirement_tables(Subject(audit, PROFILE))
    assert [table.title for table in tables][:2] == ["Our own", "Tests"]
    assert told(tables[0]) == [("Quick", "❔ **UNKNOWN**"), ("Calm", "✅ **PASS**")]
    assert tables[0].policy == "Be good."
    assert tables[0].rows.rows[1].found == "Because of it. (Policy: Keep calm.)"


def test_the_score_of_a_matrix_has_a_row_a_column() -> None:
    counts = JoinedCounts(total=2, passed=1, failed=1)
    totals = (
        MatrixTotal(column="unit", counts=JoinedCounts(total=2, passed=2), passing=2, wanted=2),
        MatrixTotal(column="e2e", counts=counts, passing=1, wanted=2),
        MatrixTotal(column="load", counts=JoinedCounts(), passing=0, wanted=2),
        MatrixTotal(column="other", counts=JoinedCounts(), passing=0, wanted=0),
    )
    matrix = Matrix(
        name="layers",
        title="Subjects by layer",
        kind="layers",
        axis="layer",
        columns=("unit", "e2e", "load", "other"),
        rows=(),
        totals=totals,
        total=counts,
        distinct=4,
        outside=0,
        passing=3,
        wanted=6,
        score=Fraction(50),
        scored="the policy wants all",
        statuses={},
    )
    own = criterion("patterns", 50, title="Patterns", expression="matrices.layers.score")
    audit = replace(sample_audit(), criteria=(own,), matrices=(matrix,), gates=())
    table = tables_of(audit)["Patterns"]
    assert [(row.title.rpartition(" ")[2], row.badge.source, row.found) for row in table.rows.rows] == [
        ("e2e", "❌ **FAIL**", "1 of 2 wanted cells passes."),
        ("load", "❔ **UNKNOWN**", "0 of 2 wanted cells pass."),
        ("unit", "✅ **PASS**", "2 of 2 wanted cells pass."),
    ]
    assert (table.badge.source, table.percent) == ("❌ **FAIL**", "50.0 %")


def test_gates_alone_make_one_table_and_nothing_makes_none() -> None:
    only = replace(sample_audit(), criteria=())
    assert [table.title for table in requirement_tables(Subject(only, PROFILE))] == ["Requirements"]
    assert requirement_tables(Subject(replace(empty_audit(), criteria=(), gates=()), PROFILE)) == ()
