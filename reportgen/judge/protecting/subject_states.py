"""What each subject came to: its state, and whether its tests protect it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec import Struct, structs

from reportgen.judge.cited import cited
from reportgen.judge.counting.texts import Texts
from reportgen.judge.protecting.subjects import Placed, looked_at
from reportgen.judge.wording import joined, sentence, some
from reportgen.model.audit_coverage import Measure, measure
from reportgen.model.coverage import Ratio
from reportgen.model.evidence import (
    Evidence,
    JoinedCase,
    JoinedCounts,
    JoinedFile,
    JoinedFinding,
    count_cases,
)
from reportgen.model.figures import plural
from reportgen.model.states import Severity, State
from reportgen.model.subjects import Standing, Subject, SubjectResult
from reportgen.model.waivers import COUNTING, WaiverResult

_SEVERITIES = tuple(severity.value for severity in Severity)


class _Known(Struct, frozen=True, kw_only=True):
    """The evidence by id, so that each subject costs only what belongs to it."""

    cases: Mapping[str, JoinedCase]
    files: Mapping[str, JoinedFile]
    findings: Mapping[str, JoinedFinding]
    looked_at: Texts
    has_tests: bool
    scanned: bool
    in_part: Mapping[str, str]
    layers_in_part: Mapping[str, tuple[str, ...]]


def subject_results(
    subjects: Iterable[Subject], placed: Placed, evidence: Evidence, findings: Iterable[JoinedFinding]
) -> tuple[SubjectResult, ...]:
    """Judge every subject by what belongs to it; the waivers are added by `with_waivers`."""
    wanted = list(subjects)
    if not wanted:
        return ()
    known = _known(evidence, findings)
    return tuple(_result(subject, placed, known) for subject in wanted)


def _known(evidence: Evidence, findings: Iterable[JoinedFinding]) -> _Known:
    in_part = {item.id: item.path for item in evidence.items if not item.whole}
    layers: dict[str, tuple[str, ...]] = {}
    for item in evidence.items:
        if not item.whole and item.layer:
            layers[item.layer] = (*layers.get(item.layer, ()), item.id)
    return _Known(
        cases={case.id: case for case in evidence.cases},
        files={file.path: file for file in evidence.coverage.files} if evidence.coverage else {},
        findings={finding.id: finding for finding in findings},
        looked_at=Texts(looked_at(evidence)),
        has_tests=evidence.has_tests,
        scanned=evidence.findings is not None,
        in_part=in_part,
        layers_in_part=layers,
    )


def _result(subject: Subject, placed: Placed, known: _Known) -> SubjectResult:
    name = subject.name
    cases = [known.cases[each] for each in placed.cases.get(name, ())]
    files = [known.files[each] for each in placed.files.get(name, ())]
    opened = [known.findings[each] for each in placed.findings.get(name, ())]
    counts = count_cases(cases)
    found = _severities(subject, opened, known)
    lacking = _in_part(cases, known)
    judged = _judged(counts, found or {}, lacking, has_tests=known.has_tests)
    return SubjectResult(
        name=name,
        kind=subject.kind,
        title=subject.title,
        owner=subject.owner,
        criticality=subject.criticality,
        value=subject.value,
        source=subject.source,
        state=judged.state,
        standing=judged.standing,
        reason=judged.reason,
        counts=counts,
        cases=tuple(case.id for case in cases),
        coverage=_coverage(files, counts),
        findings=found,
        files=tuple(file.path for file in files),
        evidence=cited(
            *(case.evidence for case in cases),
            *(file.evidence for file in files),
            *(finding.evidence for finding in opened),
            lacking,
        ),
    )


def _severities(subject: Subject, opened: list[JoinedFinding], known: _Known) -> dict[str, int] | None:
    """Count the open findings; None where nothing was scanned, or no file of the subject that is known of."""
    counts = Counter(finding.severity.value for finding in opened)
    told = {severity: counts[severity] for severity in _SEVERITIES if counts[severity]}
    if told:
        return told
    if not subject.paths or not known.scanned:
        return None
    return told if any(known.looked_at.fit(glob) for glob in subject.paths) else None


def _in_part(cases: list[JoinedCase], known: _Known) -> tuple[str, ...]:
    """Return the evidence of these tests, and of their layers, that was not read whole."""
    if not known.in_part:
        return ()
    of_cases = {each for case in cases for each in case.evidence if each in known.in_part}
    of_layers = (known.layers_in_part.get(layer, ()) for layer in {case.layer for case in cases})
    return cited(of_cases, *of_layers)


def _coverage(files: list[JoinedFile], counts: JoinedCounts) -> Measure | None:
    """Add up the lines of the subject's files; none where no test of it ran, or no file is known."""
    if not files or not counts.executed:
        return None
    totals = [file.lines.total for file in files]
    whole = None if None in totals else sum(total or 0 for total in totals)
    return measure(Ratio(sum(file.lines.covered for file in files), whole))


class _Judged(NamedTuple):
    state: State
    standing: Standing
    reason: str


def standing_of(
    counts: JoinedCounts, found: Mapping[str, int], lacking: tuple[str, ...], *, has_tests: bool
) -> tuple[State, Standing]:
    """Say what a subject comes to with these tests, open findings, and evidence that was not read whole."""
    judged = _judged(counts, found, lacking, has_tests=has_tests)
    return judged.state, judged.standing


def lacking_of(results: Iterable[SubjectResult], evidence: Evidence) -> dict[str, tuple[str, ...]]:
    """Return subject -> the evidence of its tests and of their layers that was not read whole."""
    if all(item.whole for item in evidence.items):
        return {}
    known = _known(evidence, ())
    found = ((each.name, _in_part([known.cases[id_] for id_ in each.cases], known)) for each in results)
    return {name: ids for name, ids in found if ids}


def _judged(
    counts: JoinedCounts, found: Mapping[str, int], lacking: tuple[str, ...], *, has_tests: bool
) -> _Judged:
    critical = found.get(Severity.CRITICAL.value, 0)
    failing = counts.failed + counts.errored
    besides = list(_besides(counts, found))
    if failing or critical:
        told = (
            [f"{failing:,} of {plural(counts.executed, 'executed test')} failed or errored"]
            if failing
            else []
        )
        told += [f"{some(critical, 'critical finding', 'is', 'are')} open"] if critical else []
        return _Judged(State.FAIL, "at risk", _told(*told, *besides))
    if not has_tests:
        return _Judged(State.UNKNOWN, "unknown", _told("there are no test results"))
    if not counts.total:
        return _Judged(State.UNKNOWN, "unknown", _told("no test belongs to it"))
    if lacking:
        told = [f"{joined(lacking)} {'was' if len(lacking) == 1 else 'were'} not read whole"]
        return _Judged(State.UNKNOWN, "unknown", _told(*told, *besides))
    if not counts.executed:
        return _Judged(State.UNKNOWN, "at risk", _told(_why_none(counts)))
    passed = f"{counts.passed:,} of {plural(counts.executed, 'executed test')} passed"
    if counts.flaky or found.get(Severity.HIGH.value):
        return _Judged(State.WARN, "at risk" if counts.waived else "protected", _told(passed, *besides))
    if counts.waived:
        return _Judged(State.WAIVED, "at risk", _told(passed, *besides))
    return _Judged(State.PASS, "protected", _told(passed, *besides))


def _why_none(counts: JoinedCounts) -> str:
    told = ((counts.skipped, "skipped"), (counts.waived, "waived"))
    if counts.total == 1:
        return f"its only test is {'skipped' if counts.skipped else 'waived'}"
    if counts.total in {counts.skipped, counts.waived}:
        return f"all {counts.total:,} of its tests are {'skipped' if counts.skipped else 'waived'}"
    words = joined([f"{count:,} {word}" for count, word in told if count])
    return f"none of its {counts.total:,} tests counts: {words}"


def _besides(counts: JoinedCounts, found: Mapping[str, int]) -> Iterator[str]:
    """Say what is to be known beside what decided."""
    high = found.get(Severity.HIGH.value, 0)
    if high:
        yield f"{some(high, 'high finding', 'is', 'are')} open"
    for count, word in ((counts.flaky, "flaky"), (counts.waived, "waived"), (counts.skipped, "skipped")):
        if count:
            yield f"{count:,} {'is' if count == 1 else 'are'} {word}"


def _told(*parts: str) -> str:
    return sentence("; ".join(parts))


def with_waivers(
    results: tuple[SubjectResult, ...], placed: Placed, waivers: Iterable[WaiverResult]
) -> tuple[SubjectResult, ...]:
    """Add to each subject the waivers that cover a test or a finding of it."""
    by_id: dict[str, set[str]] = {}
    for waiver in waivers:
        if waiver.state in COUNTING and waiver.of in ("test", "finding"):
            for each in waiver.matched:
                by_id.setdefault(each, set()).add(waiver.id)
    if not by_id:
        return results
    return tuple(_with_waivers(each, placed, by_id) for each in results)


def _with_waivers(result: SubjectResult, placed: Placed, by_id: Mapping[str, set[str]]) -> SubjectResult:
    covered = (*result.cases, *placed.waived.get(result.name, ()))
    touching = sorted({waiver for each in covered for waiver in by_id.get(each, ())})
    return structs.replace(result, waivers=tuple(touching)) if touching else result
