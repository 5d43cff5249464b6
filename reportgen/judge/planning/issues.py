"""The critical issues: causes of failures, grave findings, layers that ran nothing, broken evidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from reportgen.judge.cited import cited
from reportgen.judge.failing.phases import FAILING
from reportgen.judge.ground import Ground
from reportgen.judge.planning.gaps import unread_by_kind
from reportgen.judge.planning.guiding import Guide
from reportgen.judge.planning.impact import Impact
from reportgen.judge.planning.runners import files_of
from reportgen.judge.wording import joined, sentence, some
from reportgen.model.audit_tests import FailureCause, Suspect
from reportgen.model.evidence import JoinedCase, JoinedFinding
from reportgen.model.figures import plural
from reportgen.model.headline import headline
from reportgen.model.issues import CriticalIssue
from reportgen.model.plan import Action
from reportgen.model.states import Outcome, Severity

GRAVE = (Severity.CRITICAL, Severity.HIGH)
KINDS = ("failures", "evidence", "not run", "findings")
_MOST_TEXT = 500


def issues_of(
    ground: Ground, actions: Iterable[Action], guide: Guide, impact: Impact
) -> tuple[CriticalIssue, ...]:
    """List the issues, the worst first.

    Critical are: critical findings, tests that could not be collected, and what fails a subject of critical
    worth. The others are high.
    """
    steps = {(each.kind, each.mends): each.id for each in actions if each.mends}
    found = [
        *_failures(ground, guide, impact, steps),
        *_broken(ground, impact),
        *_idle(ground, impact),
        *_findings(ground, guide, impact, steps),
    ]
    ordered = sorted(found, key=lambda pair: (pair[0].severity, KINDS.index(pair[0].kind), -pair[1]))
    return tuple(replace(each, id=f"I{number}") for number, (each, _) in enumerate(ordered, start=1))


_Counted = tuple[CriticalIssue, int]
_Steps = Mapping[tuple[str, str], str]


def _failures(ground: Ground, guide: Guide, impact: Impact, steps: _Steps) -> Iterator[_Counted]:
    if ground.tests is None:
        return
    cases = {case.id: case for case in ground.tests.cases if case.outcome in FAILING}
    for cause in ground.tests.causes:
        members = guide.located(cases[each] for each in cause.cases if each in cases)
        helped = guide.of_cases(cause.cases, cause.place)
        subjects = guide.subjects_of_cases(cause.cases)
        grave = cause.phase == "collection" or impact.is_critical(subjects)
        yield (
            CriticalIssue(
                id="",
                kind="failures",
                severity="critical" if grave else "high",
                title=_title(cause, members),
                places=_places(cause, members),
                problem=_short(headline(cause.message)),
                impact=impact.of_cases(members, subjects),
                fix=_suspicion(cause),
                owner=helped.owner,
                minutes=ground.policy.effort.cause,
                action=steps.get(("failures", cause.id), ""),
                evidence=cause.evidence,
            ),
            len(members),
        )


def _title(cause: FailureCause, members: Sequence[JoinedCase]) -> str:
    outcomes = Counter(case.outcome is Outcome.FAILED for case in members)
    parts = [
        plural(outcomes[failed], "test") + f" {word}"
        for failed, word in ((True, "failed"), (False, "errored"))
        if outcomes[failed]
    ]
    phase = "" if cause.phase == "run" else f" in {cause.phase}"
    return f"{joined(parts)}{phase}, from one cause ({cause.id})"


def _places(cause: FailureCause, members: Sequence[JoinedCase]) -> tuple[str, ...]:
    """Where to look: the line that failed, then the tests' files."""
    own = cause.place.rpartition(":")[0]
    files = (file for file in files_of(members) if not own or not own.endswith(file))
    first = _first_suspect(cause)
    suspect = f"{first.path}:{first.line}" if first else ""
    return tuple(dict.fromkeys(each for each in (cause.place, suspect, *files) if each))


def _first_suspect(cause: FailureCause) -> Suspect | None:
    """Return the lines that are more suspicious than all others; None where several are alike."""
    first, second = (*cause.suspects[:2], None, None)[:2]
    return first if first and (second is None or second.score < first.score) else None


def _suspicion(cause: FailureCause) -> str:
    """Say where to look first, as the evidence tells no fix of a failing test."""
    first = _first_suspect(cause)
    if first is None:
        return ""
    lines = f"{first.line}" if first.line == first.end_line else f"{first.line}-{first.end_line}"
    failing = plural(first.failing, "failing test")
    passing = plural(first.passing, "passing one") if first.passing else "no passing one"
    return f"Not told; look first at {first.path}:{lines}, which {failing} and {passing} ran"


def _findings(ground: Ground, guide: Guide, impact: Impact, steps: _Steps) -> Iterator[_Counted]:
    grouped: dict[tuple[Severity, str], list[JoinedFinding]] = defaultdict(list)
    minutes: Counter[tuple[Severity, str]] = Counter()
    for each in ground.priced:
        key = (each.finding.severity, each.finding.rule)
        if key[0] in GRAVE:
            grouped[key].append(each.finding)
            minutes[key] += each.minutes
    for severity, rule in sorted(grouped, key=lambda key: (GRAVE.index(key[0]), key[1])):
        members = sorted(grouped[severity, rule], key=lambda each: (each.path, each.line))
        helped = guide.of_findings(members)
        before, after, changed_at = _code(members)
        subjects = guide.subjects_of_findings(members)
        yield (
            CriticalIssue(
                id="",
                kind="findings",
                severity=severity.value,
                title=f"{_findings_of(len(members), severity, rule)} open",
                places=tuple(dict.fromkeys(map(place_of, members))),
                problem=_first_of(members),
                impact=impact.of_findings(members, subjects),
                fix=helped.fix,
                before=before,
                after=after,
                changed_at=changed_at,
                owner=helped.owner,
                minutes=minutes[severity, rule],
                action=steps.get(("findings", rule), ""),
                evidence=cited(*(each.evidence for each in members)),
            ),
            len(members),
        )


def _first_of(members: Sequence[JoinedFinding]) -> str:
    """Quote the first message, and say that it is one of several where not all say the same."""
    several = len({each.message for each in members}) > 1
    return f"{_short(members[0].message)}{f' (the first of {len(members):,})' if several else ''}"


def _findings_of(count: int, severity: Severity, rule: str) -> str:
    of_rule = f" of {rule}" if rule else ""
    return some(
        count, f"{severity.value} finding{of_rule}", "is", "are", f"{severity.value} findings{of_rule}"
    )


def place_of(finding: JoinedFinding) -> str:
    """Name the place of a finding: `path:line`, its path, or its symbol."""
    if not finding.path:
        return finding.symbol or "no file"
    return f"{finding.path}:{finding.line}" if finding.line else finding.path


def _code(findings: Sequence[JoinedFinding]) -> tuple[str, str, str]:
    """Return the code before and after the first fix that tells it, and its place; whole lines first."""
    fixes = [(each.fix, place_of(each)) for each in findings if each.fix is not None]
    for fix, place in fixes:
        if fix.before or fix.after:
            return fix.before, fix.after, place
    for fix, place in fixes:
        if len(fix.edits) == 1 and (fix.edits[0].before or fix.edits[0].text.strip()):
            return fix.edits[0].before, fix.edits[0].text, place
    return "", "", ""


_RUN_SKIPPED = "Run the tests where what they need is there"
_RUN_NONE = "Find out why no test was collected or started"


def _idle(ground: Ground, impact: Impact) -> Iterator[_Counted]:
    """Yield the layers in which no test ran; those whose tests could not be collected are failures."""
    for name, layer in ground.tests.by_layer.items() if ground.tests else ():
        if layer.ran or layer.total > layer.skipped:
            continue
        why = "its results hold no test" if not layer.total else _skipped(layer.total)
        yield (
            CriticalIssue(
                id="",
                kind="not run",
                severity="high",
                title=f"Layer {name} ran no test",
                places=tuple(ground.evidence.source_of(each).path for each in layer.evidence),
                problem=sentence(why),
                fix=_RUN_SKIPPED if layer.total else _RUN_NONE,
                impact=impact.of_layer(name),
                minutes=ground.policy.effort.gap,
                evidence=layer.evidence,
            ),
            layer.total,
        )


def _skipped(total: int) -> str:
    return "its only test is skipped" if total == 1 else f"all {plural(total, 'test')} of it are skipped"


def _broken(ground: Ground, impact: Impact) -> Iterator[_Counted]:
    """Yield the artifacts that could not be read whole, a kind of problem each."""
    for kind, (items, absent, told) in sorted(unread_by_kind(ground).items()):
        paths = (*(item.path for item in items), *absent)
        yield (
            CriticalIssue(
                id="",
                kind="evidence",
                severity="high",
                title=f"{some(len(paths), 'artifact', 'was', 'were')} not read whole ({kind})",
                places=tuple(paths),
                problem=_short(sentence(told[0].message)) if told else "",
                impact=impact.of_evidence(),
                fix=next((each.hint for each in told if each.hint), ""),
                minutes=ground.policy.effort.gap * len(paths),
                evidence=tuple(item.id for item in items),
            ),
            len(paths),
        )


def _short(text: str) -> str:
    line = text.strip()
    return line if len(line) <= _MOST_TEXT else f"{line[:_MOST_TEXT].rstrip()}…"
