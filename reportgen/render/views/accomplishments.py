"""What was accomplished, as far as the evidence bears it out, and what it does not bear out."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.audit_tests import AuditTests
from reportgen.model.figures import plural
from reportgen.model.states import Outcome, State
from reportgen.model.subjects import SubjectResult
from reportgen.render.escape import Markdown
from reportgen.render.marks import verdict_badge
from reportgen.render.views.head import reason_of
from reportgen.render.views.impact import valued
from reportgen.render.views.parts import CELL, Cut, Subject, cut, same, told_by
from reportgen.render.views.suite_files import SuiteFile, suite_files
from reportgen.render.wording import clipped

_FILES = 5
_CONCERNS = 4


class Line(Struct, frozen=True):
    """A sentence, and the evidence that tells it."""

    sentence: str
    evidence: Markdown


class Accomplishments(Struct, frozen=True):
    """The verdict; what the evidence bears out; what it does not."""

    badge: Markdown
    reason: str
    borne_out: Cut[Line]
    not_borne_out: Cut[Line]


def accomplishments(subject: Subject) -> Accomplishments:
    """Say what is there and works, and which of the stated values nothing protects."""
    audit = subject.audit
    return Accomplishments(
        badge=verdict_badge(audit.verdict, subject.profile),
        reason=reason_of(audit),
        borne_out=cut(tuple(_borne_out(audit)), subject.limit, "summary.strengths", _line),
        not_borne_out=cut(tuple(_not_borne_out(audit)), subject.limit, "subjects", _line),
    )


Told = tuple[str, tuple[str, ...]]


def _line(told: Told) -> Line:
    return Line(told[0], told_by(told[1]))


def _borne_out(audit: Audit) -> Iterator[Told]:
    """Yield what holds: values that are protected, tests that passed, and the strengths of the summary."""
    for each in valued(audit.subjects):
        if each.standing == "protected":
            yield f"{_named(each)} is protected: {_inside(each.reason)}", each.evidence
    tests = audit.tests
    if tests is not None and tests.executed and tests.passed:
        files = [file for file in suite_files(audit) if file.cases]
        marks = tuple(mark for layer in tests.by_layer.values() for mark in layer.evidence)
        if tests.passed < tests.executed:
            hold = f"{plural(len(files), 'test file holds', 'test files hold')} {plural(tests.total, 'test')}"
            yield f"{hold}, and {tests.passed:,} of {_ran(tests)} passed.", marks
        yield from _whole_files(files)
    yield from ((sentence, ()) for sentence in audit.summary.strengths)


def _ran(tests: AuditTests) -> str:
    return "them" if tests.executed == tests.total else f"the {tests.executed:,} that ran"


def _whole_files(files: list[SuiteFile]) -> Iterator[Told]:
    """Yield the files of which every test passed, where not all files are such."""
    passing = [file for file in files if file.state is State.PASS]
    if not passing or len(passing) == len(files):
        return
    whole = [file for file in passing if file.outcomes.get(Outcome.PASSED) == len(file.cases)]
    shown = cut(whole, _FILES, "tests.cases", same)
    for file in shown.rows:
        count = len(file.cases)
        said = "its only test passed" if count == 1 else f"all {count:,} tests passed"
        yield f"{clipped(file.path, CELL)}: {said}.", _evidence_of(file)
    if shown.left:
        rest = tuple(mark for file in whole[len(shown.rows) :] for mark in _evidence_of(file))
        yield f"{plural(shown.left, 'more test file')}: all tests passed.", rest


def _evidence_of(file: SuiteFile) -> tuple[str, ...]:
    return tuple(mark for case in file.cases for mark in case.evidence)


def _not_borne_out(audit: Audit) -> Iterator[Told]:
    """Yield the values that nothing protects, then the first concerns."""
    for each in valued(audit.subjects):
        if each.standing != "protected":
            standing = "at risk" if each.standing == "at risk" else "not known to be protected"
            yield f"{_named(each)} is {standing}, since {_inside(each.reason)}", each.evidence
    shown = cut(audit.summary.concerns, _CONCERNS, "summary.concerns", same)
    yield from ((sentence, ()) for sentence in shown.rows)
    if shown.left:
        stand = "stands" if shown.left == 1 else "stand"
        yield f"{plural(shown.left, 'more concern')} {stand} in audit.json under summary.concerns.", ()


def _named(each: SubjectResult) -> str:
    name = clipped(each.title or each.name, CELL)
    return f"{name} ({clipped(each.value, CELL)})"


def _inside(reason: str) -> str:
    text = clipped(reason, CELL)
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
