"""Whether a release is signed off: verdict, checklist, waivers and approvals, and what is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.figures import plural
from reportgen.model.states import State
from reportgen.model.waivers import COUNTING, WaiverState
from reportgen.render.escape import Markdown
from reportgen.render.marks import badge, verdict_badge
from reportgen.render.views.parts import Subject

_WORST_FIRST = (
    *(State.FAIL, State.UNKNOWN, State.NOT_DONE, State.WARN, State.WAIVED, State.PASS),
    State.NOT_APPLICABLE,
)
_GATES = {
    State.FAIL: ("gate fails", "gates fail"),
    State.UNKNOWN: ("gate is unknown", "gates are unknown"),
    State.WARN: ("gate warns", "gates warn"),
    State.WAIVED: ("gate is waived", "gates are waived"),
    State.PASS: ("gate passes", "gates pass"),
    State.NOT_APPLICABLE: ("gate does not apply", "gates do not apply"),
}
_CHECKS = {
    State.FAIL: ("check fails", "checks fail"),
    State.UNKNOWN: ("check is unknown", "checks are unknown"),
    State.NOT_DONE: ("check is not done for this revision", "checks are not done for this revision"),
    State.WARN: ("check warns", "checks warn"),
    State.WAIVED: ("check is waived", "checks are waived"),
    State.PASS: ("check passes", "checks pass"),
    State.NOT_APPLICABLE: ("check does not apply", "checks do not apply"),
}
_APPROVALS = {
    State.FAIL: ("approval is refused", "approvals are refused"),
    State.NOT_DONE: ("approval is not given for this revision", "approvals are not given for this revision"),
    State.WARN: ("approval has conditions", "approvals have conditions"),
    State.PASS: ("approval is given", "approvals are given"),
}


class SignOffPart(Struct, frozen=True):
    """One of the things that a release is signed on: its state, and what it came to in words."""

    name: str
    badge: Markdown
    told: str


class SignOffView(Struct, frozen=True):
    """The state of the sign-off in a sentence, and its parts."""

    sentence: str
    parts: tuple[SignOffPart, ...]


def signoff_state(subject: Subject) -> SignOffView:
    """Hold together what the release is signed on."""
    audit, profile = subject.audit, subject.profile
    gates = [gate.state for gate in audit.gates]
    parts = [
        SignOffPart("Verdict", verdict_badge(audit.verdict, profile), _told(gates, _GATES) or "no gate"),
    ]
    checks = [item.state for item in audit.checklist]
    if checks:
        parts.append(SignOffPart("Checklist", badge(_worst(checks), profile), _told(checks, _CHECKS)))
    if audit.waivers:
        state = _of_waivers(audit)
        parts.append(SignOffPart("Waivers", badge(state, profile), _waivers(audit)))
    parts.append(SignOffPart("Approvals", badge(_of_approvals(audit), profile), _approvals(audit)))
    return SignOffView(sentence=_sentence(audit, checks), parts=tuple(parts))


def _worst(states: Iterable[State]) -> State:
    found = set(states)
    return next((state for state in _WORST_FIRST if state in found), State.UNKNOWN)


def _told(states: Sequence[State], words: dict[State, tuple[str, str]]) -> str:
    counts = Counter(states)
    return ", ".join(
        plural(counts[state], one, many) for state, (one, many) in words.items() if counts[state]
    )


def _of_waivers(audit: Audit) -> State:
    """Waivers that count are waived things; one that does not count, or soon will not, is to be looked at."""
    states = {waiver.state for waiver in audit.waivers}
    return State.WARN if states - {WaiverState.ACTIVE} else State.WAIVED


def _waivers(audit: Audit) -> str:
    counts = Counter(waiver.state for waiver in audit.waivers)
    open_ = sum(counts[state] for state in COUNTING)
    told = [plural(open_, "waiver is open", "waivers are open")] if open_ else []
    if soon := counts[WaiverState.EXPIRING]:
        told[0] += f" ({soon:,} of them {'expires' if soon == 1 else 'expire'} soon)"
    idle = len(audit.waivers) - open_
    told += [plural(idle, "waiver does not count", "waivers do not count")] if idle else []
    return ", ".join(told)


def _of_approvals(audit: Audit) -> State:
    return _worst(each.state for each in audit.approvals) if audit.approvals else State.NOT_DONE


def _approvals(audit: Audit) -> str:
    states = [each.state for each in audit.approvals]
    return _told(states, _APPROVALS) or "nobody is asked to approve, and nobody did"


def _sentence(audit: Audit, checks: Sequence[State]) -> str:
    """Say whether it is signed off; never so while anything is open."""
    approvals = _of_approvals(audit)
    if approvals is State.FAIL:
        return "The release is refused: a decision for this revision says so."
    open_ = [
        *([] if audit.revision else ["this report names no revision, so nobody can approve it"]),
        *([] if audit.verdict in {State.PASS, State.WARN} else [f"the verdict is {audit.verdict.value}"]),
        *_open(checks, audit),
    ]
    if open_:
        return f"The release is not signed off: {'; '.join(open_)}."
    if approvals is State.WARN:
        return "No decision is missing, and none is a refusal; there are conditions."
    return "Every decision for this revision is an approval, and none is missing."


def _open(checks: Sequence[State], audit: Audit) -> list[str]:
    counts = Counter(checks)
    undone = counts[State.NOT_DONE] + counts[State.FAIL] + counts[State.UNKNOWN]
    missing = sum(each.state is State.NOT_DONE for each in audit.approvals)
    told = [plural(undone, "check is open", "checks are open")] if undone else []
    if missing:
        told.append(plural(missing, "approval is missing", "approvals are missing"))
    elif not audit.approvals:
        told.append("nobody is asked to approve it")
    return told
