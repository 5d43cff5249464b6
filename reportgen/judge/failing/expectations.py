"""What an assertion expected, and what it got: the ways in which test frameworks write the two.

Where a framework leaves the order open (pytest's `assert a == b`, unittest's `first`, gtest's and Rust's two
values), the first is what the code came to and the second what was expected, as their own guides write it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reportgen.judge.failing.comparisons import compared

_MOST_TEXT = 2_000
MOST_VALUE = 300
_V = r"[^\n]{1,400}?"  # a value on one line
_W = r"[^\n]{0,400}"  # the rest of a line
_M = r".{1,500}?"  # a value that may go on over lines


class Expectation(NamedTuple):
    """The two sides, each empty where the message does not tell it."""

    expected: str
    actual: str


# Name -> how it is written; the first that fits counts. An `is` or `was` that only introduces is left out.
WRITTEN: tuple[tuple[str, str], ...] = (
    ("JUnit", rf"[Ee]xpected: ?(?:[\w.$@]+)?<(?P<expected>{_M})> but was: ?(?:[\w.$@]+)?<(?P<actual>{_M})>"),
    ("MSTest", rf"Expected: ?<(?P<expected>{_M})>\. Actual: ?<(?P<actual>{_M})>\."),
    ("Kotlin", rf"Expected <(?P<expected>{_M})>, actual <(?P<actual>{_M})>"),
    ("TestNG", rf"expected \[(?P<expected>{_V})\] but found \[(?P<actual>{_V})\]"),
    ("test-unit", rf"<(?P<expected>{_M})> expected but was[ \t]*\n?[ \t]*<(?P<actual>{_M})>"),
    (
        "AssertJ",
        (
            rf"Expecting[^:\n]{{0,60}}:[ \t]*\n[ \t]*(?P<actual>{_M})\n"
            rf"[ \t]*(?P<relation>(?:not )?to [^:\n]{{2,60}}?):[ \t]*\n"
            rf"[ \t]*(?P<expected>{_M})(?=\n[ \t]*(?:but|when|in |at |$)|\Z)"
        ),
    ),
    ("AssertJ, a value", rf"Expecting value to be (?P<expected>{_V}) but was (?P<actual>{_V})(?:\.?$)"),
    (
        "googletest, a relation",
        rf"^Expected: (?P<expected>\({_V}) *, actual: (?P<actual>{_W})$",
    ),
    (
        "googletest, a condition",
        (
            rf"Value of: {_W}\n[ \t]*Actual: (?P<actual>{_V})\n"
            rf"(?:[ \t]*Which is: {_W}\n)?[ \t]*Expected: (?P<expected>{_W})"
        ),
    ),
    (
        "Jest, Playwright",
        (
            rf"^[ \t]*Expected(?: [a-z ]{{2,20}})?: +(?P<expected>{_M})\n"
            rf"[ \t]*Received(?: [a-z ]{{2,20}})?: +(?P<actual>{_W})"
        ),
    ),
    (
        "Hamcrest, NUnit",
        rf"^[ \t]*Expected: +(?:is )?(?P<expected>{_M})\n[ \t]*[Bb]ut(?: was)?: +(?:was )?(?P<actual>{_W})",
    ),
    ("AssertJ, RSpec", rf"^[ \t]*expected: *(?P<expected>{_M})\n[ \t]*(?:but was|got): *(?P<actual>{_W})"),
    (
        "TAP",
        rf"^#?[ \t]*(?:got|found):? +(?P<actual>{_V})\n#?[ \t]*(?:expected|wanted): +(?P<expected>{_W})",
    ),
    (
        "testify, xunit.net, minitest, mock",
        (
            rf"^[ \t]*[Ee]xpected *: *(?P<expected>{_M})\n(?:[ \t]*\n|[ \t]*\(?[↑↓][^\n]{{0,99}}\n)?"
            rf"[ \t]*[Aa]ctual *: *(?P<actual>{_W})"
        ),
    ),
    ("Qt Test", rf"Actual +\({_V}\) *: (?P<actual>{_W})\n[ \t]*Expected +\({_V}\) *: (?P<expected>{_W})"),
    ("pytest, a pattern", rf"Expected regex: (?P<expected>{_W})\n[ \t]*Actual message: (?P<actual>{_W})"),
    (
        "PHPUnit",
        (
            rf"Failed asserting that (?P<actual>{_V}) "
            rf"(?:matches expected|is identical to|equals|is equal to|is) (?P<expected>{_V})\.?$"
        ),
    ),
    ("Rust", rf"^[ \t]*left: `?(?P<actual>{_V})`?,?\n[ \t]*right: `?(?P<expected>{_V})`?,?(?:: {_W})?$"),
    ("XCTest", rf"\(\"(?P<actual>{_V})\"\) is not equal to \(\"(?P<expected>{_V})\"\)"),
    ("Node.js", rf"^(?P<actual>{_V}) !== (?P<expected>{_W})$"),
    ("Boost.Test", rf"has failed \[(?P<actual>{_V}) != (?P<expected>{_V})\]"),
    (
        "chai, Vitest, RSpec",
        (
            rf"expected (?P<actual>{_V}) (?:to (?:(?:strictly |deeply |loosely )?(?:equal|eql?)|be)) "
            rf"(?P<expected>{_V})(?: // {_W})?$"
        ),
    ),
    (
        "chai, another relation",
        (
            rf"\bexpected (?P<actual>{_V}) (?P<relation>(?:not )?to (?:not )?[a-z]+(?: [a-z]+){{0,3}}) "
            rf"(?P<expected>['\"\[{{<\d-]{_W})$"
        ),
    ),
    ("ScalaTest", rf"(?P<actual>{_V}) did not equal (?P<expected>{_V})(?: \({_W}\))?$"),
    (
        "unittest, `is`",
        rf"^(?:\w*Error: )?(?P<actual>{_V}) is not (?P<expected>true|false|None)(?: : {_W})?$",
    ),
)
# As people write it: `got 3, want 4`. A sentence that follows is left out.
WORDED: tuple[tuple[str, str], ...] = (
    ("Go, got first", rf"\bgot:? (?P<actual>{_V})[,;]? (?:but )?want(?:ed)?:? (?P<expected>{_W})$"),
    ("Go, want first", rf"\bwant(?:ed)?:? (?P<expected>{_V})[,;]? (?:but )?got:? (?P<actual>{_W})$"),
    ("Pester", rf"\bExpected (?P<expected>{_V}), but (?:got|was) (?P<actual>{_V})\.?$"),
    ("in words", rf"\b[Ee]xpected:? (?P<expected>{_V})[,;]? (?:but )?got:? (?P<actual>{_V})(?:\.? *$|\. )"),
    (
        "in words, should",
        (
            rf"\bshould (?:be|have|equal|return) (?P<expected>{_V})[,;]? "
            rf"(?:but )?got:? (?P<actual>{_V})(?:\.? *$|\. )"
        ),
    ),
)
_PATTERNS = tuple((name, re.compile(written, re.DOTALL | re.MULTILINE)) for name, written in WRITTEN)
_IN_WORDS = tuple((name, re.compile(written, re.MULTILINE)) for name, written in WORDED)
_GTEST = re.compile(
    rf"Expected equality of these values:\n  (?P<first>{_W})(?:\n    Which is: (?P<one>{_W}))?"
    rf"\n  (?P<second>{_W})(?:\n    Which is: (?P<two>{_W}))?"
)
_SIDES = re.compile(
    r"^[ \t]*(?:- Expected\b[^\n]*\n[ \t]*\+ (?:Received|Actual)|--- Expected\n[ \t]*\+\+\+ Actual)[^\n]*\n",
    re.MULTILINE,
)
_GO_SIDES = re.compile(r"\(-want,? \+got\):?[^\n]*\n")
_HINT = re.compile(
    r"expect|assert|actual|raise|differ|!=|==|\bleft:|\bgot\b|\bis not\b|not equal|\bFAILED", re.IGNORECASE
)
_HINTED = (  # one of these, in lower case, stands wherever `_HINT` is found
    *("expect", "assert", "actual", "raise", "differ", "!=", "==", "left:", "got", "is not", "not equal"),
    "failed",
)
_MARK = re.compile(r"^[ \t]*E(?: {1,200}|$)", re.MULTILINE)
_RAISES = re.compile(
    r"DID NOT RAISE (?:<class ')?(?P<pytest>[\w.]+)|^(?:AssertionError: )?(?P<unittest>[A-Z]\w+) not raised\b"
    r"|[Ee]xpected:? <?(?P<junit>[\w.$]+)>? to be thrown, but nothing was"
    r"|Expected exception: (?P<old>[\w.$]+)",
    re.MULTILINE,
)
_SPACE = re.compile(r"\s+")


def expectation_of(message: str, text: str) -> Expectation | None:
    """Return what a failure's message tells of both sides, else what its text tells; None where neither does.

    What a person may have written counts only where the framework itself tells nothing.
    """
    heads: list[str] = []
    for told in (message, text):
        head = _MARK.sub("", told[:_MOST_TEXT].replace("\r", ""))
        if _hints(head):
            heads.append(head)
            found = _first(_told(head))
            if found is not None:
                return found
    return next((found for head in heads if (found := _first(_worded(head))) is not None), None)


def _first(every: Iterator[Expectation]) -> Expectation | None:
    """Return the first whose sides differ, each side short."""
    differing = (each for each in every if each.expected.strip() != each.actual.strip())
    return next((Expectation(*map(_short, each)) for each in differing), None)


def _hints(head: str) -> bool:
    """Tell whether a text may say what was expected; most tracebacks hold none of the words."""
    lower = head.lower()
    return any(word in lower for word in _HINTED) and _HINT.search(head) is not None


def _told(told: str) -> Iterator[Expectation]:
    found = _GTEST.search(told)
    if found is not None:
        yield Expectation(found["two"] or found["second"], found["one"] or found["first"])
    both = compared(told)
    if both is not None:
        yield Expectation(*both)
    for _, pattern in _PATTERNS:
        found = pattern.search(told)
        if found is not None:
            yield _sides(found)
    yield _of_diff(told)
    found = _RAISES.search(told)
    if found is not None:
        yield Expectation(f"{found[found.lastgroup or 0]} is raised", "nothing was raised")


def _worded(told: str) -> Iterator[Expectation]:
    return (_sides(found) for _, pattern in _IN_WORDS if (found := pattern.search(told)) is not None)


def _sides(found: re.Match[str]) -> Expectation:
    """Say a relation that is not equality with the value that was expected."""
    relation = found.groupdict().get("relation") or ""
    expected = found["expected"]
    if relation and relation != "to be equal to":
        expected = f"{relation} {expected}"
    return Expectation(expected, found["actual"])


def _of_diff(told: str) -> Expectation:
    """Read a diff whose head says which side is which: `-` is expected, `+` is what came."""
    start = _SIDES.search(told) or _GO_SIDES.search(told)
    if start is None:
        return Expectation("", "")
    lines = [line.strip() for line in told[start.end() :].splitlines()]
    sides = {"-": list[str](), "+": list[str]()}
    for line in lines:
        if line[:1] in sides:
            sides[line[0]].append(line[1:].strip())
    return Expectation(" ".join(sides["-"]), " ".join(sides["+"]))


def _short(side: str) -> str:
    """Put a value on one line of a bounded length."""
    line = _SPACE.sub(" ", side).strip()
    return line if len(line) <= MOST_VALUE else f"{line[: MOST_VALUE - 1]}…"
