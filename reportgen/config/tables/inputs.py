"""`inputs`: where the evidence is."""

from __future__ import annotations

from msgspec import Struct

from reportgen.config.place import Place
from reportgen.model.config import Input


class InputTable(Struct, frozen=True, forbid_unknown_fields=True):
    """One input: `{path = "reports/*.xml", layer = "unit", environment = "linux", format = "junit"}`.

    `path` is a file, a folder or a glob, relative to the configuration's folder; `-` is standard input.
    """

    path: str
    layer: str = ""
    environment: str = ""
    format: str = ""


def inputs_of(rows: list[str | InputTable], place: Place, *, layer: str = "") -> tuple[Input, ...]:
    """Make the inputs of a list; `layer` is that of the layer's table that it stands in."""
    return tuple(_input(row, place.at(number), layer) for number, row in enumerate(rows))


def _input(row: str | InputTable, place: Place, layer: str) -> Input:
    given = InputTable(row) if isinstance(row, str) else row
    if not given.path.strip():
        raise place.error("the path is empty", 'the folder of the configuration itself is "."')
    if layer and given.layer not in ("", layer):
        raise place.error(f"it stands under the layer {layer!r} and names the layer {given.layer!r}")
    return Input(given.path, given.layer or layer, given.environment, given.format)
