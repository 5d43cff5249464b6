"""Which tests a layer or a subject means: patterns over their place, name, markers and properties."""

from __future__ import annotations

import re

from msgspec import Struct

from reportgen.model.globs import fits

_CODE = re.compile(r"\.(?:py|[cm]?[jt]sx?|java|kt|scala|groovy|go|rb|php|cs|rs|c|cc|cpp|swift|ex|exs)$")
_ABSOLUTE = re.compile(r"/|[A-Za-z]:/")

Pairs = tuple[tuple[str, str], ...]


class Pattern(Struct, frozen=True, kw_only=True):
    """What a test is like; all that is given must fit.

    `path` is a glob over the file of the test, or over its class path read as folders. In the others `*`
    stands for anything. `suite` fits a whole suite path or one of its names, `classname` a class with or
    without its packages, `name` a test's name with or without its parameters. `test` fits an id, a name, or
    path, class and name as pytest (`a/b.py::C::test`) or JUnit (`a.b.C.test`) write them. `marker` fits one
    of its markers, tags or categories in any case; `properties` are (name, value) of its JUnit properties.
    """

    path: str = ""
    suite: str = ""
    classname: str = ""
    name: str = ""
    test: str = ""
    marker: str = ""
    properties: Pairs = ()

    def __post_init__(self) -> None:
        """Refuse a pattern of nothing: it would fit every test."""
        if not (self.of_class or self.of_case):
            raise ValueError("a pattern needs at least one of path, suite, class, name, marker and property")

    @property
    def of_class(self) -> bool:
        """Whether it asks for what the tests of one class have in common."""
        return bool(self.path or self.suite or self.classname)

    @property
    def of_case(self) -> bool:
        """Whether it asks for what each test has of its own."""
        return bool(self.name or self.test or self.marker or self.properties)

    @property
    def of_properties(self) -> bool:
        """Whether it asks for markers or properties, which a suite may hold for its tests."""
        return bool(self.marker or self.properties)

    def fits_class(self, file: str, classname: str, suite: str) -> bool:
        """Tell whether file, class and suite (its names joined with ` / `) fit; what is not given does."""
        return (
            (not self.path or fits_place(self.path, file, classname))
            and (not self.suite or fits_suite(self.suite, suite))
            and (not self.classname or fits_classname(self.classname, classname))
        )

    def fits_properties(self, properties: Pairs, markers: frozenset[str]) -> bool:
        """Tell whether the properties, and the markers that they tell, fit."""
        if self.marker:
            wanted = self.marker.lower().strip("@ ")
            if wanted not in markers and not any(like(wanted, each) for each in markers):
                return False
        return all(
            any(like(name, key) and like(value, held) for key, held in properties)
            for name, value in self.properties
        )


def like(pattern: str, text: str) -> bool:
    """Tell whether a text is like a pattern, in which only `*` is special: brackets are parameters."""
    return pattern == text or ("*" in pattern and holds_pieces(pattern.split("*"), text))


def holds_pieces(pieces: list[str], text: str) -> bool:
    """Tell whether a text begins with the first of some pieces, ends with the last, and has the rest between.

    A regular expression would do it too, but compiling one takes longer than looking at a hundred texts.
    """
    first, *between, last = pieces
    at, end = len(first), len(text) - len(last)
    if end < at or not text.startswith(first) or not text.endswith(last):
        return False
    for piece in between:
        found = text.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def fits_place(glob: str, file: str, classname: str) -> bool:
    """Tell whether a glob fits a test's file, or its class path `a.b.C` looked at as `a/b/C`."""
    return any(
        fits(each, place)
        for place in places_of(file, classname)
        for each in spellings(glob, absolute=is_absolute(place))
    )


def places_of(file: str, classname: str) -> tuple[str, ...]:
    """Return where a test may be said to be: its file, and its class path read as folders."""
    spelled = file.replace("\\", "/").removeprefix("./")
    dotted = classname.replace(".", "/").replace("::", "/")
    return tuple(dict.fromkeys(place for place in (spelled, dotted) if place))


def is_absolute(place: str) -> bool:
    """Tell whether a path begins at a root: the evidence has it from another machine."""
    return _ABSOLUTE.match(place) is not None


def spellings(glob: str, *, absolute: bool) -> tuple[str, ...]:
    """Return what a glob is for a path: also without the ending of code; at any depth below a root."""
    if absolute:
        return (f"**/{glob.removeprefix('./').lstrip('/')}",)
    bare = _CODE.sub("", glob)
    return (glob,) if bare == glob else (glob, bare)


def fits_suite(pattern: str, suite: str) -> bool:
    """Tell whether a pattern fits a suite path, or one of its names."""
    return like(pattern, suite) or any(like(pattern, name) for name in suite.split(" / "))


def fits_classname(pattern: str, classname: str) -> bool:
    """Tell whether a pattern fits a class, with or without its packages."""
    return like(pattern, classname) or like(f"*.{pattern}", classname) or like(f"*::{pattern}", classname)


def fits_name(pattern: str, name: str) -> bool:
    """Tell whether a pattern fits a test's name, with or without its parameters."""
    return like(pattern, name) or like(pattern, name.partition("[")[0])


def dotted(test: str) -> str:
    """Write `a/b.py::C::test` as `a.b.C.test`; other words stay as they are, and parameters always do."""
    base, bracket, parameters = test.partition("[")
    path, *names = base.split("::")
    if not names:
        return test
    folders = _CODE.sub("", path.replace("\\", "/").removeprefix("./")).replace("/", ".")
    return ".".join((folders, *names)) + bracket + parameters


def names_of(classname: str, name: str) -> tuple[str, ...]:
    """Return what a test may be called: its name, alone and with its class, each also without parameters."""
    lead = f"{classname.replace('::', '.')}." if classname else ""
    bare = name.partition("[")[0]
    return tuple(dict.fromkeys((name, bare, lead + name, lead + bare)))


def fits_test(pattern: str, id_: str, classname: str, name: str) -> bool:
    """Tell whether a pattern fits a test's id, its name, or class and name from any package on."""
    wanted = dotted(pattern)
    return like(pattern, id_) or any(
        like(wanted, each) or like(f"*.{wanted}", each) for each in names_of(classname, name)
    )
