"""ESLint's JSON (`-f json`, `json-with-metadata`): a list of files, each with its messages.

It lists every file that was looked at. Suppressed messages are listed apart (since 8.8).
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from msgspec import Struct

from reportgen.model.findings import FindingFacts, Result, Rule
from reportgen.model.limits import Limits
from reportgen.readers import severity
from reportgen.readers.base import Parts
from reportgen.readers.content import Content
from reportgen.readers.findings import cut, line_of, note_unknown_levels, web_address
from reportgen.readers.fixes import EslintFixes
from reportgen.readers.jsonsniff import is_array_of, is_object_with
from reportgen.readers.jsontext import decode, note_repeats, paused_gc, text_of
from reportgen.readers.oddities import Oddities, some

_LEVELS = {1: "warning", 2: "error"}
_IGNORED = ("File ignored ", "Pattern ")


class _Suppression(Struct):
    kind: str | None = None
    justification: str | None = None


class _Message(Struct, rename="camel", gc=False):
    """One message; lines and columns count from 1. A parse error is `fatal` and names no rule."""

    rule_id: str | None = None
    severity: int | None = None
    message: str | None = None
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    fatal: bool | None = None
    suppressions: list[_Suppression] | None = None
    fix: Any = None
    suggestions: Any = None


class _File(Struct, rename="camel"):
    file_path: str | None = None
    messages: list[_Message] | None = None
    suppressed_messages: list[_Message] | None = None
    error_count: int | None = None
    warning_count: int | None = None
    source: Any = None


class _Docs(Struct):
    description: str | None = None
    url: str | None = None


class _Meta(Struct):
    docs: _Docs | None = None


class _Metadata(Struct, rename="camel"):
    cwd: str | None = None
    rules_meta: dict[str, _Meta] | None = None


class _Report(Struct):
    """`json-with-metadata`."""

    results: list[_File] | None = None
    metadata: _Metadata | None = None


def sniff(content: Content) -> bool:
    """Tell by the members of a file's object, or of the report."""
    return is_array_of(content, "filePath", "messages") or is_object_with(content, "results", "metadata")


def read(content: Content, limits: Limits) -> Parts:
    """Read every message, the suppressed ones apart; a file that does not parse leaves doubt."""
    oddities = Oddities(limits)
    with paused_gc():
        text = text_of(content)
        if text.lstrip()[:1] == b"[":
            report = _Report(results=decode(text, list[_File], oddities))
        else:
            report = decode(text, _Report, oddities)
        files = report.results or []
        lists = sum(file.messages is not None for file in files)
        note_repeats(text, {"messages": lists, "results": 1}, oddities)
        results = [result for file in files for result in _results(file, limits)]
    _note_scan(report, oddities)
    _note_counts(files, results, oddities)
    unknown = {result.level for result in results if not severity.is_known(severity.ESLINT, result.level)}
    note_unknown_levels(unknown, oddities)
    metadata = report.metadata or _Metadata()
    facts = FindingFacts(
        tools=("eslint",),
        results=tuple(results),
        rules=_rules(metadata, {result.rule for result in results}, limits),
        examined=tuple(cut(file.file_path, limits.name_chars) for file in files if _was_examined(file)),
        roots=(cut(metadata.cwd, limits.name_chars),) if metadata.cwd else (),
    )
    return Parts(producer="ESLint", findings=facts, warnings=oddities.problems)


def _results(file: _File, limits: Limits) -> list[Result]:
    path = cut(file.file_path, limits.name_chars)
    fixes = EslintFixes(file.source if isinstance(file.source, str) else None, limits)
    return [
        *(_result(each, path, fixes, limits, apart=False) for each in file.messages or ()),
        *(_result(each, path, fixes, limits, apart=True) for each in file.suppressed_messages or ()),
    ]


def _result(each: _Message, path: str, fixes: EslintFixes, limits: Limits, *, apart: bool) -> Result:
    level = "None" if each.severity is None else _LEVELS.get(each.severity, str(each.severity))
    told = (
        f"{one.kind or 'suppression'}: {one.justification}"
        if one.justification
        else one.kind or "suppression"
        for one in each.suppressions or ()
    )
    return Result(
        tool="eslint",
        rule=cut(each.rule_id, limits.name_chars),
        level=level,
        severity=severity.of_level(severity.ESLINT, level),
        message=cut(each.message, limits.text_chars),
        path=path,
        line=line_of(each.line, limits),
        column=line_of(each.column, limits),
        end_line=line_of(each.end_line, limits),
        end_column=line_of(each.end_column, limits),
        suppressed=apart,
        suppression=cut("; ".join(told), limits.text_chars) if apart else "",
        apart=apart,
        fix=fixes.fix(each.fix, each.suggestions) if each.fix or each.suggestions else None,
    )


def _was_examined(file: _File) -> bool:
    return bool(file.file_path) and not any(
        _is_fatal(each) or _is_ignored(each) for each in file.messages or ()
    )


def _is_fatal(each: _Message) -> bool:
    """Tell a parse error, also of a tool that writes ESLint's format without `fatal`."""
    return bool(each.fatal) or (not each.rule_id and (each.message or "").startswith("Parsing error"))


def _is_ignored(each: _Message) -> bool:
    """Tell ESLint's own word that a file was left out, which looks like a warning without a rule."""
    return not each.rule_id and (each.message or "").startswith(_IGNORED)


def _note_scan(report: _Report, oddities: Oddities) -> None:
    """Warn where files were not looked at, or nothing shows that any was."""
    files = report.results or []
    ignored = [file.file_path or "a file" for file in files if any(map(_is_ignored, file.messages or ()))]
    if len(ignored) == len(files):
        message = "the report lists no file that was looked at, and ESLint lists every one"
        oddities.note("nothing examined", message, "Give ESLint files to lint.", doubt=True)
    missing = [file.file_path or "a file" for file in files if file.messages is None]
    fatal = [file.file_path or "a file" for file in files if any(map(_is_fatal, file.messages or ()))]
    if fatal:
        message = f"ESLint could not parse {some(fatal)}, so that its other findings are not known"
        oddities.note("file not scanned", message, "Mend the error, then run ESLint again.", doubt=True)
    if missing:
        message = f"the messages of {some(missing)} are missing or null, which is not the same as none"
        oddities.note("results missing", message, "Run ESLint again.", doubt=True)
    if ignored:
        oddities.note("file ignored", f"ESLint was told of {some(ignored)} and did not look at it")


def _note_counts(files: list[_File], results: list[Result], oddities: Oddities) -> None:
    """Warn where the files' own counts and their messages differ."""
    counted = Counter(result.level for result in results if not result.apart)
    errors = sum(file.error_count or 0 for file in files)
    warnings = sum(file.warning_count or 0 for file in files)
    told = any(file.error_count is not None or file.warning_count is not None for file in files)
    for level, stated in (("error", errors), ("warning", warnings)):
        if told and stated != counted[level]:
            message = f"the file states {stated:,} of level {level}, and holds {counted[level]:,}"
            listed = sum(not result.apart for result in results)
            oddities.note("declared count", message, doubt=errors + warnings > listed)


def _rules(metadata: _Metadata, used: set[str], limits: Limits) -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    for name, meta in (metadata.rules_meta or {}).items():
        docs = meta.docs or _Docs()
        if name in used:
            rules[name] = Rule(
                id=name,
                summary=cut(docs.description, limits.text_chars),
                help_uri=web_address(docs.url, limits),
            )
    return rules
