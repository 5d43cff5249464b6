from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from reportgen.model.audit import Audit
from reportgen.model.changes import (
    CaseChanges,
    Changes,
    CoverageChanges,
    CriterionChange,
    FileChange,
    GateChange,
    ScoreChange,
)
from reportgen.model.states import State
from reportgen.render import render
from reportgen.render.profiles import load_profile
from tests.hostile_changes import hostile_changes
from tests.hostile_texts import FRAGMENTS, hostile_audit
from tests.sample_audit import empty_audit, large_audit, sample_audit
from tests.sample_parts import sample_tests

NIGHTLY = load_profile("nightly")
A_COMMENT = 65_536

SAME = CaseChanges(
    then=9,
    now=9,
    percent=Fraction(100),
    new_failures=(),
    still_failing=(),
    fixed=(),
    vanished=(),
    vanished_failures=(),
    new=(),
    newly_skipped=(),
    newly_flaky=(),
)
BASE = Changes(baseline="before.json")


def page(audit: Audit) -> str:
    return render(audit, NIGHTLY, "md")


def changed(changes: Changes) -> str:
    whole = page(replace(sample_audit(), changes=changes))
    return whole.partition("\n## What changed\n\n")[2].partition("\n\n## Why\n")[0]


def test_without_a_baseline_it_says_so_in_a_line() -> None:
    shown = page(sample_audit()).partition("\n## What changed\n\n")[2].partition("\n\n## Why\n")[0]
    assert shown == "No baseline was given, so nothing is known of changes."


def test_a_baseline_that_cannot_be_read_is_told() -> None:
    assert changed(replace(BASE, problem="it is *no* JSON")) == (
        "Nothing is known of changes: before.json: it is \\*no\\* JSON."
    )


def test_what_was_not_compared_is_not_said_to_be_the_same() -> None:
    assert "Not compared, since it is not known on both sides: coverage, findings." in changed(
        replace(BASE, tests=SAME)
    )
    assert "Nothing changed" not in changed(replace(BASE, tests=SAME))


def test_tests_stand_by_what_became_of_them_the_worst_first() -> None:
    tests = replace(
        SAME,
        new_failures=("a", "b"),
        still_failing=("c",),
        fixed=("d",),
        vanished=("e",),
        newly_skipped=("f",),
    )
    shown = [line for line in changed(replace(BASE, tests=tests)).split("\n") if line.startswith("- ")]
    assert shown == [
        "- New failures: 2 tests",
        "- Still failing: 1 test",
        "- Fixed: 1 test",
        "- Vanished: 1 test",
        "- Newly skipped: 1 test",
    ]


def test_figures_that_moved_stand_with_what_moved_them() -> None:
    score = ScoreChange(
        then=Fraction(60),
        now=Fraction(557, 10),
        points=Fraction(-43, 10),
        grade_then="D",
        grade_now="F",
        criteria=(CriterionChange("coverage", Fraction(20), Fraction(158, 10), Fraction(-42, 10)),),
        same_model=True,
    )
    dropped = tuple(FileChange(f"f{n:02}.py", Fraction(50), Fraction(40), Fraction(-10)) for n in range(30))
    coverage = CoverageChanges(
        then=Fraction(20), now=Fraction(158, 10), points=Fraction(-42, 10), dropped=dropped, gone=(), new=0
    )
    shown = changed(replace(BASE, verdict=State.FAIL, score=score, coverage=coverage, tests=SAME))
    assert "| Score | 60.0 (D) | 55.7 (F) | -4.3 points |" in shown
    assert "| Criterion coverage | 20.0 | 15.8 | -4.2 points |" in shown
    assert "Verdict" not in shown
    assert "| Tests |" not in shown
    assert "- Coverage fell: 30 files\n  - `f00.py (50.0 % → 40.0 %)`" in shown
    assert "… and 20 more; all of them are in `audit.json` under `changes.coverage.dropped`." in shown


def test_figures_that_are_too_many_are_counted() -> None:
    gates = tuple(GateChange(f"g{n:02}", State.PASS, State.FAIL) for n in range(40))
    shown = changed(replace(BASE, gates=gates))
    printed = shown.count("| Gate g")
    assert 0 < printed < 40
    assert f"… and {40 - printed} more figures; all of them are in `audit.json` under `changes`." in shown


@pytest.mark.parametrize("made", [sample_audit(), empty_audit(), large_audit(3_000, 2_000)])
def test_it_is_short(made: Audit) -> None:
    assert len(page(made)) < 4_000


@pytest.mark.parametrize("fragment", [*FRAGMENTS[::9], "\\", "\u202e", "@a ", "~~~\n", "|"])
def test_it_fits_a_comment_whatever_the_evidence_is_called(fragment: str) -> None:
    long = fragment * 300
    changes = hostile_changes(long)
    assert changes.tests is not None
    assert changes.findings is not None
    names = tuple(f"{long}{n}" for n in range(40))
    tests = replace(
        changes.tests,
        **dict.fromkeys(("new_failures", "still_failing", "fixed", "vanished", "newly_skipped"), names),
    )
    findings = replace(changes.findings, new=changes.findings.new * 40, fixed=changes.findings.fixed * 40)
    audit = hostile_audit(long)
    many = replace(audit, changes=replace(changes, tests=tests, findings=findings), gates=audit.gates * 40)
    assert len(page(many)) < A_COMMENT


def test_nothing_is_counted_of_no_test() -> None:
    shown = page(replace(sample_audit(), tests=sample_tests([]), coverage=None, findings=None))
    assert "No test." in shown
    assert "0 passed" not in shown
