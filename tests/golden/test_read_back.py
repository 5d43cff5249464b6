"""Each report says what the model says, and the reader that checks it sees what is planted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from reportgen import build_audit, load_config
from reportgen.model.audit import Audit
from reportgen.model.notes import Note
from reportgen.model.profile import Profile
from reportgen.model.score_words import ScoreWord
from reportgen.model.section import Section
from reportgen.model.state_words import IconStyle
from reportgen.model.states import State
from reportgen.render import render
from reportgen.render.profiles import list_profiles
from tests.golden.read_back import contradictions
from tests.hostile_changes import hostile_changes
from tests.hostile_texts import hostile_audit
from tests.sample_audit import empty_audit, large_audit, sample_audit

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PROFILES = {profile.name: profile for profile in list_profiles()}
AUDITS = ("sample", "changed", "noted", "empty", "large", "hostile")


@cache
def audit_named(name: str) -> Audit:
    note = Note(
        section="gates", by="Ann", date=date(2026, 11, 1), text="# All 777 pass\n\n✅ **PASS**, 4711 of 4711"
    )
    made: dict[str, Callable[[], Audit]] = {
        "sample": sample_audit,
        "changed": lambda: replace(sample_audit(), changes=hostile_changes("tests/unit/test_a.py::test_b")),
        "noted": lambda: replace(sample_audit(), notes=(note,)),
        "empty": empty_audit,
        "large": lambda: large_audit(2_000, 500),
        "hostile": lambda: hostile_audit("| `a` |\n# 3 x <b> @me **PASS** [E1](#evidence-index)"),
    }
    return made[name]()


@cache
def sample(name: str) -> Audit:
    config = load_config(SAMPLES / name / "reportgen.toml", cwd=SAMPLES / name)
    return build_audit(config, generated_at=datetime(2026, 11, 20, 18, 0, tzinfo=UTC))


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(path.parent.name for path in SAMPLES.glob("*/reportgen.toml")))
def test_a_report_on_a_sample_says_what_the_model_says(name: str) -> None:
    audit = sample(name)
    for profile in PROFILES.values():
        assert contradictions(render(audit, profile, "md"), audit, profile) == [], profile.name


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES.keys())
@pytest.mark.parametrize("name", AUDITS)
def test_a_report_says_what_the_model_says(name: str, profile: Profile) -> None:
    audit = audit_named(name)
    assert contradictions(render(audit, profile, "md"), audit, profile) == []


NUMBERED = Profile(
    name="numbered",
    summary="",
    sections=(
        "header",
        Section(section="verdict", title="1 & only *verdict*", intro="What it came to."),
        "summary",
        Section(title="What it rests on"),
        Section(section="gates", level=3),
        Section(section="tests", level=3, headings={"Suites": "Suite by suite"}),
        Section(section="changes", otherwise="No baseline was given."),
        "failures",
        "plan",
        "checklist",
        Section(section="score", title="How the score came about"),
        "scores",
        Section(section="evidence", title="Everything that was read"),
        "problems",
        "method",
    ),
    numbering=2,
    unnumbered=("method",),
    icons="plain",
    verdict_words={State.FAIL: "HOLD DEPLOYMENT", State.PASS: "DEPLOY"},
    scale=10,
    score_words=(
        ScoreWord(least=80, word="STRONG", state=State.PASS),
        ScoreWord(least=40, word="FAIR", state=State.WARN),
        ScoreWord(least=0, word="CRITICAL ISSUES", state=State.FAIL),
    ),
    words={"score": "{grade} ({score}/{scale})"},
)


@pytest.mark.parametrize("icons", ["emoji", "plain", "none"])
@pytest.mark.parametrize("name", AUDITS)
def test_so_does_one_with_all_that_a_profile_can_say(name: str, icons: IconStyle) -> None:
    audit, profile = audit_named(name), replace(NUMBERED, icons=icons)
    assert contradictions(render(audit, profile, "md"), audit, profile) == []


PLANTED = {
    "a total": ("| unit | ❌ **FAIL** | 8 | 6 |", "| unit | ❌ **FAIL** | 8 | 7 |", "layer unit: Passed"),
    "a number": ("2 of 8 tests that ran", "2 of 8,431 tests that ran", "8431 is not a number"),
    "a percentage": ("Line coverage is 15.8 %", "Line coverage is 99.7 %", "99.7 is not a number"),
    "the verdict": ("❌ **FAIL** 2 of 8", "✅ **PASS** 2 of 8", "begins with '✅ PASS'"),
    "the grade": ("gives the grade F", "gives the grade A", "the grade A is printed"),
    "the score": ("Score 61.9 of 100", "Score 65.7 of 100", "the score 65.7 is printed"),
    "a gate": ("⚠️ **WARN** | No test is flaky", "✅ **PASS** | No test is flaky", "is printed as '✅ PASS'"),
    "a check": (
        "❌ **FAIL** | All unit tests pass",
        "✅ **PASS** | All unit tests pass",
        "'✅ PASS', and is",
    ),
    "a criterion": (
        "| tests (required) | 40 | 75.0 |",
        "| tests (required) | 40 | 95.0 |",
        "the score of 'tests'",
    ),
    "a mark without a row": ("| E4 | ", "| E44 | ", "the mark E4 has no row"),
    "a mark of nothing": ("[E4](#", "[E9](#", "which is no evidence"),
    "a mark that leads nowhere": ("## Evidence index", "## Evidence", "no such heading"),
    "an empty section": ("## Verdict\n", "## Verdict\n\n## Other\n", "'Verdict' is empty"),
    "a level left out": ("### Strengths", "#### Strengths", "'Strengths' skips a level"),
    "a second title": ("## Method", "# Method", "one title"),
    "a cell too few": ("| Start | 100 | | |", "| Start | 100 | |", "not rectangular"),
    "mojibake": ("Two tests do not pass", "Two tests doâ€™nt pass", "mis-decoded"),
}


@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED.keys())
def test_the_reader_sees_what_is_planted(planted: tuple[str, str, str]) -> None:
    audit, profile = sample_audit(), PROFILES["default"]
    page = render(audit, profile, "md")
    true, false, told = planted
    assert true in page
    found = contradictions(page.replace(true, false, 1), audit, profile)
    assert any(told in each for each in found), found


def test_a_subject_at_risk_is_never_protected() -> None:
    audit, profile = sample("websocket-suite"), PROFILES["default"]
    page = render(audit, profile, "md")
    assert " | at risk | " in page
    found = contradictions(page.replace(" | at risk | ", " | protected | ", 1), audit, profile)
    assert any("printed as 'protected', and is at risk" in each for each in found)


def test_a_total_that_does_not_add_up_is_seen() -> None:
    page = "# T\n\n| Layer | Tests |\n| --- | ---: |\n| a | 1 |\n| b | 1 |\n| Total | 1 |\n"
    assert any("the total of 'Tests' is 1" in each for each in found_in(page))
    assert not any("total" in each for each in found_in(page.replace("| Total | 1 |", "| **Total** | 2 |")))


def found_in(page: str) -> list[str]:
    return contradictions(page, sample_audit(), PROFILES["default"])


def test_a_gap_in_the_numbers_is_seen() -> None:
    page = render(sample_audit(), NUMBERED, "md")
    for true, false in (
        ("## 2. ", "## 3. "),
        ("### 2.1 ", "### 2.2 "),
        ("## 3. ", "## "),
        ("### 3.1 ", "### "),
    ):
        assert true in page
        found = contradictions(page.replace(true, false, 1), sample_audit(), NUMBERED)
        assert any("numbered otherwise" in each for each in found), (true, found)


def test_nobody_is_told_to_deploy_what_fails() -> None:
    audit, profile = sample_audit(), PROFILES["validation"]
    page = render(audit, profile, "md")
    assert "❌ **HOLD DEPLOYMENT**" in page
    found = contradictions(page.replace("❌ **HOLD DEPLOYMENT**", "✅ **DEPLOY**"), audit, profile)
    assert any("is recommended, and the verdict is fail" in each for each in found)


def test_nothing_unmeasured_is_marked_like_a_pass() -> None:
    audit, profile = sample_audit(), PROFILES["validation"]
    page = render(audit, profile, "md")
    row = next(line for line in page.split("\n") if "| n/a | " in line)
    planted = row.replace("❔ **UNKNOWN**", "✅ **STRONG**").replace("❌ **FAIL**", "✅ **STRONG**")
    found = contradictions(page.replace(row, planted), audit, profile)
    assert any("is printed as '✅ STRONG'" in each for each in found)
