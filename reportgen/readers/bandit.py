"""bandit's JSON report (`-f json`): results, the files that it could not scan, and metrics a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from reportgen.model.figures import plural
from reportgen.model.findings import FindingFacts, Result, Rule
from reportgen.model.limits import Limits
from reportgen.readers import severity
from reportgen.readers.base import Parts
from reportgen.readers.content import Content
from reportgen.readers.findings import cut, line_of, note_unknown_levels, web_address
from reportgen.readers.jsonsniff import is_object_with
from reportgen.readers.jsontext import decode, note_repeats, paused_gc, text_of
from reportgen.readers.oddities import Oddities, some

_TOTALS = "_totals"


class _Issue(Struct, gc=False):
    """One result; columns count from 0."""

    test_id: str | None = None
    test_name: str | None = None
    issue_severity: str | None = None
    issue_text: str | None = None
    filename: str | None = None
    line_number: int | None = None
    line_range: list[int] | None = None
    col_offset: int | None = None
    end_col_offset: int | None = None
    code: str | None = None
    more_info: str | None = None


class _Error(Struct):
    """A file that was not scanned, and why."""

    filename: str | None = None
    reason: str | None = None


class _Report(Struct):
    results: list[_Issue] | None = None
    errors: list[_Error] | None = None
    metrics: dict[str, dict[str, float]] | None = None
    generated_at: str | None = None


def sniff(content: Content) -> bool:
    """Tell by the members of the report."""
    return is_object_with(content, "results", "metrics")


def read(content: Content, limits: Limits) -> Parts:
    """Read every result; a file that could not be scanned is a warning that leaves doubt."""
    oddities = Oddities(limits)
    with paused_gc():
        text = text_of(content)
        report = decode(text, _Report, oddities)
        note_repeats(text, {"results": 1}, oddities)
        results = [_result(each, limits) for each in report.results or ()]
    errors = report.errors or []
    unscanned = {error.filename for error in errors}
    metrics = report.metrics or {}
    examined = tuple(cut(path, limits.name_chars) for path in metrics if path not in {_TOTALS, *unscanned})
    _note_scan(report, examined, oddities)
    _note_metrics(metrics.get(_TOTALS, {}), results, oddities)
    unknown = {result.level for result in results if not severity.is_known(severity.BANDIT, result.level)}
    note_unknown_levels(unknown, oddities)
    rules = {rule.id: rule for each in reversed(report.results or ()) if (rule := _rule(each, limits)).id}
    facts = FindingFacts(
        tools=("bandit",),
        results=tuple(results),
        rules=rules,
        examined=examined,
        time=cut(report.generated_at, limits.name_chars),
    )
    return Parts(producer="bandit", findings=facts, warnings=oddities.problems)


def _result(each: _Issue, limits: Limits) -> Result:
    level = cut(each.issue_severity, limits.name_chars) or "None"
    return Result(
        tool="bandit",
        rule=cut(each.test_id, limits.name_chars),
        level=level,
        severity=severity.of_level(severity.BANDIT, level),
        message=cut(each.issue_text, limits.text_chars),
        path=cut(each.filename, limits.name_chars),
        line=line_of(each.line_number, limits),
        column=line_of(each.col_offset, limits, base=0),
        end_line=line_of(max(each.line_range), limits) if each.line_range else 0,
        end_column=line_of(each.end_col_offset, limits, base=0),
        snippet=cut(each.code, limits.text_chars),
    )


def _rule(each: _Issue, limits: Limits) -> Rule:
    return Rule(
        id=cut(each.test_id, limits.name_chars),
        name=cut(each.test_name, limits.name_chars),
        help_uri=web_address(each.more_info, limits),
    )


def _note_scan(report: _Report, examined: tuple[str, ...], oddities: Oddities) -> None:
    """Warn where files were not scanned, or where nothing shows that any was."""
    if report.errors:
        told = some(f"{error.filename} ({error.reason})" for error in report.errors)
        what = plural(len(report.errors), "file")
        message = f"bandit could not scan {what}: {told}"
        oddities.note("file not scanned", message, "Mend the error, then run bandit again.", doubt=True)
    if report.results is None:
        message = "the list of results is missing or null, which is not the same as none"
        oddities.note("results missing", message, "Run bandit again.", doubt=True)
    if not examined and not report.results:
        message = "the metrics name no file that was scanned"
        oddities.note("nothing examined", message, "Give bandit files to scan (-r FOLDER).", doubt=True)


def _note_metrics(totals: Mapping[str, float], results: list[Result], oddities: Oddities) -> None:
    """Warn of lines marked `nosec`, and of issues that are counted but not listed (-l, -i, a baseline)."""
    if marked := int(totals.get("nosec", 0)):
        message = f"{plural(marked, 'line')} marked nosec: what is found there is not listed"
        oddities.note("suppressed lines", message)
    counted = Counter(result.level for result in results)
    for name, number in totals.items():
        kind, _, level = name.partition(".")
        if kind == "SEVERITY" and int(number) != counted[level]:
            message = (
                f"the metrics count {int(number):,} of severity {level}, the file lists {counted[level]:,}; "
                "bandit leaves out what its options -l, -i or -b say"
            )
            oddities.note("declared count", message)
