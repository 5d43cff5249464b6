"""The sections of the profile `validation`: failing tests, expectation, scores, recommendation, steps."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from reportgen.model.audit import Audit
from reportgen.model.audit_tests import FailureCause
from reportgen.model.criteria import CriterionCheck
from reportgen.model.evidence import JoinedCase, SuiteError
from reportgen.model.policy import DEFAULT_POLICY, Criterion
from reportgen.model.profile import Profile
from reportgen.model.score_words import ScoreWord
from reportgen.model.section import Section
from reportgen.model.signoff import ApprovalResult, Check
from reportgen.model.states import State
from reportgen.render.markdown import to_markdown
from reportgen.render.profiles import load_profile
from reportgen.render.scores import score_text
from reportgen.render.views.area import area
from reportgen.render.views.expectation import ExpectationView, expectation
from reportgen.render.views.failing_tests import FailingView, PassingView, failing_tests, passing_tests
from reportgen.render.views.parts import Subject
from reportgen.render.views.recommendation import Recommendation, held, recommendation
from reportgen.render.views.scores_table import ScoresTable, scores_table
from reportgen.render.views.steps import Priorities, Steps, next_in_order, priorities, steps
from tests.sample_audit import empty_audit, sample_audit
from tests.unit.judge_evidence import audit, case, evidence, file, finding, many, scan
from tests.unit.test_judge_suspects import TWO_FAIL, ran

PROFILE = load_profile("validation")
NO_OTHER = "No executed test expected something else than the implementation gave"


def failing_of(judged: Audit) -> FailingView:
    view = failing_tests(Subject(judged, PROFILE))
    assert view is not None
    return view


def passing_of(judged: Audit) -> PassingView:
    view = passing_tests(Subject(judged, PROFILE))
    assert view is not None
    return view


def expected_of(judged: Audit) -> ExpectationView:
    view = expectation(Subject(judged, PROFILE))
    assert view is not None
    return view


def of(*cases: JoinedCase) -> Audit:
    return audit(evidence(cases))


@pytest.mark.parametrize(
    ("outcomes", "told"),
    [
        ("pf", "1 of 2 executed tests failed or errored."),
        ("f", "1 of 1 executed test failed or errored."),
        ("ppp", "No test failed or errored: 3 of 3 executed tests passed."),
        ("ss", "No test was executed: 2 skipped, of 2."),
        ("pss", "No test failed or errored: 1 of 1 executed test passed."),
    ],
)
def test_the_failing_tests_are_counted_of_those_that_ran(outcomes: str, told: str) -> None:
    assert failing_of(of(*many(outcomes))).sentence == told


def test_layers_come_from_the_base_of_the_pyramid_on() -> None:
    cases = [*many("f", "e2e"), *many("f", "zoo"), *many("pf", "unit"), *many("ff", "integration")]
    view = failing_of(of(*cases))
    assert view.sentence == (
        "5 of 6 executed tests failed or errored: 1 of 2 in unit, 2 of 2 in integration, 1 of 1 in e2e,"
        " 1 of 1 in zoo."
    )
    assert [row.what.split(",")[0] for row in view.tests.rows] == [
        "Layer unit",
        "Layer integration",
        "Layer e2e",
        "Layer zoo",
    ]


def test_tests_of_one_cause_stand_together_and_a_single_one_by_its_name() -> None:
    cases = [case(f"s{n}", "errored", 'failed on setup with "KeyError: 2"') for n in range(2)]
    view = failing_of(of(*cases, case("alone", "failed", "assert 1 == 2", seconds="0.5")))
    assert [(row.title, row.one, row.what) for row in view.tests.rows] == [
        ("2 tests with one cause", False, "Layer unit, 2 errored"),
        ("alone", True, "Layer unit, failed, 500 ms"),
    ]


@pytest.mark.parametrize(
    ("messages", "told"),
    [
        (['failed on setup with "K: 1"'], "its setup went wrong, so that the test itself never ran."),
        (
            ['failed on setup with "K: 1"'] * 2,
            "their setup went wrong, so that the tests themselves never ran.",
        ),
        (["assert 1 == 2"], "no line can be suspected: no coverage was given."),
    ],
)
def test_a_root_cause_without_lines_says_why(messages: list[str], told: str) -> None:
    cases = [case(f"t{n}", "errored", message) for n, message in enumerate(messages)]
    (row,) = failing_of(of(*cases)).tests.rows
    assert (row.root.sentence, row.root.suspects) == (told, ())


def test_a_root_cause_names_the_most_suspicious_lines() -> None:
    joined = evidence(
        TWO_FAIL,
        files=[ran("app/a.py", (3, 4), (3, 4), (4,))],
        contexts=tuple(each.id for each in TWO_FAIL),
    )
    (row,) = failing_of(audit(joined)).tests.rows
    assert [(each.lines, each.why) for each in row.root.suspects] == [
        ("line 3", "Ochiai 1.0000, run by all of the failing tests and by no passing one"),
        ("line 4", "Ochiai 0.8164, run by all of the failing tests and by 1 passing test"),
    ]


def test_an_issue_has_its_number() -> None:
    judged = of(case("t", "failed", "assert 1 == 2"))
    assert (
        [row.number for row in failing_of(judged).tests.rows] == [each.id for each in judged.issues] == ["I1"]
    )
    assert [row.number for row in failing_of(replace(judged, issues=())).tests.rows] == [""]


def test_errors_that_no_test_carries_are_listed_too() -> None:
    error = SuiteError("unit", "s", "cannot be set up", "", "E1")
    view = failing_of(audit(replace(evidence([case("t")]), suite_errors=(error,))))
    assert [(row.suite, row.message) for row in view.errors.rows] == [("unit: s", "cannot be set up")]


def test_what_passed_is_listed_with_what_is_to_be_known_of_it() -> None:
    view = passing_of(of(*many("pps"), case("flaky", "passed", flaky=True)))
    assert view.sentence == "3 of 3 executed tests passed."
    assert [layer.sentence for layer in view.layers] == ["unit: 3 of 3"]
    assert [(group.owner, group.names) for group in view.layers[0].classes] == [("C", ("t0", "t1", "flaky"))]
    assert view.notes == (
        "1 test is flaky: what passed at last had failed before, or elsewhere.",
        "1 test was skipped, and told nothing.",
    )
    assert passing_tests(Subject(of(*many("fs")), PROFILE)) is None


@pytest.mark.parametrize(
    ("cases", "state", "told", "others"),
    [
        (
            [case("a", "failed", "assert 1 == 2"), case("b", "errored", "KeyError: 1")],
            "FAIL",
            "1 failing test expects something else than the implementation gave.",
            "Of the other failing tests, 1 ended in an error.",
        ),
        (
            [case("b", "errored", "KeyError: 1")],
            "UNKNOWN",
            "No failing test tells what it expected and what came (1 test failed or errored).",
            "Of the failing tests, 1 ended in an error.",
        ),
        (many("ss"), "UNKNOWN", "Not measured: no test was executed.", ""),
        (
            many("pp"),
            "PASS",
            f"{NO_OTHER}: 2 of 2 executed tests passed.",
            "",
        ),
        (
            [*many("p"), *many("s", "e2e")],
            "UNKNOWN",
            f"{NO_OTHER}: 1 of 1 executed test passed, and not all that there is was executed.",
            "",
        ),
    ],
)
def test_expectation_says_what_the_messages_tell(
    cases: list[JoinedCase], state: str, told: str, others: str
) -> None:
    view = expected_of(of(*cases))
    assert f"**{state}**" in view.badge.source
    assert (view.sentence, view.others) == (told, others)


def test_a_row_a_test_where_they_differ_else_one_a_cause() -> None:
    differing = [case(f"d{n}", "failed", f"assert {n} == 99", text="t.py:1: E") for n in range(2)]
    alike = [case(f"s{n}", "failed", "assert 'a' == 'b'", text="u.py:2: E") for n in range(3)]
    rows = expected_of(of(*differing, *alike)).rows.rows
    assert [(row.name, row.more, row.expected, row.actual) for row in rows] == [
        ("d0", 0, "99", "0"),
        ("d1", 0, "99", "1"),
        ("s0", 2, "'b'", "'a'"),
    ]


WORDS = (
    ScoreWord(least=90, word="STRONG", state=State.PASS),
    ScoreWord(least=50, word="FAIR", state=State.WARN),
    ScoreWord(least=0, word="CRITICAL ISSUES", state=State.FAIL),
)


def table_of(judged: Audit, words: tuple[ScoreWord, ...] = WORDS) -> ScoresTable:
    view = scores_table(Subject(judged, replace(PROFILE, score_words=words)))
    assert view is not None
    return view


def state_of(judged: Audit, name: str, words: tuple[ScoreWord, ...] = WORDS) -> str:
    return next(row.state.source for row in table_of(judged, words).rows if row.name == name)


def judged_with(check: str, cases: list[JoinedCase]) -> Audit:
    checks = (
        CriterionCheck(id="big", passes="tests.total > 0"),
        *(CriterionCheck(id=f"c{n}", passes="tests.total > 0") for n in range(20)),
        CriterionCheck(id="own", passes=check),
    )
    own = Criterion(name="own", weight=Fraction(10), checks=checks)
    return audit(evidence(cases), replace(DEFAULT_POLICY, criteria=(*DEFAULT_POLICY.criteria, own)))


def test_a_criterion_whose_check_fails_has_no_better_word_whatever_its_score() -> None:
    assert state_of(judged_with("tests.failed == 0", many("pp")), "own") == "✅ **STRONG**"
    assert state_of(judged_with("tests.failed == 0", many("pf")), "own") == "❌ **FAIL**"


def test_a_state_that_no_range_has_is_printed_by_its_own_word() -> None:
    only = (ScoreWord(least=0, word="STRONG", state=State.PASS),)
    assert state_of(judged_with("tests.failed == 0", many("pf")), "own", only) == "❌ **FAIL**"
    assert state_of(judged_with("tests.failed == 0", many("pf")), "own", ()) == "❌ **FAIL**"


def test_tests_that_fail_are_never_strong_and_what_is_not_measured_is_unknown() -> None:
    judged = of(*many("p" * 99 + "f"))
    assert state_of(judged, "Tests") == "❌ **FAIL**"
    assert state_of(of(*many("pfff")), "Tests") == "❌ **CRITICAL ISSUES**"
    assert state_of(judged, "Coverage") == "❔ **UNKNOWN**"


def test_a_share_of_tests_of_which_one_fails_is_not_strong_either() -> None:
    own = Criterion(name="own", weight=Fraction(10), expression="layers.unit.tests.percent")
    policy = replace(DEFAULT_POLICY, criteria=(*DEFAULT_POLICY.criteria, own))
    assert state_of(audit(evidence(many("p" * 99 + "f")), policy), "own") == "❌ **FAIL**"
    assert state_of(audit(evidence(many("p" * 99)), policy), "own") == "✅ **STRONG**"


def test_the_overall_score_is_the_lower_one_and_no_better_than_the_verdict() -> None:
    view = table_of(of(*many("p" * 99 + "f")))
    assert view.overall.endswith("/10")
    assert view.state.source.startswith("❌")


def test_missing_evidence_alone_is_no_critical_issue() -> None:
    view = table_of(of())
    assert view.state.source == "❔ **UNKNOWN**"
    assert "CRITICAL" not in "".join(row.state.source for row in view.rows)


def recommended(judged: Audit, profile: Profile = PROFILE) -> Recommendation:
    return recommendation(Subject(judged, profile))


def green() -> Audit:
    joined = evidence(many("ppp"), files=[file("a.py", {1, 2}, {1, 2})], findings=scan())
    return audit(joined)


def test_all_green_is_deployed() -> None:
    judged = green()
    assert judged.verdict is State.PASS
    assert not held(judged)
    assert recommended(judged).badge.source == "✅ **DEPLOY**"


def test_a_failing_test_holds() -> None:
    view = recommended(of(*many("pf")))
    assert view.badge.source == "❌ **HOLD DEPLOYMENT**"
    assert "stand in the way." in view.sentence
    assert view.hindrances.rows[0].kind == "gate"


def test_so_does_what_is_not_known() -> None:
    view = recommended(of(*many("sss")))
    assert view.badge.source.endswith("**HOLD DEPLOYMENT**")


def test_so_does_a_check_that_nobody_answered_though_the_verdict_passes() -> None:
    policy = replace(DEFAULT_POLICY, checks=(Check(id="look", text="Somebody looked", who="Ann"),))
    joined = evidence(many("ppp"), files=[file("a.py", {1, 2}, {1, 2})], findings=scan())
    judged = audit(joined, policy)
    assert judged.verdict is State.PASS
    view = recommended(judged)
    assert view.badge.source == "⏳ **HOLD DEPLOYMENT**"
    assert view.sentence == "1 check stands in the way."


def test_so_does_a_rejection() -> None:
    no = ApprovalResult(
        role="Security", state=State.FAIL, name="Bo", date=None, conditions="", revision="1", note=""
    )
    view = recommended(replace(green(), approvals=(no,)))
    assert view.sentence == "1 approval stands in the way."
    assert [(row.text, row.reason) for row in view.hindrances.rows] == [("Security", "Bo")]


def test_a_warning_is_a_reservation() -> None:
    view = recommended(
        audit(
            evidence(
                [*many("ppp"), case("w", "passed", flaky=True)],
                files=[file("a.py", {1}, {1})],
                findings=scan(),
            )
        )
    )
    assert view.badge.source == "⚠️ **DEPLOY**"
    assert "reservation" in view.sentence
    assert view.reservations


def test_the_words_of_the_recommendation_are_the_profiles() -> None:
    own = replace(PROFILE, words={"hold": "STOP", "deploy": "GO"})
    assert recommended(of(*many("f")), own).badge.source == "❌ **STOP**"
    assert recommended(green(), own).badge.source == "✅ **GO**"


@pytest.mark.parametrize("words", [{"hold": "DEPLOY"}, {"hold": "Ship"}, {"deploy": "Hold deployment"}])
def test_to_hold_never_reads_like_to_deploy(words: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"says that all is well|alike"):
        replace(PROFILE, words=words)


def steps_of(judged: Audit, *wanted: str) -> Steps | None:
    options = {"priorities": list(wanted)} if wanted else {}
    return steps(Subject(judged, PROFILE, place=Section(section="steps", options=options)))


def test_steps_of_the_priorities_that_are_asked_for() -> None:
    judged = audit(evidence(many("pf"), findings=scan(finding("F401", "low", "a.py", 1))))
    every, first = steps_of(judged), steps_of(judged, "immediate")
    assert every is not None
    assert first is not None
    assert len(every.steps.rows) > len(first.steps.rows) == 1
    assert first.sentence == "1 step, 1 h of work in all."
    assert steps_of(green(), "immediate") is None


def test_a_step_begins_at_the_most_suspicious_lines() -> None:
    joined = evidence(
        TWO_FAIL,
        files=[ran("app/a.py", (3, 4), (3, 4), (4,))],
        contexts=tuple(each.id for each in TWO_FAIL),
    )
    view = steps_of(audit(joined), "immediate")
    assert view is not None
    assert [row.begin.source for row in view.steps.rows if row.begin is not None] == ["`app/a.py:3`"]


def test_priorities_say_what_each_comes_to() -> None:
    judged = audit(evidence(many("pf"), findings=scan(finding("F401", "low", "a.py", 1))))
    view = priorities(Subject(judged, PROFILE))
    assert isinstance(view, Priorities)
    assert [(row.number, row.name, row.steps) for row in view.rows][:1] == [(1, "Immediate", "R1")]
    assert view.rows[-1].after == score_text(judged.remediation[-1].after, PROFILE)


def test_the_next_steps_end_with_the_release_only_where_nothing_holds() -> None:
    held_ = next_in_order(Subject(of(*many("f")), PROFILE)).sentences
    assert held_[0].startswith("Immediate priority: ")
    assert held_[-1] == "Go on only when its recommendation is DEPLOY."
    free = next_in_order(Subject(green(), PROFILE)).sentences
    assert free == ("Go on with this revision; another one needs a report of its own.",)


def area_of(judged: Audit, **options: str | list[str]) -> tuple[str, ...]:
    view = area(Subject(judged, PROFILE, place=Section(section="area", options=options)))
    return () if view is None else tuple(f"{row.badge.source} {row.title}" for row in view.areas)


def test_an_area_is_the_criterion_that_is_named_else_the_fallback_else_unknown() -> None:
    judged = judged_with("tests.failed == 0", many("pf"))
    assert area_of(judged, criteria=["nothing", "OWN"]) == ("❌ **FAIL** own",)
    assert area_of(judged, criteria=["nothing"], fallback=["tests"]) == ("❌ **FAIL** Tests",)
    assert area_of(judged, criteria=["nothing"]) == ("❔ **UNKNOWN** Area",)
    assert area_of(judged, others=["nothing"]) == ("❌ **FAIL** own",)
    assert area_of(judged, others=["own"]) == ()


HEADINGS = (
    "Overall result",
    "1. Technical correctness",
    "1.1 Failing tests: issue and root cause",
    "2. Implementation against test expectation",
    "3. SSOT compliance",
    "4. Test quality",
    "5. Business value",
    "6. Architectural compliance",
    "7. Immediate actions",
    "8. Validation checklist",
    "9. Scores",
    "10. Risk assessment",
    "11. Conclusion",
    "12. Recommendation",
    "13. Next steps",
)


@pytest.mark.parametrize("judged", [sample_audit, empty_audit, green], ids=["sample", "empty", "green"])
def test_every_section_of_the_seed_is_there_in_its_order(judged: object) -> None:
    assert callable(judged)
    page = to_markdown(judged(), PROFILE)
    places = [page.find(f"# {heading}\n") for heading in HEADINGS]
    assert places == sorted(places)
    missing = [heading for heading, at in zip(HEADINGS, places, strict=True) if at < 0]
    assert missing == []


def test_a_cause_made_by_hand_reads_well_without_anything() -> None:
    bare = FailureCause(
        id="C1",
        type="",
        message="",
        pattern="",
        place="",
        phase="run",
        cases=("unit/C.t",),
        text="",
        evidence=(),
        kind="unknown",
    )
    judged = of(case("t", "failed"))
    assert judged.tests is not None
    view = failing_of(replace(judged, tests=replace(judged.tests, causes=(bare,))))
    (row,) = view.tests.rows
    assert row.root.sentence == "no line can be suspected: nothing tells which test ran which line."
