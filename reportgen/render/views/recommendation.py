"""The recommendation: hold or deploy, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.figures import plural
from reportgen.model.profile import Profile
from reportgen.model.score_words import DEPLOY, HOLD
from reportgen.model.signoff import ApprovalResult
from reportgen.model.states import State
from reportgen.render.escape import Markdown, visible
from reportgen.render.marks import badge, state_mark
from reportgen.render.views.parts import CELL, Cut, Subject, cut, told_by
from reportgen.render.wording import clipped

_REASON = 2 * CELL
_OPEN = frozenset({State.FAIL, State.UNKNOWN, State.NOT_DONE})


class Hindrance(Struct, frozen=True):
    """What stands in the way, or is a reservation: a gate, an item of the checklist, an approval."""

    badge: Markdown
    kind: str
    text: str
    reason: str
    evidence: Markdown


class Recommendation(Struct, frozen=True):
    """What is recommended; `hindrances` forbid it, `reservations` do not."""

    badge: Markdown
    sentence: str
    hindrances: Cut[Hindrance]
    reservations: Cut[Hindrance]


class _Found(Struct, frozen=True):
    """Something judged, before it is printed."""

    kind: str
    text: str
    state: State
    reason: str
    evidence: tuple[str, ...] = ()


def recommendation(subject: Subject) -> Recommendation:
    """Recommend to hold where anything fails, is unknown, or was not done; else to deploy."""
    audit, profile = subject.audit, subject.profile
    found = list(_judged(audit))
    hindrances = [each for each in found if each.state in _OPEN]
    reservations = [each for each in found if each.state in {State.WARN, State.WAIVED}]
    holds = held(audit)

    def row(each: _Found) -> Hindrance:
        return Hindrance(
            badge=badge(each.state, profile),
            kind=each.kind,
            text=clipped(each.text, CELL),
            reason=clipped(each.reason, _REASON),
            evidence=told_by(each.evidence),
        )

    return Recommendation(
        badge=_mark(holds, audit, profile),
        sentence=_sentence(audit, holds, hindrances, reservations),
        hindrances=cut(hindrances, subject.limit, "gates", row),
        reservations=cut(reservations, subject.limit, "gates", row),
    )


def held(audit: Audit) -> bool:
    """Tell whether the recommendation is to hold: the verdict or anything that was judged asks for it."""
    return audit.verdict not in {State.PASS, State.WARN} or any(
        each.state in _OPEN for each in _judged(audit)
    )


def _judged(audit: Audit) -> Iterator[_Found]:
    """Yield what was judged, gates first; what the checklist repeats of a gate by the same words is one."""
    gates = [
        _Found("gate", each.title or each.name, each.state, each.reason, each.evidence)
        for each in audit.gates
    ]
    yield from gates
    said = {each.text for each in gates}
    for item in audit.checklist:
        if item.text not in said:
            yield _Found("check", item.text, item.state, item.reason, item.evidence)
    for approval in audit.approvals:
        yield _Found("approval", approval.role, approval.state, _approved(approval))


def _approved(approval: ApprovalResult) -> str:
    told = [
        approval.name,
        approval.date.isoformat() if approval.date else "",
        approval.conditions,
        approval.note,
    ]
    return ", ".join(visible(each) for each in told if each) or "nobody decided"


def _mark(holds: bool, audit: Audit, profile: Profile) -> Markdown:
    if not holds:
        return state_mark(profile.icon(audit.verdict), profile.words.get("deploy", DEPLOY))
    state = audit.verdict if audit.verdict in _OPEN else State.NOT_DONE
    return state_mark(profile.icon(state), profile.words.get("hold", HOLD))


def _sentence(audit: Audit, holds: bool, hindrances: list[_Found], reservations: list[_Found]) -> str:
    if holds:
        if not hindrances:
            return _reason(audit)
        stand = "stands" if len(hindrances) == 1 else "stand"
        return f"{_counted(hindrances)} {stand} in the way."
    if not reservations:
        return "Every gate and check that applies passes."
    have = "has" if len(reservations) == 1 else "have"
    return f"Nothing stands in the way; {_counted(reservations)} {have} a reservation."


def _reason(audit: Audit) -> str:
    said = audit.summary.verdict.removeprefix(f"The verdict is {audit.verdict.value}: ")
    return f"{said[:1].upper()}{said[1:]}"


def _counted(found: list[_Found]) -> str:
    """Count what there is, by its kind: `2 gates and 1 check`."""
    kinds = [each.kind for each in found]
    *others, last = [plural(kinds.count(kind), kind) for kind in dict.fromkeys(kinds)]
    return f"{', '.join(others)} and {last}" if others else last
