"""Which evidence holds what, what was read of it, and which of the tests in it ran."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct

from reportgen.judge.failing.phases import is_collection
from reportgen.model.artifact import Problem
from reportgen.model.evidence import Evidence
from reportgen.model.expected import ExpectedInput
from reportgen.model.states import Outcome

# The kinds of problem that stand for an artifact; another problem is about what an artifact says.
UNREADABLE = frozenset(
    {
        "not-found",
        "unreadable",
        "empty-file",
        "not-well-formed",
        "not-json",
        "not-evidence",
        "unsupported-format",
        "entity-declaration",
        "corrupt-sqlite",
        "truncated",
        "too-big",
        "timed-out",
    }
)


class Sources(Struct, frozen=True, kw_only=True):
    """The artifacts by what became of them; all but `absent` and `missing` are ids of evidence, in order.

    `of_kind` is kind (tests, coverage, findings) -> those that hold it. `full` were read whole and hold a
    fact; a scan that found nothing is one. `empty` were read and hold none. `unread` are the others: they
    could not be read, or not whole. `without_run` are files of test results in which no test ran. `absent`
    are paths that were given and that nothing could be opened for; `missing` are the expected artifacts that
    are not there, `expected` how each expected input stands. `doubts` make what was read doubtful, besides
    what was not read whole anyway.
    """

    of_kind: Mapping[str, tuple[str, ...]]
    full: tuple[str, ...]
    empty: tuple[str, ...]
    unread: tuple[str, ...]
    without_run: tuple[str, ...]
    absent: tuple[str, ...]
    doubts: tuple[Problem, ...]
    missing: tuple[str, ...] = ()
    expected: tuple[ExpectedInput, ...] = ()

    @property
    def offered(self) -> int:
        """How many artifacts were offered, whatever became of them."""
        return len(self.full) + len(self.empty) + len(self.unread) + len(self.absent)


def sources_of(evidence: Evidence) -> Sources:
    """Sort the artifacts of the evidence by what they hold and what became of them."""
    kinds = _kinds(evidence)
    ran = _ran(evidence)
    items = evidence.items
    fates = _fates(evidence, kinds)
    paths = {path for item in items for path in (item.path, *item.also)}
    tests = tuple(item.id for item in items if "tests" in kinds[item.id])
    return Sources(
        of_kind={
            "tests": tests,
            "coverage": tuple(item.id for item in items if "coverage" in kinds[item.id]),
            "findings": tuple(item.id for item in items if "findings" in kinds[item.id]),
        },
        full=fates["full"],
        empty=fates["empty"],
        unread=fates["unread"],
        without_run=tuple(each for each in tests if each not in ran),
        absent=tuple(
            sorted({each.path for each in evidence.problems if each.kind in UNREADABLE} - paths - {""})
        ),
        doubts=_doubts(evidence),
    )


def _kinds(evidence: Evidence) -> dict[str, set[str]]:
    """Tell what each row of the index holds: by the parts it was joined from, and by who cites it."""
    by_part: dict[str, set[str]] = defaultdict(set)
    for part in evidence.parts:
        facts = {"tests": part.tests, "coverage": part.coverage, "findings": part.findings}
        held = {kind for kind, fact in facts.items() if fact is not None}
        by_part[part.source.sha256 or part.source.path] |= held
    kinds = {item.id: set(by_part.get(item.sha256 or item.path, ())) for item in evidence.items}
    coverage = evidence.coverage.files if evidence.coverage else ()
    findings = evidence.findings.items if evidence.findings else ()
    cited: dict[str, Iterable[tuple[str, ...]]] = {
        "tests": {case.evidence for case in evidence.cases},
        "coverage": {file.evidence for file in coverage},
        "findings": {finding.evidence for finding in findings},
    }
    for kind, groups in cited.items():
        for each in {each for group in groups for each in group} & kinds.keys():
            kinds[each].add(kind)
    return kinds


def _fates(evidence: Evidence, kinds: dict[str, set[str]]) -> dict[str, tuple[str, ...]]:
    """Sort the rows of the index into full, empty and unread."""
    refused = {problem.path for problem in evidence.problems if problem.kind in UNREADABLE}
    fates: dict[str, list[str]] = {"full": [], "empty": [], "unread": []}
    for item in evidence.items:
        is_refused = not refused.isdisjoint((item.path, *item.also))
        if not item.has_facts and "findings" not in kinds[item.id]:
            fates["unread" if is_refused or not kinds[item.id] else "empty"].append(item.id)
        else:
            fates["full" if item.whole and not is_refused else "unread"].append(item.id)
    return {fate: tuple(ids) for fate, ids in fates.items()}


def _ran(evidence: Evidence) -> set[str]:
    """Return the ids of evidence in which a test ran: not skipped, and not an error of collection."""
    ran: set[str] = set()
    skipped, passed = Outcome.SKIPPED, Outcome.PASSED
    for case in evidence.cases:
        if case.outcome is passed and len(case.attempts) <= 1:
            ran.update(case.evidence)  # as most do
        elif is_collection(case):
            continue
        elif case.attempts:
            ran.update(attempt.evidence for attempt in case.attempts if attempt.outcome is not skipped)
        elif case.outcome is not skipped:
            ran.update(case.evidence)
    return ran


def _doubts(evidence: Evidence) -> tuple[Problem, ...]:
    """Return the problems with what artifacts say together, and the warnings that cast doubt."""
    incomplete = {item.path for item in evidence.items if not item.whole}
    problems = (
        each for each in evidence.problems if each.doubt or not each.path or each.kind not in UNREADABLE
    )
    warnings = (each for each in evidence.warnings if each.doubt)
    return tuple(each for each in (*problems, *warnings) if each.path not in incomplete)
