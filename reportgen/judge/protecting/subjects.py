"""Which tests, files and findings belong to which subject, and which subjects a test belongs to.

A test belongs to a subject if one of the subject's patterns fits it, or if it names the requirement in a
property. Of a component or risk without patterns, those tests whose own file fits its paths belong to it, and
those in whose context a line of a file in its paths ran.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field, structs

from reportgen.judge.counting.case_index import CaseIndex
from reportgen.judge.counting.texts import Texts
from reportgen.model.evidence import Evidence, JoinedCoverage, JoinedFinding
from reportgen.model.policy import Policy
from reportgen.model.subjects import Links, Subject
from reportgen.model.waivers import WAIVED

_Named = Mapping[str, tuple[str, ...]]


class Placed(Struct, frozen=True, kw_only=True):
    """What belongs to the subjects; ids and names are sorted.

    `cases`, `files` and `findings` are subject name -> test ids, paths of covered files, ids of open
    findings; `waived` are those of waived findings. `subjects` is test id -> subject names, and
    `subjects_of_finding` open finding -> likewise. `unknown` is requirement id -> tests that name it, of ids
    that no requirement has.
    """

    cases: _Named = field(default_factory=dict)
    files: _Named = field(default_factory=dict)
    findings: _Named = field(default_factory=dict)
    waived: _Named = field(default_factory=dict)
    subjects: _Named = field(default_factory=dict)
    subjects_of_finding: _Named = field(default_factory=dict)
    unknown: _Named = field(default_factory=dict)


NOTHING_PLACED = Placed()


def with_told_requirements(policy: Policy, evidence: Evidence) -> Policy:
    """Make a requirement of each id that tests name, where the policy has properties for them and no list."""
    properties = policy.requirement_properties
    if not properties or any(each.kind == "requirement" for each in policy.subjects):
        return policy
    others = {each.name for each in policy.subjects}
    told = (
        Subject(name=name, kind="requirement", source="test properties")
        for name in sorted(CaseIndex(evidence).naming(properties, ()))
        if name not in others
    )
    return structs.replace(policy, subjects=(*policy.subjects, *told))


def placed_in(
    evidence: Evidence, policy: Policy, findings: Iterable[JoinedFinding], index: CaseIndex
) -> Placed:
    """Place tests, covered files and findings under the subjects of the policy."""
    subjects = policy.subjects
    if not subjects and not policy.requirement_properties:
        return NOTHING_PLACED
    files = _files(subjects, evidence.coverage)
    named, unknown = _named(subjects, index, policy.requirement_properties)
    reached = _Reached(evidence.coverage)
    cases = {
        each.name: tuple(sorted(_cases(each, index, named.get(each.name, ()), reached, files[each.name])))
        for each in subjects
    }
    every = tuple(findings)
    found = _findings(subjects, [each for each in every if each.state == "open"])
    return Placed(
        cases=cases,
        files=files,
        findings=found,
        waived=_findings(subjects, [each for each in every if each.state == WAIVED]),
        subjects=_turned(cases),
        subjects_of_finding=_turned(found),
        unknown=unknown,
    )


def _cases(
    subject: Subject, index: CaseIndex, named: Iterable[int], reached: _Reached, files: Iterable[str]
) -> set[str]:
    cases = index.cases
    found = {cases[place].id for place in named}
    for pattern in subject.tests:
        found.update(cases[place].id for place in index.fitting(pattern))
    if not subject.tests and subject.kind != "requirement":
        for glob in subject.paths:
            found.update(cases[place].id for place in index.at_path(glob))
        for path in files:
            found.update(case for case in reached.by(path) if case in index.by_id)
    return found


class _Reached:
    """Which contexts ran lines of a file."""

    def __init__(self, coverage: JoinedCoverage | None) -> None:
        self._contexts = () if coverage is None else coverage.contexts
        self._files = {} if coverage is None else {file.path: file for file in coverage.files}

    def by(self, path: str) -> Iterable[str]:
        """Return the contexts, which are ids of tests as a rule, in which a line of a file ran."""
        return (self._contexts[number] for number, lines in self._files[path].tests if lines)


def _named(
    subjects: Iterable[Subject], index: CaseIndex, properties: tuple[str, ...]
) -> tuple[dict[str, list[int]], dict[str, tuple[str, ...]]]:
    """Return requirement -> places of the tests that name it, and the ids that no requirement has."""
    if not properties:
        return {}, {}
    requirements = [each.name for each in subjects if each.kind == "requirement"]
    known = set(requirements)
    folded: dict[str, set[str]] = defaultdict(set)
    for name in requirements:
        folded[name.lower()].add(name)
    found: dict[str, list[int]] = defaultdict(list)
    unknown: dict[str, tuple[str, ...]] = {}
    for id_, places in sorted(index.naming(properties, known).items()):
        alike = folded.get(id_.lower(), set())
        if id_ in known:
            found[id_] += places
        elif len(alike) == 1:
            found[next(iter(alike))] += places
        else:
            unknown[id_] = tuple(sorted(index.cases[place].id for place in places))
    return found, unknown


def _files(subjects: Iterable[Subject], coverage: JoinedCoverage | None) -> dict[str, tuple[str, ...]]:
    paths = Texts(() if coverage is None else (file.path for file in coverage.files))
    return {each.name: _fitting(each, paths) for each in subjects}


def _fitting(subject: Subject, paths: Texts) -> tuple[str, ...]:
    return tuple(sorted({path for glob in subject.paths for path in paths.fit(glob)}))


def _findings(subjects: Iterable[Subject], findings: Iterable[JoinedFinding]) -> dict[str, tuple[str, ...]]:
    by_path: dict[str, list[str]] = defaultdict(list)
    for finding in findings:
        by_path[finding.path].append(finding.id)
    paths = Texts(by_path)
    return {
        each.name: tuple(sorted(id_ for path in _fitting(each, paths) for id_ in by_path[path]))
        for each in subjects
    }


def _turned(held: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Turn subject -> ids into id -> subjects."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in sorted(held):
        for id_ in held[name]:
            found[id_].append(name)
    return {id_: tuple(found[id_]) for id_ in sorted(found)}


def links_of(placed: Placed, policy: Policy, evidence: Evidence) -> Links | None:
    """Tell the links of tests to subjects the other way round; None where the policy has no subjects."""
    if not policy.subjects and not policy.requirement_properties:
        return None
    return Links(
        by_test=placed.subjects,
        unknown=placed.unknown,
        unplaced=sum(case.id not in placed.subjects for case in evidence.cases),
    )


def looked_at(evidence: Evidence) -> Iterator[str]:
    """Yield the files that were scanned: those that the tool names, else those that are known of at all."""
    scan = evidence.findings
    if scan is None:
        return
    if scan.examined is not None:
        yield from scan.examined
    elif evidence.coverage is not None:
        yield from (file.path for file in evidence.coverage.files)
    yield from (finding.path for finding in scan.items if finding.path)
