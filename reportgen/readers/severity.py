"""How much a finding matters: a score, else a rule, else the tool's own level, each by a table.

The tables are those of DESIGN.md, *Severity*. A policy may override any of them later, by rule.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import isfinite
from types import MappingProxyType

from reportgen.model.states import Severity

CRITICAL, HIGH, MEDIUM, LOW, INFO = Severity

Scale = Mapping[str, Severity]
"""A tool's own words, in lower case, and what they come to."""

SARIF: Scale = MappingProxyType({"error": HIGH, "warning": MEDIUM, "note": LOW, "none": INFO})
PYLINT: Scale = MappingProxyType(
    {"fatal": CRITICAL, "error": HIGH, "warning": MEDIUM, "refactor": LOW, "convention": LOW, "info": INFO}
)
ESLINT: Scale = MappingProxyType({"error": MEDIUM, "warning": LOW})
BANDIT: Scale = MappingProxyType({"high": HIGH, "medium": MEDIUM, "low": LOW, "undefined": MEDIUM})
CODE_QUALITY: Scale = MappingProxyType(
    {"blocker": CRITICAL, "critical": HIGH, "major": MEDIUM, "minor": LOW, "info": INFO}
)
MYPY: Scale = MappingProxyType({"error": HIGH, "warning": MEDIUM, "note": LOW})
CHECKSTYLE: Scale = MappingProxyType(
    {"error": HIGH, "warning": MEDIUM, "note": LOW, "info": INFO, "ignore": INFO}
)
WORDS: Scale = MappingProxyType({severity.value: severity for severity in Severity})

_PYTHON_RULES = (
    (re.compile(r"|invalid-syntax|E999|F821"), HIGH),
    (re.compile(r"S\d+"), MEDIUM),
    (re.compile(r".+"), LOW),
)
RULES: Mapping[str, tuple[tuple[re.Pattern[str], Severity], ...]] = MappingProxyType(
    {
        # Neither tells how much a rule is worth: ruff calls everything an error, flake8 has no levels at all.
        # A ruff result without a rule is a syntax error.
        "ruff": _PYTHON_RULES,
        "flake8": _PYTHON_RULES,
    }
)
_SCORES = ((9.0, CRITICAL), (7.0, HIGH), (4.0, MEDIUM))


def of_score(score: str | float | None) -> Severity | None:
    """Read a `security-severity` (0 to 10, mostly as text); None where it is nothing, or no number."""
    try:
        value = float(score) if score is not None else 0.0
    except (ValueError, OverflowError):
        return None
    if not isfinite(value) or value <= 0:
        return None
    return next((severity for least, severity in _SCORES if value >= least), LOW)


def of_rule(tool: str, rule: str) -> Severity | None:
    """Look the rule up in the table that ships; None for a tool that tells its rules' worth itself."""
    rows = RULES.get(tool, ())
    return next((severity for pattern, severity in rows if pattern.fullmatch(rule)), None)


def of_level(scale: Scale, level: str) -> Severity:
    """Translate a tool's own word; a word that nobody knows is medium, so that it is not passed over."""
    word = level.lower()
    return scale.get(word) or WORDS.get(word, MEDIUM)


def is_known(scale: Scale, level: str) -> bool:
    """Tell whether `of_level` knows the word."""
    return level.lower() in scale or level.lower() in WORDS
