"""The final status: the verdict again, with the figures that it stands on, and when to look next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.figures import one_decimal, plural
from reportgen.model.states import State
from reportgen.model.subjects import Standing
from reportgen.render.escape import Markdown
from reportgen.render.marks import verdict_badge
from reportgen.render.scores import overall_text
from reportgen.render.views.head import reason_of
from reportgen.render.views.parts import CELL, Subject
from reportgen.render.wording import clipped, moment_text

_GATES: tuple[tuple[State, str, str], ...] = (
    (State.PASS, "passes", "pass"),
    (State.FAIL, "fails", "fail"),
    (State.WARN, "warns", "warn"),
    (State.UNKNOWN, "is not known", "are not known"),
    (State.WAIVED, "is waived", "are waived"),
    (State.NOT_APPLICABLE, "does not apply", "do not apply"),
)
_STANDINGS: tuple[tuple[Standing, str], ...] = (
    ("protected", "protected"),
    ("at risk", "at risk"),
    ("unknown", "not known"),
)


class StatusLine(Struct, frozen=True):
    """A figure: what it is of, and what it came to."""

    label: str
    value: str


class FinalStatus(Struct, frozen=True):
    """The verdict, its reason, and the figures."""

    badge: Markdown
    reason: str
    lines: tuple[StatusLine, ...]


class NextReview(Struct, frozen=True):
    """When to look again, as the policy states it, and what has changed by then if the plan is done."""

    review: str
    sentences: tuple[str, ...]


def final_status(subject: Subject) -> FinalStatus:
    """Say what it came to, a line a figure; nothing is said of what there is none of."""
    audit = subject.audit
    return FinalStatus(
        badge=verdict_badge(audit.verdict, subject.profile),
        reason=reason_of(audit),
        lines=(
            StatusLine("Grade", overall_text(audit.score, subject.profile)),
            StatusLine("Revision", audit.revision or "not stated"),
            *_lines(audit),
        ),
    )


def _lines(audit: Audit) -> Iterator[StatusLine]:
    yield StatusLine("Tests", _tests(audit))
    gates = Counter(gate.state for gate in audit.gates)
    told = [
        f"{gates[state]:,} {one if gates[state] == 1 else many}"
        for state, one, many in _GATES
        if gates[state]
    ]
    yield StatusLine("Gates", ", ".join(told) or "the policy has none")
    standings = Counter(each.standing for each in audit.subjects)
    stand = [f"{standings[word]:,} {said}" for word, said in _STANDINGS if standings[word]]
    yield StatusLine("Protection", ", ".join(stand) or "not measured, as the policy states no subject")
    severities = Counter(each.severity for each in audit.issues)
    issues = [f"{severities[word]:,} {word}" for word in ("critical", "high") if severities[word]]
    yield StatusLine("Open issues", ", ".join(issues) or "no critical or high one is known")
    if audit.risk is not None:
        yield StatusLine("Risk", _because(audit.risk.level, audit.risk.reasons))
    if audit.confidence is not None:
        yield StatusLine("Confidence", _because(audit.confidence.level, audit.confidence.reasons))
    if audit.remediation:
        step = audit.remediation[0]
        yield StatusLine("Next step", f"{step.id}, {clipped(step.title, CELL)}")


def _because(level: str, reasons: tuple[str, ...]) -> str:
    """Give a level with the reason that weighs most."""
    return f"{level}. {clipped(reasons[0], CELL)}" if reasons else level


def _tests(audit: Audit) -> str:
    tests = audit.tests
    if tests is None:
        return "not measured, as no test results were given"
    if not tests.executed:
        return f"none of {plural(tests.total, 'test')} ran" if tests.total else "the evidence holds none"
    return f"{tests.passed:,} of {plural(tests.executed, 'executed test')} passed"


def next_review(subject: Subject) -> NextReview:
    """Say when to look again, and what the plan comes to until then."""
    audit = subject.audit
    return NextReview(audit.about.next_review.rstrip(". "), tuple(_until_then(audit)))


def _until_then(audit: Audit) -> Iterator[str]:
    yield f"This review: {moment_text(audit.generated_at)}."
    after = audit.score_after
    if audit.remediation and after is not None:
        steps = plural(len(audit.remediation), "step")
        done = "it is" if len(audit.remediation) == 1 else "all of them are"
        score = f"{one_decimal(after.score)} ({after.grade})"
        yield f"The plan has {steps}; once {done} done, the score is {score}, as far as the evidence tells."
