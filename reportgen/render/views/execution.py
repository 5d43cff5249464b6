"""The execution evidence: what was run, how long it took, what came of it, and the errors by cause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.audit_tests import FailureCause, LayerCounts
from reportgen.model.evidence import JoinedCase
from reportgen.model.figures import plural
from reportgen.model.states import State
from reportgen.render.escape import Markdown, code, visible
from reportgen.render.marks import badge, evidence_marks
from reportgen.render.places import place_mark
from reportgen.render.views.parts import CELL, Cut, Subject, cases_by_id, cut
from reportgen.render.wording import clipped, seconds_text

_MEMORY = re.compile(r"(?:^|[^a-z])(?:memory|rss|maxrss)(?:[^a-z]|$)", re.IGNORECASE)
_AMOUNT = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,6})?) ?([A-Za-z]{0,5})")
_COMMAND = 300
_MESSAGE = 300
_NOT_MEASURED = "not measured"


class RunRow(Struct, frozen=True):
    """The run of a layer; `memory` is the most that a test of it states, with the property's name."""

    layer: str
    badge: Markdown
    command: Markdown | None
    time: str
    memory: str
    total: int
    passed: int
    failed: int
    errored: int
    skipped: int
    evidence: Markdown


class ErrorRow(Struct, frozen=True):
    """A captured error, with the tests and layers that it was captured in."""

    id: str
    tests: int
    layers: str
    when: str
    message: str
    place: Markdown | None
    evidence: Markdown


class ExecutionView(Struct, frozen=True):
    """The section; `notes` say what no artifact tells."""

    sentence: str
    runs: tuple[RunRow, ...]
    has_command: bool
    has_skipped: bool
    notes: tuple[str, ...]
    errors: Cut[ErrorRow]
    errors_sentence: str


def execution(subject: Subject) -> ExecutionView | None:
    """Say what was run; None without test results."""
    audit = subject.audit
    tests = audit.tests
    if tests is None:
        return None
    memory = _memory(tests.cases)
    commands = {each.layer: each.command for each in audit.about.commands}
    runs = tuple(
        _run(name, layer, subject, commands.get(name, ""), memory.get(name, ""))
        for name, layer in sorted(tests.by_layer.items(), key=lambda pair: _order(pair[0], tuple(commands)))
    )
    known = cases_by_id(tests.cases, [id_ for cause in tests.causes for id_ in cause.cases])

    def error(cause: FailureCause) -> ErrorRow:
        return _error(cause, known, audit.source_url)

    return ExecutionView(
        sentence=_sentence(audit),
        runs=runs,
        has_command=any(name in commands for name in tests.by_layer),
        has_skipped=tests.skipped > 0,
        notes=tuple(_notes(audit, memory, commands)),
        errors=cut(tests.causes, subject.limit, "tests.causes", error),
        errors_sentence=_errors_sentence(tests.causes),
    )


def _order(layer: str, stated: tuple[str, ...]) -> tuple[int, str]:
    """Put the layers in the order of their commands, and those without one last."""
    return (stated.index(layer) if layer in stated else len(stated), layer)


def _sentence(audit: Audit) -> str:
    tests = audit.tests
    assert tests is not None  # noqa: S101 - the caller looked
    if not tests.total:
        return "The evidence holds no test: nothing ran."
    counts = (
        (tests.passed, "passed"),
        (tests.failed, "failed"),
        (tests.errored, "errored"),
        (tests.skipped, "skipped"),
        (tests.waived, "waived"),
    )
    told = ", ".join(f"{count:,} {word}" for count, word in counts if count)
    time = "" if tests.seconds is None else f", in {seconds_text(tests.seconds)} of test time"
    return f"{plural(tests.total, 'test')}: {told}{time}."


def _run(name: str, layer: LayerCounts, subject: Subject, command: str, memory: str) -> RunRow:
    return RunRow(
        layer=name,
        badge=badge(_state(layer), subject.profile),
        command=code(clipped(command, _COMMAND)) if visible(command) else None,
        time=_NOT_MEASURED if layer.seconds is None else seconds_text(layer.seconds),
        memory=memory or _NOT_MEASURED,
        total=layer.total,
        passed=layer.passed,
        failed=layer.failed,
        errored=layer.errored,
        skipped=layer.skipped,
        evidence=evidence_marks(layer.evidence),
    )


def _state(layer: LayerCounts) -> State:
    if layer.failed or layer.errored:
        return State.FAIL
    if not (layer.ran and layer.complete):
        return State.UNKNOWN
    if layer.flaky:
        return State.WARN
    return State.WAIVED if layer.waived else State.PASS


def _memory(cases: Iterable[JoinedCase]) -> Mapping[str, str]:
    """Find the most memory that tests of a layer state as a property, with the property's name."""
    most: dict[str, tuple[Decimal, str]] = {}
    for case in cases:
        for name, value in case.properties:
            found = _AMOUNT.fullmatch(value.strip()) if _MEMORY.search(name.replace("_", " ")) else None
            if found is None:
                continue
            amount = Decimal(found[1])
            if case.layer not in most or amount > most[case.layer][0]:
                unit = f" {found[2]}" if found[2] else ""
                most[case.layer] = (amount, f"{found[1]}{unit} ({clipped(name, CELL)})")
    return {layer: told for layer, (_, told) in most.items()}


def _notes(audit: Audit, memory: Mapping[str, str], commands: Mapping[str, str]) -> Iterator[str]:
    layers = audit.tests.by_layer if audit.tests is not None else {}
    if layers and not commands:
        yield "Command: not measured; no artifact tells it, and command in [layers.NAME] would state it."
    elif any(name in commands for name in layers):
        yield "The commands are those of the policy: no artifact tells how its tests were run."
    if layers and not memory:
        yield "Memory: not measured; a property of the tests such as peak_memory_mb would measure it."
    if any(layer.seconds is None for layer in layers.values()):
        yield "Time: not measured where the results state none."
    for name, layer in sorted(layers.items()):
        if not layer.ran:
            yield f"Layer {clipped(name, CELL)}: no test ran."
        elif not layer.complete:
            yield f"Layer {clipped(name, CELL)} is incomplete: some of it could not be read."


def _errors_sentence(causes: tuple[FailureCause, ...]) -> str:
    failing = sum(len(cause.cases) for cause in causes)
    return f"{plural(failing, 'test')} failed or errored, from {plural(len(causes), 'cause')}."


def _error(cause: FailureCause, known: Mapping[str, JoinedCase], source_url: str) -> ErrorRow:
    cases = [known[id_] for id_ in cause.cases if id_ in known]
    message = visible(cause.message)
    told = message if message.startswith(cause.type) else f"{cause.type}: {message}".strip(": ")
    return ErrorRow(
        id=cause.id,
        tests=len(cause.cases),
        layers=", ".join(sorted({clipped(case.layer, CELL) for case in cases})) or "–",
        when=cause.phase if cause.phase in {"setup", "teardown", "collection"} else cause.kind,
        message=clipped(told, _MESSAGE) or "(no message)",
        place=place_mark(cause.place, clipped(cause.place, CELL), source_url) if cause.place else None,
        evidence=evidence_marks(cause.evidence),
    )
