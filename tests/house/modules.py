"""The package as its own text says it is: modules, what each imports, and what each uses."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "reportgen"


class Module(NamedTuple):
    """A module of the package: its dotted name, its file and its parsed text."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    @property
    def place(self) -> str:
        """Where it stands, as a message says it."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def room(self) -> str:
        """The part right below the package that it belongs to; the package itself is `__init__`."""
        return self.name.split(".")[1] if "." in self.name else "__init__"

    @property
    def lines(self) -> int:
        """How long it is."""
        return len(self.text.splitlines())

    def imports(self) -> Iterator[tuple[str, int]]:
        """Yield (dotted name, line) of each import, wherever it stands: in functions and for types too."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((alias.name, node.lineno) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                source = self._absolute(node)
                for alias in node.names:
                    full = f"{source}.{alias.name}"
                    yield (full if full in names() else source), node.lineno

    def _absolute(self, node: ast.ImportFrom) -> str:
        """Return what an import is from; a relative one is counted from the package that it stands in."""
        if not node.level:
            return node.module or ""
        parts = self.name.split(".")
        base = parts[: len(parts) - node.level + (self.path.name == "__init__.py")]
        return ".".join([*base, *([node.module] if node.module else [])])

    def uses(self) -> Iterator[tuple[str, int]]:
        """Yield (full dotted name, line) of each name and attribute that is read, by what was imported."""
        known = self._known()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Name | ast.Attribute):
                dotted = _dotted(node)
                if dotted:
                    first, _, rest = dotted.partition(".")
                    full = known.get(first, first)
                    yield (f"{full}.{rest}" if rest else full), node.lineno

    def _known(self) -> dict[str, str]:
        """Map each name that an import binds to what it stands for."""
        known: dict[str, str] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    bound = alias.asname or alias.name.partition(".")[0]
                    known[bound] = alias.name if alias.asname else bound
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    known[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        return known


def _dotted(node: ast.expr) -> str:
    """Return `a.b.c` for a chain of attributes on a name, else nothing."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = _dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


@cache
def modules() -> tuple[Module, ...]:
    """Read every module of the package, by name."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        text = path.read_text(encoding="utf-8")
        found.append(Module(name, path, text, ast.parse(text, str(path))))
    return tuple(found)


@cache
def names() -> frozenset[str]:
    """Return the names of all modules of the package."""
    return frozenset(module.name for module in modules())


def is_ours(name: str) -> bool:
    """Whether an imported name is of the package."""
    return name == "reportgen" or name.startswith("reportgen.")


def is_foreign(name: str) -> bool:
    """Whether an imported name is of a dependency: neither ours nor the standard library's."""
    return not is_ours(name) and name.partition(".")[0] not in sys.stdlib_module_names
