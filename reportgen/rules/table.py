"""The table of our own rules; a rule is one module and one row."""

from __future__ import annotations

from reportgen.model.states import Severity
from reportgen.rules.base import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "RG001",
        "A passing test covered nothing",
        Severity.INFO,
        "The test passed, and no line of the measured code ran in it: it can pass whatever that code does. "
        "Let it call the code that it is named for, or measure the code that it calls.",
        "covers_nothing",
    ),
)
