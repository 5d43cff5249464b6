"""Which evidence the metrics of a subject, of a path, and of the requirements come from."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.judge.counting.path_numbers import Paths
from reportgen.judge.ground import Ground
from reportgen.model.evidence import JoinedCase, JoinedFile, JoinedFinding
from reportgen.model.metrics import split_name
from reportgen.model.states import Outcome

_OUTCOMES = {
    "failed": (Outcome.FAILED,),
    "errored": (Outcome.ERRORED, Outcome.UNKNOWN),
    "skipped": (Outcome.SKIPPED,),
}
_STATES = {
    "passing": "pass",
    "warning": "warn",
    "failing": "fail",
    "waived": "waived",
    "unknown": "unknown",
}


def cited_of_part(name: str, ground: Ground, *, closely: bool) -> set[str] | None:
    """Return the evidence of a metric of a subject, a path or the requirements; None for any other metric."""
    head, key, rest = split_name(name)
    paths = ground.numbers.paths
    if name.startswith("requirements."):
        return _of_requirements(name.removeprefix("requirements."), ground)
    if head not in ("subjects", "paths") or paths is None:
        return None
    layer = ""
    if rest.startswith("layers"):
        _, layer, rest = split_name(rest)
    kind, _, part = rest.partition(".")
    match kind:
        case "tests":
            cases = [each for each in _cases(head, key, ground, paths) if not layer or each.layer == layer]
            return _of_cases(cases, part, closely=closely)
        case "coverage":
            return {each for file in _files(head, key, ground, paths) for each in file.evidence}
        case _:
            found = _findings(head, key, ground, paths)
            return {e for each in found if part in ("open", each.severity.value) for e in each.evidence}


def _of_cases(cases: list[JoinedCase], part: str, *, closely: bool) -> set[str]:
    chosen: list[JoinedCase] = []
    if closely and part in _OUTCOMES:
        chosen = [case for case in cases if case.outcome in _OUTCOMES[part]]
    elif closely and part == "flaky":
        chosen = [case for case in cases if case.flaky]
    return {each for case in chosen or cases for each in case.evidence}


def _cases(head: str, key: str, ground: Ground, paths: Paths) -> Iterable[JoinedCase]:
    if head == "paths":
        return paths.cases(key)
    return (paths.index.by_id[each] for each in ground.placed.cases.get(key, ()))


def _files(head: str, key: str, ground: Ground, paths: Paths) -> Iterable[JoinedFile]:
    if head == "paths":
        return paths.files(key)
    return (paths.file_of[each] for each in ground.placed.files.get(key, ()))


def _findings(head: str, key: str, ground: Ground, paths: Paths) -> Iterable[JoinedFinding]:
    if head == "paths":
        return paths.findings(key)
    return (paths.finding_of[each] for each in ground.placed.findings.get(key, ()))


def _of_requirements(part: str, ground: Ground) -> set[str]:
    """Cite the tests of the requirements in the state that is counted; of all where it counts no state."""
    paths = ground.numbers.paths
    if part == "unlisted" and paths is not None:
        ids = {case for cases in ground.placed.unknown.values() for case in cases}
        return {each for id_ in ids for each in paths.index.by_id[id_].evidence}
    own = [each for each in ground.subjects if each.kind == "requirement"]
    wanted = _STATES.get(part)
    return {each for row in own if wanted in (None, row.state.value) for each in row.evidence}
