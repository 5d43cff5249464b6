"""The paths of test files: as results name them, and the same files as findings name them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from reportgen.model.evidence import JoinedCase

_HOLDS_TESTS = re.compile(r"(?:^|/)(?:test_[^/]*|[^/]*_tests?)\.\w+$|\.(?:test|spec)\.\w+$|Tests?\.\w+$")
_ENDING = re.compile(r"\.[A-Za-z]{1,5}$")


def place_of(case: JoinedCase) -> str:
    """Return the file of a test, else its module as a path where it has one, else its class or suite."""
    if case.file:
        return case.file.replace("\\", "/").removeprefix("./")
    dotted = case.classname or case.name
    modules = [part for part in dotted.split(".") if part.isidentifier()]
    lower = [part for part in modules if not part[:1].isupper()]
    if lower and ".".join(lower) == dotted[: len(".".join(lower))] and _is_module(lower[-1]):
        return f"{'/'.join(lower)}.py"
    return case.classname or case.suite or case.name


def _is_module(name: str) -> bool:
    return name.startswith("test") or name.endswith(("test", "tests"))


def holds_tests(path: str) -> bool:
    """Tell by its name whether a file holds tests, and not what helps them."""
    return _HOLDS_TESTS.search(path) is not None


def met(places: Iterable[str], paths: Iterable[str]) -> Mapping[str, str]:
    """Return place -> the one path of a finding that is of the same file.

    They are one file if one is a whole-segment ending of the other, and of no second one.
    """
    by_name: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        by_name[_bare(path).rpartition("/")[2]].append(path)
    known: dict[str, str] = {}
    for place in places:
        same = [path for path in by_name[_bare(place).rpartition("/")[2]] if _one_file(place, path)]
        if len(same) == 1:
            known[place] = same[0]
    twice = Counter(known.values())
    return {place: path for place, path in known.items() if twice[path] == 1}


def _one_file(one: str, other: str) -> bool:
    short, long = sorted((f"/{_bare(one)}", f"/{_bare(other)}"), key=len)
    return long.endswith(short)


def _bare(path: str) -> str:
    return _ENDING.sub("", path.removeprefix("./"))
