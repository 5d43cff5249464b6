"""Whether it is ready: the prerequisites, each with its state, and the commands to run, in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.audit_tests import LayerCounts
from reportgen.model.figures import plural
from reportgen.model.signoff import CheckItem
from reportgen.model.states import State, worst
from reportgen.render.escape import Markdown, excerpt, visible
from reportgen.render.marks import badge, evidence_marks
from reportgen.render.views.parts import CELL, Cut, Subject, cut
from reportgen.render.wording import clipped

_ALL_OF_THEM = 50  # prerequisites are few, and each of them matters
_UNSTATED = "The policy states no command (command in [layers.NAME] would state one)"
_MOST_COMMANDS = 10
_COMMAND = 1_000
_ORDER = (
    *(State.FAIL, State.UNKNOWN, State.NOT_DONE, State.WARN, State.WAIVED, State.PASS),
    State.NOT_APPLICABLE,
)
_COUNTED: tuple[tuple[State, str, str], ...] = (
    (State.PASS, "is met", "are met"),
    (State.WARN, "is met in part", "are met in part"),
    (State.FAIL, "is not met", "are not met"),
    (State.UNKNOWN, "is not known", "are not known"),
    (State.NOT_DONE, "waits for a person", "wait for a person"),
    (State.WAIVED, "is waived", "are waived"),
    (State.NOT_APPLICABLE, "does not apply", "do not apply"),
)


class PrerequisiteRow(Struct, frozen=True):
    """A prerequisite; `who` has to look at one that no evidence tells."""

    badge: Markdown
    text: str
    reason: str
    evidence: Markdown


class ReadinessView(Struct, frozen=True):
    """The section. `commands` are in a fence, in order; `notes` say of which layer none is stated."""

    badge: Markdown
    sentence: str
    rows: Cut[PrerequisiteRow]
    told: str
    commands: Markdown | None
    notes: tuple[str, ...]


def readiness(subject: Subject) -> ReadinessView:
    """Say whether all prerequisites are met: the checklist, what is not met first."""
    audit = subject.audit
    state = _state(audit)
    found = sorted(audit.checklist, key=lambda item: _ORDER.index(item.state))

    def row(item: CheckItem) -> PrerequisiteRow:
        return PrerequisiteRow(
            badge=badge(item.state, subject.profile),
            text=clipped(item.text, 2 * CELL),
            reason=clipped(item.reason, 2 * CELL),
            evidence=evidence_marks(item.evidence),
        )

    told, lines = _commands(audit)
    return ReadinessView(
        badge=badge(state, subject.profile),
        sentence=_sentence(state, audit),
        rows=cut(found, max(subject.limit, _ALL_OF_THEM), "checklist", row),
        told=told,
        commands=excerpt(lines) if lines else None,
        notes=tuple(_without_command(audit)),
    )


def _state(audit: Audit) -> State:
    """Never better than the verdict; what nobody looked at is not known."""
    states = [State.UNKNOWN if each.state is State.NOT_DONE else each.state for each in audit.checklist]
    return worst([*states, audit.verdict])


def _sentence(state: State, audit: Audit) -> str:
    words = {State.PASS: "Ready", State.WARN: "Ready with reservations", State.FAIL: "Not ready"}
    said = words.get(state, "Not known to be ready")
    counts = Counter(item.state for item in audit.checklist)
    told = [
        f"{counts[each]:,} {one if counts[each] == 1 else many}"
        for each, one, many in _COUNTED
        if counts[each]
    ]
    if not told:
        return f"{said}: there is no prerequisite that could be checked."
    total = len(audit.checklist)
    if counts[State.PASS] == total:
        met = "the only prerequisite is met" if total == 1 else f"all {total:,} prerequisites are met"
        return f"{said}: {met}." if state is State.PASS else f"{said}: {met}, but {_verdict(audit)}."
    return f"{said}: of {plural(total, 'prerequisite')} {', '.join(told)}."


def _verdict(audit: Audit) -> str:
    return {State.WARN: "the verdict is a warning", State.UNKNOWN: "the verdict is not known"}.get(
        audit.verdict, "the verdict is a failure"
    )


def _commands(audit: Audit) -> tuple[str, list[str]]:
    """Give the commands of the policy, in its order; else those that run failing tests again."""
    if audit.about.commands:
        layers = audit.tests.by_layer if audit.tests is not None else {}
        lines = [
            line
            for number, each in enumerate(audit.about.commands, 1)
            for line in (
                f"# {number}. {_so_far(each.layer, layers)}",
                clipped(visible(each.command), _COMMAND),
            )
        ]
        return "As the policy states them, in its order, each with what its layer last came to:", lines
    again = list(
        dict.fromkeys(step.verify for step in audit.remediation if step.kind == "failures" and step.verify)
    )
    if not again:
        return f"{_UNSTATED}, and the evidence names none.", []
    more = len(again) - _MOST_COMMANDS
    left = [f"# … and {more:,} more"] if more > 0 else []
    told = f"{_UNSTATED}; these run the failing tests again, in the order of the plan:"
    return told, [*(clipped(visible(each), _COMMAND) for each in again[:_MOST_COMMANDS]), *left]


def _so_far(name: str, layers: Mapping[str, LayerCounts]) -> str:
    layer = layers.get(name)
    said = visible(name)
    if layer is None:
        return f"{said}: no results of it were given"
    if not layer.executed:
        return f"{said}: none of its {plural(layer.total, 'test')} ran" if layer.total else f"{said}: no test"
    return f"{said}: {layer.passed:,} of {plural(layer.executed, 'executed test')} passed"


def _without_command(audit: Audit) -> Iterator[str]:
    """Name the layers with results that no command is stated for, where one is for others."""
    stated = {each.layer for each in audit.about.commands}
    layers = audit.tests.by_layer if audit.tests is not None else {}
    for name in sorted(layers) if stated else ():
        if name not in stated:
            yield f"No command is stated for layer {clipped(name, CELL)}."
