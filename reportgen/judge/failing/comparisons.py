"""What an assertion's own expression tells: `assert 4 == 5`, `Lists differ: [1] != [2]`, `1 == 2`."""

from __future__ import annotations

import re

_MOST = 1_000
# Where an expression with its values filled in stands: pytest, Catch2, unittest, Robot Framework, gotest.
_STANDS = (
    re.compile(r"^(?:[\w.]*(?:Error|Failed|Failure): )?assert (?P<what>[^\n]+)", re.MULTILINE),
    re.compile(r"\b(?:with expansion|values):\n[ \t]*(?:[A-Z_]+\( )?(?P<what>[^\n]+)"),
    re.compile(r"^[ \t]*(?:CHECK|REQUIRE)[A-Z_]*[(:] ?(?P<what>[^\n]+?)(?: \))?$", re.MULTILINE),
    re.compile(
        r"^(?:[\w.]*(?:Error|Failed|Failure): )?"
        r"(?:(?:Lists|Tuples|Sequences|Sets|Dicts) differ: |assertion failed: )?(?P<what>[^\n]+)"
    ),
)
_OPERATORS = (" == ", " != ", " <= ", " >= ", " is not ", " is ", " not in ", " in ", " < ", " > ")
_WORDS = (
    (" unexpectedly found in ", "not in"),
    (" not found in ", "in"),
    (" not greater than or equal to ", ">="),
    (" not less than or equal to ", "<="),
    (" not greater than ", ">"),
    (" not less than ", "<"),
    (" is not an instance of ", "an instance of"),
)
_OPEN, _CLOSE = "([{", ")]}"
_FOLDED = re.compile(r" {3,}")  # where an XML attribute lost its line breaks
_REGEX = "Regex didn't match: "
_LITERAL = re.compile(r"[-+]?\d|['\"\[({<]|(?:None|True|False)\b|b['\"]")
_VALUE = re.compile(rf"{_LITERAL.pattern}|[\w.]+(?:[\[({{]|$)")
_TAIL = re.compile(r" within [^\n]+ (?:places|delta)\b[^\n]*| : [^\n]*$")


def compared(told: str) -> tuple[str, str] | None:
    """Return (expected, actual) of the first expression in `told` that compares two values, else None."""
    for number, stands in enumerate(_STANDS):
        found = stands.search(told)
        if found is None:
            continue
        what = _FOLDED.split(found["what"][:_MOST].strip(), maxsplit=1)[0].rstrip(",")
        both = _asserted(what) if number < len(_STANDS) - 1 else _differing(what)
        if both is not None:
            return both
    return None


def _asserted(what: str) -> tuple[str, str] | None:
    """Split an expression that was to hold: what is right of the operator was expected."""
    if what.startswith("not "):
        return ("false", what.removeprefix("not ")) if _split(what) is None else None
    parts = _split(what)
    if parts is None:
        return None
    left, operator, right = parts
    match operator:
        case "==" | "is":
            return right, left
        case "!=" | "is not":
            return f"not {right}", left
        case _:
            return f"{operator} {right}", left


def _differing(what: str) -> tuple[str, str] | None:
    """Split what unittest and Robot Framework say did not hold: `1 != 2` where they were to be equal."""
    what = _TAIL.sub("", what)
    for words, relation in _WORDS:
        left, found, right = what.partition(words)
        if found and left.startswith(_REGEX):
            return left.removeprefix(_REGEX), right
        if found and _LITERAL.match(left):
            return f"{relation} {right}", left
    parts = _split(what)
    if parts is None:
        return None
    left, operator, right = parts
    if not _VALUE.match(left):
        return None
    if operator == "!=" or (operator == "is not" and _LITERAL.match(right)):
        return right, left
    if operator == "==":
        return f"not {right}", left
    return None


def _split(what: str) -> tuple[str, str, str] | None:
    """Cut an expression at its one comparison outside of quotes and brackets; None for none, or two."""
    depth, quote, cut, at = 0, "", None, 0
    while at < len(what):
        letter = what[at]
        if quote:
            at += 1 if letter == "\\" else 0
            quote = "" if letter == quote else quote
        elif letter in "'\"" and not what[at - 1 : at].isalnum():
            quote = letter
        elif letter in _OPEN:
            depth += 1
        elif letter in _CLOSE:
            depth -= 1
        elif letter == " " and depth <= 0:
            operator = next((each for each in _OPERATORS if what.startswith(each, at)), "")
            if (operator and cut is not None) or what.startswith((" and ", " or "), at):
                return None
            if operator:
                cut = (at, operator)
                at += len(operator) - 2
        at += 1
    if cut is None:
        return None
    place, operator = cut
    return what[:place].strip(), operator.strip(), what[place + len(operator) :].strip()
