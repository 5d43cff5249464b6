"""Rules of many tools that tell of a test which can pass when it should fail, and why it can."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

RiskOfRule = Literal["high", "moderate", "low"]


class Doubt(Struct, frozen=True):
    """Why a test can pass when it should fail, and how much of a risk that is."""

    risk: RiskOfRule
    why: str


_EMPTY = Doubt("high", "no measured line ran in the test, which may not touch the code at all")
_NO_ASSERTION = Doubt("high", "the test asserts nothing")
_TUPLE = Doubt("high", "an assertion on a tuple is always true")
_REPLACED = Doubt("high", "a second test of the same name replaces the first, which never runs")
_NEVER_AWAITED = Doubt("high", "a coroutine that nobody awaits never runs, nor do its assertions")
_NOT_CALLED = Doubt("high", "the expectation is named and never called, so it checks nothing")
_FOCUSED = Doubt("high", "a focused test keeps all others of its file from running")
_CONSTANT = Doubt("high", "a comparison of a thing with itself, or of constants, says nothing of the code")
_SWALLOWED = Doubt("high", "the exception that should fail the test is swallowed")
_BARE = Doubt("high", "a bare except can also catch the AssertionError that should fail the test")
_BROAD = Doubt(
    "moderate", "a broad except can catch the exception or the AssertionError that should fail the test"
)
_TOO_BROAD = Doubt("moderate", "any exception passes, also one that has nothing to do with what is tested")
_MANY = Doubt("moderate", "another statement of the block may raise what the last one should")
_REMOVED = Doubt("moderate", "python -O takes the assertion out, and the test then passes")
_CONDITIONAL = Doubt("moderate", "an assertion behind a condition or in a handler may never run")
_USELESS = Doubt("moderate", "a comparison whose result nobody looks at asserts nothing")
_DISABLED = Doubt("moderate", "a disabled test cannot fail")
_UNCHECKED = Doubt("low", "a result that is kept and never looked at may be one that should be checked")

DOUBTS: Mapping[str, Doubt] = {
    "RG001": _EMPTY,
    # ruff, flake8-bugbear, flake8-pytest-style
    **dict.fromkeys(("F631", "W0199", "assert-on-tuple"), _TUPLE),
    **dict.fromkeys(("F811", "E0102", "function-redefined"), _REPLACED),
    **dict.fromkeys(("E722", "W0702", "bare-except"), _BARE),
    **dict.fromkeys(("S110", "S112", "SIM105", "B110", "B112"), _SWALLOWED),
    **dict.fromkeys(("BLE001", "W0718", "W0703", "broad-except", "broad-exception-caught"), _BROAD),
    **dict.fromkeys(("B017", "PT011"), _TOO_BROAD),
    "PT012": _MANY,
    **dict.fromkeys(("B011", "PT015"), _REMOVED),
    "PT017": _CONDITIONAL,
    **dict.fromkeys(
        ("B015", "B018", "W0104", "W0106", "pointless-statement", "expression-not-assigned"), _USELESS
    ),
    **dict.fromkeys(("PLR0124", "R0124", "PLR0133", "R0133", "comparison-with-itself"), _CONSTANT),
    **dict.fromkeys(("W0125", "W0126", "using-constant-test"), _CONSTANT),
    **dict.fromkeys(("unused-coroutine", "reportUnusedCoroutine"), _NEVER_AWAITED),
    **dict.fromkeys(("F841", "W0612", "unused-variable"), _UNCHECKED),
    # ESLint's plug-ins for Jest and Vitest
    **{
        f"{tool}/{rule}": doubt
        for tool in ("jest", "vitest")
        for rule, doubt in (
            ("expect-expect", _NO_ASSERTION),
            ("valid-expect", _NOT_CALLED),
            ("valid-expect-in-promise", _NEVER_AWAITED),
            ("no-focused-tests", _FOCUSED),
            ("no-conditional-expect", _CONDITIONAL),
            ("no-disabled-tests", _DISABLED),
        )
    },
    # SonarQube, PMD
    **dict.fromkeys(("java:S2699", "S2699", "squid:S2699"), _NO_ASSERTION),
    **dict.fromkeys(("JUnitTestsShouldIncludeAssert", "UnitTestShouldIncludeAssert"), _NO_ASSERTION),
}
"""Rule -> why."""

ASSERTION_RULES = frozenset(rule for rule, doubt in DOUBTS.items() if doubt is _NO_ASSERTION)
"""Rules that look for tests without an assertion."""
