"""The components and risk patterns: what hangs on each, and whether its tests protect it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.figures import percent_text, plural
from reportgen.model.states import State
from reportgen.model.subjects import SubjectResult
from reportgen.render.escape import Markdown
from reportgen.render.marks import badge, evidence_marks
from reportgen.render.views.parts import CELL, Cut, Subject, cut
from reportgen.render.wording import NOT_KNOWN, clipped

_WORST_FIRST = (State.FAIL, State.UNKNOWN, State.WARN, State.WAIVED, State.PASS)
_MOST_CRITICAL_FIRST = ("critical", "high", "medium", "low", "")
_NONE = "–"


class SubjectRow(Struct, frozen=True):
    """A component or risk, as the table prints it."""

    name: str
    kind: str
    badge: Markdown
    standing: str
    criticality: str
    value: str
    owner: str
    tests: str
    coverage: str
    findings: str
    waivers: str
    reason: str
    evidence: Markdown


class SubjectsView(Struct, frozen=True):
    """The section on subjects; a column that no row has anything for is left out."""

    sentences: tuple[str, ...]
    rows: Cut[SubjectRow]
    columns: frozenset[str]


def subjects(subject: Subject) -> SubjectsView | None:
    """Say of each component and risk whether its tests protect it; None where the policy has none."""
    found = [each for each in subject.audit.subjects if each.kind != "requirement"]
    if not found:
        return None

    def row(each: SubjectResult) -> SubjectRow:
        return _row(each, subject)

    rows = cut(sorted(found, key=_order), subject.limit, "subjects", row)
    optional = ("criticality", "value", "owner", "findings", "waivers")
    return SubjectsView(
        sentences=tuple(_sentences(found, subject.audit)),
        rows=rows,
        columns=frozenset(
            name for name in optional if any(getattr(each, name) not in ("", _NONE) for each in rows.rows)
        ),
    )


def _order(each: SubjectResult) -> tuple[int, int, str]:
    return _WORST_FIRST.index(each.state), _MOST_CRITICAL_FIRST.index(each.criticality), each.name


def _sentences(found: list[SubjectResult], audit: Audit) -> Iterator[str]:
    counts: Counter[str] = Counter(each.standing for each in found)
    told = [(counts[word], said) for word, said in _STANDINGS.items() if counts[word]]
    if len(told) > 1:
        each = ", ".join(f"{count:,} {said}" for count, said in told)
        yield f"{plural(len(found), 'subject')}: {each}."
    else:
        whole = "The only subject is" if len(found) == 1 else f"All {len(found):,} subjects are"
        yield f"{whole} {told[0][1]}."
    tests = audit.tests
    if audit.links is not None and audit.links.unplaced and tests is not None:
        belong = "belongs" if audit.links.unplaced == 1 else "belong"
        yield f"{audit.links.unplaced:,} of {plural(tests.total, 'test')} {belong} to no subject."


_STANDINGS = {"protected": "protected", "at risk": "at risk", "unknown": "not known"}


def _row(each: SubjectResult, subject: Subject) -> SubjectRow:
    name = f"{each.title} ({each.name})" if each.title and each.title != each.name else each.name
    return SubjectRow(
        name=clipped(name, CELL),
        kind=each.kind,
        badge=badge(each.state, subject.profile),
        standing=each.standing,
        criticality=each.criticality or _NONE,
        value=clipped(each.value, CELL) or _NONE,
        owner=clipped(each.owner, CELL) or _NONE,
        tests=_tests(each),
        coverage=_coverage(each),
        findings=_findings(each),
        waivers=clipped(", ".join(each.waivers), CELL) or _NONE,
        reason=clipped(each.reason, CELL),
        evidence=evidence_marks(each.evidence),
    )


def _tests(each: SubjectResult) -> str:
    counts = each.counts
    if not counts.total:
        return "none"
    return f"{counts.passed:,} of {counts.executed:,}" if counts.executed else "none ran"


def _coverage(each: SubjectResult) -> str:
    if each.coverage is None:
        return "n/a"
    return NOT_KNOWN if each.coverage.percent is None else percent_text(each.coverage.percent)


def _findings(each: SubjectResult) -> str:
    if each.findings is None:
        return _NONE
    return ", ".join(f"{count:,} {severity}" for severity, count in each.findings.items()) or "none"
