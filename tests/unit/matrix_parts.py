"""Subjects as judged, in a line, for the tests of matrices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import structs

from reportgen.judge.counting.sources import sources_of
from reportgen.judge.counting.tests import tests_of
from reportgen.judge.protecting.matrices import matrices_of
from reportgen.model.audit_tests import AuditTests
from reportgen.model.evidence import JoinedCase, count_cases
from reportgen.model.matrices import Matrix, MatrixPolicy
from reportgen.model.policy import DEFAULT_POLICY, Policy
from reportgen.model.states import State
from reportgen.model.subjects import Subject, SubjectKind, SubjectResult
from tests.unit.judge_evidence import case, changed, evidence


def counted(cases: Iterable[JoinedCase] | None) -> AuditTests | None:
    joined = evidence(cases)
    return tests_of(joined, DEFAULT_POLICY, sources_of(joined))


def placed(name: str, *cases: JoinedCase, kind: SubjectKind = "component", value: str = "") -> SubjectResult:
    return SubjectResult(
        name=name,
        kind=kind,
        title="",
        owner="",
        criticality="",
        value=value,
        source="",
        state=State.UNKNOWN,
        standing="protected",
        reason="",
        counts=count_cases(cases),
        cases=tuple(sorted(each.id for each in cases)),
    )


def policy_of(
    subjects: Sequence[SubjectResult],
    *,
    layers: tuple[str, ...] = (),
    environments: tuple[str, ...] = (),
    own: Mapping[str, tuple[str, ...]] | None = None,
) -> Policy:
    return changed(
        subjects=tuple(
            Subject(name=each.name, kind=each.kind, layers=(own or {}).get(each.name, ()))
            for each in subjects
        ),
        matrix=MatrixPolicy(layers=layers, environments=environments),
    )


def made(
    cases: Sequence[JoinedCase] | None,
    *subjects: SubjectResult,
    layers: tuple[str, ...] = (),
    environments: tuple[str, ...] = (),
    own: Mapping[str, tuple[str, ...]] | None = None,
    unknown: Mapping[str, tuple[str, ...]] | None = None,
) -> dict[str, Matrix]:
    policy = policy_of(subjects, layers=layers, environments=environments, own=own)
    return {each.name: each for each in matrices_of(counted(cases), policy, subjects, unknown or {})}


def cell_cases(outcomes: str, layer: str, classname: str, environment: str = "") -> list[JoinedCase]:
    """Make a case a letter: p(assed), f(ailed), e(rrored), s(kipped), w(aived), l: passed, but flaky."""
    words = {"p": "passed", "f": "failed", "e": "errored", "s": "skipped", "w": "waived", "l": "passed"}
    return [
        structs.replace(
            one := case(f"t{n}", words[letter], layer=layer, classname=classname, flaky=letter == "l"),
            environment=environment,
            id=f"{environment}/{one.id}",
        )
        for n, letter in enumerate(outcomes)
    ]
