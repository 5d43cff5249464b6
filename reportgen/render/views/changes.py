"""What changed since the baseline: figures then and now, and the tests and findings behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.changes import Changes, CriterionChange, FileChange, FindingChange, GateChange
from reportgen.model.figures import one_decimal, percent_text, plural
from reportgen.model.profile import Profile
from reportgen.render.escape import Markdown
from reportgen.render.views.parts import CELL, Cut, Subject, cut
from reportgen.render.wording import NOT_KNOWN, clipped, moment_text


class FigureRow(Struct, frozen=True):
    """A figure then and now, and the difference in words."""

    what: str
    then: str
    now: str
    change: str


class NameList(Struct, frozen=True):
    """Tests or files that became something, under what they became."""

    title: str
    noun: str
    names: Cut[str]


class FindingRow(Struct, frozen=True):
    """A finding as a list prints it."""

    severity: str
    rule: str
    place: str | Markdown
    message: str


class FindingList(Struct, frozen=True):
    """Findings that became something, under what they became."""

    title: str
    findings: Cut[FindingRow]


class ChangesView(Struct, frozen=True):
    """The section on changes; `notes` are sentences on what was not compared, or wants a look."""

    sentence: str
    notes: tuple[str, ...]
    figures: tuple[FigureRow, ...]
    tests: tuple[NameList, ...]
    findings: tuple[FindingList, ...]
    files: Cut[FigureRow]


def changes(subject: Subject) -> ChangesView | None:
    """Say what changed; None where no baseline was named."""
    found = subject.audit.changes
    if found is None:
        return None
    if found.problem:
        told = f"Nothing is known of changes: {found.baseline}: {found.problem}."
        return ChangesView(told, (), (), (), (), Cut((), 0, ""))
    dropped = () if found.coverage is None else found.coverage.dropped
    tests = tuple(_test_lists(found, subject.limit))
    findings = tuple(_finding_lists(found, subject.limit))
    figures = tuple(_figures(found, subject.audit, subject.profile))
    return ChangesView(
        sentence=_sentence(found),
        notes=tuple(_notes(found)),
        figures=figures,
        tests=tests,
        findings=findings,
        files=cut(dropped, subject.limit, "changes.coverage.dropped", _file),
    )


def _sentence(found: Changes) -> str:
    when = "" if found.generated_at is None else f" of {moment_text(found.generated_at)}"
    revision = f", revision {clipped(found.revision, CELL)}" if found.revision else ""
    return f"Compared with {found.baseline}{when}{revision}."


def _notes(found: Changes) -> Iterator[str]:
    parts = (("tests", found.tests), ("coverage", found.coverage), ("findings", found.findings))
    missing = [name for name, part in parts if part is None]
    if missing:
        yield f"Not compared, since it is not known on both sides: {', '.join(missing)}."
    if found.tests is not None and found.tests.now < found.tests.then:
        share = percent_text(found.tests.percent)
        yield f"The number of tests fell from {found.tests.then:,} to {found.tests.now:,}: to {share}."
    if found.findings is not None and found.findings.moved:
        moved = plural(found.findings.moved, "new finding")
        yield f"{moved} may only have moved: same rule, file and message, at another line."
    if found.coverage is not None and found.coverage.gone:
        files = plural(len(found.coverage.gone), "file of the baseline has", "files of the baseline have")
        yield f"{files} no coverage any more."
    if found.score is not None and not found.score.same_model:
        yield "The policy or the version of reportgen is another: part of the points may come from that."


def _figures(found: Changes, audit: Audit, profile: Profile) -> Iterator[FigureRow]:
    if found.verdict is not None:
        then, now = profile.verdict_word(found.verdict), profile.verdict_word(audit.verdict)
        yield FigureRow("Verdict", then, now, "no change" if then == now else "changed")
    score = found.score
    if score is not None:
        then, now = (
            f"{one_decimal(value)} ({grade})"
            for value, grade in ((score.then, score.grade_then), (score.now, score.grade_now))
        )
        yield FigureRow("Score", then, now, _points(score.points))
        yield from map(_criterion, score.criteria)
    if found.tests is not None:
        yield _counted("Tests", found.tests.then, found.tests.now)
    if found.coverage is not None:
        rates = (percent_text(found.coverage.then), percent_text(found.coverage.now))
        yield FigureRow("Line coverage", *rates, _points(found.coverage.points))
    if found.findings is not None:
        yield _counted("Open findings", found.findings.then, found.findings.now)
    yield from (_gate(gate, profile) for gate in found.gates)


def _criterion(criterion: CriterionChange) -> FigureRow:
    values = (one_decimal(criterion.then), one_decimal(criterion.now))
    return FigureRow(f"Criterion {clipped(criterion.name, CELL)}", *values, _points(criterion.points))


def _gate(gate: GateChange, profile: Profile) -> FigureRow:
    then, now = ("not there" if s is None else profile.state_word(s) for s in (gate.then, gate.now))
    return FigureRow(f"Gate {clipped(gate.name, CELL)}", then, now, "changed")


def _counted(what: str, then: int, now: int) -> FigureRow:
    change = "no change" if then == now else f"{now - then:+,}"
    return FigureRow(what, f"{then:,}", f"{now:,}", change)


def _points(points: Fraction | None) -> str:
    """Print a difference of points; one that is less than a tenth is not printed as nothing."""
    if points is None:
        return NOT_KNOWN
    if not points:
        return "no change"
    if abs(points) < Fraction(1, 10):
        return f"{'up' if points > 0 else 'down'} by < 0.1 points"
    return f"{'' if points < 0 else '+'}{one_decimal(points)} points"


def _test_lists(found: Changes, limit: int) -> Iterator[NameList]:
    tests = found.tests
    if tests is None:
        return
    named: tuple[tuple[str, str, Sequence[str]], ...] = (
        ("New failures", "new_failures", tests.new_failures),
        ("Fixed tests", "fixed", tests.fixed),
        ("Still failing", "still_failing", tests.still_failing),
        ("Vanished tests", "vanished", tests.vanished),
        ("Vanished tests that failed before", "vanished_failures", tests.vanished_failures),
        ("Newly skipped", "newly_skipped", tests.newly_skipped),
        ("Newly flaky", "newly_flaky", tests.newly_flaky),
        ("New tests", "new", tests.new),
    )
    for title, key, ids in named:
        if ids:
            names = cut(ids, limit, f"changes.tests.{key}", lambda id_: clipped(id_, CELL))
            yield NameList(f"{title} ({len(ids):,})", "tests", names)


def _finding_lists(found: Changes, limit: int) -> Iterator[FindingList]:
    findings = found.findings
    if findings is None:
        return
    named = (
        ("New findings", "new", findings.new),
        ("Fixed findings", "fixed", findings.fixed),
        ("No longer counted: suppressed or waived", "accepted", findings.accepted),
        ("Not looked for: their tool did not run", "unexamined", findings.unexamined),
    )
    for title, key, items in named:
        if items:
            rows = cut(items, limit, f"changes.findings.{key}", _finding)
            yield FindingList(f"{title} ({len(items):,})", rows)


def _finding(one: FindingChange) -> FindingRow:
    place = f"{one.path}:{one.line}" if one.line else one.path
    return FindingRow(
        severity=one.severity.value,
        rule=clipped(one.rule, CELL),
        place=clipped(place, CELL),
        message=clipped(one.message, CELL),
    )


def _file(file: FileChange) -> FigureRow:
    rates = (percent_text(file.then), percent_text(file.now))
    return FigureRow(clipped(file.path, CELL), *rates, _points(file.points))
