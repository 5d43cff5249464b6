"""Which file is the configuration: `reportgen.toml`, or `[tool.reportgen]` of a `pyproject.toml`."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from reportgen.config.place import Place
from reportgen.errors import ConfigError

OWN = "reportgen.toml"
SHARED = "pyproject.toml"
_REPOSITORY = (".git", ".hg", ".svn", ".jj")
_MOST_BYTES = 16 * 1024**2


class Found(NamedTuple):
    """A configuration file: its path, its settings as raw TOML values, and the place that errors name."""

    path: Path
    raw: Mapping[str, object]
    place: Place


def find_config(cwd: Path) -> Found | None:
    """Look in `cwd`, then in its parents up to the repository's root; without a repository, in `cwd` only.

    Two configurations in one folder are an error: nobody could tell which one counts.
    """
    for folder in _folders(cwd):
        own = _read(folder / OWN, cwd) if _stands(folder / OWN) else None
        shared = _shared(folder / SHARED, cwd)
        if own is not None and shared is not None:
            raise ConfigError(
                f"there are two configurations, {own.place.shown} and [tool.reportgen] in {SHARED}",
                f"remove one of them: the file {OWN}, or the table [tool.reportgen] of {SHARED}",
            )
        if own is not None or shared is not None:
            return own or shared
    return None


def read_config(path: Path, cwd: Path) -> Found:
    """Read the file that the user named; a `pyproject.toml` must have the table `[tool.reportgen]`."""
    if path.name != SHARED:
        return _read(path, cwd)
    shared = _shared(path, cwd, named=True)
    if shared is None:
        raise ConfigError(
            f"{_shown(path, cwd)} has no table [tool.reportgen]",
            f"write the settings into it, or into a file {OWN}; `reportgen init` writes one",
        )
    return shared


def _folders(cwd: Path) -> Iterator[Path]:
    """Yield the folders to look in, from the inside out."""
    chain = (cwd, *cwd.parents)
    root = next(
        (n for n, folder in enumerate(chain) if any(_stands(folder / mark) for mark in _REPOSITORY)), 0
    )
    yield from chain[: root + 1]


def _stands(path: Path) -> bool:
    """Tell whether something is there, be it a link to nothing; where nobody may search, nothing is."""
    return os.path.lexists(path)


def _shared(path: Path, cwd: Path, *, named: bool = False) -> Found | None:
    """Read `[tool.reportgen]`; None where there is none. A broken file matters only if it may hold one."""
    if not named and not os.path.isfile(path):  # noqa: PTH113 - a folder that may not be searched holds none
        return None
    text = _text(path, cwd)
    if "reportgen" not in text and not named:
        return None
    place = Place(_shown(path, cwd), text, ("tool", "reportgen"))
    raw = _tree(text, place.shown)
    tool = raw.get("tool")
    table = tool.get("reportgen") if isinstance(tool, Mapping) else None
    if table is None:
        return None
    if not isinstance(table, Mapping):
        raise place.error("[tool.reportgen] must be a table")
    return Found(path, table, place)


def _read(path: Path, cwd: Path) -> Found:
    text = _text(path, cwd)
    shown = _shown(path, cwd)
    return Found(path, _tree(text, shown), Place(shown, text))


def _tree(text: str, shown: str) -> dict[str, object]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            _malformed(shown, text, str(error)), "what TOML looks like: https://toml.io"
        ) from error
    except RecursionError as error:
        raise ConfigError(f"{shown}: its tables and lists are nested too deeply") from error


def _malformed(shown: str, text: str, message: str) -> str:
    """Put the line, which the parser names last, where an editor expects it."""
    what, _, where = message.rpartition(" (at ")
    told = re.match(r"line (\d+)", where)
    line = told[1] if told else text.rstrip().count("\n") + 1
    return f"{shown}:{line}: not well-formed TOML: {what} (at {where}"


def _text(path: Path, cwd: Path) -> str:
    """Read the file as UTF-8, up to a bound that no configuration reaches."""
    shown = _shown(path, cwd)
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        why = error.strerror or str(error)
        raise ConfigError(
            f"{shown}: the configuration cannot be read: {why}", "name another with -c FILE"
        ) from error
    if len(data) > _MOST_BYTES:
        raise ConfigError(f"{shown}: more than {_MOST_BYTES:,} bytes are no configuration")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{shown}:{line}: not UTF-8 text", "save the file as UTF-8") from error


def _shown(path: Path, cwd: Path) -> str:
    """Print a path from where the user stands, with `/`."""
    try:
        return path.absolute().relative_to(cwd).as_posix()
    except ValueError:
        return path.as_posix()
