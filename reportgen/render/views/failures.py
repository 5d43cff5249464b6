"""The failing tests, by what went wrong."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent

from msgspec import Struct

from reportgen.model.audit_tests import FailureCause
from reportgen.model.evidence import JoinedCase
from reportgen.model.figures import plural
from reportgen.model.states import Outcome
from reportgen.render.escape import Markdown, excerpt, visible
from reportgen.render.marks import evidence_marks
from reportgen.render.views.parts import CaseRow, Cut, Subject, case_row, cases_by_id, cut
from reportgen.render.wording import clipped

MESSAGE = 500
CASES = 10
"""How many tests of one cause are named."""

_LINES = 12
_LINE = 240
_TAIL = 6


class CauseRow(Struct, frozen=True):
    """A cause, the tests that it failed, and some lines of what the first of them wrote."""

    id: str
    title: str
    type: str
    message: str
    place: str
    cases: Cut[CaseRow]
    text: Markdown | None
    evidence: Markdown


class FailuresView(Struct, frozen=True):
    """The section on failing tests."""

    sentence: str
    causes: Cut[CauseRow]


def failures(subject: Subject) -> FailuresView | None:
    """Group the failing tests; None where no test failed, or nothing is known of any."""
    found = subject.audit.tests
    if found is None or not found.causes:
        return None
    shown = found.causes[: subject.limit + 1]
    cases = cases_by_id(found.cases, [id_ for cause in shown for id_ in cause.cases])
    failing = sum(len(cause.cases) for cause in found.causes)
    return FailuresView(
        sentence=f"{plural(failing, 'test')} failed or errored, from {plural(len(found.causes), 'cause')}.",
        causes=cut(found.causes, subject.limit, "tests.causes", lambda cause: _cause(cause, cases)),
    )


def _cause(cause: FailureCause, known: Mapping[str, JoinedCase]) -> CauseRow:
    cases = [known[id_] for id_ in cause.cases if id_ in known]
    message = visible(cause.message)
    return CauseRow(
        id=cause.id,
        title=_title(cause, cases),
        type="" if message.startswith(cause.type) else clipped(cause.type, _LINE),
        message=clipped(message, MESSAGE),
        place=clipped(cause.place, _LINE),
        cases=cut(cases, CASES, "tests.causes", case_row),
        text=_excerpt(cause.text, message),
        evidence=evidence_marks(cause.evidence),
    )


def _title(cause: FailureCause, cases: list[JoinedCase]) -> str:
    failed = sum(case.outcome is Outcome.FAILED for case in cases)
    errored = len(cases) - failed
    words = [f"{count:,} {word}" for count, word in ((failed, "failed"), (errored, "errored")) if count]
    phase = f", in {cause.phase}" if cause.phase in {"setup", "teardown", "collection"} else ""
    return f"{' and '.join(words)}{phase}" if words else plural(len(cause.cases), "test")


def _excerpt(text: str, message: str) -> Markdown | None:
    """Choose the lines that tell most: pytest's `E` lines, a Python traceback's end, else the first ones."""
    lines = [line for line in text.splitlines() if line.strip()]
    told = [line for line in lines if line.startswith("E ")]
    if told:
        inner = dedent("\n".join(line[1:] for line in told[:_LINES])).split("\n")
        lines = [
            *(f"E  {line}" for line in inner),
            *(line for line in lines[-1:] if not line.startswith("E ")),
        ]
    elif any(line.startswith("Traceback ") for line in lines):
        lines = lines[-_TAIL:]
    lines = [clipped(line, _LINE) for line in lines[:_LINES]]
    if visible(" ".join(line.removeprefix("E ") for line in lines)) in {"", message}:
        return None
    return excerpt(lines)
