"""What the tests protect: each subject with what hangs on it, how it stands, and what holds it back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.figures import plural
from reportgen.model.states import State
from reportgen.model.subjects import Standing, SubjectResult
from reportgen.render.escape import Markdown
from reportgen.render.marks import badge, evidence_marks
from reportgen.render.views.parts import CELL, Cut, Subject, cut
from reportgen.render.wording import clipped

_WORST_FIRST = (State.FAIL, State.UNKNOWN, State.WARN, State.WAIVED, State.PASS)
_MOST_CRITICAL_FIRST = ("critical", "high", "medium", "low", "")
_STANDINGS: Mapping[Standing, str] = {
    "protected": "protected",
    "at risk": "at risk",
    "unknown": "not known",
}
_STATES: Mapping[Standing, State] = {
    "protected": State.PASS,
    "at risk": State.FAIL,
    "unknown": State.UNKNOWN,
}
_CAUSES = 4
_NONE = "–"


class ProtectionRow(Struct, frozen=True):
    """A subject; `held_back` names the causes of its failing tests."""

    name: str
    value: str
    badge: Markdown
    standing: str
    held_back: str
    reason: str
    evidence: Markdown


class ProtectionView(Struct, frozen=True):
    """The section; without a subject there is a sentence on the tests alone, and no row."""

    badge: Markdown
    sentences: tuple[str, ...]
    rows: Cut[ProtectionRow]
    has_value: bool
    has_causes: bool


def protection(subject: Subject) -> ProtectionView:
    """Say what is protected: the worst first, and of equals the most critical."""
    audit = subject.audit
    found = sorted(audit.subjects, key=_order)
    causes = _causes_by_test(audit)

    def row(each: SubjectResult) -> ProtectionRow:
        return _row(each, subject, causes)

    rows = cut(found, subject.limit, "subjects", row)
    return ProtectionView(
        badge=badge(_whole(found), subject.profile),
        sentences=tuple(_sentences(audit)),
        rows=rows,
        has_value=any(each.value != _NONE for each in rows.rows),
        has_causes=any(each.held_back != _NONE for each in rows.rows),
    )


def _order(each: SubjectResult) -> tuple[int, int, int, str]:
    level = _MOST_CRITICAL_FIRST.index(each.criticality)
    return _WORST_FIRST.index(each.state), level, each.kind == "requirement", each.name


def _whole(found: Sequence[SubjectResult]) -> State:
    """Everything is protected only if each subject is; one at risk speaks against the whole."""
    states = {state for each in found for state in (each.state, _STATES[each.standing])} or {State.UNKNOWN}
    return next(state for state in _WORST_FIRST if state in states)


def _sentences(audit: Audit) -> Iterator[str]:
    if audit.subjects:
        counts = Counter(each.standing for each in audit.subjects)
        told = [f"{counts[word]:,} {said}" for word, said in _STANDINGS.items() if counts[word]]
        yield f"{plural(len(audit.subjects), 'subject')} of the policy: {', '.join(told)}."
    else:
        yield "Not measured: the policy states no component, risk or requirement that tests could protect."
        yield "A table [subjects.NAME] with its tests, and its value, would measure it."
        yield from _of_tests(audit)
    if audit.about.impact:
        yield f"At stake, as the policy states it: {audit.about.impact}."


def _of_tests(audit: Audit) -> Iterator[str]:
    tests = audit.tests
    if tests is None or not tests.executed:
        yield "No test was executed, so nothing is known of what works."
        return
    failing = tests.failed + tests.errored
    if failing:
        yield f"Of {plural(tests.executed, 'executed test')} {failing:,} did not pass."


def _causes_by_test(audit: Audit) -> Mapping[str, str]:
    causes = audit.tests.causes if audit.tests is not None else ()
    return {case: cause.id for cause in causes for case in cause.cases}


def _row(each: SubjectResult, subject: Subject, causes: Mapping[str, str]) -> ProtectionRow:
    met = {causes[case]: None for case in each.cases if case in causes}
    names = sorted(met, key=lambda name: (len(name), name))
    more = " and others" if len(names) > _CAUSES else ""
    return ProtectionRow(
        name=clipped(each.title or each.name, CELL),
        value=clipped(each.value, CELL) or _NONE,
        badge=badge(each.state, subject.profile),
        standing=each.standing,
        held_back=f"{', '.join(names[:_CAUSES])}{more}" or _NONE,
        reason=clipped(each.reason, CELL),
        evidence=evidence_marks(each.evidence),
    )
