"""The sections of the executive report: what they say of nothing, of one and of many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from msgspec import structs

from reportgen.model.about import About
from reportgen.model.audit import Audit
from reportgen.model.evidence import JoinedCase, JoinedFinding
from reportgen.model.findings import Edit, Fix
from reportgen.model.notes import Note
from reportgen.model.placing import Pattern
from reportgen.model.plan import Action
from reportgen.model.policy import DEFAULT_POLICY
from reportgen.model.section import Option, Section
from reportgen.model.states import State
from reportgen.model.subjects import Subject as Stated
from reportgen.render.markdown import to_markdown
from reportgen.render.profiles import load_profile
from tests.unit.judge_evidence import audit, case, evidence, finding, many, scan


def page(
    found: Audit, section: str, *, limit: int | None = None, options: Mapping[str, Option] | None = None
) -> str:
    """Print one section of a report, after its head."""
    place = Section(section=section, limit=limit, options=options or {})
    profile = structs.replace(load_profile("executive"), sections=("header", place, "evidence"))
    markdown = to_markdown(found, profile)
    return markdown[markdown.index("\n## ") : markdown.index("\n## Evidence index")]


def with_values(outcomes: str, *values: str) -> Audit:
    """Judge tests by letters, and a component of each value that all of them are of."""
    stated = tuple(
        Stated(name=f"c{number}", title=f"Part {number}", value=value, tests=(Pattern(classname="C"),))
        for number, value in enumerate(values)
    )
    return audit(evidence(many(outcomes)), structs.replace(DEFAULT_POLICY, subjects=stated))


# --- impact ---


@pytest.mark.parametrize(
    ("outcomes", "values", "said"),
    [
        ("pp", ["$5"], "A value is stated for 1 component, and it is protected."),
        ("pf", ["$5"], "A value is stated for 1 component, and it is at risk."),
        ("ss", ["$5", "$6"], "A value is stated for 2 components, and all of them are at risk."),
        ("pp", ["$5", ""], "For 1 other component no value is stated."),
        ("", ["$5"], "A value is stated for 1 component, and it is not known."),
    ],
)
def test_a_value_stands_beside_the_state_of_its_tests(outcomes: str, values: list[str], said: str) -> None:
    assert said in page(with_values(outcomes, *values), "impact")


@pytest.mark.parametrize("outcomes", ["f", "pf", "s", "", "pe"])
def test_no_value_is_protected_where_tests_failed_or_none_ran(outcomes: str) -> None:
    shown = page(with_values(outcomes, "$5"), "impact")
    assert "| protected |" not in shown
    assert "it is protected" not in shown


def test_values_are_quoted_and_not_added_up() -> None:
    shown = page(with_values("p", "$500K", "$150K"), "impact")
    assert "$500K" in shown
    assert "$150K" in shown
    assert "650" not in shown
    assert "not added up" in shown
    assert "not added up" not in page(with_values("p", "$5"), "impact")


def test_without_a_value_the_impact_is_not_measured() -> None:
    shown = page(audit(evidence(many("p"))), "impact")
    assert "Not measured: the configuration states no value." in shown
    assert "|" not in shown


# --- suites ---


def cases_of(*named: tuple[str, str]) -> Sequence[JoinedCase]:
    return [
        case(f"t{n}", outcome, classname=classname, seconds="0.5")
        for n, (classname, outcome) in enumerate(named)
    ]


def test_a_suite_is_counted_by_its_classes() -> None:
    tests = cases_of(
        ("tests.unit.test_a.TestOne", "passed"),
        ("tests.unit.test_a.TestOne", "failed"),
        ("tests.unit.test_a.TestTwo", "skipped"),
    )
    shown = page(audit(evidence(tests)), "suites")
    assert "### `tests/unit/test_a.py`" in shown
    assert "3 tests in layer unit: 1 passed, 1 failed, 1 skipped, in 1.5 s." in shown
    assert "| `TestOne` | ❌ **FAIL** | 2 | 1 | 1 | 0 | 0 |" in shown
    assert "| `TestTwo` | ❔ **UNKNOWN** | 1 | 0 | 0 | 0 | 1 |" in shown
    assert "| Total | ❌ **FAIL** | 3 | 1 | 1 | 0 | 1 |" in shown


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        (["passed"], "1 test in layer unit: it passed, in 500 ms."),
        (["skipped"], "1 test in layer unit: it was skipped."),
        (["passed", "passed"], "2 tests in layer unit: all passed, in 1.0 s."),
        (["skipped", "skipped"], "2 tests in layer unit: all skipped."),
    ],
)
def test_a_suite_of_one_outcome_says_so(outcomes: list[str], said: str) -> None:
    shown = page(audit(evidence(cases_of(*(("test_a", each) for each in outcomes)))), "suites")
    assert said in shown
    assert "| Category |" not in shown


def test_the_worst_suite_comes_first_and_a_scanned_file_without_results_is_no_pass() -> None:
    tests = cases_of(("test_a", "passed"), ("test_b", "failed"))
    found = audit(evidence(tests, findings=scan(finding("F401", "high", "test_c.py"))))
    shown = page(found, "suites")
    assert shown.index("`test_b.py`") < shown.index("`test_c.py`") < shown.index("`test_a.py`")
    assert "Of 1 other test file a scan looked at, no result is known." in shown
    assert "❔ **UNKNOWN** A scan looked at this file, and no result names it" in shown
    assert "- 1 finding open in it: 1 high." in shown


def test_a_suite_names_the_value_on_it() -> None:
    shown = page(with_values("pf", "$5", ""), "suites")
    assert "- Value: Part 0 (`$5`), at risk: 1 of 2 executed tests failed or errored." in shown
    assert "- Component: Part 1, at risk: 1 of 2 executed tests failed or errored." in shown


def test_of_many_values_on_a_suite_the_rest_is_counted() -> None:
    shown = page(with_values("pf", *(f"${n}" for n in range(9))), "suites")
    assert shown.count("- Value: Part ") == 5
    assert "- … and 4 more; all of them are in `audit.json` under `subjects`." in shown


def test_many_suites_are_cut() -> None:
    tests = cases_of(*((f"test_{n:02}", "passed") for n in range(9)))
    shown = page(audit(evidence(tests)), "suites", limit=3)
    assert shown.count("### ") == 3
    assert "… and 6 more test files" in shown


def test_without_results_no_suite_is_told() -> None:
    assert "Not measured: no test results were given." in page(audit(evidence()), "suites")


# --- accomplishments ---


def test_only_what_the_evidence_bears_out_is_an_accomplishment() -> None:
    shown = page(with_values("ppf", "$5"), "accomplishments")
    borne, not_borne = shown.split("### What it does not bear out")
    assert "- 1 test file holds 3 tests, and 2 of them passed. [E1]" in borne
    assert "$5" not in borne
    assert "- Part 0 (`$5`) is at risk, since 1 of 3 executed tests failed or errored. [E1]" in not_borne


def test_what_passed_is_told_of_what_ran() -> None:
    shown = page(audit(evidence(many("ppfs"))), "accomplishments")
    assert "- 1 test file holds 4 tests, and 2 of the 3 that ran passed." in shown


def test_files_that_passed_and_concerns_that_are_not_listed_are_counted() -> None:
    tests = cases_of(*((f"test_{n:02}", "passed") for n in range(9)), ("test_x", "failed"))
    found = audit(evidence(tests))
    concerns = tuple(f"Concern {n}." for n in range(9))
    found = structs.replace(found, summary=structs.replace(found.summary, concerns=concerns))
    shown = page(found, "accomplishments")
    assert shown.count(": its only test passed.") == 5
    assert "- 4 more test files: all tests passed." in shown
    assert "- Concern 3.\n- 5 more concerns stand in audit.json under summary.concerns." in shown


def test_a_value_is_protected_where_all_its_tests_passed() -> None:
    shown = page(with_values("pp", "$5"), "accomplishments")
    assert "- Part 0 (`$5`) is protected: " in shown
    assert "at risk" not in shown


def test_nothing_is_made_up_where_there_is_nothing() -> None:
    shown = page(audit(evidence()), "accomplishments")
    assert "Nothing: there is no evidence of a test that passed" in shown


# --- debt ---


def test_the_debt_adds_up_also_where_rules_are_left_out() -> None:
    items = [finding(f"R{n}", "medium", line=n + 1) for n in range(6)] + [finding("A", "high", line=99)]
    shown = page(audit(evidence(findings=scan(*items))), "debt", limit=3)
    assert "7 open findings (1 high, 6 medium) take 4 h to mend." in shown
    assert "| `A` | high | – | 1 | 60 |" in shown
    assert "| 4 more rules | – | – | 4 | 120 |" in shown
    assert "| Total | – | – | 7 | 240 |" in shown


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([finding("A", "high")], "1 open high finding takes 1 h to mend."),
        ([], "No finding is open."),
    ],
)
def test_a_debt_of_one_or_none_has_no_total(items: list[JoinedFinding], said: str) -> None:
    shown = page(audit(evidence(findings=scan(*items))), "debt")
    assert said in shown
    assert "Total" not in shown


def test_without_a_scan_the_debt_is_not_measured() -> None:
    shown = page(audit(evidence(many("f"))), "debt")
    assert "Open findings are not measured: no scan was given." in shown
    assert "Mending what makes tests fail takes 1 h (1 step)." in shown


# --- next steps ---


def step(number: int, priority: str, **more: object) -> Action:
    told = Action(
        id=f"R{number}",
        kind="gap",
        priority=priority,
        title=f"Do {number}",
        places=(),
        count=1,
        minutes=30,
        gain=audit(evidence()).score.lower,
        printed_gain=audit(evidence()).score.lower,
        after=audit(evidence()).score.lower,
    )
    return structs.replace(told, **more)


def planned(*actions: Action) -> Audit:
    return structs.replace(audit(evidence(many("p"))), remediation=actions, score_after=None)


def test_steps_stand_under_their_priority() -> None:
    shown = page(planned(step(1, "immediate"), step(2, "low"), step(3, "low")), "next_steps")
    assert "3 steps, 1 h 30 min of work in all." in shown
    assert "### Priority 1: immediate\n\n1 step, 30 min of work." in shown
    assert "### Priority 4: low\n\n2 steps, 1 h of work." in shown
    assert "Priority 2" not in shown
    assert "- R2: Do 2 (30 min).\n- R3: Do 3 (30 min)." in shown


def test_steps_come_with_their_commands_and_are_cut() -> None:
    steps = [step(n, "high", verify=f"make t{n}") for n in range(1, 8)]
    shown = page(planned(*steps), "next_steps", limit=2)
    assert "> # R2\n> make t2" in shown
    assert "make t3" not in shown
    assert "… and 5 more steps of this priority" in shown


def test_a_failing_test_is_quoted_and_a_change_shown_where_it_tells_something() -> None:
    tests = [case("t", "failed", "boom", text="a.py:3: in f\nE boom")]
    telling = structs.replace(
        finding("F401", "low"), fix=Fix(message="Remove it", edits=(Edit(text="import os, re"),))
    )
    word = structs.replace(finding("F841", "low"), fix=Fix(message="", edits=(Edit(text="pass"),)))
    shown = page(audit(evidence(tests, findings=scan(telling, word))), "next_steps")
    assert "What the tests of R1 tell:" in shown
    assert "> E boom" in shown
    assert "> import os, re" in shown
    assert "> pass" not in shown


def test_nothing_to_do_is_said_in_one_sentence() -> None:
    assert "Nothing that the evidence shows calls for a step." in page(planned(), "next_steps")


def test_words_that_the_title_says_are_not_said_again() -> None:
    shown = page(
        planned(
            step(1, "low", title="Mend 2 findings of A (line too long)", fix="line too long"),
            step(2, "low", fix="Break the line"),
        ),
        "next_steps",
    )
    assert shown.count("line too long") == 1
    assert "How: Break the line." in shown


# --- success metrics ---


def metrics(found: Audit) -> dict[str, str]:
    shown = page(found, "success_metrics")
    table = shown[shown.index("| Metric |") :].split("\n\n")[0].split("\n")[2:]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    return {row[0]: row[1] for row in rows}


def test_success_is_counted() -> None:
    found = metrics(with_values("ppfs", "$5", "$6"))
    assert found["Tests"] == "4"
    assert found["Tests that ran"] == "3 of 4"
    assert found["Tests that passed, of those that ran"] == "2 of 3"
    assert found["Stated values protected"] == "0 of 2"
    assert found["Causes of failure found"] == "1, behind 1 failing test"


def test_errors_of_collection_are_no_tests_that_ran() -> None:
    lost = structs.replace(case("x", "errored"), message="collection failure")
    found = audit(evidence([lost]))
    assert metrics(found)["Tests that ran"] == "1 of 1, counting 1 error of layers that were not collected"
    assert any(line.startswith("An error of collection counts as one") for line in found.method)


def test_nothing_known_of_the_targets_is_said_at_once() -> None:
    found = audit(evidence([]))
    gates = tuple(structs.replace(gate, state=State.UNKNOWN) for gate in found.gates)
    shown = page(structs.replace(found, gates=gates), "success_metrics")
    assert "targets of the policy it is known whether it is met." in shown


def test_what_is_not_measured_is_said_to_be_so() -> None:
    found = metrics(audit(evidence()))
    assert found["Tests"] == "not measured: no test results were given"
    assert found["Lines covered"] == "not measured: no coverage was given"
    assert found["Open findings"] == "not measured: no scan was given"
    assert found["Stated values protected"].startswith("not measured")
    assert metrics(audit(evidence(many("s"))))["Tests that passed, of those that ran"].startswith(
        "not measured"
    )


def test_targets_are_the_gates_and_can_be_left_out() -> None:
    found = audit(evidence(many("pf")))
    assert "### Targets\n\nOf " in page(found, "success_metrics")
    assert "is missed" in page(found, "success_metrics")
    assert "Targets" not in page(found, "success_metrics", options={"targets": False})


# --- compliance, insights, the head ---


def test_the_compliance_score_is_the_one_that_gives_the_grade() -> None:
    found = audit(evidence(many("pf")))
    shown = page(found, "compliance_score")
    assert f"/100 ({found.score.grade})" in shown
    kept, open_ = shown.split("### Improvements")
    assert "✅ **PASS** No test is flaky. [E1]" in kept
    assert "❌ **FAIL** No test failed or errored: There is 1 failed test. [E1]" in open_


def notes(*authors: str) -> tuple[Note, ...]:
    return tuple(
        Note(section="insights", by=by, date=date(2026, 1, 1), text=f"Word {n}")
        for n, by in enumerate(authors)
    )


@pytest.mark.parametrize(
    ("authors", "said"),
    [
        ([], "Not measured: an insight is a person's"),
        (["Ann"], "1 note by Ann adds to the figures"),
        (["Ann", "Ann"], "2 notes by Ann add to the figures"),
        (["Ann", "Bob"], "2 notes by 2 people add to the figures"),
    ],
)
def test_insights_are_notes(authors: list[str], said: str) -> None:
    shown = page(structs.replace(audit(evidence(many("p"))), notes=notes(*authors)), "insights")
    assert said in shown
    assert shown.count("> Word") == len(authors)
    assert ("Not measured" in shown) is not bool(authors)


@pytest.mark.parametrize(
    ("about", "wanted", "said"),
    [
        (About(), True, "- **Duration:** not measured (the tests alone: 2.0 s); “duration” under"),
        (About(), True, "- **Focus:** not stated;"),
        (About(duration="6 hours", focus="Chat"), False, "- **Duration:** 6 hours, as stated;"),
    ],
)
def test_the_head_says_how_long_it_took(about: About, wanted: bool, said: str) -> None:
    found = structs.replace(audit(evidence([case("t", seconds="2")])), about=about)
    place = Section(section="header", options={"session": wanted})
    profile = structs.replace(load_profile("executive"), sections=(place, "evidence"))
    assert said in to_markdown(found, profile)


def test_the_head_is_silent_where_nobody_asks() -> None:
    profile = structs.replace(load_profile("executive"), sections=("header", "evidence"))
    assert "Duration" not in to_markdown(audit(evidence()), profile)


# --- what the whole report says only once ---


def test_why_something_is_not_measured_is_told_once_in_the_score() -> None:
    shown = page(audit(evidence(many("p"))), "score")
    assert shown.count("No findings of a scan were offered.") == 1
    assert "| Findings: not measured | −20.0 | Not measured, as said above. |" in shown


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        ("pf", "All 2 subjects are at risk."),
        ("pp", "All 2 subjects are protected."),
    ],
)
def test_subjects_of_one_standing_are_told_together(outcomes: str, said: str) -> None:
    assert said in page(with_values(outcomes, "$5", "$6"), "subjects")
    assert said.replace("All 2 subjects are", "The only subject is") in page(
        with_values(outcomes, "$5"), "subjects"
    )


@pytest.mark.parametrize(
    ("messages", "said"),
    [
        (["a"], "1 test was skipped."),
        (["a", "a"], "2 tests were skipped, all for one reason."),
        (["a", "b", "b"], "3 tests were skipped, for 2 reasons."),
    ],
)
def test_reasons_for_skipping_are_counted_where_they_are_several(messages: list[str], said: str) -> None:
    tests = [case(f"t{n}", "skipped", message) for n, message in enumerate(messages)]
    assert said in page(audit(evidence(tests)), "attention")


@pytest.mark.parametrize(
    ("severities", "said"),
    [
        (["high"], "1 issue is open."),
        (["critical"], "1 issue is open, and it is critical."),
        (["critical", "critical"], "2 issues are open, all of them critical."),
        (["critical", "high"], "2 issues are open, 1 of them critical."),
    ],
)
def test_issues_are_counted_without_a_word_on_none(severities: list[str], said: str) -> None:
    items = [finding(f"R{n}", severity) for n, severity in enumerate(severities)]
    assert said in page(audit(evidence(findings=scan(*items))), "issues")


def test_of_a_gap_the_places_are_counted_and_not_its_tests() -> None:
    gap = step(1, "high", places=("a.xml",), count=19)
    shown = page(planned(gap), "plan")
    assert "`a.xml` |" in shown
    assert "18 more" not in shown


def test_what_no_layer_protects_is_said_of_all_at_once() -> None:
    found = with_values("pf", "$5", "$6", "$7")
    assert "No layer protects any of the 3 subjects." in found.summary.concerns
