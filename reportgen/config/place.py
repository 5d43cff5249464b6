"""Where a key stands in a TOML file: file, line and key path, for everything that can be said against it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.errors import ConfigError

_BARE = re.compile(r"[A-Za-z0-9_-]+")

Key = str | int


@dataclass(frozen=True, slots=True)
class Place:
    """A key path in a configuration file. `shown` is the file as printed, `text` its TOML.

    `table` is where our settings begin: empty, or `("tool", "reportgen")` in a pyproject.toml.
    """

    shown: str
    text: str
    table: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()

    def at(self, *keys: Key) -> Place:
        """Return the place of a key below this one."""
        return Place(self.shown, self.text, self.table, (*self.keys, *keys))

    @property
    def file(self) -> str:
        """The file as a report names it: it lies in the project root, wherever its user stands."""
        return self.shown.rpartition("/")[2]

    @property
    def path(self) -> str:
        """The key path as one would write it: `gates."my gate".condition`, `inputs[2].layer`."""
        words = ""
        for key in self.keys:
            if isinstance(key, int):
                words += f"[{key}]"
            else:
                words += f"{'.' if words else ''}{key if _BARE.fullmatch(key) else _quoted(key)}"
        return words

    @property
    def line(self) -> int:
        """The line on which the key's value begins; 0 where the text does not have the key."""
        keys = (*self.table, *self.keys)
        return line_of(self.text, keys) if keys else 0

    @property
    def where(self) -> str:
        """`reportgen.toml:12: gates.cover.condition`, as far as it is known."""
        line = self.line
        where = f"{self.shown}:{line}" if line else self.shown
        return f"{where}: {self.path}" if self.keys else where

    def error(self, message: str, hint: str = "") -> ConfigError:
        """Make the error that says `message` of this place."""
        return ConfigError(f"{self.where}: {message}", hint)


def line_of(text: str, keys: Sequence[Key]) -> int:
    """Return the line (from 1) on which the value of a key path begins, 0 where it is not there.

    The text up to a line is itself TOML wherever a statement ends, so the parser finds the line: the first
    statement without which the key is not there.
    """
    lines = [f"{line}\n" for line in text.split("\n")]
    if not _has(_parsed(text), keys):
        return 0
    low, high = 0, len(lines)
    while (found := _whole_between(lines, low, high)) is not None:
        middle, tree = found
        if _has(tree, keys):
            high = middle
        else:
            low = middle
    return _within(lines, low, high, keys)


def _whole_between(lines: list[str], low: int, high: int) -> tuple[int, object] | None:
    """Find a line between the two, near their middle, at which a statement ends; and what stands up to it."""
    middle = (low + high) // 2
    for end in (*range(middle, high), *range(middle - 1, low, -1)):
        tree = _parsed("".join(lines[:end])) if end > low else None
        if tree is not None:
            return end, tree
    return None


def _within(lines: list[str], low: int, high: int, keys: Sequence[Key]) -> int:
    """Find the line within the one statement that begins after `low` and ends at `high`.

    A list over many lines, closed early, shows which of them has the item.
    """
    if not any(isinstance(key, int) for key in keys):
        return low + 1
    closed = (_parsed("".join(lines[:end]) + "\n]") for end in range(low + 1, high))
    return next((end for end, tree in enumerate(closed, low + 1) if _has(tree, keys)), high)


def _parsed(text: str) -> object:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _has(tree: object, keys: Sequence[Key]) -> bool:
    for key in keys:
        match tree:
            case Mapping() if key in tree:
                tree = tree[key]
            case list() if isinstance(key, int) and key < len(tree):
                tree = tree[key]
            case _:
                return False
    return tree is not None


def _quoted(key: str) -> str:
    escaped = key.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def from_root(given: str, root: Path) -> str:
    """Return what a report prints for a file that a configuration names: the way from the project root."""
    path = Path(given)
    inside = path.is_absolute() and path.is_relative_to(root)
    return path.relative_to(root).as_posix() if inside else path.as_posix()
