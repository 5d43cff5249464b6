"""Whether the layers, subjects and criteria that a configuration speaks of are there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct, structs

from reportgen.config.names import did_you_mean
from reportgen.config.place import Place
from reportgen.config.settings import Settings
from reportgen.config.tables.criteria import refuse_unknown
from reportgen.config.tables.gates import GateTable
from reportgen.model.expression import parse_condition, parse_quantity
from reportgen.model.metrics import keyed_name, split_name
from reportgen.model.policy import Gate, Policy
from reportgen.model.subjects import Subject

_LAYERS = ("unit", "integration", "e2e", "performance", "smoke", "contract", "default")
_KEYS = {"passes": "pass", "warns": "warn"}
_SCOPES = {"layers": "layer", "subjects": "subject"}
_NOT_CONDITIONS = frozenset({"name", "id", "title", "text", "policy", "remediation", "who", "severity"})


def refuse_unknown_names(
    policy: Policy, settings: Settings, place: Place, listed: Collection[Subject], subjects: set[str] | None
) -> None:
    """Raise `ConfigError` for a condition, limit or expectation that speaks of what is not there.

    `subjects` are the names that there are, None where the tests tell of more. Layers are held to those that
    are stated; where none is, any may come from the evidence.
    """
    layers = {*settings.layers, *_named_layers(settings)}
    criteria = {each.name for each in policy.criteria}
    for name, where in _names(policy, settings, place):
        refuse_unknown(name, where, criteria)
        _check(name, where, subjects, layers)
    for layer, where in _wanted(policy, settings, place, listed):
        if layers and layer not in layers:
            raise where.error(f"there is no layer {layer!r}", did_you_mean(layer, layers))


def _named_layers(settings: Settings) -> Iterator[str]:
    """Yield the layers that inputs name, and those that words in paths give, where any are stated."""
    named = [each.layer for each in settings.inputs if not isinstance(each, str) and each.layer]
    yield from named
    if settings.layers or named:
        yield from _LAYERS


def _wanted(
    policy: Policy, settings: Settings, place: Place, listed: Iterable[Subject]
) -> Iterator[tuple[str, Place]]:
    """Yield the layers that expected inputs, the matrix and subjects name, with their place."""
    for number, row in enumerate(policy.expected):
        if not isinstance(row, str) and row.layer:
            yield row.layer, place.at("expected", number, "layer")
    for number, layer in enumerate(settings.matrix.layers):
        yield layer, place.at("matrix", "layers", number)
    for subject in listed:
        for number, layer in enumerate(subject.layers):
            if subject.name in settings.subjects:
                yield layer, place.at("subjects", subject.name, "layers", number)
            else:
                yield layer, Place(f"{subject.source}: {subject.name}", "")


def _check(name: str, place: Place, subjects: set[str] | None, layers: set[str]) -> None:
    head, key, rest = split_name(name)
    if head == "subjects":
        if subjects is not None and key not in subjects:
            hint = did_you_mean(key, subjects) or "state it: [subjects.NAME] with paths or tests"
            raise place.error(f"there is no subject {key!r}, of which {name!r} speaks", hint)
        head, key, _ = split_name(rest)
    if head == "layers" and layers and key not in layers:
        raise place.error(f"there is no layer {key!r}, of which {name!r} speaks", did_you_mean(key, layers))


def _names(policy: Policy, settings: Settings, place: Place) -> Iterator[tuple[str, Place]]:
    """Yield the metrics that conditions speak of, with the place of the condition."""
    for gate in (*policy.gates, *policy.baseline_gates):
        yield from _of_gate(gate, settings.gates.get(gate.name), place.at("gates", gate.name))
    for number, check in enumerate(policy.checks):
        yield from _of_record(check, place.at("checklist", number))
    for criterion in policy.criteria:
        here = place.at("criteria", criterion.name)
        yield from _of_record(criterion, here)
        for number, each in enumerate(criterion.checks):
            yield from _of_record(each, here.at("checks", number))
    for sla in policy.slas:
        here = place.at("slas", sla.name)
        if sla.layer:
            yield keyed_name("layers", sla.layer, "tests.seconds"), here.at("layer")
        if sla.subject:
            yield keyed_name("subjects", sla.subject, "tests.seconds"), here.at("subject")


def _of_gate(gate: Gate, table: bool | GateTable | None, place: Place) -> Iterator[tuple[str, Place]]:
    """Yield what a gate speaks of, at the key that says so: its condition, or what it is limited to."""
    if table is None and gate.name == gate.condition:  # that of a flag
        yield from _of_record(gate, Place("--gate", ""), whole=True)
        return
    for name, where in _of_record(gate, place):
        head, key, _ = split_name(name)
        scope = _SCOPES.get(head)
        if isinstance(table, GateTable) and scope and getattr(table, scope) == key:
            yield name, place.at(scope)
        elif isinstance(table, GateTable) and table.pass_ is not None and where.keys[-1] == "condition":
            yield name, place.at("pass")
        else:
            yield name, where


def _of_record(record: Struct, place: Place, *, whole: bool = False) -> Iterator[tuple[str, Place]]:
    """Yield the metrics of a record's conditions, at their keys, or where it has none at its own place."""
    told: Mapping[str, object] = structs.asdict(record)
    for field, value in told.items():
        if field not in _NOT_CONDITIONS and isinstance(value, str) and "." in value:
            where = place if whole else place.at(_KEYS.get(field, field))
            yield from ((name, where) for name in _read(value))


def _read(text: str) -> Iterable[str]:
    for read in (parse_condition, parse_quantity):
        try:
            return read(text).names
        except ValueError:
            continue
    return ()
