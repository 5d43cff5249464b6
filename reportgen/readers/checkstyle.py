"""Checkstyle XML, which very many linters write: files, each with its `error` elements.

The source of an error is its rule, and mostly tells the tool. Checkstyle itself lists every file that it
looked at; a file with an `exception` is one that it could not look at.
"""

from __future__ import annotations

import re
from collections import Counter

from msgspec import Struct, field

from reportgen.model.figures import plural
from reportgen.model.findings import FindingFacts, Result
from reportgen.model.limits import Limits
from reportgen.readers import severity
from reportgen.readers.base import Parts
from reportgen.readers.content import Content
from reportgen.readers.findings import cut, is_unscanned, line_of, note_unknown_levels, note_unscanned
from reportgen.readers.jsontext import paused_gc
from reportgen.readers.oddities import Oddities, some
from reportgen.readers.xml import Element, walk

_NUMBER = re.compile(r"\s*([+-]?\d{1,18})(?:\.0+)?\s*")
_PRODUCERS = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"com\.puppycrawl\.tools\.checkstyle\.[A-Z]\w*/", "RuboCop"),
        (r"com\.puppycrawl\.tools\.checkstyle\.", "Checkstyle"),
        (r"eslint\.rules\.", "ESLint"),
        (r"stylelint\.rules\.", "stylelint"),
        (r"swiftlint\.rules\.", "SwiftLint"),
        (r"detekt\.", "detekt"),
        (r"(standard|experimental):[a-z-]+$", "ktlint"),
        (r"ShellCheck\.SC\d+", "ShellCheck"),
        (r"DL\d{4}$", "hadolint"),
        (r"org\.scalastyle\.", "scalastyle"),
        (r"PHP-CS-Fixer\.", "PHP-CS-Fixer"),
        (r"(PSR\d+|Squiz|Generic|PEAR|WordPress|Drupal|SlevomatCodingStandard)\.", "PHP_CodeSniffer"),
    )
)
_WITH_VERSION = {"Checkstyle", "PHP_CodeSniffer"}
"""The tools whose `version` is their own; the others copy one of Checkstyle's."""


class _Error(Struct, gc=False):
    """One error as it stands; `level` and `source` are None where the attribute is missing."""

    path: str
    line: str | None
    column: str | None
    level: str | None
    message: str | None
    source: str | None


class _Found(Struct):
    """What was read: the errors, all files, those with an exception, and how many errors are in no file."""

    errors: list[_Error] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    version: str = ""
    outside: int = 0


def sniff(content: Content) -> bool:
    """Tell by the root element."""
    root = content.xml_root
    return root is not None and root.name == "checkstyle"


def read(content: Content, limits: Limits) -> Parts:
    """Read every error of every file; an exception is a warning that leaves doubt."""
    oddities = Oddities(limits)
    with paused_gc():
        found = _collect(content, limits)
        producer = _producer(found)
        results = [_result(each, producer.lower(), limits) for each in found.errors]
    _note(found, oddities)
    note_unscanned(results, oddities)
    unknown = {result.level for result in results if not severity.is_known(severity.CHECKSTYLE, result.level)}
    note_unknown_levels(unknown, oddities)
    broken = {*found.broken, *(result.path for result in results if is_unscanned(result))}
    facts = FindingFacts(
        tools=(producer.lower(),),
        results=tuple(results),
        examined=tuple(path for path in dict.fromkeys(found.files) if path and path not in broken),
    )
    version = cut(found.version, limits.name_chars) if producer in _WITH_VERSION else ""
    return Parts(producer=f"{producer} {version}".rstrip(), findings=facts, warnings=oddities.problems)


def _collect(content: Content, limits: Limits) -> _Found:
    found = _Found()
    inside: list[str] = []
    for event, element in walk(content, limits, "checkstyle", "file", "error", "exception"):
        match event, _name(element):
            case "start", "checkstyle":
                found.version = found.version or element.get("version") or ""
            case "start", "file":
                inside.append(cut(element.get("name"), limits.name_chars))
                found.files.append(inside[-1])
            case "end", "file":
                inside.pop()
            case "end", "error" if inside:
                found.errors.append(_error(element, inside[-1]))
            case "end", "error":
                found.outside += 1
            case "end", "exception":
                found.broken.append(inside[-1] if inside else "")
            case _:
                pass
    return found


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _error(element: Element, path: str) -> _Error:
    get = element.get
    return _Error(path, get("line"), get("column"), get("severity"), get("message"), get("source"))


def _producer(found: _Found) -> str:
    """Tell the tool by the sources of most errors, each by the first pattern that fits.

    PHPStan gives neither version nor source.
    """
    votes: Counter[str] = Counter()
    for source in {each.source for each in found.errors if each.source}:
        votes.update([name for pattern, name in _PRODUCERS if pattern.match(source)][:1])
    if votes:
        return max(sorted(votes), key=votes.__getitem__)
    if not found.version and found.errors and all(each.source is None for each in found.errors):
        return "PHPStan"
    return "Checkstyle"


def _result(each: _Error, tool: str, limits: Limits) -> Result:
    level = "error" if each.level is None else cut(each.level, limits.name_chars)
    return Result(
        tool=tool,
        rule=cut(each.source, limits.name_chars),
        level=level,
        severity=severity.of_level(severity.CHECKSTYLE, level),
        message=cut(_message(each), limits.text_chars),
        path=each.path,
        line=line_of(_number(each.line), limits),
        column=line_of(_number(each.column), limits),
        blank_rule=each.source == "",
    )


def _message(each: _Error) -> str:
    """Take off the rule that ESLint puts behind its message, so that it is the one of its other formats."""
    rule = (each.source or "").removeprefix("eslint.rules.")
    text = each.message or ""
    return text.removesuffix(f" ({rule})") if rule and rule != each.source else text


def _number(text: str | None) -> int | None:
    match = _NUMBER.fullmatch(text) if text else None
    return int(match[1]) if match else None


def _note(found: _Found, oddities: Oddities) -> None:
    if found.broken:
        told = some(path or "a file without a name" for path in found.broken)
        message = f"{plural(len(found.broken), 'exception')}: the tool could not look at {told}"
        oddities.note("file not scanned", message, "Mend the error, then run the tool again.", doubt=True)
    if not found.files and not found.errors:
        message = "the report names no file: many tools write the same where they looked at nothing"
        hint = "Give the tool files to look at; a report that names them, or SARIF, can tell."
        oddities.note("nothing examined", message, hint, doubt=True)
    if found.outside:
        message = f"{plural(found.outside, 'error')} that stand in no file were left aside"
        oddities.note("unread parts", message, "Look at what wrote the file.", doubt=True)
    if unplaced := sum(not each.path for each in found.errors):
        oddities.note("no file name", f"{plural(unplaced, 'error')} of no named file")
    if unknown := sum(each.level is None for each in found.errors):
        oddities.note("no severity", f"{plural(unknown, 'error')} without a severity; taken as error")
