"""Is the house still the house? Floors, doors, lengths, names, and who may speak to the world."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from graphlib import CycleError, TopologicalSorter
from statistics import median

import pytest

from tests.house.modules import Module, is_foreign, is_ours, modules, names

FLOORS = {
    "__main__": 4,
    "cli": 3,
    "__init__": 3,
    "pipeline": 2,
    "inspection": 2,
    "cycles": 0,
    "errors": 0,
    "model": 0,
}
ROOM = 1
"""The floor of every other part of the package."""

DOORS = {
    "jinja2": ("render/environment",),
    "markupsafe": ("render/*",),  # Jinja's own type for text that is safe
    "lxml": ("readers/xml",),
    "junitparser": ("readers/junit*",),
    "markdown_it": ("render/html*", "render/outline", "render/note_text"),
    "mdit_py_plugins": ("render/html*",),
    "weasyprint": ("render/pdf",),
    "coverage": ("readers/coveragepy*",),
    "ast_grep_py": ("rules/*",),
    "click": ("cli/*",),
    "rich": ("cli/*",),
    "msgspec": ("*",),  # what our records are made of
    "_typeshed": ("*",),  # the type checker's own, never there at run time
}

WORLD = {
    "print": "prints",
    "input": "reads standard input",
    "breakpoint": "stops",
    "exit": "exits",
    "quit": "exits",
    "sys.exit": "exits",
    "os._exit": "exits",
    "os.abort": "exits",
    "sys.argv": "reads the command line",
    "sys.stdin": "reads standard input",
    "sys.stdout": "prints",
    "sys.stderr": "prints",
    "os.environ": "reads the environment",
    "os.environb": "reads the environment",
    "os.getenv": "reads the environment",
    "os.path.expanduser": "reads the environment",
    "os.path.expandvars": "reads the environment",
    "pathlib.Path.home": "reads the environment",
    "getpass.getuser": "reads the environment",
    "platform.node": "reads the environment",
    "socket.gethostname": "reads the environment",
    "locale.getlocale": "reads the environment",
    "time.time": "reads the clock",
    "time.time_ns": "reads the clock",
    "time.monotonic": "reads the clock",
    "time.perf_counter": "reads the clock",
    "time.localtime": "reads the clock",
    "time.gmtime": "reads the clock",
    "time.strftime": "reads the clock",
    "datetime.datetime.now": "reads the clock",
    "datetime.datetime.utcnow": "reads the clock",
    "datetime.datetime.today": "reads the clock",
    "datetime.date.today": "reads the clock",
}

NAMED_AFTER = {"reportgen.readers.xml": "its format", "reportgen.model.profile": "the word of the domain"}
"""Modules that have a name of the standard library's; absolute imports keep them apart."""

LONGEST_MODULE, LONGEST_FUNCTION, LARGEST_MEDIAN = 350, 50, 110


def floor(room: str) -> int:
    return FLOORS.get(room, ROOM)


def room_of(name: str) -> str:
    return name.split(".")[1] if "." in name else "__init__"


def ours() -> Iterator[tuple[Module, str, int]]:
    """Yield (module, what it imports of ours, line)."""
    for module in modules():
        for name, line in module.imports():
            if is_ours(name):
                yield module, name, line


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_imports_go_down_and_never_sideways_between_rooms() -> None:
    wrong = [
        f"{module.place}:{line} ({module.room}, floor {floor(module.room)}) imports {name}"
        f" (floor {floor(room_of(name))})"
        for module, name, line in ours()
        if room_of(name) != module.room and floor(room_of(name)) >= floor(module.room)
    ]
    assert not wrong, "\n".join(wrong)


def test_no_module_imports_itself_by_detours() -> None:
    graph: dict[str, set[str]] = {module.name: set() for module in modules()}
    for module, name, _ in ours():
        if name != module.name:
            graph[module.name].add(name)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as cycle:
        pytest.fail(" -> ".join(cycle.args[1]))


def test_what_is_imported_of_ours_is_there() -> None:
    wrong = [f"{module.place}:{line} {name}" for module, name, line in ours() if name not in names()]
    assert not wrong, "\n".join(wrong)


def test_each_dependency_has_its_door() -> None:
    wrong = []
    for module in modules():
        place = module.place.removeprefix("reportgen/").removesuffix(".py")
        for name, line in module.imports():
            if is_foreign(name) and not any(
                fnmatch(place, door) for door in DOORS.get(name.partition(".")[0], ())
            ):
                wrong.append(f"{module.place}:{line} imports {name}, which is not its door")
    assert not wrong, "\n".join(wrong)


def test_only_the_command_line_speaks_to_the_world() -> None:
    wrong = [
        f"{module.place}:{line} {WORLD[name]} ({name})"
        for module in modules()
        if module.room not in {"cli", "__main__"}
        for name, line in module.uses()
        if name in WORLD
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("print(1)", "print"),
        ("import os\nos.environ['X']", "os.environ"),
        ("from os import environ as e\ne['X']", "os.environ"),
        ("from datetime import datetime\ndatetime.now()", "datetime.datetime.now"),
        ("import datetime as d\nd.datetime.now()", "datetime.datetime.now"),
        ("def f():\n    import sys\n    sys.exit()", "sys.exit"),
    ],
)
def test_the_test_of_speaking_hears(text: str, seen: str) -> None:
    module = modules()[0]._replace(tree=ast.parse(text))
    assert seen in {name for name, _ in module.uses()}
    assert seen in WORLD


def test_no_module_is_too_long(record_property: Callable[[str, object], None]) -> None:
    lengths = {module.place: module.lines for module in modules()}
    middle = median(lengths.values())
    record_property("median lines of a module", middle)
    assert {place: lines for place, lines in lengths.items() if lines > LONGEST_MODULE} == {}
    assert middle <= LARGEST_MEDIAN


def test_no_function_is_too_long() -> None:
    wrong = [
        f"{module.place}:{node.lineno} {node.name} has {length} lines"
        for module in modules()
        for node in functions(module)
        if (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert not wrong, "\n".join(wrong)


def test_every_public_name_is_documented() -> None:
    wrong = [f"{module.place} itself" for module in modules() if not ast.get_docstring(module.tree)]
    for module in modules():
        for node, public in _definitions(module.tree):
            if public and not ast.get_docstring(node):
                wrong.append(f"{module.place}:{node.lineno} {node.name}")
    assert not wrong, "\n".join(wrong)


def _definitions(
    node: ast.AST, *, public: bool = True
) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, bool]]:
    """Yield the classes, their methods and the functions of a module, not what stands inside a function."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child, public and not child.name.startswith("_")
        elif isinstance(child, ast.ClassDef):
            shown = public and not child.name.startswith("_")
            yield child, shown
            yield from _definitions(child, public=shown)


def test_names_are_of_the_field_and_clash_with_nothing() -> None:
    wrong = []
    for module in modules():
        stem = module.name.rpartition(".")[2]
        if stem in {"util", "utils", "helpers", "misc", "common"}:
            wrong.append(f"{module.place}: a name for anything")
        if stem in sys.stdlib_module_names - {"__main__"} and module.name not in NAMED_AFTER:
            wrong.append(f"{module.place}: the standard library has a module {stem}")
        wrong += [
            f"{module.place}:{node.lineno}: pytest takes a type {node.name} for tests"
            for node in ast.walk(module.tree)
            if isinstance(node, ast.ClassDef) and node.name.startswith("Test")
        ]
    assert not wrong, "\n".join(wrong)


def test_a_room_is_either_a_module_or_a_folder() -> None:
    rooms = Counter({module.room: 0 for module in modules()})
    for module in modules():
        if module.name.count(".") <= 1:
            rooms[module.room] += 1
    assert [room for room, count in rooms.items() if count != 1] == []


def test_nothing_is_done_at_import() -> None:
    """A module defines; it calls nothing for its effect, opens nothing and loops over nothing."""
    wrong = [
        f"{module.place}:{node.lineno}"
        for module in modules()
        if module.room != "__main__"
        for node in module.tree.body
        if isinstance(node, ast.For | ast.While | ast.With | ast.Try)
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call))
    ]
    assert not wrong, "\n".join(wrong)
