"""What is not good, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from reportgen.judge.changing.since import since_concerns
from reportgen.judge.ground import Ground
from reportgen.judge.planning.matrix_steps import matrix_concerns
from reportgen.judge.strengths import severe
from reportgen.judge.wording import joined, some
from reportgen.model.audit_tests import AuditTests
from reportgen.model.expected import InputState
from reportgen.model.figures import percent_text, plural
from reportgen.model.headline import headline

POOR_COVERAGE = Fraction(60)


def concerns_of(ground: Ground) -> Iterator[str]:
    """Say what is not good; nothing is said of what there is none of."""
    if ground.tests is not None:
        yield from _of_tests(ground.tests)
    yield from since_concerns(ground)
    yield from matrix_concerns(ground)
    yield from _of_coverage(ground)
    worst = severe(ground)
    if worst:
        told = joined([plural(count, f"{severity.value} finding") for severity, count in worst])
        yield f"{told} {'is' if sum(count for _, count in worst) == 1 else 'are'} open."
    yield from _of_evidence(ground)
    off = ground.policy.switched_off
    if off:
        gates = some(len(off), "gate that", "ships", "ship", "gates that")
        yield f"The configuration switches off {gates}: {joined(off)}."


def _of_tests(tests: AuditTests) -> Iterator[str]:
    executed = tests.executed
    failing = tests.failed + tests.errored
    if failing:
        words = [
            f"{count:,} {word}"
            for count, word in ((tests.failed, "failed"), (tests.errored, "errored"))
            if count
        ]
        yield f"Of {plural(executed, 'executed test')}, {joined(words)}."
    if len(tests.causes) > 1 and len(tests.causes[0].cases) > 1:
        first = tests.causes[0]
        message = _line(headline(first.message))
        yield f"{len(first.cases):,} of {failing:,} failing tests have one cause: {message}."
    elif len(tests.causes) == 1 and failing > 1:
        yield f"All {failing:,} failing tests have one cause: {_line(headline(tests.causes[0].message))}."
    if tests.suite_errors:
        yield f"{some(len(tests.suite_errors), 'suite-level error', 'hangs', 'hang')} on no test."
    for name, layer in tests.by_layer.items():
        if not layer.ran:
            yield f"No test of layer {name} ran{_why_none(layer.total, layer.skipped)}."
        elif not layer.complete:
            yield (
                f"Layer {name} is incomplete: some of its tests were not collected, or its evidence was "
                "not read whole."
            )
    told = sum(layer.skipped for layer in tests.by_layer.values() if layer.total == layer.skipped)
    if told < tests.skipped < tests.total:
        yield f"{tests.skipped:,} of {plural(tests.total, 'test')} {_were(tests.skipped)} skipped."
    if tests.flaky:
        yield f"{some(tests.flaky, 'test', 'is', 'are')} flaky."


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _why_none(total: int, skipped: int) -> str:
    if not total:
        return ": its results hold none"
    if total == skipped:
        return ": the only one was skipped" if total == 1 else f": all {total:,} were skipped"
    return ": none could be collected"


def _line(message: str, most: int = 100) -> str:
    text = " ".join(message.split()).rstrip(".")
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _of_coverage(ground: Ground) -> Iterator[str]:
    percent = ground.numbers.value("coverage.lines.percent")
    coverage = ground.coverage
    if coverage is None or percent is None:
        return
    if percent < POOR_COVERAGE:
        lines = f"{coverage.lines.covered:,} of {plural(coverage.lines.total or 0, 'line')}"
        yield f"Line coverage is {percent_text(percent)} ({lines})."
    if coverage.only_at_import:
        count = coverage.only_at_import
        yield f"{plural(count, 'covered line')} ran only at import, in no test."


def _of_evidence(ground: Ground) -> Iterator[str]:
    sources = ground.sources
    unread = len(sources.unread) + len(sources.absent)
    if unread:
        yield f"{plural(unread, 'artifact')} could not be read, or not whole."
    if sources.empty:
        yield f"{some(len(sources.empty), 'artifact', 'holds', 'hold')} no fact."
    if sources.missing:
        yield f"Expected and missing: {joined(sources.missing)}."
    unmet = [
        f"{row.path} ({row.state.value.replace('_', ' ')})"
        for row in sources.expected
        if row.state not in (InputState.PRESENT, InputState.MISSING)
    ]
    if unmet:
        yield f"Expected and not as it should be: {joined(list(dict.fromkeys(unmet)))}."
    if sources.doubts:
        kinds = joined(sorted({each.kind for each in sources.doubts}))
        yield f"{plural(len(sources.doubts), 'doubt')} about what was read: {kinds}."
    contradicted = int(ground.numbers.base["evidence.contradicted"] or 0)
    if contradicted:
        yield f"{some(contradicted, 'declared count', 'is', 'are')} not what the file holds."
