"""The sources of the examined files: their lines of code where no coverage tells them, and their text."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path

_COMMENTS = ("#", "//", "--", "/*", "*", "<!--", "'''", '"""')
_LINE_END = re.compile(r"\r\n|\r|\n")  # as compilers count: a form feed ends no line
_MOST_BYTES = 16 * 1024**2


def sizes_of(paths: Iterable[str], project: Path, roots: tuple[Path, ...]) -> dict[str, int]:
    """Return path -> lines of code, for the paths that are a file below one of the `roots`.

    A path is relative to such a root, or to the `project`. What leads out of the roots, is no regular file,
    is too big or is no text is left out: its size stays unknown.
    """
    text_of = reader_of(project, roots)
    sizes: dict[str, int] = {}
    for path in sorted(set(paths)):
        text = text_of(path)
        if text is not None:
            sizes[path] = lines_of_code(text, python=path.endswith((".py", ".pyi")))
    return sizes


def code_at(
    places: Iterable[tuple[str, int, int]], project: Path, roots: tuple[Path, ...]
) -> dict[tuple[str, int, int], str]:
    """Return the code at places (path, first line, last line or 0), as far as the sources are there."""
    text_of = reader_of(project, roots)
    wanted = sorted(set(places))
    lines = {path: _LINE_END.split(text_of(path) or "") for path in {path for path, _, _ in wanted}}
    there = {
        (path, first, last): "\n".join(lines[path][first - 1 : max(first, last)])
        for path, first, last in wanted
        if first > 0
    }
    return {place: code for place, code in there.items() if code.strip()}


def reader_of(project: Path, roots: tuple[Path, ...]) -> Callable[[str], str | None]:
    """Return what gives the text of a source, None where none is to be read below one of the `roots`."""
    allowed = tuple(root.resolve() for root in roots)
    bases = tuple(dict.fromkeys((*allowed, project)))

    def text_of(path: str) -> str | None:
        found = (_text(base / path, allowed) for base in bases)
        return next((text for text in found if text is not None), None)

    return text_of


def lines_of_code(text: str, *, python: bool) -> int:
    """Count the lines on which a statement of Python begins; else those that are not blank and no comment."""
    statements = _statements(text) if python else None
    if statements is not None:
        return statements
    lines = (line.strip() for line in text.splitlines())
    return sum(1 for line in lines if line and not line.startswith(_COMMENTS))


def _statements(text: str) -> int | None:
    """Count as coverage.py does, but for its pragmas: no docstrings; None where it is no Python of ours."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the parser thinks of the project's own literals
            nodes = list(ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    begins = {node.lineno for node in nodes if isinstance(node, ast.stmt) and not _is_bare_text(node)}
    return len(begins)


def _is_bare_text(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _text(path: Path, allowed: tuple[Path, ...]) -> str | None:
    """Read a source, None where there is none to be read below an allowed folder."""
    try:
        if not path.is_file():  # most are not there, and resolving is what takes long
            return None
        real = path.resolve()
        if not any(real.is_relative_to(root) for root in allowed):
            return None
        with real.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
        return None if len(data) > _MOST_BYTES else data.decode("utf-8-sig")
    except (OSError, ValueError, RuntimeError):
        return None  # its size is not known, and the score says so
