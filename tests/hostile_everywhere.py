"""An audit with one text in every field that can hold text from outside, those of tomorrow among them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction as F  # noqa: N817 - these records are full of them

from msgspec import Struct
from msgspec.structs import replace

from reportgen.model.audit import Audit, CriterionScore
from reportgen.model.audit_coverage import Measure
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
from reportgen.model.criteria import CheckScore
from reportgen.model.evidence import JoinedCounts
from reportgen.model.excerpts import Excerpt
from reportgen.model.issues import CriticalIssue
from reportgen.model.plan import AfterRemediation
from reportgen.model.risk import Confidence, Risk
from reportgen.model.signoff import ApprovalResult
from reportgen.model.states import Severity, State
from reportgen.model.subjects import Links, SubjectResult
from reportgen.model.waivers import WaiverResult, WaiverState
from tests.hostile_matrices import OURS_IN_MATRICES, sample_categories, sample_matrices
from tests.sample_audit import MOMENT, sample_audit

# What only we write: ids of ours and what refers to them, words of ours, digests.
OURS = frozenset(
    {"id", "evidence", "cases", "slow", "schema", "digest", "version", "sha256", "format", "grade"}
    | {"priority", "phase", "by_severity", "of", "findings", "grade_then", "grade_now"}
)
# Words of ours in some records, text from outside in others.
_OURS_IN = {("JoinedFinding", "state"), ("Action", "kind"), ("Hotspot", "kind"), ("FailureCause", "kind")} | {
    ("Difference", "case"),
    ("SubjectResult", "kind"),
    ("SubjectResult", "standing"),
    ("SubjectResult", "criticality"),
    ("CriterionScore", "scale"),
}

_OURS_IN |= OURS_IN_MATRICES

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
            ApprovalResult(
                role="qa",
                state=State.NOT_DONE,
                name="",
                date=None,
                conditions="",
                revision="",
                note="n",
                other_revision="r0",
            ),
        ),
        checklist=tuple(replace(each, other_revision="r0") for each in sample_audit().checklist),
        evidence=tuple(replace(each, revision="r0") for each in sample_audit().evidence),
        criteria=(*sample_audit().criteria, *_own_criteria()),
        changes=_changes(),
        changed_lines=_changed_lines(),
        issues=(_issue(),),
        risk=Risk(level="high", reasons=("one issue is open",)),
        confidence=Confidence(level="low", measured=F(50), reasons=("half was measured",)),
        score_after=AfterRemediation(score=F(92), grade="A"),
        remediation=tuple(
            replace(step, owner="ada", verify="pytest a.py", fix="mend it", mends="C1")
            for step in sample_audit().remediation
        ),
        code=(
            # a line that no drawn text names, since the text stands for the line numbers of others, too
            Excerpt(
                path="a.py",
                first=987_654,
                lines=("x = 1",),
                marks=(987_654,),
                changed=True,
                why="it is shorter",
            ),
        ),
        source_url="https://x.example/{path}",
        subjects=(_subject(),),
        matrices=sample_matrices(),
        categories=sample_categories(),
        links=Links(by_test={"t1": ("pay",)}, unknown={"R-9": ("t2",)}, unplaced=2),
    )


def _issue() -> CriticalIssue:
    return CriticalIssue(
        id="I1",
        kind="findings",
        severity="critical",
        title="1 critical finding is open",
        places=("a.py:1", "b.py"),
        problem="it is wrong",
        impact="payments are at risk",
        fix="do so",
        before="x = 1",
        after="x = 2",
        owner="ada",
        minutes=5,
        action="R1",
        evidence=("E1",),
    )


def _subject() -> SubjectResult:
    return SubjectResult(
        name="pay",
        kind="component",
        title="Payments",
        owner="ada",
        criticality="high",
        value="$500K ARR",
        source="reportgen.toml",
        state=State.FAIL,
        standing="at risk",
        reason="1 of 2 failed",
        counts=JoinedCounts(total=2, passed=1, failed=1),
        cases=("t1", "t2"),
        coverage=Measure(covered=1, total=2, percent=F(50)),
        findings={"high": 1},
        files=("a.py",),
        waivers=("W1",),
        evidence=("E1",),
    )


def _own_criteria() -> tuple[CriterionScore, ...]:
    check = CheckScore(
        id="c",
        title="steady",
        state=State.FAIL,
        condition="tests.flaky == 0",
        reason="one is flaky",
        severity=Severity.HIGH,
        remediation="mend it",
        minutes=9,
        policy="QA-1",
        evidence=("E1",),
        warns="tests.flaky <= 2",
        paths=("tests/",),
    )
    number = CriterionScore(
        name="number",
        weight=F(0),
        required=False,
        score=F(50),
        reason="half",
        evidence=("E1",),
        title="Number",
        scale="grade",
        shown="F",
        expression="tests.percent",
        policy="QA-2",
    )
    checks = tuple(replace(check, state=state) for state in (State.FAIL, State.WARN, State.NOT_APPLICABLE))
    return (replace(number, name="own", expression="", checks=checks), number)


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
