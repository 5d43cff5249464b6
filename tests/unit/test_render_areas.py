"""The areas of the policy: their state, their checks, and the files that do not keep them."""

from __future__ import annotations

from fractions import Fraction as F  # noqa: N817 - scores are full of them

import pytest
from msgspec.structs import replace

from reportgen.model.audit import Audit, CriterionScore
from reportgen.model.criteria import CheckScore
from reportgen.model.profile import Profile
from reportgen.model.score_words import ScoreWord
from reportgen.model.section import Option, Section
from reportgen.model.signoff import CheckItem
from reportgen.model.states import Outcome, Severity, State
from reportgen.render.markdown import to_markdown
from reportgen.render.views import areas
from reportgen.render.views.area_states import area_state
from reportgen.render.views.violations import Violations
from tests.sample_audit import empty_audit, sample_audit
from tests.sample_parts import case, finding, sample_findings, sample_tests

PLAIN = Profile(summary="", sections=("header",))
WORDED = replace(
    PLAIN,
    score_words=(
        ScoreWord(least=90, word="STRONG", state=State.PASS),
        ScoreWord(least=0, word="WEAK", state=State.FAIL),
    ),
)


def check(id_: str, state: State, condition: str = "tests.flaky == 0", **changes: object) -> CheckScore:
    row = CheckScore(
        id=id_,
        title=f"Check {id_}",
        state=state,
        condition=condition,
        reason=f"Because of {id_}.",
        severity=Severity.HIGH,
        remediation="",
        minutes=60,
        policy="",
        evidence=("E1",),
    )
    return replace(row, **changes)


def criterion(score: F | None, *checks: CheckScore, name: str = "own", **changes: object) -> CriterionScore:
    row = CriterionScore(
        name=name,
        weight=F(10),
        required=False,
        score=score,
        reason="Of 2 checks 1 fails: Check a." if checks else "It is so.",
        evidence=("E1",),
        checks=checks,
    )
    return replace(row, **changes)


GREEN = sample_tests([case(1), case(2)])
GREEN = replace(GREEN, suite_errors=(), without_run=())


@pytest.mark.parametrize(
    ("area", "profile", "state"),
    [
        (criterion(F(90), check("a", State.PASS), check("b", State.FAIL)), PLAIN, State.FAIL),
        (criterion(None, check("a", State.PASS), check("b", State.UNKNOWN)), PLAIN, State.UNKNOWN),
        (criterion(F(100), check("a", State.PASS)), PLAIN, State.PASS),
        (criterion(F(100), check("a", State.NOT_APPLICABLE)), PLAIN, State.UNKNOWN),
        (criterion(None), PLAIN, State.UNKNOWN),
        (criterion(F(80)), PLAIN, State.PASS),
        (criterion(F(799, 10)), PLAIN, State.WARN),
        (criterion(F(59)), PLAIN, State.FAIL),
        (criterion(F(89)), WORDED, State.FAIL),
        (criterion(F(90)), WORDED, State.PASS),
        (criterion(F(99), name="tests"), PLAIN, State.FAIL),
        (criterion(F(99), name="completeness"), PLAIN, State.UNKNOWN),
        (criterion(F(100), name="completeness"), PLAIN, State.PASS),
        (criterion(F(99), name="findings"), PLAIN, State.FAIL),
    ],
)
def test_an_area_is_no_better_than_what_it_is_made_of(
    area: CriterionScore, profile: Profile, state: State
) -> None:
    assert area_state(area, sample_audit(), profile) is state


def test_tests_that_all_passed_are_no_pass_where_a_layer_ran_none() -> None:
    area = criterion(F(100), name="tests")
    green = replace(sample_audit(), tests=GREEN)
    assert area_state(area, green, PLAIN) is State.PASS
    idle = {name: replace(layer, ran=False) for name, layer in GREEN.by_layer.items()}
    assert area_state(area, replace(green, tests=replace(GREEN, by_layer=idle)), PLAIN) is State.UNKNOWN


def test_files_in_violation_are_those_that_the_metrics_count() -> None:
    found = [
        finding(1, path="tests/a.py", rule="E0401"),
        finding(2, path="tests/a.py", rule="E0401"),
        finding(3, path="tests/b.py", rule="F401"),
        finding(4, path="tests/b.py", rule="E0401", state="suppressed"),
        finding(5, path="app/c.py", rule="X1", severity=Severity.HIGH),
        finding(6, path="", line=0, rule="RG001", symbol=case(2).id),
    ]
    cases = [case(1, Outcome.FAILED, file="tests/b.py"), case(2, file="tests/b.py"), case(3, flaky=True)]
    audit = replace(sample_audit(), findings=sample_findings(found), tests=sample_tests(cases))
    violations = Violations(audit)

    def told(condition: str, state: State = State.FAIL) -> list[tuple[str, str]]:
        return [
            (each.path, each.what) for each in violations.of(criterion(F(0), check("a", state, condition)))
        ]

    assert told('findings.rules["E0401"] == 0') == [("tests/a.py", "2 × E0401")]
    assert told('findings.rules["E0401"] == 0', State.PASS) == []
    assert told("findings.high == 0") == [("app/c.py", "1 × X1")]
    assert told('paths["tests/**"].findings.open <= 1') == [
        ("tests/a.py", "2 × E0401"),
        ("tests/b.py", "1 × F401"),
    ]
    assert told("tests.failed == 0") == [("tests/b.py", "1 test failed")]
    assert told("layers.unit.tests.passed > 5") == [("tests/b.py", "1 test failed")]
    assert told("tests.flaky == 0") == [("tests/unit/test_lifecycle.py", "1 test flaky")]
    assert told('findings.rules["RG001"] == 0') == [("tests/b.py", "1 test in breach of RG001")]
    assert told("tests.layers_without_run == 0") == [("tests/performance/test_load.py", "no test ran")]
    assert told("coverage.lines.percent >= 80") == []
    assert told("words of a model made by hand") == []


def section(audit: Audit, **options: Option) -> str:
    profile = replace(PLAIN, sections=("header", Section(section="areas", options=options), "evidence"))
    return to_markdown(audit, profile).partition("## Policy areas")[2].partition("## Evidence index")[0]


def test_an_area_quotes_the_policy_and_lists_its_checks_by_what_they_came_to() -> None:
    own = criterion(
        F(40),
        check("a", State.FAIL, remediation="Mend *it*", policy="All of it"),
        check("b", State.PASS),
        check("c", State.UNKNOWN),
        title="Imports",
        policy="Names exist.",
    )
    printed = section(replace(sample_audit(), criteria=(own, *sample_audit().criteria)))
    assert "The only area is not kept." in printed
    assert "### Imports" in printed
    assert "❌ **FAIL** 40.0/100: Of 2 checks 1 fails." in printed
    assert "> Policy: Names exist." in printed
    strengths, concerns, unknown = (printed.index(each) for each in ("Strengths:", "Concerns:", "Not known:"))
    assert strengths < concerns < unknown
    assert "Policy: “All of it”. To mend it: Mend \\*it\\*." in printed
    assert "### Tests" not in printed


def test_without_criteria_of_its_own_a_team_has_those_built_in() -> None:
    printed = section(sample_audit())
    assert [line for line in printed.splitlines() if line.startswith("### ")] == [
        "### Tests",
        "### Coverage",
        "### Findings",
        "### Completeness of the evidence",
    ]
    own = replace(
        sample_audit(), criteria=(criterion(F(40), check("a", State.PASS)), *sample_audit().criteria)
    )
    assert "### Coverage" in section(own, areas="all")


@pytest.mark.parametrize(
    ("states", "told"),
    [
        ([State.NOT_DONE], "1 check that no evidence tells, and that nobody answered"),
        ([State.NOT_DONE, State.PASS], "2 checks that no evidence tells; 1 of them nobody answered"),
        ([State.PASS, State.PASS], "2 checks that no evidence tells, answered for this revision."),
    ],
)
def test_what_people_have_to_look_at_stands_beside_it(states: list[State], told: str) -> None:
    items = tuple(
        CheckItem(id=f"m{n}", text=f"Look at {n}", state=state, reason="So.", evidence=(), manual=True)
        for n, state in enumerate(states)
    )
    audit = replace(sample_audit(), checklist=items)
    assert told in section(audit, manual=True)
    assert "Checked by people" not in section(audit)


@pytest.mark.parametrize(
    ("states", "told"),
    [
        ([State.FAIL], "The only area is not kept."),
        ([State.FAIL] * 2, "Neither area is kept."),
        ([State.UNKNOWN] * 3, "None of the 3 areas is known."),
        ([State.PASS] * 2, "Both areas are kept."),
        ([State.WARN] * 4, "All 4 areas are kept in part."),
        ([State.PASS, State.FAIL], "2 areas: 1 kept, 1 not kept."),
    ],
)
def test_areas_of_one_kind_are_told_as_one(states: list[State], told: str) -> None:
    assert areas._sentence(states) == told


def test_nothing_is_printed_of_no_policy() -> None:
    assert section(replace(empty_audit(), criteria=())) == ""
