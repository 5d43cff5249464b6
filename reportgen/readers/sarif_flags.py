"""What makes a SARIF run doubtful: failed executions, and results that do not fit the standard."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import filterfalse
from typing import NamedTuple

from reportgen.model.figures import plural
from reportgen.readers.oddities import Oddities, some
from reportgen.readers.sarif_shapes import Invocation, Message, Notification, Run

# What Semgrep and CodeQL call a file, or a part of one, that they could not look at; mere warnings to them.
_UNREAD = re.compile(
    r"(?:lexical|(?:other )?syntax) error|partial ?parsing|timeout.*|out ?of ?memory.*|stack ?overflow"
    r"|py/diagnostics/extraction-warnings|\w+/diagnostics/extraction-errors",
    re.IGNORECASE,
)
_RUN_AGAIN = "Look at the tool's own log, mend what stopped it, and run it again."


class _Row(NamedTuple):
    """How an oddity of results is told: `message` takes the count in words and the first example."""

    message: str
    hint: str = ""
    doubt: bool = False


_ROWS = {
    "undecided result": _Row(
        "the tool could not decide {count} ({first})", "Decide them by hand.", doubt=True
    ),
    "contradictory kind": _Row(
        "{count} with a level that its kind rules out ({first})", "Look at what wrote the file.", doubt=True
    ),
    "unknown kind": _Row("{count} of a kind that the standard has not ({first}); counted as findings"),
    "unknown suppression": _Row(
        "{count} with an unknown suppression status ({first}); not taken as suppressed"
    ),
    "odd rule reference": _Row("{count} whose rule id and index do not fit together ({first})"),
    "odd line number": _Row("{count} with a line number that no file has ({first}); shown without a line"),
    "several places": _Row("{count} at several places ({first}); the first place of each is shown"),
}


class Tally:
    """Counts what is odd about single results, and keeps the first example of each kind."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._first: dict[str, str] = {}

    def see(self, kind: str, example: str) -> None:
        """Count one more result of a kind of the table."""
        self._counts[kind] += 1
        self._first.setdefault(kind, example[:200])

    def note(self, oddities: Oddities) -> None:
        """Say each kind once, in the order of the table."""
        for kind, row in _ROWS.items():
            if count := self._counts[kind]:
                message = row.message.format(count=plural(count, "result"), first=self._first[kind])
                oddities.note(kind, message, row.hint, doubt=row.doubt)


def note_execution(run: Run, tool: str, oddities: Oddities) -> None:
    """Warn where the scan did not deliver: no results, a failed or killed run, errors while it ran."""
    if run.results is None:
        message = (
            f"{tool} delivered no results: they are missing or null, which is not the same as none found"
        )
        oddities.note("results missing", message, _RUN_AGAIN, doubt=True)
    converter = run.conversion and run.conversion.invocation
    invocations = [*(run.invocations or ()), *([converter] if converter else ())]
    for invocation in invocations:
        reason = _failure(invocation)
        if reason is not None:
            who = "the converter of the report" if invocation is converter else tool
            message = f"{who} says that its run failed{reason}"
            oddities.note("execution failed", message, _RUN_AGAIN, doubt=True)
    for part, kind in (
        ("tool_execution_notifications", "ran"),
        ("tool_configuration_notifications", "was set up"),
    ):
        told = [note for each in invocations for note in getattr(each, part) or ()]
        _note_level(told, "error", f"{tool} reported {{}} while it {kind}", oddities, doubt=True)
        unread, others = list(filter(_is_of_unread, told)), list(filterfalse(_is_of_unread, told))
        _note_level(
            unread,
            "warning",
            f"{tool} says that it could not look at everything, in {{}}",
            oddities,
            doubt=True,
        )
        _note_level(others, "warning", f"{tool} reported {{}} while it {kind}", oddities, doubt=False)


def _is_of_unread(note: Notification) -> bool:
    """Tell whether a notification says that something could not be looked at."""
    return note.descriptor is not None and _UNREAD.fullmatch(note.descriptor.id or "") is not None


def _failure(invocation: Invocation) -> str | None:
    """Say in brackets why an invocation is no success, if it tells; None where nothing says so."""
    signal = invocation.exit_signal_name or invocation.exit_signal_number
    told = [
        text
        for text in (
            invocation.process_start_failure_message,
            f"signal {signal}" if signal else None,
        )
        if text
    ]
    if invocation.execution_successful is not False and not told:
        return None
    if invocation.exit_code is not None:
        told.append(f"exit code {invocation.exit_code}")
    if invocation.exit_code_description:
        told.append(invocation.exit_code_description)
    return f" ({some(told)})" if told else ""


def _note_level(
    told: Iterable[Notification], level: str, sentence: str, oddities: Oddities, *, doubt: bool
) -> None:
    chosen = [note for note in told if (note.level or "warning").lower() == level]
    if chosen:
        what = plural(len(chosen), level)
        message = f"{sentence.format(what)}: {some(_words(note) for note in chosen)}"
        oddities.note(f"tool {level}", message, _RUN_AGAIN if doubt else "", doubt=doubt)


def _words(note: Notification) -> str:
    message = note.message or Message()
    name = note.descriptor.id if note.descriptor else None
    return message.text or message.markdown or message.id or name or "no message"
