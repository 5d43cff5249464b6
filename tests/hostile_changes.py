"""What changed, and changed lines, with one text wherever text from outside can stand."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction

from reportgen.model.changes import (
    CaseChanges,
    ChangedFile,
    ChangedLines,
    Changes,
    CoverageChanges,
    CriterionChange,
    FileChange,
    FindingChange,
    FindingChanges,
    GateChange,
    ScoreChange,
)
from reportgen.model.states import Severity, State


def hostile_changes(value: str) -> Changes:
    names = (value,)
    finding = FindingChange(id=value, rule=value, severity=Severity.HIGH, path=value, line=1, message=value)
    rate = Fraction(50)
    return Changes(
        baseline=value,
        generated_at=datetime(2026, 1, 1, tzinfo=UTC),
        revision=value,
        verdict=State.FAIL,
        tests=CaseChanges(
            then=3,
            now=2,
            percent=rate,
            new_failures=names,
            still_failing=names,
            fixed=names,
            vanished=names,
            vanished_failures=names,
            new=names,
            newly_skipped=names,
            newly_flaky=names,
        ),
        coverage=CoverageChanges(
            then=rate,
            now=rate,
            points=Fraction(0),
            dropped=(FileChange(value, rate, Fraction(40), Fraction(-10)),),
            gone=names,
            new=1,
        ),
        findings=FindingChanges(
            then=1,
            now=1,
            new=(finding,),
            fixed=(finding,),
            accepted=(finding,),
            unexamined=(finding,),
            moved=1,
        ),
        score=ScoreChange(
            then=rate,
            now=rate,
            points=Fraction(0),
            grade_then=value,
            grade_now=value,
            criteria=(CriterionChange(value, rate, None, None),),
            same_model=False,
        ),
        gates=(GateChange(value, None, State.FAIL),),
    )


def hostile_changed_lines(value: str, finding: str) -> ChangedLines:
    file = ChangedFile(
        path=value,
        kind="renamed",
        was=value,
        joined=f"{value}/x",
        lines=3,
        measured=2,
        covered=1,
        missing="3",
        findings=(finding,),
        tests=1,
        why=value,
        evidence=("E1",),
    )
    return ChangedLines(
        diff=value,
        files=(file,),
        lines=3,
        measured=2,
        covered=1,
        uncovered=1,
        percent=Fraction(50),
        unmeasured=1,
        findings=1,
        by_severity=dict.fromkeys(Severity, 0),
        tests=1,
    )
