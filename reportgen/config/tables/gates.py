"""`[gates.NAME]`: conditions that must hold. Those that ship can be changed, or switched off with `false`."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, structs

from reportgen.config.names import did_you_mean
from reportgen.config.place import Place
from reportgen.model.expression import parse_condition
from reportgen.model.policy import DEFAULT_GATES, KINDS, Gate


class GateTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A gate: its `condition`, the state `otherwise`, a `title` for the report.

    `needs` is the kind of evidence without which it cannot be judged (as a rule the kind that the condition
    speaks of); it is then unknown where `required`, else not applicable.
    """

    condition: str | None = None
    otherwise: Literal["fail", "warn", "unknown"] | None = None
    title: str | None = None
    needs: Literal["", "tests", "coverage", "findings"] | None = None
    required: bool | None = None


def gates_of(tables: dict[str, bool | GateTable], place: Place) -> tuple[Gate, ...]:
    """Change the gates that ship as the tables say, and add the others in the order of the file."""
    gates = {gate.name: gate for gate in DEFAULT_GATES}
    for name, table in tables.items():
        here = place.at(name)
        if isinstance(table, bool):
            _switched(gates, name, here, on=table)
            continue
        gate = gates.get(name) or _new(name, table, here)
        gates[name] = _changed(gate, table, here)
    return tuple(gates.values())


def switched_off(tables: dict[str, bool | GateTable]) -> tuple[str, ...]:
    """Name the gates that ship but that the configuration takes out: a report must say so."""
    return tuple(sorted(name for name, table in tables.items() if table is False))


def flag_gates(conditions: tuple[str, ...]) -> tuple[Gate, ...]:
    """Make the gates of `--gate CONDITION`; named by their conditions, so that the order is nothing."""
    return tuple(_flag_gate(text) for text in sorted(set(conditions)))


def _flag_gate(text: str) -> Gate:
    place = Place("--gate", "")
    _check(text, place)
    return Gate(name=text, condition=text, title=text, needs=_needs(text))


def _switched(gates: dict[str, Gate], name: str, place: Place, *, on: bool) -> None:
    if name not in gates:
        raise place.error("there is no such gate to switch on or off", did_you_mean(name, gates))
    if not on:
        del gates[name]


def _new(name: str, table: GateTable, place: Place) -> Gate:
    if not name.strip():
        raise place.error("a gate needs a name")
    if table.condition is None:
        shipped = [gate.name for gate in DEFAULT_GATES]
        raise place.error("a gate of your own needs a condition", did_you_mean(name, shipped))
    return Gate(name=name, condition=table.condition, title=name)


def _changed(gate: Gate, table: GateTable, place: Place) -> Gate:
    condition = gate.condition if table.condition is None else table.condition
    if table.condition is not None:
        _check(condition, place.at("condition"))
        gate = structs.replace(gate, condition=condition, needs=_needs(condition))
    return structs.replace(
        gate,
        otherwise=table.otherwise or gate.otherwise,
        title=gate.title if table.title is None else table.title,
        needs=gate.needs if table.needs is None else table.needs,
        required=gate.required if table.required is None else table.required,
    )


def _check(condition: str, place: Place) -> None:
    """Refuse a condition that cannot be evaluated, with the words of the expression's own parser."""
    try:
        parse_condition(condition)
    except ValueError as error:
        raise place.error(str(error)) from error


def _needs(condition: str) -> str:
    """Name the kind of evidence that a condition speaks of, empty where it is none or several."""
    kinds = [kind for kind in parse_condition(condition).kinds if kind in KINDS]
    return kinds[0] if len(kinds) == 1 else ""
