"""The head of a report: what it is of, what it came to, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from reportgen.model.audit import Audit, Summary
from reportgen.model.figures import plural
from reportgen.render.escape import Markdown, visible
from reportgen.render.marks import verdict_badge
from reportgen.render.scores import score_sentence
from reportgen.render.views.about import Line, about_lines, unstated_lines
from reportgen.render.views.parts import Subject
from reportgen.render.views.session import session_lines
from reportgen.render.views.suite_files import files_text
from reportgen.render.wording import moment_text


class Header(Struct, frozen=True):
    """Title, date, revision and scope. `evidence` and `covers` are sentences of counted things.

    `about` is what the configuration says of the audit itself.
    """

    title: str
    date: str
    revision: str | None
    scope: tuple[str, ...]
    evidence: str
    covers: str
    version: str
    about: tuple[Line, ...] = ()


class Verdict(Struct, frozen=True):
    """The verdict, its reason, and the score in a sentence."""

    badge: Markdown
    reason: str
    score: str


def header(subject: Subject) -> Header:
    """Say what the report is of."""
    audit = subject.audit
    return Header(
        title=audit.title if visible(audit.title) else "Audit report",
        date=moment_text(audit.generated_at),
        revision=audit.revision,
        scope=audit.scope,
        evidence=_evidence(audit),
        covers=_covers(audit),
        version=audit.version,
        about=(*_session(subject), *about_lines(audit), *_unstated(subject), *_files(subject)),
    )


def _session(subject: Subject) -> tuple[Line, ...]:
    """Say how long it took; where the profile asks for it (option `session`), also that nobody says so."""
    return tuple(session_lines(subject.audit, wanted=subject.options.get("session") is True))


def _unstated(subject: Subject) -> tuple[Line, ...]:
    """Name what the profile asks for (option `asked`, keys of the table about) and nobody states."""
    asked = subject.options.get("asked")
    return tuple(unstated_lines(subject.audit, asked)) if isinstance(asked, Sequence) else ()


def _files(subject: Subject) -> tuple[Line, ...]:
    """Count the test files, where the profile asks for it (option `files`)."""
    return (Line("Files audited", files_text(subject.audit)),) if subject.options.get("files") else ()


def _evidence(audit: Audit) -> str:
    formats = Counter(item.format or "not read" for item in audit.evidence)
    kinds = ", ".join(f"{count:,} {name}" for name, count in sorted(formats.items()))
    total = plural(len(audit.evidence), "file")
    passed_over = f"; {plural(audit.passed_over, 'other file')} passed over" if audit.passed_over else ""
    return f"{total} ({kinds}){passed_over}" if kinds else f"{total}{passed_over}"


def _covers(audit: Audit) -> str:
    parts: list[str] = []
    if audit.tests is not None:
        layers = plural(len(audit.tests.by_layer), "layer")
        tests = plural(audit.tests.total, "test") if audit.tests.total else "no test"
        parts.append(f"{tests} in {layers}")
    if audit.coverage is not None:
        parts.append(f"coverage of {plural(audit.coverage.files, 'source file')}")
    if audit.findings is not None:
        parts.append(plural(audit.findings.distinct, "finding"))
    return ", ".join(parts) or "nothing that could be counted"


def verdict(subject: Subject) -> Verdict:
    """Say what it came to."""
    audit = subject.audit
    return Verdict(
        badge=verdict_badge(audit.verdict, subject.profile),
        reason=reason_of(audit),
        score=score_sentence(audit.score, subject.profile),
    )


def reason_of(audit: Audit) -> str:
    """Return the verdict's reason, without what the badge says already."""
    said = audit.summary.verdict.removeprefix(f"The verdict is {audit.verdict.value}: ")
    return f"{said[:1].upper()}{said[1:]}"


def summary(subject: Subject) -> Summary | None:
    """Give the sentences of the summary, if there are any beside the verdict's reason."""
    said = subject.audit.summary
    return said if said.strengths or said.concerns or said.not_measured else None
