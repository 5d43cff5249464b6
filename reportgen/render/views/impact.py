"""What hangs on the components, as the configuration states it, beside the state of their tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from reportgen.model.figures import plural
from reportgen.model.states import State
from reportgen.model.subjects import Standing, SubjectResult
from reportgen.render.escape import Markdown
from reportgen.render.marks import badge, evidence_marks
from reportgen.render.views.parts import CELL, Cut, Subject, cut
from reportgen.render.wording import clipped

_WORST_FIRST = (State.FAIL, State.UNKNOWN, State.WARN, State.WAIVED, State.PASS)
_MOST_CRITICAL_FIRST = ("critical", "high", "medium", "low", "")
STANDINGS: tuple[tuple[Standing, str], ...] = (
    ("protected", "protected"),
    ("at risk", "at risk"),
    ("unknown", "not known"),
)


class ImpactRow(Struct, frozen=True):
    """A component, its value in the words of the configuration, and whether its tests protect it."""

    name: str
    value: str
    standing: str
    badge: Markdown
    tests: str
    reason: str
    evidence: Markdown


class ImpactView(Struct, frozen=True):
    """The values by component, the worst first; `sentences` count them by standing."""

    sentences: tuple[str, ...]
    rows: Cut[ImpactRow]


def impact(subject: Subject) -> ImpactView | None:
    """Set the value of each component beside the state of its tests; None where no value is stated."""
    found = valued(subject.audit.subjects)
    if not found:
        return None

    def row(each: SubjectResult) -> ImpactRow:
        return ImpactRow(
            name=clipped(each.title or each.name, CELL),
            value=clipped(each.value, CELL),
            standing=each.standing,
            badge=badge(each.state, subject.profile),
            tests=tests_text(each),
            reason=clipped(each.reason, CELL),
            evidence=evidence_marks(each.evidence),
        )

    left = sum(not each.value and each.kind != "requirement" for each in subject.audit.subjects)
    return ImpactView(tuple(_sentences(found, left)), cut(found, subject.limit, "subjects", row))


def valued(subjects: Sequence[SubjectResult]) -> list[SubjectResult]:
    """Return the subjects of which a value is stated: the worst first, the most critical of them."""
    stated = [each for each in subjects if each.value]
    return sorted(
        stated,
        key=lambda each: (
            _WORST_FIRST.index(each.state),
            _MOST_CRITICAL_FIRST.index(each.criticality),
            each.name,
        ),
    )


def tests_text(each: SubjectResult) -> str:
    """Say how many tests of a subject passed: `20 of 21 passed`, `none of 10 ran`, `none known`."""
    counts = each.counts
    if not counts.total:
        return "none known"
    if not counts.executed:
        return "the only one did not run" if counts.total == 1 else f"none of {counts.total:,} ran"
    return f"{counts.passed:,} of {counts.executed:,} passed"


def _sentences(found: list[SubjectResult], left: int) -> Iterator[str]:
    counts = Counter(each.standing for each in found)
    of = plural(len(found), "component")
    told = [f"{counts[word]:,} {said}" for word, said in STANDINGS if counts[word]]
    which = next(said for word, said in STANDINGS if counts[word])
    if len(found) == 1:
        yield f"A value is stated for 1 component, and it is {which}."
    elif len(told) == 1:
        yield f"A value is stated for {of}, and all of them are {which}."
    else:
        yield f"A value is stated for {of}: {', '.join(told)}."
    yield "A value counts as protected only where tests of its component ran, and none failed or was waived."
    if len(found) > 1:
        yield "The values are the words of the configuration; they are quoted, and not added up."
    if left:
        yield f"For {plural(left, 'other component')} no value is stated."
