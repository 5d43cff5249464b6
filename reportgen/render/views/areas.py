"""The areas of the policy, a criterion each: its state, its checks, and the files that do not keep it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from reportgen.model.audit import CriterionScore
from reportgen.model.criteria import CheckScore
from reportgen.model.evidence import JoinedFinding
from reportgen.model.figures import plural
from reportgen.model.states import Severity, State
from reportgen.render.escape import Markdown
from reportgen.render.marks import badge
from reportgen.render.places import place_mark
from reportgen.render.scores import score_text
from reportgen.render.views.area_states import area_state
from reportgen.render.views.fixes import FixRow, fix_of
from reportgen.render.views.parts import CELL, Cut, Subject, cut, told_by
from reportgen.render.views.quoting import CodeRow, Quotes
from reportgen.render.views.violations import Violation, Violations
from reportgen.render.wording import clipped

_TEXT = 2 * CELL
_MOST_FILES = 5
_MOST_LINES = 3
_MOST_READ = 20  # files whose findings are looked through for code
_SEVERITIES = tuple(Severity)
_BY_CHECKS = ("Of ", "All ", "The only check")
_BUILT_IN = frozenset(("tests", "coverage", "findings", "completeness"))
_TITLES = {
    "tests": "Tests",
    "coverage": "Coverage",
    "findings": "Findings",
    "completeness": "Completeness of the evidence",
}


class CheckLine(Struct, frozen=True):
    """A check in a sentence: its state, what it asks for, what was found. `remedy` is the policy's own."""

    badge: Markdown
    title: str
    reason: str
    policy: str
    remedy: str
    evidence: Markdown


class FileLine(Struct, frozen=True):
    """A file in violation; `lines` are the first of its places."""

    path: Markdown
    what: str
    lines: Cut[str]


class AreaRow(Struct, frozen=True):
    """An area. `strengths`, `concerns` and `unknown` are its checks, by what they came to."""

    title: str
    badge: Markdown
    score: str
    reason: str
    policy: str
    strengths: tuple[CheckLine, ...]
    concerns: tuple[CheckLine, ...]
    unknown: tuple[CheckLine, ...]
    files: Cut[FileLine]
    bad: tuple[CodeRow, ...]
    good: FixRow | None
    evidence: Markdown


class ManualLine(Struct, frozen=True):
    """What a person has to look at, and what somebody said of it."""

    badge: Markdown
    text: str
    reason: str


class AreasView(Struct, frozen=True):
    """The areas, the manual checks with them where the profile asks for these."""

    sentence: str
    areas: tuple[AreaRow, ...]
    manual: tuple[ManualLine, ...]
    manual_sentence: str


def own_areas(criteria: Iterable[CriterionScore]) -> tuple[CriterionScore, ...]:
    """Return the criteria of a team's own; where it has none, those that are built in."""
    every = tuple(criteria)
    return (
        tuple(each for each in every if each.checks or each.expression or each.name not in _BUILT_IN) or every
    )


def area_title(criterion: CriterionScore) -> str:
    """Return what an area is called."""
    own = "" if criterion.title == criterion.name else criterion.title
    return clipped(own or _TITLES.get(criterion.name, criterion.name), CELL)


def areas(subject: Subject) -> AreasView | None:
    """Say of each area how far it is kept.

    Options: `areas = "all"` also takes the criteria that are built in, where a team has its own; `manual`
    adds what people have to look at.
    """
    audit = subject.audit
    found = audit.criteria if subject.options.get("areas") == "all" else own_areas(audit.criteria)
    violations, quotes = Violations(audit), Quotes(audit)
    manual = [item for item in audit.checklist if item.manual] if subject.options.get("manual") else []
    rows = tuple(_area(each, subject, violations, quotes) for each in found)
    if not rows and not manual:
        return None
    return AreasView(
        sentence=_sentence([area_state(each, audit, subject.profile) for each in found]) + _origin(found),
        areas=rows,
        manual=tuple(
            ManualLine(
                badge(item.state, subject.profile), clipped(item.text, _TEXT), clipped(item.reason, _TEXT)
            )
            for item in manual
        ),
        manual_sentence=_manual_sentence([item.state for item in manual]),
    )


def _sentence(states: list[State]) -> str:
    words = (
        (State.PASS, "kept"),
        (State.WARN, "kept in part"),
        (State.FAIL, "not kept"),
        (State.UNKNOWN, "not known"),
    )
    told = [f"{count:,} {word}" for state, word in words if (count := states.count(state))]
    if len(told) == 1:
        return _of_one_kind(len(states), states[0], told[0].partition(" ")[2])
    return f"{plural(len(states), 'area')}: {', '.join(told)}." if told else ""


def _of_one_kind(count: int, state: State, word: str) -> str:
    """Say of all areas at once how they are kept: none of them is, rather than all of them are not."""
    if count == 1:
        return f"The only area is {word}."
    if state in (State.FAIL, State.UNKNOWN):
        which = "Neither" if count == 2 else f"None of the {count:,}"  # noqa: PLR2004 - none of a pair
        return f"{which} area{'' if count == 2 else 's'} is {word.removeprefix('not ')}."  # noqa: PLR2004
    return f"{'Both' if count == 2 else f'All {count:,}'} areas are {word}."  # noqa: PLR2004


def _origin(found: Iterable[CriterionScore]) -> str:
    """Say where the policy has no criterion of the team's own."""
    if any(each.checks or each.expression or each.name not in _BUILT_IN for each in found):
        return ""
    return " The policy has no criterion of the team's own; these are built in."


def _manual_sentence(states: list[State]) -> str:
    if not states:
        return ""
    open_ = states.count(State.NOT_DONE)
    whole = plural(len(states), "check")
    if not open_:
        return f"{whole} that no evidence tells, answered for this revision."
    if open_ == len(states):
        return f"{whole} that no evidence tells, and that nobody answered for this revision."
    return f"{whole} that no evidence tells; {open_:,} of them nobody answered for this revision."


def _area(criterion: CriterionScore, subject: Subject, violations: Violations, quotes: Quotes) -> AreaRow:
    found = violations.of(criterion)
    members = [each for one in found[:_MOST_READ] for each in sorted(one.findings, key=_grave_first)]
    url = subject.audit.source_url

    def lines(*states: State) -> tuple[CheckLine, ...]:
        return tuple(_check(each, subject) for each in criterion.checks if each.state in states)

    def file(one: Violation) -> FileLine:
        numbers = sorted({each.line for each in one.findings if each.line})
        return FileLine(
            path=place_mark(one.path, clipped(one.path, CELL), url, sure=True),
            what=clipped(one.what, CELL),
            lines=cut(numbers, _MOST_LINES, "findings.items", str),
        )

    return AreaRow(
        title=area_title(criterion),
        badge=badge(area_state(criterion, subject.audit, subject.profile), subject.profile),
        score=_score(criterion, subject),
        reason=clipped(_reason(criterion), _TEXT),
        policy=clipped(criterion.policy, _TEXT),
        strengths=lines(State.PASS),
        concerns=lines(State.FAIL, State.WARN),
        unknown=lines(State.UNKNOWN),
        files=cut(found, _MOST_FILES, "findings.items", file),
        bad=quotes.of((f"{each.path}:{each.line}" for each in members if each.line), most=1),
        good=fix_of(members),
        evidence=told_by(criterion.evidence),
    )


def _reason(criterion: CriterionScore) -> str:
    """Leave out the names of the checks: they are listed below."""
    told, colon, _ = criterion.reason.partition(":")
    return f"{told}." if colon and criterion.checks and told.startswith(_BY_CHECKS) else criterion.reason


def _grave_first(finding: JoinedFinding) -> tuple[int, int, str]:
    return _SEVERITIES.index(finding.severity), finding.line, finding.id


def _score(criterion: CriterionScore, subject: Subject) -> str:
    if criterion.score is None:
        return ""
    if criterion.scale != 100 and criterion.shown:  # noqa: PLR2004 - the scale of the model
        return criterion.shown
    return score_text(criterion.score, subject.profile)


def _check(check: CheckScore, subject: Subject) -> CheckLine:
    mended = check.state in {State.FAIL, State.WARN}
    return CheckLine(
        badge=badge(check.state, subject.profile),
        title=clipped(check.title, CELL),
        reason=clipped(check.reason, _TEXT),
        policy=clipped(check.policy, _TEXT),
        remedy=clipped(check.remediation, _TEXT) if mended else "",
        evidence=told_by(check.evidence),
    )
