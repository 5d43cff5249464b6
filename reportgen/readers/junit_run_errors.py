"""What JunitXml.TestLogger (`dotnet test`) tells of a run as a whole: `Error - …` in a suite's error output.

When the test host crashes, or a class or fixture cannot be cleaned up, no case fails; the file holds the
cases that ended before, and such a line. xUnit.net also tells of each test that failed so, as `… [FAIL]`.
"""

from __future__ import annotations

_START = "Error - "
_HAS_CASE = "[FAIL]"
_LONGEST = 4_096  # characters of a line that are kept
_MOST = 1_000  # lines that are kept


class RunErrors:
    """Gathers those lines from the suites of one file, each once: they are repeated in each suite."""

    def __init__(self) -> None:
        self._lines: dict[str, None] = {}
        self._rest = ""

    def add(self, piece: str) -> None:
        """Take the next piece of text."""
        *lines, rest = f"{self._rest}{piece}".split("\n")
        self._rest = rest[:_LONGEST]
        for line in lines:
            self._keep(line)

    def finish(self) -> None:
        """Take the last line, also where it does not end: the output of this suite is over."""
        self._keep(self._rest)
        self._rest = ""

    def _keep(self, line: str) -> None:
        bare = line.strip()
        if bare.startswith(_START) and not bare.endswith(_HAS_CASE) and len(self._lines) < _MOST:
            self._lines[bare.removeprefix(_START)[:_LONGEST]] = None

    @property
    def lines(self) -> tuple[str, ...]:
        """What was gathered, without `Error - `."""
        return tuple(self._lines)
