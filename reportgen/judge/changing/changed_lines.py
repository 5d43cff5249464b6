"""Coverage, findings and tests on the lines that a diff adds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from reportgen.judge.changing.changed_paths import JoinedPaths, join_paths
from reportgen.judge.counting.ranges import missing_lines
from reportgen.model.audit_findings import AuditFindings
from reportgen.model.changes import ChangedFile, ChangedLines
from reportgen.model.diff import Diff, DiffFile
from reportgen.model.evidence import Evidence, JoinedFile, JoinedFinding
from reportgen.model.figures import percent
from reportgen.model.metric_words import DIFF
from reportgen.model.states import Severity


class _Known(Struct, frozen=True):
    """What the evidence holds, by path."""

    files: Mapping[str, JoinedFile]
    findings: Mapping[str, Sequence[JoinedFinding]]
    paths: JoinedPaths
    covered: bool
    scanned: bool


def changed_lines_of(
    diff: Diff | None, evidence: Evidence, findings: AuditFindings | None
) -> ChangedLines | None:
    """Say what the evidence holds of the added lines; None where no diff was given."""
    if diff is None:
        return None
    coverage = evidence.coverage
    files = {} if coverage is None else {file.path: file for file in coverage.files}
    open_: dict[str, list[JoinedFinding]] = defaultdict(list)
    for one in () if findings is None else findings.items:
        if one.state == "open" and one.path:
            open_[one.path].append(one)
    paths = join_paths([file.path for file in diff.files], files.keys() | open_.keys(), evidence.rules.roots)
    known = _Known(files, open_, paths, coverage is not None, evidence.findings is not None)
    rows = tuple(_file(file, known) for file in sorted(diff.files, key=lambda file: (file.path, file.kind)))
    return _sum(diff, rows, known)


def _sum(diff: Diff, rows: tuple[ChangedFile, ...], known: _Known) -> ChangedLines:
    """Add up; where one file's lines may be measured and it is not known which, no sum is known."""
    whole = known.covered and all(row.measured is not None for row in rows)
    measured = sum(row.measured or 0 for row in rows) if whole else None
    covered = sum(row.covered or 0 for row in rows) if whole else None
    on_lines = {id_ for row in rows for id_ in row.findings}
    items = (one for found in known.findings.values() for one in found)
    counted = Counter(one.severity for one in items if one.id in on_lines)
    certain = known.scanned and not any(row.path in known.paths.ambiguous for row in rows if row.lines)
    return ChangedLines(
        diff=diff.source,
        files=rows,
        lines=sum(row.lines for row in rows),
        measured=measured,
        covered=covered,
        uncovered=None if measured is None or covered is None else measured - covered,
        percent=None if measured is None or covered is None else percent(covered, measured),
        unmeasured=sum(bool(row.lines and row.joined not in known.files) for row in rows)
        if known.covered
        else None,
        findings=len(on_lines) if certain else None,
        by_severity={severity: counted[severity] for severity in Severity} if certain else None,
        tests=_tests_of(diff, known) if whole else None,
    )


def _file(file: DiffFile, known: _Known) -> ChangedFile:
    joined = known.paths.known.get(file.path, "")
    rivals = known.paths.ambiguous.get(file.path, ())
    found = known.files.get(joined)
    measured, covered, missing, why = _measured(file, found, rivals, covered=known.covered)
    reached = None if found is None or found.by_tests is None else _reached(found, file.added)
    return ChangedFile(
        path=file.path,
        kind=file.kind,
        was=file.was,
        joined=joined,
        lines=file.added.bit_count(),
        measured=measured,
        covered=covered,
        missing=missing,
        findings=tuple(one.id for one in known.findings.get(joined, ()) if _is_on(one, file)),
        tests=None if reached is None else len(reached),
        why=why,
        evidence=() if found is None else found.evidence,
    )


def _measured(
    file: DiffFile, found: JoinedFile | None, rivals: tuple[str, ...], *, covered: bool
) -> tuple[int | None, int | None, str, str]:
    """Return how many added lines can run and did, which did not, and why that is not known."""
    if not file.added:
        return 0, 0, "", ""
    if rivals:
        return None, None, "", f"it may be {' or '.join(rivals[:3])}{' or another' if rivals[3:] else ''}"
    if not covered:
        return None, None, "", "no coverage was given"
    if found is None:
        return 0, 0, "", "no coverage lists this file"
    lines, ran = found.executable, found.covered
    if lines is None or (not lines and found.lines.total):
        return None, None, "", "no evidence says which of its lines can run"
    could = lines & file.added
    missing = missing_lines(lines, ran | (lines & ~file.added))
    return could.bit_count(), (could & ran).bit_count(), missing, ""


def _is_on(one: JoinedFinding, file: DiffFile) -> bool:
    """Whether a finding is on an added line; one of a whole file is, where the file is new."""
    if not one.line:
        return file.kind == "added"
    last = max(one.line, min(one.end_line, file.added.bit_length()))
    return bool((file.added >> one.line) & ((1 << (last - one.line + 1)) - 1))


def _reached(found: JoinedFile, added: int) -> set[int]:
    return {number for number, lines in found.tests if lines & added}


def _tests_of(diff: Diff, known: _Known) -> int | None:
    """Count the tests that reach an added line; None where contexts are not known of all such lines."""
    reached: set[int] = set()
    for file in diff.files:
        found = known.files.get(known.paths.known.get(file.path, ""))
        if found is None or not (found.executable or 0) & file.added:
            continue
        if found.by_tests is None:
            return None
        reached |= _reached(found, file.added)
    return len(reached)


def line_numbers(changed: ChangedLines | None) -> dict[str, int | Fraction | None]:
    """Return the metrics of the changed lines; None is not known."""
    known: dict[str, int | Fraction | None] = {name: None for name, *_ in DIFF}
    if changed is not None:
        known |= {
            "files": len(changed.files),
            "lines": changed.lines,
            "measured": changed.measured,
            "covered": changed.covered,
            "uncovered": changed.uncovered,
            "percent": changed.percent,
            "unmeasured_files": changed.unmeasured,
            "tests": changed.tests,
            "findings": changed.findings,
        }
        known |= {f"findings_{each.value}": count for each, count in (changed.by_severity or {}).items()}
    return {f"diff.{name}": value for name, value in known.items()}
