"""The nightly report: what changed first, then why the verdict is what it is; short enough for a comment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from reportgen.model.audit import Audit, GateResult
from reportgen.model.audit_tests import FailureCause
from reportgen.model.changes import Changes, FindingChange
from reportgen.model.figures import percent_text, plural
from reportgen.model.profile import Profile
from reportgen.model.states import State
from reportgen.render.escape import Markdown, visible
from reportgen.render.marks import badge, verdict_badge
from reportgen.render.scores import score_sentence
from reportgen.render.views.changes import FigureRow, changes
from reportgen.render.views.parts import Cut, Item, Subject, cut, same
from reportgen.render.wording import clipped, moment_text

NAME = 120
"""Characters of a name or message, counted as they are seen: a comment on a forge holds 65,536."""

_FEW = 5
_NOT_MOVED = ("", "no change")
_WORST_FIRST = (State.FAIL, State.UNKNOWN, State.WARN)
_QUIET = {State.PASS: "passes", State.WAIVED: "is waived", State.NOT_APPLICABLE: "does not apply"}
_QUIET_MANY = {State.PASS: "pass", State.WAIVED: "are waived", State.NOT_APPLICABLE: "do not apply"}


class NightlyHead(Struct, frozen=True):
    """What a glance needs; `figures` is a sentence of counted things."""

    title: str
    badge: Markdown
    reason: str
    score: str
    date: str
    revision: str
    figures: str


class NightlyList(Struct, frozen=True):
    """Names under what became of them."""

    title: str
    names: Cut[str]


class NightlyChanges(Struct, frozen=True):
    """What changed: figures that moved, and the tests, findings and files behind them."""

    sentence: str
    notes: tuple[str, ...]
    figures: Cut[FigureRow]
    lists: tuple[NightlyList, ...]


class ReasonRow(Struct, frozen=True):
    """A gate that does not pass, and why."""

    badge: Markdown
    title: str
    reason: str


class NightlyReasons(Struct, frozen=True):
    """Why the verdict is what it is; `quiet` says of the other gates how many there are."""

    gates: Cut[ReasonRow]
    quiet: str
    causes: Cut[str]


def head(subject: Subject) -> NightlyHead:
    """Say what it came to, in a few lines."""
    audit = subject.audit
    said = audit.summary.verdict.removeprefix(f"The verdict is {audit.verdict.value}: ")
    return NightlyHead(
        title=_short(audit.title) or "Audit report",
        badge=verdict_badge(audit.verdict, subject.profile),
        reason=clipped(visible(f"{said[:1].upper()}{said[1:]}"), 4 * NAME),
        score=score_sentence(audit.score, subject.profile),
        date=moment_text(audit.generated_at),
        revision=_short(audit.revision or ""),
        figures=_figures(audit),
    )


def _figures(audit: Audit) -> str:
    parts: list[str] = []
    tests = audit.tests
    if tests is not None:
        counts = ((tests.failed, "failed"), (tests.errored, "errored"), (tests.skipped, "skipped"))
        also = "".join(f", {count:,} {word}" for count, word in counts if count)
        parts.append(
            f"{plural(tests.total, 'test')}: {tests.passed:,} passed{also}" if tests.total else "no test"
        )
    if audit.coverage is not None and audit.coverage.lines is not None:
        percent = audit.coverage.lines.percent
        parts.append(f"line coverage {'not known' if percent is None else percent_text(percent)}")
    if audit.findings is not None:
        parts.append(plural(audit.findings.open, "open finding"))
    told = "; ".join(parts)
    return f"{told[:1].upper()}{told[1:]}"


def moved(subject: Subject) -> NightlyChanges:
    """Say what changed since the baseline; in one sentence where nothing did, or nothing is known."""
    found = subject.audit.changes
    if found is None:
        return NightlyChanges(
            "No baseline was given, so nothing is known of changes.", (), Cut((), 0, ""), ()
        )
    view = changes(subject)
    if found.problem or view is None:
        told = (
            f"Nothing is known of changes: {_short(found.baseline)}: {clipped(visible(found.problem), NAME)}."
        )
        return NightlyChanges(told, (), Cut((), 0, ""), ())
    figures = tuple(
        FigureRow(*(clipped(visible(cell), NAME) for cell in (row.what, row.then, row.now, row.change)))
        for row in view.figures
        if row.change not in _NOT_MOVED and row.then != row.now
    )
    lists = tuple(_lists(found, subject))
    unmoved = "" if figures or lists or view.notes else " Nothing changed."
    return NightlyChanges(
        sentence=f"{_compared(found)}{unmoved}",
        notes=view.notes,
        figures=cut(figures, subject.limit + 5, "changes", same),
        lists=lists,
    )


def _compared(found: Changes) -> str:
    when = "" if found.generated_at is None else f" of {moment_text(found.generated_at)}"
    revision = f", revision {_short(found.revision)}" if found.revision else ""
    return f"Compared with {_short(found.baseline)}{when}{revision}."


def _lists(found: Changes, subject: Subject) -> Iterator[NightlyList]:
    tests, findings, coverage = found.tests, found.findings, found.coverage
    if tests is not None:
        of_tests: tuple[tuple[str, str, Sequence[str]], ...] = (
            ("New failures", "new_failures", tests.new_failures),
            ("Still failing", "still_failing", tests.still_failing),
            ("Fixed", "fixed", tests.fixed),
            ("Vanished", "vanished", tests.vanished),
            ("Newly skipped", "newly_skipped", tests.newly_skipped),
            ("Newly flaky", "newly_flaky", tests.newly_flaky),
        )
        for title, key, ids in of_tests:
            yield from _list(
                f"{title}: {plural(len(ids), 'test')}", ids, f"changes.tests.{key}", _short, subject
            )
    if findings is not None:
        for title, key, items in (
            ("New", "new", findings.new),
            ("Fixed", "fixed", findings.fixed),
            ("Not looked for any more", "unexamined", findings.unexamined),
        ):
            count = plural(len(items), "finding")
            yield from _list(f"{title}: {count}", items, f"changes.findings.{key}", _finding, subject)
    if coverage is not None:
        dropped = [
            f"{_short(file.path)} ({percent_text(file.then)} → {percent_text(file.now)})"
            for file in coverage.dropped[: subject.limit + 2]
        ]
        count = plural(len(coverage.dropped), "file")
        if dropped:
            names = cut(dropped, subject.limit, "changes.coverage.dropped", str)
            left = len(coverage.dropped) - len(names.rows)
            yield NightlyList(f"Coverage fell: {count}", Cut(names.rows, left, names.where))


def _list(
    title: str, items: Sequence[Item], where: str, print_: Callable[[Item], str], subject: Subject
) -> Iterator[NightlyList]:
    if items:
        yield NightlyList(title, cut(items, subject.limit, where, print_))


def _finding(one: FindingChange) -> str:
    place = f"{one.path}:{one.line}" if one.line else one.path
    return f"{one.severity.value} {_short(one.rule)} {_short(place)}".strip()


def reasons(subject: Subject) -> NightlyReasons:
    """Give the gates that do not pass, the worst first, and the causes of failures."""
    audit, profile = subject.audit, subject.profile
    loud = [gate for gate in audit.gates if gate.state in _WORST_FIRST]
    loud.sort(key=lambda gate: _WORST_FIRST.index(gate.state))
    causes = audit.tests.causes if audit.tests is not None else ()
    return NightlyReasons(
        gates=cut(loud, 2 * subject.limit, "gates", lambda gate: _reason(gate, profile)),
        quiet=_quiet(audit.gates, some=bool(loud)),
        causes=cut(causes, min(_FEW, subject.limit), "tests.causes", _cause),
    )


def _reason(gate: GateResult, profile: Profile) -> ReasonRow:
    return ReasonRow(
        badge=badge(gate.state, profile),
        title=_short(gate.title or gate.name),
        reason=clipped(visible(gate.reason), 2 * NAME),
    )


def _quiet(gates: Sequence[GateResult], *, some: bool) -> str:
    counts = [(state, sum(gate.state is state for gate in gates)) for state in _QUIET]
    told = [(state, count) for state, count in counts if count]
    if not told:
        return "" if gates else "The policy has no gate, so that nothing can pass it."
    parts = [
        f"{plural(count, 'other gate' if some and at == 0 else 'gate') if at == 0 else f'{count:,}'}"
        f" {_QUIET[state] if count == 1 else _QUIET_MANY[state]}"
        for at, (state, count) in enumerate(told)
    ]
    return f"{', '.join(parts)}."


def _cause(cause: FailureCause) -> str:
    said = clipped(visible(cause.message or cause.type), NAME) or "no message"
    return f"{cause.id}, {plural(len(cause.cases), 'test')}: {said}"


def _short(text: str) -> str:
    return clipped(visible(text), NAME)
