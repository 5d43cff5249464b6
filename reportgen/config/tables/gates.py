"""`[gates.NAME]`: conditions that must hold. Those that ship can be changed, or switched off with `false`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct, structs

from reportgen.config.names import did_you_mean, nearest
from reportgen.config.place import Place
from reportgen.model.expression import parse_condition
from reportgen.model.policy import BASELINE_GATES, DEFAULT_GATES, KINDS, Gate
from reportgen.model.scoping import scoped

_SHIPPED = {gate.name: gate for gate in (*DEFAULT_GATES, *BASELINE_GATES)}
_ANY = "any"  # a name to try a scoped condition with, where the real ones are known only later


class GateTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"pass_": "pass"}):
    """A gate: what must hold for it to `pass` (or `condition`, which is the same), and a `title`.

    Where that does not hold, it is a warning if the condition `warn` does, else the state `otherwise`. Where
    the condition `unknown` holds, or anything that it needs is not known, it is unknown. `layer`, `subject`
    or `path` (a glob over sources or test files) limits it: the names in its conditions are meant of that.
    `each` makes it a gate for each layer or subject, named NAME-LAYER. `needs` is the kind of evidence
    without which it cannot be judged (as a rule the kind that the condition speaks of); it is then unknown
    where `required`, else not applicable.
    """

    pass_: str | None = None
    condition: str | None = None
    warn: str | None = None
    unknown: str | None = None
    otherwise: Literal["fail", "warn", "unknown"] | None = None
    title: str | None = None
    layer: str | None = None
    subject: str | None = None
    path: str | None = None
    each: Literal["layer", "subject"] | None = None
    needs: Literal["", "tests", "coverage", "findings"] | None = None
    required: bool | None = None


def gates_of(tables: dict[str, bool | GateTable], place: Place) -> tuple[Gate, ...]:
    """Change the gates that ship as the tables say, and add the others in the order of the file."""
    compared = {gate.name for gate in BASELINE_GATES}
    return _merged({gate.name: gate for gate in DEFAULT_GATES}, tables, place, compared)


def baseline_gates_of(tables: dict[str, bool | GateTable], place: Place) -> tuple[Gate, ...]:
    """Change the gates of a run with a baseline as the tables say."""
    gates = {gate.name: gate for gate in BASELINE_GATES}
    return _merged(gates, {name: table for name, table in tables.items() if name in gates}, place)


def _merged(
    gates: dict[str, Gate], tables: dict[str, bool | GateTable], place: Place, others: Iterable[str] = ()
) -> tuple[Gate, ...]:
    for name, table in tables.items():
        here = place.at(name)
        if name in others:
            continue
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
    return Gate(name=text, condition=text, title=text, needs=needs_of(text))


def _switched(gates: dict[str, Gate], name: str, place: Place, *, on: bool) -> None:
    if name not in gates:
        raise place.error("there is no such gate to switch on or off", did_you_mean(name, _SHIPPED))
    if not on:
        del gates[name]


def _new(name: str, table: GateTable, place: Place) -> Gate:
    if not name.strip():
        raise place.error("a gate needs a name")
    condition = table.condition if table.pass_ is None else table.pass_
    if condition is None:
        states = [key for key in ("warn", "unknown") if getattr(table, key) is not None]
        near = nearest(name, _SHIPPED)
        hint = f"did you mean {near!r}?" if near else 'for example pass = "tests.failed == 0"'
        if states:
            hint = f"it has {' and '.join(states)}: say too what must hold for it to pass"
        raise place.error('a gate of your own needs a condition: pass = "…"', hint)
    return Gate(name=name, condition=condition, title=name)


def _changed(gate: Gate, table: GateTable, place: Place) -> Gate:
    _refuse_nonsense(table, gate, place)
    given = {"condition": table.condition, "pass": table.pass_, "warn": table.warn, "unknown": table.unknown}
    texts = {"condition": gate.condition, "warn": gate.warn, "unknown": gate.unknown}
    for key, text in given.items():
        if text is not None:
            _check(text, place.at(key))
            texts["condition" if key == "pass" else key] = text
    changes = any(text is not None for text in given.values())
    scope, key = _scope(table)
    if scope:
        texts = {
            name: _scoped(text, scope, key, place.at(_written(name, table, scope))) if text else ""
            for name, text in texts.items()
        }
    if table.each:
        for name, text in texts.items():
            if text:
                _scoped(text, table.each, _ANY, place.at(_written(name, table, "each")))
    needs = needs_of(texts["condition"]) if changes or scope else gate.needs
    return structs.replace(
        gate,
        **texts,
        each=table.each or "",
        otherwise=table.otherwise or ("fail" if table.warn is not None else gate.otherwise),
        title=gate.title if table.title is None else table.title,
        needs=needs if table.needs is None else table.needs,
        required=gate.required if table.required is None else table.required,
    )


def _refuse_nonsense(table: GateTable, gate: Gate, place: Place) -> None:
    """Refuse keys that say two things at once."""
    if table.pass_ is not None and table.condition is not None:
        raise place.at("condition").error(
            "`condition` and `pass` are the same thing, and both are given", "leave one of them out"
        )
    if table.warn is not None and table.otherwise == "warn":
        raise place.at("otherwise").error(
            'with a condition `warn`, otherwise = "warn" would leave nothing to fail',
            "leave out `otherwise`, or the condition `warn`",
        )
    limits = [key for key in ("layer", "subject", "path", "each") if getattr(table, key) is not None]
    if len(limits) > 1:
        raise place.at(limits[1]).error(
            f"a gate is of one thing, and {' and '.join(f'`{key}`' for key in limits)} are given",
            "make a gate of each",
        )
    for key in limits:
        if not str(getattr(table, key)).strip():
            raise place.at(key).error(f"the {key} is empty", "leave it out for all the evidence")
    conditions = [text for text in (table.condition, table.pass_, table.warn, table.unknown) if text]
    if len(conditions) != len({"".join(text.split()) for text in conditions}):
        raise place.error(
            "two of its conditions are the same, so that one of its states never comes about",
            "give pass, warn and unknown conditions of their own",
        )
    if limits and gate.name in {each.name for each in BASELINE_GATES}:
        raise place.at(limits[0]).error(
            "what changed since the baseline is told of all the evidence", f"leave out `{limits[0]}`"
        )


def _scope(table: GateTable) -> tuple[str, str]:
    """Return what the gate is limited to: (layer, subject or path; its name), else empty."""
    given = ((key, getattr(table, key)) for key in ("layer", "subject", "path"))
    return next(((key, value) for key, value in given if value is not None), ("", ""))


def _written(name: str, table: GateTable, scope: str) -> str:
    """Return the key at which a condition stands; that of the scope for a condition that ships."""
    key = "pass" if name == "condition" and table.pass_ is not None else name
    return key if getattr(table, "pass_" if key == "pass" else key) is not None else scope


def _scoped(condition: str, scope: str, key: str, place: Place) -> str:
    try:
        return scoped(condition, scope, key)
    except ValueError as error:
        raise place.error(str(error)) from error


def _check(condition: str, place: Place) -> None:
    """Refuse a condition that cannot be evaluated, with the words of the expression's own parser."""
    try:
        parse_condition(condition)
    except ValueError as error:
        raise place.error(str(error)) from error


def needs_of(condition: str) -> str:
    """Name the kind of evidence that a condition speaks of, empty where it is none or several."""
    kinds = [kind for kind in parse_condition(condition).kinds if kind in KINDS]
    return kinds[0] if len(kinds) == 1 else ""
