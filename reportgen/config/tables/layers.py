"""`[layers.NAME]`: which tests belong to which layer."""

from __future__ import annotations

from msgspec import Struct, field

from reportgen.config.place import Place
from reportgen.config.tables.inputs import InputTable, inputs_of
from reportgen.config.tables.minimums import Least
from reportgen.config.tables.placing import PatternTable, patterns_of
from reportgen.model.config import Input
from reportgen.model.placing import Pattern

_MAGIC = "*?["


class LayerTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A layer: its `inputs`, and `match`, globs over the paths of artifacts and of test files.

    `tests` are patterns of tests, which go before those. `command` is what runs its tests; a report quotes
    it. `min_tests` is how many of them must have run.
    """

    inputs: list[str | InputTable] = field(default_factory=list)
    match: list[str] = field(default_factory=list)
    tests: list[PatternTable] = field(default_factory=list)
    command: str = ""
    min_tests: Least | None = None


def layer_inputs(layers: dict[str, LayerTable], place: Place) -> tuple[Input, ...]:
    """List the inputs of all layers, each with its layer."""
    return tuple(
        given
        for name, table in layers.items()
        for given in inputs_of(table.inputs, _named(name, place).at("inputs"), layer=name)
    )


def layer_globs(layers: dict[str, LayerTable], place: Place) -> tuple[tuple[str, str], ...]:
    """List (layer, glob), the first match counts: what `match` says comes before where the inputs lie."""
    for name, table in layers.items():
        if not table.inputs and not table.match and not table.tests and table.min_tests is None:
            raise _named(name, place).error(
                "the layer has neither inputs nor match nor tests", 'for example match = ["tests/unit/**"]'
            )
    matched = [(name, glob) for name, table in layers.items() for glob in table.match]
    lying = [(given.layer, glob) for given in layer_inputs(layers, place) for glob in _globs(given.path)]
    return tuple(dict.fromkeys((*matched, *lying)))


def layer_patterns(layers: dict[str, LayerTable], place: Place) -> tuple[tuple[str, Pattern], ...]:
    """List (layer, pattern of tests) in the order of the file: the first that fits places a test."""
    return tuple(
        (name, pattern)
        for name, table in layers.items()
        for pattern in patterns_of(table.tests, _named(name, place).at("tests"))
    )


def _globs(path: str) -> tuple[str, ...]:
    """Give the globs that an input's artifacts match: a file is itself, a folder all that is below."""
    clean = path.replace("\\", "/").removeprefix("./").rstrip("/")
    if clean in ("", ".", "-"):
        return ()
    return (clean,) if any(sign in clean for sign in _MAGIC) else (clean, f"{clean}/**")


def _named(name: str, place: Place) -> Place:
    here = place.at(name)
    if not name.strip():
        raise here.error("a layer needs a name")
    return here
