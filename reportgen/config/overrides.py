"""What the command line says; it counts before the configuration."""

from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path

from msgspec import Struct, structs

from reportgen.model.config import Input


class Overrides(Struct, frozen=True, kw_only=True):
    """The flags of one run, paths as given: relative to the working folder. None and empty mean *not given*.

    `as_formats` are (format, path) of `--as`, `layers` (name, glob) of `--layer`; `gates` are conditions.
    """

    evidence: tuple[str, ...] = ()
    as_formats: tuple[tuple[str, str], ...] = ()
    title: str | None = None
    revision: str | None = None
    profiles: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    output: str = ""
    gates: tuple[str, ...] = ()
    fail_under: Fraction | None = None
    layers: tuple[tuple[str, str], ...] = ()
    without: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    baseline: str = ""
    diff: str = ""
    jobs: int = 1


def inputs_of(flags: Overrides, configured: tuple[Input, ...], *, cwd: Path) -> tuple[Input, ...]:
    """List the inputs: those of the command line, else the configured ones, each with the format of `--as`.

    What the configuration says of an input (its layer, …) holds too where the command line names it.
    """
    known = {_place(row.path, cwd): row for row in configured}
    named = [_named(path, known.get(_place(path, cwd))) for path in flags.evidence]
    rows = named or list(configured)
    for name, path in flags.as_formats:
        same = [number for number, row in enumerate(rows) if _place(row.path, cwd) == _place(path, cwd)]
        if not same:
            rows.append(Input(path, format=name))
        for number in same:
            rows[number] = structs.replace(rows[number], format=name)
    return tuple(dict.fromkeys(rows))


def _named(path: str, known: Input | None) -> Input:
    return Input(path) if known is None else structs.replace(known, path=path)


def _place(path: str, cwd: Path) -> str:
    """Bring two ways to write one path together; standard input is no path."""
    return path if path == "-" else os.path.normpath(cwd / path)
