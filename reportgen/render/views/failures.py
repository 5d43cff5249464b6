"""The failing tests, by what went wrong."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent

from msgspec import Struct
from msgspec.structs import replace

from reportgen.model.audit_tests import Difference, FailureCause, Suspect
from reportgen.model.evidence import JoinedCase
from reportgen.model.figures import plural
from reportgen.model.headline import headline
from reportgen.model.states import Outcome
from reportgen.render.escape import Markdown, excerpt, visible
from reportgen.render.marks import evidence_marks
from reportgen.render.views.parts import (
    CaseRow,
    Cut,
    Subject,
    case_row,
    cases_by_id,
    cut,
    name_of,
    owner_of,
    same,
)
from reportgen.render.views.quoting import CodeRow, Quotes
from reportgen.render.wording import clipped

MESSAGE = 500
CASES = 10
"""How many tests of one cause are named."""

DIFFERENCES = 5
"""How many tests of one cause show what they expected, where that is not the same."""

SUSPECTS = 5
"""How many rows of suspicious lines a cause prints."""

# Tests that could not begin come first: each such cause keeps many of them from saying anything.
_GROUPS = (
    ("Before the tests ran", frozenset({"import", "collection", "setup"})),
    ("Failed assertions", frozenset({"assertion"})),
    ("Other errors", frozenset({"timeout", "error", "teardown", "unknown"})),
)
_LINES = 12
_LINE = 240
_SHORT = 120
_TAIL = 6


class SuspectRow(Struct, frozen=True):
    """Suspicious lines, with the tests behind their score."""

    place: str | Markdown
    score: str
    failing: int
    passing: int


class DifferenceRow(Struct, frozen=True):
    """What a test expected, and what it got."""

    name: str
    owner: str
    expected: str
    actual: str


class CauseRow(Struct, frozen=True):
    """A cause, the tests that it failed, and some lines of what the first of them wrote.

    `group` is the heading that it opens, empty where the cause before it has the same. `unranked` says why
    there are no suspicious lines, where that is worth saying.
    """

    id: str
    title: str
    type: str
    message: str
    place: str | Markdown
    cases: Cut[CaseRow]
    text: Markdown | None
    evidence: Markdown
    group: str
    expected: str
    actual: str
    differences: Cut[DifferenceRow]
    suspects: Cut[SuspectRow]
    note: str
    unranked: str
    code: tuple[CodeRow, ...] = ()
    suspect: tuple[CodeRow, ...] = ()


class FailuresView(Struct, frozen=True):
    """The section on failing tests. `unranked` says why no cause has suspicious lines, for one reason."""

    sentence: str
    causes: Cut[CauseRow]
    unranked: str


def failures(subject: Subject) -> FailuresView | None:
    """Group the failing tests; None where no test failed, or nothing is known of any."""
    found = subject.audit.tests
    if found is None or not found.causes:
        return None
    reasons = {cause.suspects_reason for cause in found.causes if cause.phase == "run" and not cause.suspects}
    ranked = any(cause.suspects for cause in found.causes)
    shared = reasons.pop() if len(reasons) == 1 and not ranked else ""
    kept = _kept(found.causes, subject.limit)
    first = {_group(cause): cause.id for cause in reversed(kept.rows)}
    quotes = Quotes(subject.audit)
    cases = cases_by_id(found.cases, [id_ for cause in kept.rows for id_ in cause.cases])
    failing = sum(len(cause.cases) for cause in found.causes)

    def row(cause: FailureCause) -> CauseRow:
        opens = first[_group(cause)] == cause.id
        told = _cause(cause, cases, _GROUPS[_group(cause)][0] if opens else "", shared)
        return _with_code(told, cause, quotes)

    return FailuresView(
        sentence=f"{plural(failing, 'test')} failed or errored, from {plural(len(found.causes), 'cause')}.",
        causes=Cut(tuple(map(row, kept.rows)), kept.left, kept.where),
        unranked=shared,
    )


def _kept(causes: tuple[FailureCause, ...], limit: int) -> Cut[FailureCause]:
    """Order causes by group. Of too many, those that kept tests from running stay, then the largest ones."""
    kept = cut(sorted(causes, key=lambda cause: _group(cause) > 0), limit, "tests.causes", same)
    return replace(kept, rows=tuple(sorted(kept.rows, key=_group)))


def _with_code(row: CauseRow, cause: FailureCause, quotes: Quotes) -> CauseRow:
    """Link the place of a cause, and show its code."""
    suspects = [f"{each.path}:{each.line}" for each in cause.suspects]
    return replace(
        row,
        place=quotes.mark(cause.place, row.place) if cause.place else "",
        suspects=replace(
            row.suspects,
            rows=tuple(
                replace(told, place=quotes.mark(place, told.place))
                for told, place in zip(row.suspects.rows, suspects, strict=False)
            ),
        ),
        code=quotes.of([cause.place], most=1),
        suspect=quotes.of(suspects[:1], most=1),
    )


def _group(cause: FailureCause) -> int:
    return next((at for at, (_, kinds) in enumerate(_GROUPS) if cause.kind in kinds), len(_GROUPS) - 1)


def _cause(cause: FailureCause, known: Mapping[str, JoinedCase], group: str, shared: str) -> CauseRow:
    cases = [known[id_] for id_ in cause.cases if id_ in known]
    message = visible(cause.message)
    text = _excerpt(cause.text, message)
    # What the text below says again, the title leaves out.
    title = message if text is None else visible(headline(cause.message))
    return CauseRow(
        id=cause.id,
        title=_title(cause, cases),
        type="" if message.startswith(cause.type) else clipped(cause.type, _LINE),
        message=clipped(title, MESSAGE),
        place=clipped(cause.place, _LINE),
        cases=cut(cases, CASES, "tests.causes", case_row),
        text=text,
        evidence=evidence_marks(cause.evidence),
        group=group,
        expected=clipped(cause.expected or "", _LINE),
        actual=clipped(cause.actual or "", _LINE),
        differences=cut(
            [(known[each.case], each) for each in cause.differences if each.case in known],
            DIFFERENCES,
            "tests.causes",
            _difference,
        ),
        suspects=cut(cause.suspects, SUSPECTS, "tests.causes", _suspect),
        note=clipped(cause.suspects_reason, _LINE) if cause.suspects else "",
        unranked=""
        if cause.suspects or shared or cause.phase != "run"
        else clipped(cause.suspects_reason, _LINE),
    )


def _difference(pair: tuple[JoinedCase, Difference]) -> DifferenceRow:
    case, each = pair
    return DifferenceRow(
        name=name_of(case.name, _SHORT),
        owner=owner_of(case, _SHORT),
        expected=clipped(each.expected, _SHORT),
        actual=clipped(each.actual, _SHORT),
    )


def _suspect(each: Suspect) -> SuspectRow:
    lines = f"{each.line}" if each.line == each.end_line else f"{each.line}-{each.end_line}"
    return SuspectRow(
        place=f"{clipped(each.path, _LINE)}:{lines}",
        score=f"{each.score:.4f}",
        failing=each.failing,
        passing=each.passing,
    )


def _title(cause: FailureCause, cases: list[JoinedCase]) -> str:
    failed = sum(case.outcome is Outcome.FAILED for case in cases)
    errored = len(cases) - failed
    words = [f"{count:,} {word}" for count, word in ((failed, "failed"), (errored, "errored")) if count]
    phase = f", in {cause.phase}" if cause.phase in {"setup", "teardown", "collection"} else ""
    phase += (
        ": an import failed" if cause.kind == "import" else ", timed out" if cause.kind == "timeout" else ""
    )
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
