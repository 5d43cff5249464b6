"""The tests: by layer and suite, and what of them did not run."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from reportgen.model.audit_tests import AuditTests, LayerCounts
from reportgen.model.evidence import JoinedCounts, SuiteError
from reportgen.model.figures import plural
from reportgen.model.states import State
from reportgen.render.escape import Markdown
from reportgen.render.marks import badge, evidence_marks
from reportgen.render.views.parts import CELL, Cut, Subject, cut, name_of, same
from reportgen.render.wording import clipped, seconds_text


class CountRow(Struct, frozen=True):
    """Tests of a layer or a suite, by outcome."""

    layer: str
    suite: str
    badge: Markdown
    total: int
    passed: int
    failed: int
    errored: int
    skipped: int
    flaky: int
    time: str
    evidence: Markdown


class SuiteErrorRow(Struct, frozen=True):
    """An error that no test carries."""

    layer: str
    suite: str
    message: str
    evidence: Markdown


class LayersView(Struct, frozen=True):
    """The section on tests; `notes` are sentences on what did not run."""

    sentence: str
    layers: tuple[CountRow, ...]
    suites: Cut[CountRow]
    notes: tuple[str, ...]
    without_run: Cut[str]
    suite_errors: Cut[SuiteErrorRow]


def tests(subject: Subject) -> LayersView | None:
    """Count the tests by layer, and by suite where a layer has several."""
    found = subject.audit.tests
    if found is None:
        return None
    return LayersView(
        sentence=_sentence(found),
        layers=tuple(_layer(subject, name, layer) for name, layer in sorted(found.by_layer.items())),
        suites=_suites(subject, found.by_layer),
        notes=tuple(_notes(found.by_layer)),
        without_run=cut(found.without_run, subject.limit, "tests.without_run", same),
        suite_errors=cut(found.suite_errors, subject.limit, "tests.suite_errors", _suite_error),
    )


def _suite_error(error: SuiteError) -> SuiteErrorRow:
    return SuiteErrorRow(
        layer=error.layer,
        suite=clipped(error.suite, CELL),
        message=clipped(error.message or error.text, CELL),
        evidence=evidence_marks((error.evidence,)),
    )


def _sentence(found: AuditTests) -> str:
    if not found.total:
        return "The evidence holds no test: nothing ran."
    counts = {
        "passed": found.passed,
        "failed": found.failed,
        "errored": found.errored,
        "skipped": found.skipped,
        "waived": found.waived,
    }
    outcomes = ", ".join(f"{count:,} {word}" for word, count in counts.items() if count)
    flaky = f"; {found.flaky:,} flaky" if found.flaky else ""
    time = "" if found.seconds is None else f", in {seconds_text(found.seconds)} of test time"
    return f"{plural(found.total, 'test')}: {outcomes}{flaky}{time}."


def _layer(subject: Subject, name: str, layer: LayerCounts) -> CountRow:
    state = _state(layer, whole=layer.ran and layer.complete)
    return _row(subject, (name, ""), layer, state, layer.evidence)


def _suites(subject: Subject, layers: Mapping[str, LayerCounts]) -> Cut[CountRow]:
    """Order all suites, most failing first, then by name; none where each layer has only one."""

    def row(pair: tuple[tuple[str, str], JoinedCounts]) -> CountRow:
        names, counts = pair
        return _row(subject, names, counts, _state(counts, whole=counts.executed > 0), ())

    several = any(len(layer.suites) > 1 for layer in layers.values())
    pairs = [
        ((name, suite), counts)
        for name, layer in layers.items()
        for suite, counts in layer.suites.items()
        if several
    ]
    pairs.sort(key=lambda pair: (-pair[1].failed - pair[1].errored, pair[0]))
    return cut(pairs, subject.limit, "tests.by_layer", row)


def _state(counts: JoinedCounts | LayerCounts, *, whole: bool) -> State:
    if counts.failed or counts.errored:
        return State.FAIL
    if not whole:
        return State.UNKNOWN
    if counts.flaky:
        return State.WARN
    return State.WAIVED if counts.waived else State.PASS


def _row(
    subject: Subject,
    names: tuple[str, str],
    counts: JoinedCounts | LayerCounts,
    state: State,
    evidence: tuple[str, ...],
) -> CountRow:
    return CountRow(
        layer=names[0],
        suite=name_of(names[1]),
        badge=badge(state, subject.profile),
        total=counts.total,
        passed=counts.passed,
        failed=counts.failed,
        errored=counts.errored,
        skipped=counts.skipped,
        flaky=counts.flaky,
        time=seconds_text(counts.seconds),
        evidence=evidence_marks(evidence),
    )


def _notes(layers: Mapping[str, LayerCounts]) -> list[str]:
    notes: list[str] = []
    for name, layer in sorted(layers.items()):
        if layer.total and layer.total == layer.skipped:
            skipped = "its only test was" if layer.total == 1 else f"all of its {layer.total:,} tests were"
            notes.append(f"Layer {name}: {skipped} skipped, so it ran none.")
        elif not layer.ran:
            notes.append(f"Layer {name}: no test ran.")
        elif not layer.complete:
            notes.append(f"Layer {name} is incomplete: some of its tests or its evidence could not be read.")
        if layer.waived:
            does = "does" if layer.waived == 1 else "do"
            notes.append(f"Layer {name}: {plural(layer.waived, 'waived test')} {does} not count.")
    return notes
