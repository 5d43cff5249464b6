"""Tests that did not fail, and still want a look: skipped, flaky and slow ones."""

from __future__ import annotations

from msgspec import Struct

from reportgen.model.evidence import JoinedCase
from reportgen.model.figures import plural
from reportgen.model.states import Outcome
from reportgen.render.views.parts import CELL, CaseRow, Cut, Subject, case_row, cases_by_id, cut
from reportgen.render.wording import clipped


class SkipRow(Struct, frozen=True):
    """A reason for which tests were skipped, and one of them."""

    reason: str
    count: int
    example: CaseRow


class FlakyRow(Struct, frozen=True):
    """A flaky test; `attempts` are the outcomes of its runs, in order."""

    case: CaseRow
    attempts: str
    message: str


class AttentionView(Struct, frozen=True):
    """The section on tests that want a look; each part has a sentence of its own."""

    skipped: str
    reasons: Cut[SkipRow]
    flaky: str
    flaky_tests: Cut[FlakyRow]
    slow: str
    slow_tests: Cut[CaseRow]


def attention(subject: Subject) -> AttentionView | None:
    """Collect the skipped, flaky and slow tests; None where there are none."""
    found = subject.audit.tests
    if found is None or not (found.skipped or found.flaky or found.slow):
        return None
    reasons: dict[str, list[JoinedCase]] = {}
    for case in found.cases:
        if case.outcome is Outcome.SKIPPED:
            reasons.setdefault(case.message.strip() or "no reason given", []).append(case)
    flaky = [case for case in found.cases if case.flaky]
    by_id = cases_by_id(found.cases, found.slow)
    slow = [by_id[id_] for id_ in found.slow if id_ in by_id]
    most_first = sorted(reasons.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    were = plural(found.skipped, "test was", "tests were")
    return AttentionView(
        skipped=f"{were} skipped{_reasons(found.skipped, len(reasons))}.",
        reasons=cut(most_first, subject.limit, "tests.cases", _skip),
        flaky=f"{plural(len(flaky), 'test')} passed and failed on the same revision.",
        flaky_tests=cut(flaky, subject.limit, "tests.cases", _flaky),
        slow=f"{plural(len(slow), 'test is', 'tests are')} slow.",
        slow_tests=cut(slow, subject.limit, "tests.slow", case_row),
    )


def _reasons(skipped: int, reasons: int) -> str:
    if skipped == 1:
        return ""
    return ", all for one reason" if reasons == 1 else f", for {reasons:,} reasons"


def _skip(pair: tuple[str, list[JoinedCase]]) -> SkipRow:
    reason, cases = pair
    return SkipRow(clipped(reason, CELL), len(cases), case_row(cases[0]))


def _flaky(case: JoinedCase) -> FlakyRow:
    message = next((run.message or run.type for run in case.attempts if run.message or run.type), "")
    shown = [run.outcome.value for run in case.attempts[:10]]
    left = len(case.attempts) - len(shown)
    return FlakyRow(
        case=case_row(case),
        attempts=", ".join([*shown, f"and {left:,} more"] if left else shown),
        message=clipped(message, CELL),
    )
