"""The lines that a diff adds: what of them ran, and what was found on them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.changes import ChangedFile, ChangedLines
from reportgen.model.evidence import JoinedFinding
from reportgen.model.figures import percent_text, plural
from reportgen.render.escape import Markdown
from reportgen.render.marks import evidence_marks
from reportgen.render.places import place_mark
from reportgen.render.views.changes import FindingRow
from reportgen.render.views.parts import CELL, Cut, Subject, cut
from reportgen.render.wording import NOT_KNOWN, clipped

_FIRST = re.compile(r"\d+")


class ChangedFileRow(Struct, frozen=True):
    """A file of the diff that has added lines."""

    path: Markdown
    lines: int
    measured: str
    covered: str
    missing: str
    findings: int
    note: str
    evidence: Markdown


class ChangedLinesView(Struct, frozen=True):
    """The section on changed lines."""

    sentences: tuple[str, ...]
    files: Cut[ChangedFileRow]
    findings: Cut[FindingRow]


def changed_lines(subject: Subject) -> ChangedLinesView | None:
    """Say what is known of the changed lines; None where no diff was given."""
    found = subject.audit.changed_lines
    if found is None:
        return None
    files = [file for file in found.files if file.lines]
    url = subject.audit.source_url
    worst_first = sorted(
        files, key=lambda file: ((file.covered or 0) - (file.measured or 0), not file.why, file.path)
    )
    return ChangedLinesView(
        sentences=tuple(_sentences(found)),
        files=cut(worst_first, subject.limit, "changed_lines.files", lambda file: _file(file, url)),
        findings=cut(
            _findings(found, subject.audit),
            subject.limit,
            "changed_lines.files",
            lambda one: _finding(one, url),
        ),
    )


def _sentences(found: ChangedLines) -> Iterator[str]:
    files = plural(len(found.files), "file")
    yield f"The diff {found.diff} changes {files}, and adds {plural(found.lines, 'line')}."
    if found.lines:
        yield _coverage(found)
    if found.unmeasured:
        those = plural(found.unmeasured, "changed file is", "changed files are")
        yield f"{those} in no coverage: nothing is known of the lines in them."
    if found.tests is not None and found.measured:
        yield f"{plural(found.tests, 'test reaches', 'tests reach')} a changed line."
    if found.lines and found.findings is not None:
        yield f"{plural(found.findings, 'open finding is', 'open findings are')} on changed lines."
    elif found.lines:
        yield "Which findings are on changed lines is not known."


def _coverage(found: ChangedLines) -> str:
    if found.measured is None or found.covered is None:
        return "How many of them can run, and did, is not known."
    if not found.measured:
        return "None of them is a measured line, so there is no rate."
    return f"{found.measured:,} of them can run, and {found.covered:,} did: {percent_text(found.percent)}."


def _file(file: ChangedFile, source_url: str) -> ChangedFileRow:
    renamed = f"was {file.was}" if file.was else ""
    known_as = f"in the evidence: {file.joined}" if file.joined not in ("", file.path) else ""
    note = "; ".join(part for part in (file.why, renamed, known_as) if part)
    unknown = file.measured is None or (file.why != "" and not file.measured)
    first = _FIRST.match(file.missing)
    return ChangedFileRow(
        path=place_mark(
            f"{file.path}:{first[0]}" if first else file.path, clipped(file.path, CELL), source_url, sure=True
        ),
        lines=file.lines,
        measured=NOT_KNOWN if unknown else f"{file.measured:,}",
        covered=NOT_KNOWN if unknown else f"{file.covered:,}",
        missing=file.missing,
        findings=len(file.findings),
        note=clipped(note, CELL),
        evidence=evidence_marks(file.evidence),
    )


def _findings(found: ChangedLines, audit: Audit) -> list[JoinedFinding]:
    wanted = {id_ for file in found.files for id_ in file.findings}
    items = () if audit.findings is None else audit.findings.items
    ranks = {severity: rank for rank, severity in enumerate(("critical", "high", "medium", "low", "info"))}
    chosen = [one for one in items if one.id in wanted]
    return sorted(chosen, key=lambda one: (ranks[one.severity.value], one.path, one.line, one.id))


def _finding(one: JoinedFinding, source_url: str) -> FindingRow:
    place = f"{one.path}:{one.line}" if one.line else one.path
    return FindingRow(
        severity=one.severity.value,
        rule=clipped(one.rule, CELL),
        place=place_mark(place, clipped(place, CELL), source_url, sure=True),
        message=clipped(one.message, CELL),
    )
