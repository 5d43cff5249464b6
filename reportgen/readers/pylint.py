"""pylint's JSON: a list of messages (`json`), or an object with statistics (`json2`, since 3.0)."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct, field

from reportgen.model.findings import FindingFacts, Result, Rule
from reportgen.model.limits import Limits
from reportgen.readers import severity
from reportgen.readers.base import Parts, UnreadableError
from reportgen.readers.content import Content
from reportgen.readers.findings import cut, line_of, note_empty, note_unknown_levels, note_unscanned
from reportgen.readers.jsonsniff import is_array_of, is_object_with
from reportgen.readers.jsontext import decode, note_repeats, paused_gc, text_of
from reportgen.readers.oddities import Oddities

_PLAIN_TEXT = ("No files to lint: exiting.", "************* Module ")


class _Message(Struct, rename="camel", gc=False):
    """One message; the list calls its id `message-id`, the object `messageId`. Columns count from 0."""

    type: str | None = None
    symbol: str | None = None
    message: str | None = None
    message_id: str | None = None
    dashed_id: str | None = field(default=None, name="message-id")
    obj: str | None = None
    module: str | None = None
    path: str | None = None
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None

    @property
    def rule(self) -> str | None:
        return self.message_id or self.dashed_id


class _Statistics(Struct, rename="camel"):
    message_type_count: dict[str, int] | None = None
    modules_linted: int | None = None


class _Report(Struct):
    messages: list[_Message] | None = None
    statistics: _Statistics | None = None


def sniff(content: Content) -> bool:
    """Tell by the members of a message or of the report; also pylint's plain text, to say what to do."""
    if content.looks_like == "text":
        return content.text_head.lstrip().startswith(_PLAIN_TEXT)
    return (
        is_array_of(content, "message-id", "symbol")
        or is_array_of(content, "messageId", "symbol")
        or is_object_with(content, "messages", "statistics")
    )


def read(content: Content, limits: Limits) -> Parts:
    """Read every message; a module that pylint could not parse is a warning that leaves doubt."""
    oddities = Oddities(limits)
    if content.looks_like == "text":
        first = content.text_head.strip().partition("\n")[0]
        raise UnreadableError(
            "not-json",
            f"pylint wrote plain text, not JSON: {first[:200]}",
            "Give pylint files to lint, and run it with --output-format=json2.",
        )
    with paused_gc():
        text = text_of(content)
        report = _report(text, oddities)
        found = report.messages or []
        results = [_result(each, limits) for each in found]
    _note_report(report, results, oddities)
    note_unscanned(results, oddities)
    unknown = {result.level for result in results if not severity.is_known(severity.PYLINT, result.level)}
    note_unknown_levels(unknown, oddities)
    rules = {
        cut(each.rule, limits.name_chars): Rule(
            id=cut(each.rule, limits.name_chars), name=cut(each.symbol, limits.name_chars)
        )
        for each in reversed(found)
        if each.rule
    }
    facts = FindingFacts(tools=("pylint",), results=tuple(results), rules=rules)
    return Parts(producer="pylint", findings=facts, warnings=oddities.problems)


def _report(text: bytes, oddities: Oddities) -> _Report:
    if text.lstrip()[:1] == b"[":
        return _Report(messages=decode(text, list[_Message], oddities))
    report = decode(text, _Report, oddities)
    note_repeats(text, {"messages": 1}, oddities)
    return report


def _result(each: _Message, limits: Limits) -> Result:
    level = cut(each.type, limits.name_chars) or "None"
    return Result(
        tool="pylint",
        rule=cut(each.rule, limits.name_chars),
        level=level,
        severity=severity.of_level(severity.PYLINT, level),
        message=cut(each.message, limits.text_chars),
        path=cut(each.path or each.module, limits.name_chars),
        line=line_of(each.line, limits),
        column=line_of(each.column, limits, base=0),
        end_line=line_of(each.end_line, limits),
        end_column=line_of(each.end_column, limits, base=0),
        symbol=cut(each.obj, limits.name_chars),
    )


def _note_report(report: _Report, results: list[Result], oddities: Oddities) -> None:
    """Warn where the statistics and the messages differ, and where nothing was looked at."""
    statistics = report.statistics
    if report.messages is None:
        message = "the list of messages is missing or null, which is not the same as none"
        oddities.note("results missing", message, "Run pylint again.", doubt=True)
    if statistics is None:
        note_empty(results, "pylint", oddities)
        return
    counted = Counter(result.level for result in results)
    for level, stated in (statistics.message_type_count or {}).items():
        if stated != counted[level]:
            message = f"the statistics say {stated:,} of type {level}, the file holds {counted[level]:,}"
            oddities.note("declared count", message, doubt=stated > counted[level])
    if statistics.modules_linted == 0:
        message = "pylint says that it looked at no module"
        oddities.note("nothing examined", message, "Give pylint files to lint.", doubt=True)
