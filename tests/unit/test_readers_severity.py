"""How much a finding matters, by score, rule and level."""

from __future__ import annotations

import pytest

from reportgen.model.states import Severity
from reportgen.readers import severity


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        ("10.0", "critical"),
        ("9.0", "critical"),
        ("8.9", "high"),
        ("7", "high"),
        (6.9, "medium"),
        (4, "medium"),
        ("3.9", "low"),
        ("0.1", "low"),
        ("0.0", None),
        (0, None),
        ("-1", None),
        ("", None),
        ("high", None),
        ("nan", None),
        ("inf", None),
        (None, None),
    ],
)
def test_score(score: str | float | None, expected: str | None) -> None:
    assert severity.of_score(score) == expected


@pytest.mark.parametrize(
    ("tool", "rule", "expected"),
    [
        ("ruff", "", "high"),
        ("ruff", "invalid-syntax", "high"),
        ("ruff", "E999", "high"),
        ("ruff", "F821", "high"),
        ("ruff", "S101", "medium"),
        ("ruff", "SIM102", "low"),
        ("ruff", "F401", "low"),
        ("flake8", "E999", "high"),
        ("flake8", "S311", "medium"),
        ("flake8", "W291", "low"),
        ("eslint", "no-undef", None),
    ],
)
def test_rule(tool: str, rule: str, expected: str | None) -> None:
    assert severity.of_rule(tool, rule) == expected


@pytest.mark.parametrize(
    ("scale", "expected"),
    [
        (severity.SARIF, {"error": "high", "warning": "medium", "note": "low", "none": "info"}),
        (
            severity.PYLINT,
            {
                "fatal": "critical",
                "error": "high",
                "warning": "medium",
                "refactor": "low",
                "convention": "low",
                "info": "info",
            },
        ),
        (severity.ESLINT, {"error": "medium", "warning": "low"}),
        (severity.BANDIT, {"HIGH": "high", "MEDIUM": "medium", "LOW": "low", "UNDEFINED": "medium"}),
        (
            severity.CODE_QUALITY,
            {"blocker": "critical", "critical": "high", "major": "medium", "minor": "low", "info": "info"},
        ),
        (severity.MYPY, {"error": "high", "note": "low"}),
        (severity.CHECKSTYLE, {"error": "high", "warning": "medium", "info": "info", "ignore": "info"}),
    ],
)
def test_level(scale: severity.Scale, expected: dict[str, str]) -> None:
    assert {level: severity.of_level(scale, level) for level in expected} == expected
    assert all(severity.is_known(scale, level) for level in expected)


def test_a_word_of_our_own_is_taken_for_itself() -> None:
    assert severity.of_level(severity.SARIF, "Critical") is Severity.CRITICAL


def test_an_unknown_word_is_not_passed_over() -> None:
    assert severity.of_level(severity.SARIF, "blue") is Severity.MEDIUM
    assert not severity.is_known(severity.SARIF, "blue")
