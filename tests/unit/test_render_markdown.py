from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from reportgen.errors import UsageError
from reportgen.model.audit import Score
from reportgen.model.profile import Profile
from reportgen.model.states import Outcome, State
from reportgen.render import render
from reportgen.render.markdown import led_to, tidy, unlinked
from reportgen.render.profiles import load_profile
from tests.sample_audit import empty_audit, large_audit, sample_audit
from tests.sample_parts import case, finding, item, sample_findings, sample_tests

PROFILE = load_profile("default")
PAGE = render(sample_audit(), PROFILE, "md")


def part(page: str, heading: str) -> str:
    return re.split(r"\n#{1,3} ", page.partition(f"# {heading}\n")[2])[0]


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("WebSocket race conditions: audit of the test suite", "- **Date:** 2026-11-20 18:00 UTC"),
        ("Verdict", "❌ **FAIL** 2 of 8 tests that ran failed or errored."),
        ("Verdict", "Score 61.9 of 100 over what was measured (90 of 100 points of weight). With the rest"),
        ("Verdict", "it is 55.7, which gives the grade F; with all of the rest it could be 65.7."),
        ("Concerns", "- Line coverage is 15.8 %."),
        ("Not measured", "- Coverage of the integration layer: no test of it ran."),
        ("Score", "| findings | 20 | n/a | the size of app/x.py is not known | [E4](#evidence-index) |"),
        ("From 100 to the score", "| coverage | −25.3 | 15.8 % of the lines ran | [E3](#evidence-index) |"),
        ("From 100 to the score", "| **Score**, with what was not measured counted as nothing | 55.7 | | |"),
        ("Gates", "| ❔ **UNKNOWN** | Every artifact was read whole | `evidence.unread == 0` |"),
        ("Gates", "| `evidence.unread = 1` | 1 file could not be read | [E5](#evidence-index) |"),
        ("Tests", "9 tests: 6 passed, 1 failed, 1 errored, 1 skipped; 1 flaky, in 13.0 s of test time."),
        ("Tests", "| unit | ❌ **FAIL** | 8 | 6 | 1 | 0 | 1 | 1 | 13.0 s | [E1](#evidence-index) |"),
        ("Suites", "| unit | `b.xml` | ❔ **UNKNOWN** | 0 | 0 | 0 | 0 | 0 | 0 | n/a |"),
        ("Nothing of these ran", "- `tests/performance/test_load.py`"),
        (
            "C1: 1 failed",
            "AssertionError: Staging heartbeat too short (at `tests/unit/test_lifecycle.py:110`)",
        ),
        ("C1: 1 failed", "> E  assert 20 >= 25"),
        (
            "C2: 1 errored, in setup",
            "- `test_number_7` in `tests.unit.test_lifecycle.TestAccept`, integration, ",
        ),
        ("Skipped", "| needs a live server at `https://staging.example.com` `@ops` `#12` | 1 |"),
        ("Skipped", "| `test_number_8` in `tests.unit.test_lifecycle.TestAccept` | unit |"),
        ("Flaky", "| unit | failed, passed | timed out |"),
        ("Slow", "| test\\_slow\\[a\\|b\\] in `tests.unit.test_lifecycle.TestAccept` | unit | 12.5 s |"),
        ("Coverage", "- Lines that ran in some test: 901 of 9,934 (9.0 %); 672 ran only at import."),
        ("By layer", "| integration | n/a | no test of it ran | – |"),
        ("By folder", "| `app/factories` | 573 | 4,934 | 11.6 % | 0.4 % |"),
        (
            "Where one more test would help most",
            "| `app/core/module_1.py` | 90 | 100 | 10.0 % | 3-7, 12, 40-91 |",
        ),
        ("Findings", "| low | 31 | 1 | 5 h 10 min |"),
        ("By rule", "| high | `F821` | ruff | 1 | 3 | 10 min | Undefined name |"),
        ("The worst first", "| high | `app/core/module_5.py:41` | `F821` | Undefined name \\`Optional\\` |"),
        ("Hotspots", "| `app/core/module_1.py` | 1,530 | CRAP | 5 | 90 | 42 |"),
        ("Remediation plan", "2 steps, 6 h 10 min of work in all: +5.0 points, to a score of 60.7."),
        (
            "Immediate priority",
            "| `test_number_6` | 1 h | +5.0 | 60.7 | tests-pass | [E1](#evidence-index) |",
        ),
        ("Low priority", "`app/core/module_2.py:3` and 28 more | 5 h 10 min | \\< 0.1 | 60.7 |"),
        (
            "Checklist",
            "| ❌ **FAIL** | All unit tests pass | currently 1 of 8 fails | [E1](#evidence-index) |",
        ),
        ("Evidence index", "5 files; 1 not read whole, or in doubt."),
        (
            "Evidence index",
            f"| E1 | `evidence/junit-unit.xml` | junit | pytest | unit | 9 tests | 1,000 | `{1:064x}` |",
        ),
        (
            "Not read",
            "| ❔ **UNKNOWN** | `evidence/torn.xml` | not-well-formed | the file ends in the middle",
        ),
        ("Merge ledger", "2 overrides: declared count (1), path remapped (1)."),
        ("Method", f"- Scoring model `{'ab' * 32}`, reportgen 0.1.0."),
    ],
)
def test_each_section_says_what_the_model_holds(heading: str, line: str) -> None:
    assert line in part(PAGE, heading)


def test_the_sections_stand_in_the_order_of_the_profile() -> None:
    assert re.findall(r"^## (.*)$", PAGE, re.MULTILINE) == [
        *("Verdict", "Summary", "Score", "Gates", "Expected inputs", "Limits"),
        *("Tests", "Failing tests", "Skipped, flaky and slow tests"),
        *(
            "Coverage",
            "Who covers what",
            "Findings",
            "Hotspots",
            "Remediation plan",
            "Checklist",
            "Waivers",
            "Approvals",
        ),
        *("Evidence index", "Problems", "Merge ledger", "Method"),
    ]
    assert PAGE.startswith("# ")


def test_the_same_audit_gives_the_same_bytes() -> None:
    assert render(sample_audit(), PROFILE, "md") == PAGE
    assert render(sample_audit(), PROFILE, "html") == render(sample_audit(), PROFILE, "html")


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("Verdict", "❔ **UNKNOWN** No evidence could be read."),
        ("Verdict", "Nothing could be scored, so the grade is F."),
        ("Tests", "Not measured: no test results were given."),
        ("Coverage", "Not measured: no coverage was given."),
        ("Findings", "Not measured: no findings of any tool were given."),
        ("Merge ledger", "Nothing was overridden."),
        ("Evidence index", "No file of evidence was given."),
    ],
)
def test_what_is_not_there_is_said_in_a_line(heading: str, line: str) -> None:
    assert part(render(empty_audit(), PROFILE, "md"), heading).strip() == line or line in part(
        render(empty_audit(), PROFILE, "md"), heading
    )


@pytest.mark.parametrize("heading", ["Failing tests", "Skipped, flaky", "Hotspots", "Checklist", "Problems"])
def test_what_has_no_content_is_left_out(heading: str) -> None:
    assert heading not in render(empty_audit(), PROFILE, "md")


def test_a_suite_that_ran_nothing_is_unknown_and_never_a_pass() -> None:
    skipped = sample_tests([case(1, Outcome.SKIPPED), case(2, Outcome.SKIPPED)])
    page = render(replace(sample_audit(), tests=replace(skipped, suite_errors=())), PROFILE, "md")
    assert "| unit | ❔ **UNKNOWN** | 2 | 0 | 0 | 0 | 2 | 0 |" in page
    assert "Layer unit: all of its 2 tests were skipped, so it ran none." in page
    one = sample_tests([case(1, Outcome.SKIPPED)])
    assert "Layer unit: its only test was skipped, so it ran none." in render(
        replace(sample_audit(), tests=one), PROFILE, "md"
    )
    assert "The evidence holds no test: nothing ran." in render(
        replace(sample_audit(), tests=sample_tests([])), PROFILE, "md"
    )


def test_a_score_that_is_whole_needs_no_bounds() -> None:
    score: Score = replace(sample_audit().score, measured_weight=sample_audit().score.total_weight)
    page = render(replace(sample_audit(), score=score), PROFILE, "md")
    assert "Score 61.9 of 100, grade F." in part(page, "Verdict")
    assert "| **Score** | 55.7 | | |" in page


def test_long_lists_are_cut_with_a_count_and_a_place() -> None:
    page = render(large_audit(3_000, 2_000), PROFILE, "md")
    assert "… and 1,990 more findings; all of them are in `audit.json` under `findings.items`." in page
    assert "… and 65 more rules; all of them are in `audit.json` under `findings.rules`." in page
    assert "… and 35 more causes; all of them are in `audit.json` under `tests.causes`." not in page
    assert page.count("\n") < 700


def test_a_list_is_not_cut_for_a_single_row() -> None:
    rules = [finding(number, rule=f"R{number:02}") for number in range(26)]
    page = render(replace(sample_audit(), findings=sample_findings(rules)), PROFILE, "md")
    assert page.count("| low | `R") == 26
    assert "more rules" not in page


def test_the_index_holds_whatever_is_cited() -> None:
    evidence = tuple(item(number, f"evidence/{number:03}.xml") for number in range(1, 301))
    gate = replace(sample_audit().gates[0], evidence=("E250", "E299"))
    page = render(replace(sample_audit(), evidence=evidence, gates=(gate,)), PROFILE, "md")
    rows = re.findall(r"^\| (E\d+) \|", page, re.MULTILINE)
    assert {"E250", "E299"} <= set(rows)
    assert len(rows) == 25
    assert "… and 275 more files; all of them are in `audit.json` under `evidence`." in page


def test_a_profile_without_an_index_has_marks_without_links() -> None:
    short = Profile(name="short", summary="", sections=("header", "gates"), list_limit=5)
    page = render(sample_audit(), short, "md")
    assert "| 1 test failed and 1 errored | E1, E2 |" in page
    assert "](#" not in page
    told = "`[E1](#evidence-index)` \\[E1](#evidence-index) [E2](#evidence-index)"
    assert unlinked(told) == "`[E1](#evidence-index)` \\[E1](#evidence-index) E2"


@pytest.mark.parametrize(
    ("page", "after"),
    [
        ("> ```text\n> [E1](#evidence-index)\n> ```\n[E2](#evidence-index)", "[E2](#x)"),
        ("``` a``b ```: [E1](#evidence-index)\n[E2](#evidence-index)", "[E2](#x)"),
        ("````text\n```\n[E1](#evidence-index)\n````\n[E2](#evidence-index)", "[E2](#x)"),
    ],
)
def test_marks_are_found_beside_what_is_quoted_and_not_in_it(page: str, after: str) -> None:
    led = led_to(page, "x")
    assert led.endswith(after)
    assert ("[E1](#evidence-index)" in led) == ("```\n" in page)


def test_a_title_of_nothing_is_still_a_heading() -> None:
    assert render(replace(sample_audit(), title=" \n"), PROFILE, "md").startswith("# Audit report\n")


def test_a_state_is_never_missing_from_the_page() -> None:
    for state in State:
        gate = replace(sample_audit().gates[0], state=state)
        page = render(replace(sample_audit(), gates=(gate,)), PROFILE, "md")
        assert (
            f"| {PROFILE.icon(state)} **{PROFILE.state_word(state)}** | No critical finding is open |" in page
        )


def test_tidy_takes_off_what_nobody_sees() -> None:
    assert tidy("\na  \n\n\n\nb\t\n\n") == "a\n\nb\n"


def test_another_format_is_refused() -> None:
    with pytest.raises(UsageError, match="there is no format 'docx'"):
        render(sample_audit(), PROFILE, "docx")
