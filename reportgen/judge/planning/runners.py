"""How each test runner is told to run just some tests, as its own documentation says.

A selector that cannot be made for sure is not made: a command that runs something else would verify nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from shlex import join, quote

from msgspec import Struct
from msgspec.structs import replace

from reportgen.model.evidence import JoinedCase

Cases = Sequence[JoinedCase]

_IDENTIFIER = re.compile(r"[^\W\d]\w*")
_JAVA_METHOD = re.compile(r"[A-Za-z_$][\w$]*")
_JS_SPECIAL = re.compile(r"[\\^$.*+?()\[\]{}|/]")
_SET_UP = re.compile(r"(?:setUp|tearDown)(?:Class|Module) \(([\w.]+)\)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\u202a-\u202e\u2066-\u2069\u200b-\u200f]")


class Runner(Struct, frozen=True):
    """`select` names a test as the runner wants it, None where that is not known; `command` runs those."""

    select: Callable[[JoinedCase], str | None]
    command: Callable[[Sequence[str]], str]


def selectors(producer: str, cases: Cases) -> list[str] | None:
    """Name each test, each once and in their order; None where one of them cannot be named for sure."""
    runner = RUNNERS.get(producer)
    found = [runner.select(case) if runner else _plain(case) for case in cases]
    sure = [each for each in found if each and not _CONTROL.search(each)]
    return list(dict.fromkeys(sure)) if len(sure) == len(found) else None


def files_of(cases: Cases) -> list[str]:
    """Return the files that the tests are in, as far as they are known: told, or pytest's module path."""
    files = (case.file or _pytest_file(case) for case in cases)
    return list(dict.fromkeys(file for file in files if file and not _CONTROL.search(file)))


def _plain(case: JoinedCase) -> str | None:
    return f"{case.classname}.{case.name}" if case.classname else case.name or None


def _pytest_file(case: JoinedCase) -> str:
    """Turn pytest's classname (`tests.unit.test_a.TestB`) into its file; a class begins with a capital.

    What could not be collected has no class, and its module for a name.
    """
    return _module_file(case.classname or case.name)


@lru_cache(maxsize=4096)
def _module_file(dotted: str) -> str:
    modules = [each for each in dotted.split(".") if not each[:1].isupper()]
    # Classes stand last, so that a module behind one is no module.
    if not modules or dotted.split(".")[: len(modules)] != modules or not all(map(str.isidentifier, modules)):
        return ""
    stem = modules[-1]
    return f"{'/'.join(modules)}.py" if stem.startswith("test") or stem.endswith(("test", "tests")) else ""


def _pytest(case: JoinedCase) -> str | None:
    file = (case.file.replace("\\", "/") if case.file.endswith(".py") else "") or _pytest_file(case)
    if not file or file.startswith(("/", "-")) or ".." in file.split("/"):
        return None
    if not case.classname or case.name == "pytest":  # what stands for a whole file
        return file
    classes = [each for each in case.classname.split(".") if each[:1].isupper()]
    return "::".join((file, *classes, case.name))


def _googletest(case: JoinedCase) -> str | None:
    name = f"{case.classname}.{case.name}"
    return None if not case.classname or re.search(r"[:*?\s-]", name) else name


def _go(case: JoinedCase) -> str | None:
    top = case.name.split("/")[0]
    return top if _IDENTIFIER.fullmatch(top) else None


def _java(case: JoinedCase) -> str | None:
    method = _JAVA_METHOD.match(case.name)
    classes = case.classname.split("$")[0]
    if not method or not all(_JAVA_METHOD.fullmatch(each) for each in classes.split(".")):
        return None
    return f"{classes}#{method.group()}"


def _name(case: JoinedCase) -> str | None:
    return case.name or None


def _vitest(case: JoinedCase) -> str | None:
    return case.name.replace(" > ", " ") or None


def _unittest(case: JoinedCase) -> str | None:
    """Name a method, of a subtest that which holds it, of a failed `setUpClass` the class."""
    found = _SET_UP.fullmatch(case.name)
    if found:
        return found[1] if all(map(str.isidentifier, found[1].split("."))) else None
    method, odd, _ = case.name.partition(" ")
    return _dotted(replace(case, name=method) if odd and method.startswith("test") else case)


def _dotted(case: JoinedCase) -> str | None:
    parts = (*case.classname.split("."), case.name)
    return ".".join(parts) if case.classname and all(map(str.isidentifier, parts)) else None


def _any_of(names: Iterable[str], escape: Callable[[str], str]) -> str:
    each = [escape(name) for name in names]
    return each[0] if len(each) == 1 else f"({'|'.join(each)})"


def _js(name: str) -> str:
    return _JS_SPECIAL.sub(r"\\\g<0>", name)


def _gradle(names: Sequence[str]) -> str:
    return join(["gradle", "test", *(part for name in names for part in ("--tests", name.replace("#", ".")))])


def _program(names: Sequence[str]) -> str:
    """Name the tests of a program that the evidence does not name."""
    return f'"$TEST_PROGRAM" --gtest_filter={quote(":".join(names))}'


def _nextest(names: Sequence[str]) -> str:
    return join(["cargo", "nextest", "run", "-E", " | ".join(f"test(={name})" for name in names)])


_PYTEST = Runner(_pytest, lambda names: join(["pytest", *names]))
_GO = Runner(_go, lambda names: join(["go", "test", "./...", "-run", f"^{_any_of(names, str)}$"]))
_SUREFIRE = Runner(_java, lambda names: f"mvn test -Dtest={quote(','.join(names))}")

RUNNERS: Mapping[str, Runner] = {
    "pytest": _PYTEST,
    # The evidence does not name the program that holds the tests.
    "googletest": Runner(
        _googletest, lambda names: f'"$TEST_PROGRAM" --gtest_filter={quote(":".join(names))}'
    ),
    "gotestsum": _GO,
    "go-junit-report": _GO,
    "jest-junit": Runner(_name, lambda names: join(["npx", "jest", "-t", _any_of(names, _js)])),
    "Vitest": Runner(_vitest, lambda names: join(["npx", "vitest", "run", "-t", _any_of(names, _js)])),
    "Surefire": _SUREFIRE,
    "Maven": _SUREFIRE,
    "Failsafe": Runner(_java, lambda names: f"mvn verify -Dit.test={quote(','.join(names))}"),
    "Gradle": Runner(_java, _gradle),
    "PHPUnit": Runner(
        _go, lambda names: join(["vendor/bin/phpunit", "--filter", f"/::{_any_of(names, re.escape)}$/"])
    ),
    "CTest": Runner(_name, lambda names: join(["ctest", "-R", f"^{_any_of(names, re.escape)}$"])),
    "cargo-nextest": Runner(lambda case: case.name if re.fullmatch(r"[\w:]+", case.name) else None, _nextest),
    "unittest-xml-reporting": Runner(_unittest, lambda names: join(["python", "-m", "unittest", *names])),
}
