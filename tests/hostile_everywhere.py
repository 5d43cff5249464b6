"""An audit with one text in every field that can hold text from outside, those of tomorrow among them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction as F  # noqa: N817 - these records are full of them

from msgspec import Struct
from msgspec.structs import replace

from reportgen.model.audit import Audit
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
from reportgen.model.signoff import ApprovalResult
from reportgen.model.states import Severity, State
from reportgen.model.waivers import WaiverResult, WaiverState
from tests.sample_audit import MOMENT, sample_audit

# What only we write: ids of ours and what refers to them, words of ours, digests.
OURS = frozenset(
    {"id", "evidence", "cases", "slow", "schema", "digest", "version", "sha256", "format", "grade"}
    | {"priority", "phase", "by_severity", "of", "findings", "grade_then", "grade_now"}
)
# Words of ours in some records, text from outside in others.
_OURS_IN = {("JoinedFinding", "state"), ("Action", "kind"), ("Hotspot", "kind")}

_DAY = date(2026, 11, 20)


def hostile_everywhere(value: str) -> Audit:
    """Return a whole audit with `value` in each of its texts; counts, states and ids stay as they are."""
    return _put(_full_audit(), lambda _: value)


def _put(record: Audit, text: Callable[[str], str]) -> Audit:
    put = _replaced(record, text)
    assert isinstance(put, Audit)
    return put


def _replaced(value: object, text: Callable[[str], str]) -> object:
    if type(value) is str:
        return text(value) if value else value
    if isinstance(value, tuple):
        return tuple(_replaced(item, text) for item in value)
    if isinstance(value, Mapping):
        # Keys stay apart: that they are as many is what the shape of the page shows.
        return {
            f"{text(key)}{'' if not number else f' {number}'}" if type(key) is str else key: _replaced(
                item, text
            )
            for number, (key, item) in enumerate(value.items())
        }
    if isinstance(value, Struct):
        return replace(
            value,
            **{
                # An excerpt is printed only where it says more than the message.
                name: f"E {text('')}\nE y"
                if (type(value).__name__, name) == ("FailureCause", "text")
                else _replaced(getattr(value, name), text)
                for name in value.__struct_fields__
                if (name not in OURS or isinstance(getattr(value, name), Struct))
                and (type(value).__name__, name) not in _OURS_IN
            },
        )
    return value


def _full_audit() -> Audit:
    """Return the sample with the sections that only some runs have."""
    return replace(
        sample_audit(),
        waivers=tuple(
            WaiverResult(
                id=f"W{number}",
                state=state,
                of="finding",
                match="rule F401, path src/**",
                matched=("a.py", "b.py"),
                reason="legacy",
                owner="ada",
                approver="bob",
                created=_DAY,
                expires=_DAY,
                days_left=3,
                note="note",
                content=("c0ffee",),
            )
            for number, state in enumerate(WaiverState)
        ),
        approvals=(
            ApprovalResult(
                role="lead", state=State.PASS, name="ada", date=_DAY, conditions="if", revision="r", note="n"
            ),
        ),
        changes=_changes(),
        changed_lines=_changed_lines(),
    )


def _changes() -> Changes:
    ids = ("t1", "t2")
    found = (
        FindingChange(id="F1", rule="F401", severity=Severity.HIGH, path="a.py", line=3, message="unused"),
    )
    return Changes(
        baseline="old.json",
        generated_at=MOMENT,
        revision="abc",
        verdict=State.PASS,
        tests=CaseChanges(
            then=9,
            now=9,
            percent=F(100),
            new_failures=ids,
            still_failing=ids,
            fixed=ids,
            vanished=ids,
            vanished_failures=ids,
            new=ids,
            newly_skipped=ids,
            newly_flaky=ids,
        ),
        coverage=CoverageChanges(
            then=F(50),
            now=F(40),
            points=F(-10),
            dropped=(FileChange("a.py", F(50), F(40), F(-10)),),
            gone=("b.py",),
            new=1,
        ),
        findings=FindingChanges(
            then=1, now=1, new=found, fixed=found, accepted=found, unexamined=found, moved=0
        ),
        score=ScoreChange(
            then=F(50),
            now=F(40),
            points=F(-10),
            grade_then="F",
            grade_now="F",
            criteria=(CriterionChange("tests", F(50), F(40), F(-10)),),
            same_model=False,
        ),
        gates=(GateChange("tests-pass", State.PASS, State.FAIL),),
    )


def _changed_lines() -> ChangedLines:
    files = tuple(
        ChangedFile(
            path="a.py",
            kind="changed",
            was="old.py",
            joined="src/a.py",
            lines=9,
            measured=5 if known else None,
            covered=2 if known else None,
            missing="3-5",
            findings=("F1",),
            tests=2 if known else None,
            why="" if known else "no coverage lists it",
            evidence=("E3",),
        )
        for known in (True, False)
    )
    return ChangedLines(
        diff="pr.diff",
        files=files,
        lines=18,
        measured=5,
        covered=2,
        uncovered=3,
        percent=F(40),
        unmeasured=1,
        findings=1,
        by_severity={Severity.HIGH: 1},
        tests=2,
    )
