"""Which layer a test or an artifact belongs to: as the user says, else by a whole word in its path."""

from __future__ import annotations

import re

from reportgen.merge.globs import fits
from reportgen.merge.placing import Placing, Rules
from reportgen.model.artifact import Source
from reportgen.model.cases import Suite

DEFAULT = "default"
WORDS = ("unit", "integration", "e2e", "performance", "smoke", "contract")

_SEGMENTS = re.compile(r"[/\\.:\-\s]+")
_UNDERSCORES = re.compile(r"_+")
_END_TO_END = re.compile(r"(?<![^\W_])end[-_ ]to[-_ ]end(?![^\W_])")
_CODE = re.compile(r"\.(?:py|[cm]?[jt]sx?|java|kt|scala|groovy|go|rb|php|cs|rs|c|cc|cpp|swift|ex|exs)$")


def _segments(text: str) -> tuple[str, ...]:
    """Split a path or dotted name into its whole segments; `end_to_end` is another word for e2e."""
    return tuple(_SEGMENTS.split(_END_TO_END.sub("e2e", text.lower())))


def _word_in(segments: tuple[str, ...]) -> str:
    return next((word for word in WORDS if word in segments), "")


def _pieces(segments: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(piece for segment in segments for piece in _UNDERSCORES.split(segment))


class Layers:
    """Answers which layer something is in; each question is answered once and remembered."""

    def __init__(self, globs: tuple[tuple[str, str], ...], placing: Rules = ()) -> None:
        self._globs = globs
        self.placing = Placing(placing)
        self._stated = dict.fromkeys(name for name, _ in (*globs, *placing))
        self._used: set[str] = set()
        self._artifacts: dict[str, str] = {}
        self._tests: dict[tuple[str, str, str, str], str] = {}
        self._paths: dict[str, tuple[str, ...]] = {}

    def of_artifact(self, source: Source) -> str:
        """Return an artifact's own layer: what the user set, else a glob's, else a word of its path."""
        if source.layer:
            return source.layer
        known = self._artifacts.get(source.path)
        if known is None:
            segments = _segments(source.path)
            known = (
                self._by_glob((source.path,), "")
                or _word_in(segments)
                or _word_in(_pieces(segments))
                or DEFAULT
            )
            self._artifacts[source.path] = known
        return known

    def of_test(self, source: Source, file: str, classname: str) -> str:
        """Return a test's layer, told by its artifact, its file and its class path (both may be empty).

        Whole segments go before words between underscores, the test's own path before its artifact's.
        """
        key = (source.layer, source.path, file, classname)
        known = self._tests.get(key)
        if known is None:
            known = self._tests[key] = self._find(source, file, classname)
        return known

    def of_suite(self, source: Source, suite: Suite) -> str:
        """Return the layer of an error that hangs on no test, but on a suite."""
        return self.placing.of_suite(suite) or self.of_test(source, suite.file, " ".join(suite.path))

    @property
    def idle(self) -> tuple[str, ...]:
        """The layers whose patterns put nothing into them, of all that was asked about so far."""
        return tuple(
            name for name in self._stated if name not in self._used and name not in self.placing.used
        )

    def _find(self, source: Source, file: str, classname: str) -> str:
        if source.layer:
            return source.layer
        own = _segments(f"{file} {classname}")
        path = self._paths.get(source.path)
        if path is None:
            path = self._paths[source.path] = _segments(source.path)
        return (
            self._by_glob((source.path, file), classname)
            or _word_in(own)
            or _word_in(path)
            or _word_in(_pieces(own))
            or _word_in(_pieces(path))
            or DEFAULT
        )

    def _by_glob(self, paths: tuple[str, ...], classname: str) -> str:
        """Return the layer of the first glob that fits; a class path `a.b.C` is looked at as `a/b/C`."""
        if not self._globs:
            return ""
        spelled = [path.replace("\\", "/").removeprefix("./") for path in paths if path]
        dotted = classname.replace(".", "/").replace("::", "/")
        for name, glob in self._globs:
            if any(fits(glob, path) for path in spelled) or (
                dotted and (fits(glob, dotted) or fits(_CODE.sub("", glob), dotted))
            ):
                self._used.add(name)
                return name
        return ""
