"""The requirements of the policy by criterion: each with status and evidence, and a percentage a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from reportgen.model.audit import Audit, CriterionScore, GateResult
from reportgen.model.criteria import CheckScore
from reportgen.model.expression import parse_condition
from reportgen.model.figures import percent_text, plural
from reportgen.model.metrics import split_name
from reportgen.model.profile import Profile
from reportgen.model.states import State, worst
from reportgen.render.escape import Markdown
from reportgen.render.marks import badge, evidence_marks
from reportgen.render.views.area_states import area_state
from reportgen.render.views.areas import area_title
from reportgen.render.views.parts import CELL, Cut, Subject, cut
from reportgen.render.wording import clipped

_TEXT = 2 * CELL
_ALL_OF_THEM = 50  # checks and gates are few as a rule, and each of them matters
_OF_KIND = {"evidence": "completeness"}
_REQUIRED: Mapping[str, str] = {
    "tests": "Every executed test passes",
    "coverage": "Every executable line runs",
    "findings": "The open findings are few for the size of the code",
    "completeness": "Every artifact is read whole, and holds facts",
}
_NOT_MEASURED = "(percentage not measured)"
_WORST_FIRST = (
    *(State.FAIL, State.UNKNOWN, State.NOT_DONE, State.WARN, State.WAIVED, State.PASS),
    State.NOT_APPLICABLE,
)


class RequirementRow(Struct, frozen=True):
    """A requirement: its words, its status, what was found, and the policy's own text where it has one."""

    title: str
    badge: Markdown
    found: str
    evidence: Markdown


class RequirementTable(Struct, frozen=True):
    """A criterion and its requirements. `percent` is empty where it has no score."""

    title: str
    badge: Markdown
    percent: str
    sentence: str
    policy: str
    rows: Cut[RequirementRow]


class _Found(Struct, frozen=True):
    title: str
    state: State
    found: str
    evidence: tuple[str, ...]


def requirement_tables(subject: Subject) -> tuple[RequirementTable, ...]:
    """Make a table of each criterion, and one of the gates that belong to none; none where there is neither.

    The team's own come first. The requirements of a criterion are its checks; of one that is built in, the
    gates that speak of the same kind of evidence alone; of one that is the score of a matrix, its columns.
    One that has none of these is its own requirement, and so is one whose score says worse than they do: the
    status of a table is the worst of its rows.
    """
    audit = subject.audit
    gates = _gates_by_criterion(audit)
    ordered = sorted(audit.criteria, key=_is_built_in)
    tables = [_table(each, gates.get(each.name, ()), subject) for each in ordered]
    known = {each.name for each in audit.criteria}
    others = [gate for name, found in gates.items() if name not in known for gate in found]
    return (*tables, *_others(others, subject, alone=not tables))


def _gates_by_criterion(audit: Audit) -> Mapping[str, Sequence[GateResult]]:
    """Put each gate with the criterion that is measured by the same kind of evidence, else under no name."""
    built_in = {each.name for each in audit.criteria if _is_built_in(each)}
    found: dict[str, list[GateResult]] = defaultdict(list)
    for gate in audit.gates:
        name = _criterion_of(gate.condition)
        found[name if name in built_in else ""].append(gate)
    return found


def _criterion_of(condition: str) -> str:
    try:
        expression = parse_condition(condition)
    except ValueError:  # a gate that is no condition: that of a limit, say
        return ""
    kinds = expression.kinds
    odd = any(split_name(name)[2].startswith(("changes.", "diff.", "matrices.")) for name in expression.names)
    return _OF_KIND.get(kinds[0], kinds[0]) if len(kinds) == 1 and not odd else ""


def _is_built_in(criterion: CriterionScore) -> bool:
    return criterion.name in _REQUIRED and not criterion.checks and not criterion.expression


def _table(criterion: CriterionScore, gates: Sequence[GateResult], subject: Subject) -> RequirementTable:
    audit = subject.audit
    state = _state(criterion, audit, subject.profile)
    found = [*map(_of_check, criterion.checks), *map(_of_gate, gates), *_of_matrix(criterion, audit)]
    whole = worst([each.state for each in found])
    limited = (
        gates and criterion.name == "coverage" and criterion.score is not None
    )  # they say what is enough
    if not found or not (limited or worst([whole, state]) is whole):
        found.append(_itself(criterion, state, audit))
        whole = state
    return RequirementTable(
        title=_title(criterion),
        badge=badge(whole, subject.profile),
        percent=_NOT_MEASURED if criterion.score is None else percent_text(criterion.score),
        sentence=clipped(criterion.reason, _TEXT) if not criterion.expression else "",
        policy=clipped(criterion.policy, _TEXT),
        rows=_rows(found, subject, "criteria"),
    )


def _title(criterion: CriterionScore) -> str:
    title = area_title(criterion)
    return f"{title[:1].upper()}{title[1:]}" if _is_built_in(criterion) else title


def _state(criterion: CriterionScore, audit: Audit, profile: Profile) -> State:
    """Judge a criterion; open findings of a high severity fail also where there is no score."""
    state = area_state(criterion, audit, profile)
    return (
        State.FAIL
        if state is State.UNKNOWN and _is_built_in(criterion) and _severe(criterion, audit)
        else state
    )


def _severe(criterion: CriterionScore, audit: Audit) -> int:
    if criterion.name != "findings" or audit.findings is None:
        return 0
    return sum(audit.findings.by_severity.get(each, 0) for each in ("critical", "high"))


def _others(gates: Sequence[GateResult], subject: Subject, *, alone: bool) -> Iterator[RequirementTable]:
    if not gates:
        return
    yield RequirementTable(
        title="Requirements" if alone else "Other requirements",
        badge=badge(worst([gate.state for gate in gates]), subject.profile),
        percent="",
        sentence="Gates of the policy, which decide the verdict and are no part of the score.",
        policy="",
        rows=_rows([_of_gate(gate) for gate in gates], subject, "gates"),
    )


def _rows(found: Sequence[_Found], subject: Subject, where: str) -> Cut[RequirementRow]:
    def row(each: _Found) -> RequirementRow:
        return RequirementRow(
            title=each.title,
            badge=badge(each.state, subject.profile),
            found=clipped(each.found, _TEXT),
            evidence=evidence_marks(each.evidence),
        )

    ordered = sorted(found, key=lambda each: _WORST_FIRST.index(each.state))
    return cut(ordered, max(subject.limit, _ALL_OF_THEM), where, row)


def _of_check(check: CheckScore) -> _Found:
    told = f"{check.reason} (Policy: {check.policy})" if check.policy else check.reason
    return _Found(clipped(check.title or check.id, CELL), check.state, told, check.evidence)


def _of_gate(gate: GateResult) -> _Found:
    told = f"{gate.reason} Note: {gate.note}" if gate.note else gate.reason
    return _Found(clipped(gate.title or gate.name, CELL), gate.state, told, gate.evidence)


def _of_matrix(criterion: CriterionScore, audit: Audit) -> Iterator[_Found]:
    """Take the columns of a matrix as the requirements of a criterion that is its score."""
    for matrix in audit.matrices:
        if criterion.expression.strip() != f"matrices.{matrix.name}.score" or matrix.kind == "requirements":
            continue
        for total in matrix.totals:
            if not total.wanted:
                continue
            failing = bool(total.counts.failed or total.counts.errored)
            state = State.PASS if total.passing == total.wanted else State.FAIL if failing else State.UNKNOWN
            cells = f"{total.passing:,} of {plural(total.wanted, 'wanted cell')}"
            passes = "passes" if total.passing == 1 else "pass"
            title = f"Every subject has passing tests in {clipped(total.column, CELL)}"
            yield _Found(title, state, f"{cells} {passes}.", criterion.evidence)


def _itself(criterion: CriterionScore, state: State, audit: Audit) -> _Found:
    """Take a criterion as a requirement of its own."""
    severe = _severe(criterion, audit) if _is_built_in(criterion) else 0
    if severe:
        told = f"{plural(severe, 'critical or high finding is', 'critical or high findings are')} open."
        return _Found("No critical or high finding is open", state, told, criterion.evidence)
    title = (
        _REQUIRED[criterion.name] if _is_built_in(criterion) else criterion.policy or area_title(criterion)
    )
    return _Found(clipped(title, CELL), state, criterion.reason, criterion.evidence)
