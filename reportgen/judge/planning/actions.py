"""The steps that a plan can be made of: what each would mend, and by how much it changes the numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from reportgen.judge.changing.since import since_of
from reportgen.judge.cited import cited
from reportgen.judge.counting.findings import SEVERITIES, Priced
from reportgen.judge.failing.causes import told_by
from reportgen.judge.failing.phases import FAILING
from reportgen.judge.ground import Ground
from reportgen.judge.planning.moving import moved_cases, moved_findings
from reportgen.model.evidence import JoinedCase, JoinedFinding
from reportgen.model.figures import plural
from reportgen.model.headline import headline
from reportgen.model.metrics import keyed_name
from reportgen.model.states import Outcome, Severity

LAYER = "layer "
_MOST_TITLE = 120


class Draft(Struct, frozen=True, kw_only=True):
    """A step before it has its place in the plan.

    `changes` is metric -> by how much the step changes it; `names` are metrics that it makes known, or may
    change in a way that cannot be told beforehand. `revives` are the layers and test files (ids of evidence)
    in which tests run after it. `gates` are those that it turns by itself, `speaks_of` those that it is about
    and that no metric tells; `conditions` hold after it, with their space folded. `severity` is that of the
    `findings` it mends. A gap is `readable` where its places are artifacts, which can be read again. `mends`
    is the id of a cause, or a rule.
    """

    kind: str
    title: str
    places: tuple[str, ...]
    count: int
    minutes: int
    changes: Mapping[str, int] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    revives: tuple[str, ...] = ()
    severity: Severity | None = None
    evidence: tuple[str, ...] = ()
    findings: tuple[JoinedFinding, ...] = ()
    readable: bool = False
    mends: str = ""
    gates: tuple[str, ...] = ()
    speaks_of: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()


def failures(ground: Ground) -> Iterator[Draft]:
    """Yield a step for each cause of failures; a mended failure counts as passed."""
    tests = ground.tests
    if tests is None:
        return
    minutes = ground.policy.effort.cause
    cases = {case.id: case for case in tests.cases if case.outcome in FAILING}
    since = since_of(ground.changes)
    idle = {LAYER + name for name, layer in tests.by_layer.items() if not layer.ran} | uncollected(ground)
    for cause in tests.causes:
        members = [cases[each] for each in cause.cases]
        yield Draft(
            kind="failures",
            title=_cut(
                f"Mend what {plural(len(members), 'test')} {_fail(members)} with: {headline(cause.message)}"
            ),
            places=cause.cases,
            count=len(members),
            minutes=minutes,
            changes=_mended(members) | moved_cases(members, ground) | since.of_cases(members),
            revives=tuple(dict.fromkeys(each for member in members for each in _revived(member, idle))),
            evidence=cause.evidence,
            mends=cause.id,
        )
    for message, errors in _suite_errors(ground).items():
        yield Draft(
            kind="failures",
            title=_cut(f"Mend {plural(len(errors), 'suite-level error')}: {message}"),
            places=tuple(dict.fromkeys(suite for suite, _ in errors)),
            count=len(errors),
            minutes=minutes,
            changes={"tests.suite_errors": -len(errors)},
            evidence=cited(each for _, each in errors),
        )
    yield from _flaky(tests.cases, minutes, ground)


def _fail(cases: list[JoinedCase]) -> str:
    """Choose the verb: failed, errored, or both; singular and plural are the same."""
    words = {"failed" if case.outcome is Outcome.FAILED else "errored" for case in cases}
    return " or ".join(sorted(words, reverse=True))


def _mended(cases: list[JoinedCase]) -> dict[str, int]:
    changes: Counter[str] = Counter()
    for case in cases:
        outcome = "failed" if case.outcome is Outcome.FAILED else "errored"
        for name, by in ((outcome, -1), ("passed", 1), ("flaky", -int(case.flaky))):
            changes[f"tests.{name}"] += by
            changes[keyed_name("layers", case.layer, f"tests.{name}")] += by
    return {name: by for name, by in changes.items() if by}


def _revived(case: JoinedCase, idle: set[str]) -> Iterator[str]:
    """Yield the layer and the files that run tests once a case is mended, of those that ran none."""
    return (each for each in (LAYER + case.layer, *case.evidence) if each in idle)


def uncollected(ground: Ground) -> set[str]:
    """Return the test files without a run that hold tests which could not be collected: they did fail."""
    if not ground.sources.without_run:
        return set()
    failing = {each for case in ground.evidence.cases if case.outcome in FAILING for each in case.evidence}
    return failing.intersection(ground.sources.without_run)


def _suite_errors(ground: Ground) -> dict[str, list[tuple[str, str]]]:
    grouped: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for error in ground.evidence.suite_errors:
        grouped[error.message.strip() or "no message"].append((error.suite, error.evidence))
    return grouped


def _flaky(cases: tuple[JoinedCase, ...], minutes: int, ground: Ground) -> Iterator[Draft]:
    """Yield a step for each cause for which tests failed that passed on another attempt."""
    grouped: dict[tuple[str, ...], list[JoinedCase]] = defaultdict(list)
    messages: dict[tuple[str, ...], str] = {}
    since = since_of(ground.changes)
    for case in cases:
        if case.flaky and case.outcome not in FAILING:
            told = told_by(case)
            grouped[told.cause].append(case)
            messages.setdefault(told.cause, told.message)
    for cause, members in sorted(grouped.items()):
        names = [keyed_name("layers", case.layer, "tests.flaky") for case in members]
        yield Draft(
            kind="failures",
            title=_cut(f"Make {plural(len(members), 'flaky test')} steady: {headline(messages[cause])}"),
            places=tuple(case.id for case in members),
            count=len(members),
            minutes=minutes,
            changes={"tests.flaky": -len(members)}
            | {name: -count for name, count in Counter(names).items()}
            | moved_cases(members, ground)
            | since.of_cases(members),
            evidence=cited(*(case.evidence for case in members)),
        )


def findings(ground: Ground) -> Iterator[Draft]:
    """Yield a step for the open findings of each rule."""
    grouped: dict[str, list[Priced]] = defaultdict(list)
    for each in ground.priced:
        grouped[each.finding.rule].append(each)
    since = since_of(ground.changes)
    summaries = {} if ground.findings is None else {row.rule: row.summary for row in ground.findings.rules}
    for rule in sorted(grouped):
        members = sorted(grouped[rule], key=lambda each: (each.finding.path, each.finding.line))
        minutes = sum(each.minutes for each in members)
        by_severity = Counter(each.finding.severity for each in members)
        about = f" ({summaries[rule]})" if summaries.get(rule) else ""
        of_rule = f"of {rule}{about}" if rule else "without a rule"
        yield Draft(
            kind="findings",
            title=_cut(f"Mend {plural(len(members), 'finding')} {of_rule}"),
            places=tuple(_place(each) for each in members),
            count=len(members),
            minutes=minutes,
            changes={
                "findings.open": -len(members),
                "findings.minutes": -minutes,
                keyed_name("findings.rules", rule): -len(members),
            }
            | {f"findings.{severity.value}": -count for severity, count in by_severity.items()}
            | moved_findings((member.finding for member in members), ground)
            | since.of_findings(member.finding for member in members),
            severity=min(by_severity, key=SEVERITIES.index),
            findings=tuple(member.finding for member in members),
            mends=rule,
            evidence=cited(*(member.finding.evidence for member in members)),
        )


def _place(priced: Priced) -> str:
    finding = priced.finding
    if not finding.path:
        return finding.symbol or "no file"
    return f"{finding.path}:{finding.line}" if finding.line else finding.path


def _cut(title: str) -> str:
    """Keep a title to one line of a bounded length."""
    line = " ".join(title.split())
    return line if len(line) <= _MOST_TITLE else f"{line[: _MOST_TITLE - 1].rstrip()}…"
