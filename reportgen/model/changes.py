"""What changed since an earlier audit, and what is said of the lines that a diff changes."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from msgspec import Struct

from reportgen.model.diff import ChangeKind
from reportgen.model.states import Severity, State


class CaseChanges(Struct, frozen=True, kw_only=True):
    """Tests by what became of them: ids, sorted; `then` and `now` count all tests.

    `percent` is those that ran now, and were not skipped, of those that ran then. `new_failures` failed or
    errored now and not then, also where they are new.
    `fixed` failed then and pass now: one that is skipped or gone is not. `vanished` are in the baseline
    alone, `vanished_failures` those of them that failed.
    """

    then: int
    now: int
    percent: Fraction | None
    new_failures: tuple[str, ...]
    still_failing: tuple[str, ...]
    fixed: tuple[str, ...]
    vanished: tuple[str, ...]
    vanished_failures: tuple[str, ...]
    new: tuple[str, ...]
    newly_skipped: tuple[str, ...]
    newly_flaky: tuple[str, ...]


class FileChange(Struct, frozen=True):
    """A file whose line rate fell: percentages, and the points between them."""

    path: str
    then: Fraction
    now: Fraction
    points: Fraction


class CoverageChanges(Struct, frozen=True, kw_only=True):
    """Line coverage then and now. `dropped` are the files whose rate fell, the most points first.

    `gone` are files that are in the baseline alone, `new` counts those that are not in it.
    """

    then: Fraction | None
    now: Fraction | None
    points: Fraction | None
    dropped: tuple[FileChange, ...]
    gone: tuple[str, ...]
    new: int


class FindingChange(Struct, frozen=True, kw_only=True):
    """A finding that is new, or no more open."""

    id: str
    rule: str
    severity: Severity
    path: str
    line: int | None
    message: str


class FindingChanges(Struct, frozen=True, kw_only=True):
    """Open findings by what became of them; `then` and `now` count all of them.

    `fixed` were open and are gone. `accepted` are still there, and do not count any more (suppressed or
    waived). `unexamined` are gone, but the tool that told them did not run. `moved` counts the new ones of
    which one with the same rule, file and message at another line is gone: they may be the same.
    """

    then: int
    now: int
    new: tuple[FindingChange, ...]
    fixed: tuple[FindingChange, ...]
    accepted: tuple[FindingChange, ...]
    unexamined: tuple[FindingChange, ...]
    moved: int


class CriterionChange(Struct, frozen=True):
    """A criterion whose score moved; null where it was or is not measured."""

    name: str
    then: Fraction | None
    now: Fraction | None
    points: Fraction | None


class ScoreChange(Struct, frozen=True, kw_only=True):
    """The score then and now, to 4 decimals; `points` is the difference. `criteria` are those that moved.

    `same_model` is false where the policy or version is another, so that the points were given otherwise.
    """

    then: Fraction
    now: Fraction
    points: Fraction
    grade_then: str
    grade_now: str
    criteria: tuple[CriterionChange, ...]
    same_model: bool


class GateChange(Struct, frozen=True):
    """A gate whose state is another; null where there was, or is, no gate of the name."""

    name: str
    then: State | None
    now: State | None


class Changes(Struct, frozen=True, kw_only=True):
    """What changed since the baseline. `problem` says why nothing is known of it, else it is empty.

    A part is null where it is not known on both sides.
    """

    baseline: str
    problem: str = ""
    generated_at: datetime | None = None
    revision: str | None = None
    verdict: State | None = None
    tests: CaseChanges | None = None
    coverage: CoverageChanges | None = None
    findings: FindingChanges | None = None
    score: ScoreChange | None = None
    gates: tuple[GateChange, ...] = ()


class ChangedFile(Struct, frozen=True, kw_only=True):
    """A file of the diff. `lines` are its added lines, `measured` those of them that can run.

    `joined` is the path by which the evidence knows the file, empty where it does not; `missing` are ranges
    of changed lines that never ran; `findings` ids of open findings on changed lines; `tests` counts the
    tests that reach a changed line. What is not known is null, and `why` says why.
    """

    path: str
    kind: ChangeKind
    was: str
    joined: str
    lines: int
    measured: int | None
    covered: int | None
    missing: str
    findings: tuple[str, ...]
    tests: int | None
    why: str
    evidence: tuple[str, ...]


class ChangedLines(Struct, frozen=True, kw_only=True):
    """What the evidence says of the lines that a diff adds; `percent` is covered of measured.

    `unmeasured` counts the files with added lines that no coverage lists.
    """

    diff: str
    files: tuple[ChangedFile, ...]
    lines: int
    measured: int | None
    covered: int | None
    uncovered: int | None
    percent: Fraction | None
    unmeasured: int | None
    findings: int | None
    by_severity: dict[Severity, int] | None
    tests: int | None
