"""Gates of each layer or subject: one gate in the policy, as many as there are of them in the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import structs

from reportgen.judge.ground import Ground
from reportgen.model.expression import parse_condition
from reportgen.model.policy import Gate
from reportgen.model.scoping import scoped


def expanded(gates: Iterable[Gate], ground: Ground) -> Iterator[Gate]:
    """Yield the gates, one of `each` layer or subject as `NAME-LAYER` for all there are.

    A layer that the configuration names has its gate also where nothing of it is there: it is then unknown.
    Where there is none at all, the gate stays one of all the evidence, so that it cannot vanish. Requirements
    are no subjects here: the metrics `requirements.…` count them.
    """
    for gate in gates:
        names = _names(gate, ground) if gate.each else ()
        if not names:
            yield gate
        for name in names:
            yield structs.replace(
                gate,
                name=f"{gate.name}-{name}",
                title=f"{gate.title or gate.name} ({gate.each} {name})",
                condition=scoped(gate.condition, gate.each, name),
                warn=scoped(gate.warn, gate.each, name) if gate.warn else "",
                unknown=scoped(gate.unknown, gate.each, name) if gate.unknown else "",
                each="",
            )


def _names(gate: Gate, ground: Ground) -> tuple[str, ...]:
    """Name the subjects, or the layers that have what the gate speaks of: a file of coverage has no tests."""
    if gate.each == "subject":
        named = ground.policy.subjects
        return tuple(sorted(subject.name for subject in named if subject.kind != "requirement"))
    names = {name for name, _ in ground.evidence.rules.layers}
    if any(
        "tests" in parse_condition(text).kinds for text in (gate.condition, gate.warn, gate.unknown) if text
    ):
        names |= set(ground.tests.by_layer) if ground.tests is not None else set()
    elif ground.coverage is not None:
        names |= {row.name for row in ground.coverage.by_layer}
    return tuple(sorted(names))
