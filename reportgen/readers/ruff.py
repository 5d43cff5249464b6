"""ruff's JSON: an array, or a line a result (`--output-format json`, `json-lines`), of every version."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

from reportgen.model.findings import FindingFacts, Result, Rule
from reportgen.model.limits import Limits
from reportgen.model.states import Severity
from reportgen.readers import severity
from reportgen.readers.base import Parts, UnreadableError
from reportgen.readers.content import Content
from reportgen.readers.findings import cut, line_of, note_empty, note_unscanned, web_address
from reportgen.readers.fixes import of_ruff
from reportgen.readers.jsonsniff import is_array_of, is_lines_of
from reportgen.readers.jsontext import decode, decode_lines, note_text_lines, paused_gc, text_of
from reportgen.readers.oddities import Oddities

_HARMLESS = re.compile(r"Found \d+ errors?\b.*|All checks passed!|\[\*\] \d+ .*fix.*|No fixes available.*")


class _Position(Struct, gc=False):
    row: int | None = None
    column: int | None = None


class _Finding(Struct, gc=False):
    """One result; `cell` is the notebook cell that the lines count from, `code` is null for syntax errors."""

    code: str | None = None
    message: str | None = None
    filename: str | None = None
    cell: int | None = None
    location: _Position | None = None
    end_location: _Position | None = None
    severity: str | None = None
    name: str | None = None
    url: str | None = None
    fix: Any = None


def sniff(content: Content) -> bool:
    """Tell by the members that each version writes."""
    names = ("code", "message", "filename", "location")
    return is_array_of(content, *names) or is_lines_of(content, *names)


def read(content: Content, limits: Limits) -> Parts:
    """Read every result; a file that ruff could not parse or open is a warning that leaves doubt."""
    oddities = Oddities(limits)
    with paused_gc():
        text = text_of(content)
        if text.lstrip()[:1] == b"[":
            found = decode(text, list[_Finding], oddities)
        else:
            found, others = decode_lines(text, _Finding, oddities)
            note_text_lines(others, _HARMLESS, oddities)
            if not found:
                hint = "Run ruff again with --output-format json."
                raise UnreadableError("not-json", "the file holds no whole line of JSON", hint)
        results = [_result(each, limits) for each in found]
    note_empty(results, "ruff", oddities)
    note_unscanned(results, oddities)
    rules = {each.code: _rule(each, limits) for each in reversed(found) if each.code}
    facts = FindingFacts(tools=("ruff",), results=tuple(results), rules=rules)
    return Parts(producer="ruff", findings=facts, warnings=oddities.problems)


def _result(each: _Finding, limits: Limits) -> Result:
    start = each.location or _Position()
    end = each.end_location or _Position()
    rule = cut(each.code, limits.name_chars)
    message = cut(each.message, limits.text_chars)
    return Result(
        tool="ruff",
        rule=rule,
        level=cut(each.severity, limits.name_chars) or "None",
        severity=severity.of_rule("ruff", rule) or Severity.LOW,
        # Lines of a notebook count from its cell, so that the cell is a part of what the finding is.
        message=message if each.cell is None else f"{message} (cell {each.cell})",
        path=cut(each.filename, limits.name_chars),
        line=line_of(start.row, limits),
        column=line_of(start.column, limits),
        end_line=line_of(end.row, limits),
        end_column=line_of(end.column, limits),
        # Lines of a fix in a notebook count from its cell too, and are found nowhere in the file.
        fix=of_ruff(each.fix, limits) if each.fix is not None and each.cell is None else None,
    )


def _rule(each: _Finding, limits: Limits) -> Rule:
    return Rule(
        id=cut(each.code, limits.name_chars),
        name=cut(each.name, limits.name_chars),
        help_uri=web_address(each.url, limits),
    )
