"""Success in figures: what was measured, and which of the policy's targets are met."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from reportgen.model.audit import Audit, GateResult
from reportgen.model.audit_tests import AuditTests
from reportgen.model.figures import plural
from reportgen.model.states import State
from reportgen.render.escape import Markdown
from reportgen.render.marks import badge, evidence_marks
from reportgen.render.scores import overall_text, score_text
from reportgen.render.views.parts import CELL, Cut, Subject, cut
from reportgen.render.views.suite_files import suite_files
from reportgen.render.wording import clipped, measure_text, minutes_text

_NO_TESTS = "not measured: no test results were given"
_NO_SCAN = "not measured: no scan was given"
_ALL_OF_THEM = 50
_WORST_FIRST = (
    *(State.FAIL, State.UNKNOWN, State.NOT_DONE, State.WARN, State.WAIVED, State.PASS),
    State.NOT_APPLICABLE,
)


class MetricRow(Struct, frozen=True):
    """A figure: what was counted, what it came to, and by which evidence."""

    name: str
    value: str
    evidence: Markdown


class TargetRow(Struct, frozen=True):
    """A gate of the policy as a target."""

    badge: Markdown
    title: str
    asked: str
    measured: str
    evidence: Markdown


class SuccessView(Struct, frozen=True):
    """The figures, then the targets; `sentence` counts the targets that are met."""

    metrics: tuple[MetricRow, ...]
    sentence: str
    targets: Cut[TargetRow]


def success_metrics(subject: Subject) -> SuccessView:
    """Say what was measured, what was not, and how far the policy's targets are met."""
    audit = subject.audit

    def target(gate: GateResult) -> TargetRow:
        return TargetRow(
            badge=badge(gate.state, subject.profile),
            title=clipped(gate.title or gate.name, CELL),
            asked=gate.conditions,
            measured=clipped(gate.reason, CELL),
            evidence=evidence_marks(gate.evidence),
        )

    gates = sorted(audit.gates, key=lambda gate: _WORST_FIRST.index(gate.state))
    return SuccessView(
        metrics=tuple(_metrics(subject)),
        sentence=_sentence(audit.gates),
        targets=cut(gates, max(subject.limit, _ALL_OF_THEM), "gates", target),
    )


def _metrics(subject: Subject) -> Iterator[MetricRow]:
    audit = subject.audit
    yield from _of_tests(audit)
    yield MetricRow("Stated values protected", *_values(audit))
    coverage = audit.coverage
    said = "not measured: no coverage was given" if coverage is None else measure_text(coverage.lines)
    yield MetricRow("Lines covered", said, evidence_marks(coverage.evidence if coverage else ()))
    yield from _of_findings(audit)
    yield MetricRow("Score", overall_text(audit.score, subject.profile), Markdown("–"))
    for each in audit.criteria:
        if each.checks or each.expression:
            told = score_text(each.score, subject.profile)
            marks = evidence_marks(each.evidence)
            yield MetricRow(clipped(each.title or each.name, CELL), told, marks)


def _executed(tests: AuditTests) -> str:
    """Count the executed tests, and say how many of them stand for a layer of which nothing was collected."""
    lost = sum(layer.executed for layer in tests.by_layer.values() if not layer.ran)
    counting = f", counting {plural(lost, 'error')} of layers that were not collected" if lost else ""
    return f"{tests.executed:,} of {tests.total:,}{counting}"


def _of_tests(audit: Audit) -> Iterator[MetricRow]:
    tests = audit.tests
    if tests is None:
        yield MetricRow("Tests", _NO_TESTS, Markdown("–"))
        return
    marks = evidence_marks(each for layer in tests.by_layer.values() for each in layer.evidence)
    yield MetricRow("Tests", f"{tests.total:,}" if tests.total else "none: the test results hold none", marks)
    if not tests.total:
        return
    files = sum(bool(file.cases) for file in suite_files(audit))
    yield MetricRow("Test files with results", f"{files:,}", marks)
    yield MetricRow("Tests that ran", _executed(tests), marks)
    yield MetricRow("Tests that passed, of those that ran", _passed(tests), marks)
    whole = sum(layer.ran and layer.complete for layer in tests.by_layer.values())
    yield MetricRow("Layers that ran, and were read whole", f"{whole:,} of {len(tests.by_layer):,}", marks)
    if tests.causes:
        failing = sum(len(cause.cases) for cause in tests.causes)
        yield MetricRow(
            "Causes of failure found", f"{len(tests.causes):,}, behind {_failing(failing)}", marks
        )


def _passed(tests: AuditTests) -> str:
    return f"{tests.passed:,} of {tests.executed:,}" if tests.executed else "not measured: no test ran"


def _failing(count: int) -> str:
    return plural(count, "failing test") if count else "errors that no test carries"


def _values(audit: Audit) -> tuple[str, Markdown]:
    stated = [each for each in audit.subjects if each.value]
    if not stated:
        return "not measured: the configuration states no value of a component", Markdown("–")
    kept = sum(each.standing == "protected" for each in stated)
    marks = evidence_marks(mark for each in stated for mark in each.evidence)
    return f"{kept:,} of {len(stated):,}", marks


def _of_findings(audit: Audit) -> Iterator[MetricRow]:
    findings = audit.findings
    if findings is None:
        yield MetricRow("Open findings", _NO_SCAN, Markdown("–"))
        return
    marks = evidence_marks(findings.evidence)
    severe = [f"{findings.by_severity[word]:,} {word}" for word in _SEVERE if findings.by_severity.get(word)]
    of_them = f", of them {' and '.join(severe)}" if severe else ""
    yield MetricRow("Open findings", f"{findings.open:,}{of_them}", marks)
    if findings.open:
        minutes = sum(rule.minutes for rule in findings.rules)
        yield MetricRow("Time to mend them", minutes_text(minutes), marks)


_SEVERE = ("critical", "high")


def _sentence(gates: tuple[GateResult, ...]) -> str:
    """Count the targets that are met; those that do not apply are no targets."""
    asked = [gate for gate in gates if gate.state is not State.NOT_APPLICABLE]
    if not asked:
        return ""
    words = (
        (State.PASS, "is met", "are met"),
        (State.WARN, "is met in part", "are met in part"),
        (State.FAIL, "is missed", "are missed"),
        (State.UNKNOWN, "is not known", "are not known"),
        (State.WAIVED, "is waived", "are waived"),
        (State.NOT_DONE, "is not done", "are not done"),
    )
    counts = {state: sum(gate.state is state for gate in asked) for state, _, _ in words}
    if counts[State.PASS] == len(asked):
        return (
            f"All {len(asked):,} targets of the policy are met."
            if len(asked) > 1
            else "The only target is met."
        )
    if counts[State.UNKNOWN] == len(asked) > 1:
        return f"Of none of the {len(asked):,} targets of the policy it is known whether it is met."
    told = [
        f"{counts[state]:,} {one if counts[state] == 1 else many}"
        for state, one, many in words
        if counts[state]
    ]
    return f"Of {plural(len(asked), 'target')} of the policy, {', '.join(told)}."
