"""The key findings: what each kind of evidence came to, a state and a sentence each, the worst first."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.audit_tests import LayerCounts
from reportgen.model.figures import percent_text, plural
from reportgen.model.profile import Profile
from reportgen.model.states import State, worst
from reportgen.render.views.area_states import area_state
from reportgen.render.views.areas import area_title, own_areas
from reportgen.render.views.parts import CELL
from reportgen.render.wording import clipped

_WORST_FIRST = (State.FAIL, State.UNKNOWN, State.NOT_DONE, State.WARN, State.WAIVED, State.PASS)
_BUILT_IN = {"coverage", "findings"}


class KeyFinding(Struct, frozen=True):
    """A state and a sentence; `about` is the kind of evidence that it is of."""

    state: State
    about: str
    sentence: str
    evidence: tuple[str, ...] = ()


def key_findings(audit: Audit, profile: Profile) -> list[KeyFinding]:
    """Say what the evidence came to; nothing is said of what there is none of."""
    found = (
        *_layers(audit),
        *_areas(audit, profile),
        *_coverage(audit, profile),
        *_findings(audit, profile),
        *_subjects(audit),
        *_limits(audit),
        *_manual(audit),
    )
    return sorted(found, key=lambda each: _WORST_FIRST.index(each.state))


def _layers(audit: Audit) -> Iterator[KeyFinding]:
    if audit.tests is None:
        yield KeyFinding(State.UNKNOWN, "Tests", "not measured, as no test results were given.")
        return
    for name, layer in audit.tests.by_layer.items():
        state, told = _layer(layer)
        yield KeyFinding(state, f"Tests of layer {clipped(name, CELL)}", told, layer.evidence)
    if not audit.tests.by_layer:
        yield KeyFinding(State.UNKNOWN, "Tests", "the evidence holds none.")


def _layer(layer: LayerCounts) -> tuple[State, str]:
    bad = layer.failed + layer.errored
    if bad and layer.ran:
        words = [f"{count:,} {word}" for count, word in _outcomes(layer) if count]
        rest = "" if layer.complete else "; the layer is incomplete"
        return State.FAIL, f"of {plural(layer.executed, 'executed test')}, {' and '.join(words)}{rest}."
    if not layer.ran:
        return State.FAIL if bad else State.UNKNOWN, f"none ran{_why_none(layer, bad)}."
    passed = (
        "the only executed one passed"
        if layer.passed == layer.executed == 1
        else f"all {layer.executed:,} executed ones passed"
    )
    if not layer.complete:
        return State.UNKNOWN, f"{passed}, and the layer is incomplete."
    if layer.flaky:
        return State.WARN, f"{passed}; {layer.flaky:,} {'is' if layer.flaky == 1 else 'are'} flaky."
    if layer.waived:
        return State.WAIVED, f"{passed}; {plural(layer.waived, 'failing test')} waived."
    return State.PASS, f"{passed}."


def _why_none(layer: LayerCounts, bad: int) -> str:
    if bad:
        results = "its only result is an error" if bad == 1 else f"its {bad:,} results are errors"
        return f", as {results} of collection"
    if not layer.total:
        return ", as its results hold no test"
    if layer.total == layer.skipped:
        return f", as {'the only one was' if layer.total == 1 else f'all {layer.total:,} were'} skipped"
    return ""


def _outcomes(layer: LayerCounts) -> tuple[tuple[int, str], ...]:
    return (layer.failed, "failed"), (layer.errored, "errored")


def _areas(audit: Audit, profile: Profile) -> Iterator[KeyFinding]:
    own = own_areas(audit.criteria)
    if len(own) == len(audit.criteria):
        own = tuple(each for each in own if each.name == "completeness" or each.checks or each.expression)
    for each in own:
        told = f"{each.reason[:1].lower()}{each.reason[1:]}"
        yield KeyFinding(
            area_state(each, audit, profile),
            area_title(each),
            clipped(told, 2 * CELL),
            each.evidence,
        )


def _coverage(audit: Audit, profile: Profile) -> Iterator[KeyFinding]:
    found = audit.coverage
    if found is None:
        yield KeyFinding(State.UNKNOWN, "Coverage", "not measured, as none was given.")
        return
    named = next((each for each in audit.criteria if each.name == "coverage"), None)
    state = State.UNKNOWN if named is None else area_state(named, audit, profile)
    if found.lines.percent is None:
        yield KeyFinding(State.UNKNOWN, "Coverage", "the executable lines are not known.", found.evidence)
        return
    told = f"{found.lines.covered:,} of {plural(found.lines.total or 0, 'line')} ran"
    told += f" ({percent_text(found.lines.percent)})"
    if found.only_at_import:
        told += f", {found.only_at_import:,} of them only at import"
    if named is not None:
        yield KeyFinding(state, "Coverage", f"{told}.", found.evidence)


def _findings(audit: Audit, profile: Profile) -> Iterator[KeyFinding]:
    found = audit.findings
    if found is None:
        yield KeyFinding(State.UNKNOWN, "Findings", "not measured, as no scan was given.")
        return
    severe = found.by_severity.get("critical", 0) + found.by_severity.get("high", 0)
    named = next((each for each in audit.criteria if each.name == "findings"), None)
    judged = State.WARN if named is None else area_state(named, audit, profile)
    state = State.FAIL if severe else judged
    if not found.open:
        yield KeyFinding(state, "Findings", "none is open.", found.evidence)
        return
    told = "none of them" if not severe else f"{severe:,} of them"
    if found.open == 1:
        told = "it" if severe else "it is not"
        told += " is critical or high" if severe else " critical or high"
        sentence = f"one is open, and {told}."
    else:
        sentence = f"{found.open:,} are open, {told} critical or high."
    yield KeyFinding(state, "Findings", sentence, found.evidence)


def _subjects(audit: Audit) -> Iterator[KeyFinding]:
    found = [each for each in audit.subjects if each.kind != "requirement"]
    if not found:
        return
    words = (("protected", "protected by passing tests"), ("at risk", "at risk"), ("unknown", "not known"))
    told = [
        f"{count:,} {words_}"
        for name, words_ in words
        if (count := sum(each.standing == name for each in found))
    ]
    state = worst([each.state for each in found])
    evidence = tuple(sorted({id_ for each in found for id_ in each.evidence}))
    yield KeyFinding(state, "Components and risks", f"{_of(told, len(found))}.", evidence)


def _of(parts: list[str], whole: int) -> str:
    """Say once of how many: `2 of 3 at risk, 1 not known`."""
    count, _, words = parts[0].partition(" ")
    return ", ".join((f"{count} of {whole:,} {words}", *parts[1:]))


def _limits(audit: Audit) -> Iterator[KeyFinding]:
    if not audit.slas:
        return
    words = (
        (State.PASS, "kept"),
        (State.WARN, "exceeded (a warning)"),
        (State.FAIL, "not kept"),
        (State.UNKNOWN, "not measured"),
    )
    told = [
        f"{count:,} {word}"
        for state, word in words
        if (count := sum(each.state is state for each in audit.slas))
    ]
    evidence = tuple(sorted({id_ for each in audit.slas for id_ in each.evidence}))
    state = worst([each.state for each in audit.slas])
    yield KeyFinding(state, "Limits", f"{_of(told, len(audit.slas))}.", evidence)


def _manual(audit: Audit) -> Iterator[KeyFinding]:
    manual = [each for each in audit.checklist if each.manual and each.state is not State.NOT_APPLICABLE]
    open_ = sum(each.state is State.NOT_DONE for each in manual)
    if not manual:
        return
    if open_:
        which = f"{open_:,} of {len(manual):,}" if open_ < len(manual) else f"any of {len(manual):,}"
        which = which if len(manual) > 1 else "the only one"
        told = f"nobody answered {which} for this revision."
        yield KeyFinding(State.NOT_DONE, "Checks by people", told)
    else:
        told = f"{plural(len(manual), 'check')} answered for this revision."
        yield KeyFinding(worst([each.state for each in manual]), "Checks by people", told)
