"""Places that a failure's text names as they were on the machine that ran the tests, as the project's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.judge.planning.runners import files_of
from reportgen.model.evidence import Evidence

_ABSOLUTE = re.compile(r"/|[A-Za-z]:/")


class Locator:
    """Finds the file of the evidence that an absolute path ends with, by whole names."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._by_name: dict[str, list[str]] | None = None
        self._known: dict[str, str] = {}

    def place(self, place: str) -> str:
        """Return `path:line` with the path as the evidence has it; as it is where no file fits."""
        if not _ABSOLUTE.match(place):
            return place
        path, colon, line = place.rpartition(":")
        if path not in self._known:
            self._known[path] = self._nearest(path)
        return f"{self._known[path]}{colon}{line}"

    def _nearest(self, path: str) -> str:
        if self._by_name is None:
            self._by_name = {}
            for each in sorted(set(_files(self._evidence))):
                self._by_name.setdefault(each.rpartition("/")[2], []).append(each)
        named = self._by_name.get(path.rpartition("/")[2], ())
        # Of two that fit, the longer says more: the other is the end of both.
        return max((each for each in named if path.endswith(f"/{each}")), key=len, default=path)


def _files(evidence: Evidence) -> Iterator[str]:
    """Yield the paths below the project's root that coverage, findings and tests name."""
    covered = (file.path for file in evidence.coverage.files) if evidence.coverage else ()
    found = (item.path for item in evidence.findings.items) if evidence.findings else ()
    told = (file.replace("\\", "/").removeprefix("./") for file in files_of(evidence.cases))
    for path in (*covered, *found, *told):
        if path and not _ABSOLUTE.match(path):
            yield path
