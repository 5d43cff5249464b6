"""mypy's JSON lines (`--output json`, since 1.11), with the lines of text that mypy writes between them."""

from __future__ import annotations

import re

from msgspec import Struct

from reportgen.model.findings import FindingFacts, Result
from reportgen.model.limits import Limits
from reportgen.readers import severity
from reportgen.readers.base import Parts, UnreadableError
from reportgen.readers.content import Content
from reportgen.readers.findings import cut, line_of, note_unknown_levels, note_unscanned
from reportgen.readers.jsonsniff import is_lines_of
from reportgen.readers.jsontext import decode_lines, note_text_lines, paused_gc, text_of
from reportgen.readers.oddities import Oddities

_CLEAN = re.compile(r"Success: no issues found in [1-9]\d* source files?")
_FOUND = re.compile(r"Found \d+ errors? in \d+ files? \(checked \d+ source files?\)")
_BLOCKED = re.compile(r"Found \d+ errors? in \d+ files? \(errors prevented further checking\)")

_SUMMARY = re.compile(f"{_CLEAN.pattern}|{_BLOCKED.pattern}")


class _Error(Struct, gc=False):
    """One line; lines count from 1, columns from 0, and -1 is unknown. Before 1.12 it had no severity."""

    file: str | None = None
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    message: str | None = None
    hint: str | None = None
    code: str | None = None
    severity: str | None = None


def sniff(content: Content) -> bool:
    """Tell by the first JSON line, or by the line that sums up a run."""
    if is_lines_of(content, "file", "line", "message", "hint") or is_lines_of(
        content, "file", "line", "message", "severity"
    ):
        return True
    if content.looks_like != "text":
        return False
    lines = [line.strip() for line in content.text_head.splitlines() if line.strip()]
    return bool(lines) and any(pattern.fullmatch(lines[-1]) for pattern in (_CLEAN, _FOUND, _BLOCKED))


def read(content: Content, limits: Limits) -> Parts:
    """Read every line; without one, only mypy's word that it found no issue is a result."""
    oddities = Oddities(limits)
    with paused_gc():
        found, others = decode_lines(text_of(content), _Error, oddities)
        results = [_result(each, limits) for each in found]
    is_clean = bool(others) and all(_CLEAN.fullmatch(line) for line in others)
    if not found and not is_clean:
        told = f"; it says: {others[-1][:200]}" if others else ""
        message = f"the file holds no whole line of JSON{told}"
        raise UnreadableError("not-json", message, "Mend what stopped mypy, and run it with --output json.")
    if any(_BLOCKED.fullmatch(line) for line in others):
        message = "mypy stopped at errors that prevented further checking"
        oddities.note("scan stopped", message, "Mend them, then run mypy again.", doubt=True)
    note_text_lines([line for line in others if not _SUMMARY.fullmatch(line)], _FOUND, oddities)
    note_unscanned(results, oddities)
    unknown = {result.level for result in results if not severity.is_known(severity.MYPY, result.level)}
    note_unknown_levels(unknown, oddities)
    facts = FindingFacts(tools=("mypy",), results=tuple(results))
    return Parts(producer="mypy", findings=facts, warnings=oddities.problems)


def _result(each: _Error, limits: Limits) -> Result:
    level = cut(each.severity, limits.name_chars) or "None"
    message = f"{each.message or ''}\n{each.hint}" if each.hint else each.message
    return Result(
        tool="mypy",
        rule=cut(each.code, limits.name_chars),
        level=level,
        severity=severity.of_level(severity.MYPY, level),
        message=cut(message, limits.text_chars),
        path=cut(each.file, limits.name_chars),
        line=line_of(each.line, limits),
        column=line_of(each.column, limits, base=0),
        end_line=line_of(each.end_line, limits),
        end_column=line_of(each.end_column, limits, base=0),
        counts=level != "note",
    )
