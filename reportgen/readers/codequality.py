"""GitLab Code Quality and Code Climate JSON: an array of issues, or a stream of them, each ended by a NUL."""

from __future__ import annotations

import re
from collections import Counter

import msgspec
from msgspec import Struct

from reportgen.model.figures import plural
from reportgen.model.findings import FindingFacts, Result, Rule
from reportgen.model.limits import Limits
from reportgen.readers import severity
from reportgen.readers.base import Parts
from reportgen.readers.content import Content
from reportgen.readers.findings import (
    NO_FINGERPRINTS,
    cut,
    line_of,
    note_empty,
    note_unknown_levels,
    note_unscanned,
)
from reportgen.readers.jsonsniff import is_array_of, is_object_with
from reportgen.readers.jsontext import decode, paused_gc, text_of
from reportgen.readers.oddities import Oddities, some

_TOOL = "code quality"
# ruff names no tool, but writes its rule before the message, and a fingerprint of 64 bits.
_RUFF_RULE = re.compile(r"[A-Z]+[0-9]+|invalid-syntax")
_RUFF_PRINT = re.compile(r"[0-9a-f]{1,16}")
_STREAM = re.compile(rb"\x00+")


class _Point(Struct, gc=False):
    line: int | None = None
    column: int | None = None


class _Positions(Struct, gc=False):
    begin: _Point | None = None
    end: _Point | None = None


class _Lines(Struct, gc=False):
    begin: int | None = None
    end: int | None = None


class _Location(Struct, gc=False):
    """A file with lines, or with positions."""

    path: str | None = None
    lines: _Lines | None = None
    positions: _Positions | None = None


class _Body(Struct, gc=False):
    body: str | None = None


class _Issue(Struct, gc=False):
    """One item; `type` tells issues from measurements, and may be missing."""

    type: str | None = None
    check_name: str | None = None
    description: str | None = None
    content: _Body | None = None
    severity: str | None = None
    fingerprint: str | None = None
    location: _Location | None = None
    engine_name: str | None = None


def sniff(content: Content) -> bool:
    """Tell by the members of the first issue."""
    if is_array_of(content, "description", "location") or is_array_of(content, "check_name", "location"):
        return content.first_item_keys is None or b'"path"' in bytes(content.first_item_keys["location"])
    if b"\x00" in content.head and content.looks_like == "json":
        first = _STREAM.split(content.head.lstrip(), maxsplit=1)[0]
        try:
            keys = msgspec.json.decode(first, type=dict[str, msgspec.Raw])
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return False
        return "location" in keys or "check_name" in keys
    return is_object_with(content, "type", "check_name", "location", "description")


def read(content: Content, limits: Limits) -> Parts:
    """Read every issue; measurements are left aside, and counted."""
    oddities = Oddities(limits)
    with paused_gc():
        items = _items(text_of(content), oddities)
        issues = [item for item in items if (item.type or "issue").lower() == "issue"]
        tool = "ruff" if issues and all(map(_is_ruffs, issues)) else _TOOL
        results = [_result(each, tool, limits) for each in issues]
    if len(issues) < len(items):
        aside = plural(len(items) - len(issues), "item")
        oddities.note("other items", f"{aside} of another type than issue left aside")
    note_empty(results, "a Code Quality tool", oddities)
    note_unscanned(results, oddities)
    unknown = {
        result.level for result in results if not severity.is_known(severity.CODE_QUALITY, result.level)
    }
    note_unknown_levels(unknown, oddities)
    _note_fingerprints(issues, oddities)
    tools = tuple(dict.fromkeys(result.tool for result in results)) or (_TOOL,)
    facts = FindingFacts(
        tools=tools,
        results=tuple(results),
        rules=_rules(issues, limits),
    )
    producer = ", ".join(tool for tool in tools if tool != _TOOL)
    return Parts(producer=producer, findings=facts, warnings=oddities.problems)


def _items(text: bytes, oddities: Oddities) -> list[_Issue]:
    bare = text.strip(b" \t\r\n\x00")
    if bare[:1] == b"[":
        return decode(bare, list[_Issue], oddities)
    pieces = [piece for piece in _STREAM.split(bare) if piece.strip()]
    return decode(b"[" + b",".join(pieces) + b"]", list[_Issue], oddities)


def _is_ruffs(each: _Issue) -> bool:
    rule, place = each.check_name or "", each.location
    return (
        _RUFF_RULE.fullmatch(rule) is not None
        and (each.description or "").startswith(f"{rule}: ")
        and _RUFF_PRINT.fullmatch(each.fingerprint or "") is not None
        and place is not None
        and place.positions is not None
        and each.engine_name is None
    )


def _result(each: _Issue, tool: str, limits: Limits) -> Result:
    """Make the result of an issue, which is of `tool` where it names none."""
    level = cut(each.severity, limits.name_chars) or "None"
    place = each.location or _Location()
    lines = place.lines or _Lines()
    begin = (place.positions and place.positions.begin) or _Point(lines.begin)
    end = (place.positions and place.positions.end) or _Point(lines.end)
    return Result(
        tool=cut(each.engine_name, limits.name_chars).lower() or tool,
        rule=cut(each.check_name, limits.name_chars),
        level=level,
        severity=severity.of_level(severity.CODE_QUALITY, level),
        message=_message(each, tool, limits),
        path=cut(place.path, limits.name_chars),
        line=line_of(begin.line, limits),
        column=line_of(begin.column, limits),
        end_line=line_of(end.line, limits),
        end_column=line_of(end.column, limits),
        fingerprints={"codequality": cut(each.fingerprint, limits.name_chars)}
        if each.fingerprint
        else NO_FINGERPRINTS,
        blank_rule=each.check_name == "",
    )


def _message(each: _Issue, tool: str, limits: Limits) -> str:
    """Take off the rule that ruff puts before its message, so that it is the one of its other formats."""
    text = each.description or ""
    return cut(text.removeprefix(f"{each.check_name}: ") if tool == "ruff" else text, limits.text_chars)


def _note_fingerprints(issues: list[_Issue], oddities: Oddities) -> None:
    """Warn of fingerprints that are missing, or that tell nothing apart: GitLab drops all but one."""
    told = Counter(each.fingerprint for each in issues if each.fingerprint)
    if missing := len(issues) - told.total():
        oddities.note("no fingerprint", f"{plural(missing, 'issue')} without a fingerprint")
    if shared := [name for name, count in told.items() if count > 1]:
        oddities.note("repeated fingerprint", f"fingerprints that several issues share: {some(shared)}")


def _rules(issues: list[_Issue], limits: Limits) -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    for each in issues:
        name = cut(each.check_name, limits.name_chars)
        if name and name not in rules:
            body = each.content.body if each.content else None
            rules[name] = Rule(id=name, help=cut(body, limits.text_chars))
    return rules
