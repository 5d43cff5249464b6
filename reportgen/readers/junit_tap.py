"""What raw TAP in a suite's output tells that its cases do not: TODO, SKIP, and a plan not fulfilled.

TAP::Formatter::JUnit and its like write a test that is marked `# TODO` or `# SKIP` as a passed case, and
nothing at all for tests that the plan (`1..5`) promised and that never came.
"""

from __future__ import annotations

import re

from reportgen.model.cases import Case
from reportgen.model.states import Outcome

_TAP = re.compile(r"\s*(?:TAP version \d|1\.\.\d|(?:not )?ok \d)")
_MARKED = re.compile(r"^(?:not )?ok\b.*?(?<!\\)# *(?:todo|skip)\b", re.IGNORECASE | re.MULTILINE)
_LONGEST = 1_000_000  # characters of a suite's output that are looked at
_PLAN = re.compile(r"^1\.\.(\d{1,7})[ \t]*(?:#[^\n]*)?$", re.MULTILINE)


class TapOutput:
    """Gathers what a suite printed, if that is TAP, and else nothing."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._left = _LONGEST

    def add(self, piece: str) -> None:
        """Take the next piece; the first tells whether it is TAP."""
        if not self._pieces and not piece.isspace() and not _TAP.match(piece):
            self._left = 0
        if self._left > 0:
            self._pieces.append(piece)
            self._left -= len(piece)

    @property
    def text(self) -> str:
        """What was gathered."""
        return "".join(self._pieces)


class TapTally:
    """Counts over all suites: marked tests that look passed, and planned tests that are missing."""

    def __init__(self) -> None:
        self.looks_passed = 0
        self.missing = 0

    def look(self, output: str, cases: list[Case]) -> None:
        """Look through the output of a suite that has ended, if it is TAP."""
        if not _TAP.match(output):
            return
        skipped = sum(case.outcome is Outcome.SKIPPED for case in cases)
        self.looks_passed += max(len(_MARKED.findall(output)) - skipped, 0)
        plans = _PLAN.findall(output)
        if len(plans) == 1:
            self.missing += max(int(plans[0]) - len(cases), 0)
