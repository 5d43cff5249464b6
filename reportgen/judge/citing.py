"""Which evidence a metric's value comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reportgen.judge.citing_parts import cited_of_part
from reportgen.judge.ground import Ground
from reportgen.model.expected import InputState
from reportgen.model.metrics import metric_of, split_name
from reportgen.model.states import Outcome, Severity

_OUTCOMES = {
    "tests.failed": frozenset({Outcome.FAILED}),
    "tests.errored": frozenset({Outcome.ERRORED, Outcome.UNKNOWN}),
    "tests.skipped": frozenset({Outcome.SKIPPED}),
}


def cited_by(names: Iterable[str], ground: Ground, *, closely: bool = False) -> tuple[str, ...]:
    """Return the ids of the evidence of some metrics, in the order of the index.

    `closely` cites only what makes the values other than they should be: the evidence of the failing tests,
    the artifacts that were not read, …; as a rule all evidence of the kind is cited.
    """
    found: set[str] = set()
    for name in names:
        of_part = cited_of_part(name, ground, closely=closely)
        if of_part is not None:
            found.update(of_part or _of_kinds(name, ground))
            continue
        found.update((_close(name, ground) if closely else None) or _wide(name, ground))
    return tuple(item.id for item in ground.evidence.items if item.id in found)


def _wide(name: str, ground: Ground) -> Iterable[str]:
    head, key, rest = split_name(name)
    if head == "layers":
        return _of_layer(key, rest, ground)
    own = ground.numbers.measures.own.get(key) if head == "criteria" else None
    if own is not None:
        return {each for one in own.basis.names for each in _wide(one, ground)}
    return _of_kinds(name, ground)


def _of_kinds(name: str, ground: Ground) -> Iterable[str]:
    """Cite all evidence of the kinds that a metric comes from."""
    metric = metric_of(name)
    if metric is None:
        return ()
    if metric.kind == "evidence":
        return (item.id for item in ground.evidence.items)
    return [each for kind in metric.kinds for each in ground.sources.of_kind.get(kind, ())]


def _of_layer(layer: str, rest: str, ground: Ground) -> Iterable[str]:
    if rest.startswith("coverage"):
        rows = () if ground.coverage is None else ground.coverage.by_layer
        return (each for row in rows if row.name == layer for each in row.evidence)
    if ground.tests is None or layer not in ground.tests.by_layer:
        return ()
    return ground.tests.by_layer[layer].evidence


def _close(name: str, ground: Ground) -> Iterable[str] | None:
    """Return what is to blame for a metric's value; None or nothing where there is nothing closer."""
    head, key, rest = split_name(name)
    if rest in _OUTCOMES:
        return ground.blame.of_outcomes(_OUTCOMES[rest], key if head else None)
    if head == "findings.rules":
        return ground.blame.of_rule(key)
    closer = _CLOSER.get(name)
    return None if closer is None else closer(ground)


def _not_run(ground: Ground) -> Iterable[str]:
    layers = () if ground.tests is None else ground.tests.by_layer.values()
    return {each for layer in layers if not (layer.ran and layer.complete) for each in layer.evidence}


def _of_severity(severity: Severity) -> Callable[[Ground], Iterable[str]]:
    return lambda ground: ground.blame.of_severity(severity)


def _unmet(states: frozenset[InputState]) -> Callable[[Ground], Iterable[str]]:
    def cited(ground: Ground) -> Iterable[str]:
        return {each for row in ground.sources.expected if row.state in states for each in row.evidence}

    return cited


_STATES = {
    "corrupt": frozenset({InputState.CORRUPT}),
    "stale": frozenset({InputState.STALE}),
    "other_revision": frozenset({InputState.OTHER_REVISION}),
    "unmet": frozenset(InputState) - {InputState.PRESENT},
}
_CLOSER: dict[str, Callable[[Ground], Iterable[str]]] = {
    "tests.flaky": lambda ground: ground.blame.flaky,
    "tests.suite_errors": lambda ground: {error.evidence for error in ground.evidence.suite_errors},
    "tests.files_without_run": lambda ground: ground.sources.without_run,
    "tests.layers_without_run": _not_run,
    "tests.layers_incomplete": _not_run,
    **{f"evidence.{name}": _unmet(states) for name, states in _STATES.items()},
    "evidence.unread": lambda ground: ground.sources.unread,
    "evidence.empty": lambda ground: ground.sources.empty,
} | {f"findings.{severity.value}": _of_severity(severity) for severity in Severity}
