"""flake8's JSON (the flake8-json formatter): an object of files, each with the list of its violations."""

from __future__ import annotations

from msgspec import Struct

from reportgen.model.findings import FindingFacts, Result
from reportgen.model.limits import Limits
from reportgen.model.states import Severity
from reportgen.readers import severity
from reportgen.readers.base import Parts
from reportgen.readers.content import Content
from reportgen.readers.findings import cut, line_of, note_unscanned
from reportgen.readers.jsonsniff import is_object_with
from reportgen.readers.jsontext import decode, note_repeats, paused_gc, text_of
from reportgen.readers.oddities import Oddities, some

_SOURCES = (".py", ".pyi", ".pyw", ".pyx", ".ipynb")


class _Violation(Struct, gc=False):
    """One violation; lines and columns count from 1."""

    code: str | None = None
    line_number: int | None = None
    column_number: int | None = None
    text: str | None = None
    physical_line: str | None = None


def sniff(content: Content) -> bool:
    """Tell by the first violation; where no file has one, by the names of the files."""
    keys = content.json_keys
    if keys is None:
        return is_object_with(content, "code", "line_number", "column_number", "physical_line")
    for value in keys.values():
        raw = bytes(value)
        if not raw.startswith(b"["):
            return False
        if raw.strip(b"[] \t\r\n"):
            return b'"line_number"' in raw and b'"column_number"' in raw
    return bool(keys) and all(name.endswith(_SOURCES) or name in {"-", "stdin"} for name in keys)


def read(content: Content, limits: Limits) -> Parts:
    """Read every violation; a file that flake8 could not parse is a warning that leaves doubt."""
    oddities = Oddities(limits)
    with paused_gc():
        text = text_of(content)
        files = decode(text, dict[str, list[_Violation] | None], oddities)
        results = [_result(each, path, limits) for path, found in files.items() for each in found or ()]
        note_repeats(text, {"line_number": len(results)}, oddities, any_key=True)
    if not files:
        message = "the file names no source file, and flake8-json names every one that was looked at"
        oddities.note("nothing examined", message, "Give flake8 files to look at.", doubt=True)
    if missing := [name for name, found in files.items() if found is None]:
        message = f"the violations of {some(missing)} are null, which is not the same as none"
        oddities.note("results missing", message, "Run flake8 again.", doubt=True)
    note_unscanned(results, oddities)
    unread = {result.path for result in results if result.rule in {"E902", "E999"}}
    examined = tuple(path for name in files if (path := cut(name, limits.name_chars)) not in unread)
    facts = FindingFacts(tools=("flake8",), results=tuple(results), examined=examined)
    return Parts(producer="flake8", findings=facts, warnings=oddities.problems)


def _result(each: _Violation, path: str, limits: Limits) -> Result:
    rule = cut(each.code, limits.name_chars)
    return Result(
        tool="flake8",
        rule=rule,
        level="None",  # flake8 has no levels
        severity=severity.of_rule("flake8", rule) or Severity.LOW,
        message=cut(each.text, limits.text_chars),
        path=cut(path, limits.name_chars),
        line=line_of(each.line_number, limits),
        column=line_of(each.column_number, limits),
        snippet=cut(each.physical_line, limits.text_chars).rstrip("\r\n"),
    )
