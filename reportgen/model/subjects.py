"""What tests are for: components, risk patterns and requirements, as stated and as judged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from reportgen.model.audit_coverage import Measure
from reportgen.model.evidence import JoinedCounts
from reportgen.model.placing import Pattern
from reportgen.model.states import State

SubjectKind = Literal["component", "risk", "requirement"]
Level = Literal["critical", "high", "medium", "low"]
Criticality = Level | Literal[""]
Standing = Literal["protected", "at risk", "unknown"]


class Subject(Struct, frozen=True, kw_only=True):
    """A subject as it is stated: a component, a risk pattern or a requirement.

    `value` says in words what hangs on it ("$500K ARR"), `paths` are globs of its sources, `tests` patterns,
    one of which a test has to fit. `source` says where it is stated: the configuration, or file and row.
    `layers` are those in which it wants tests, where they are not those of every subject.
    """

    name: str
    kind: SubjectKind = "component"
    title: str = ""
    owner: str = ""
    criticality: Criticality = ""
    value: str = ""
    paths: tuple[str, ...] = ()
    tests: tuple[Pattern, ...] = ()
    source: str = ""
    layers: tuple[str, ...] = ()


class SubjectResult(Struct, frozen=True, kw_only=True):
    """A subject as judged.

    `standing` is protected (its tests ran, and none failed), at risk (some failed, or none ran), or unknown
    (no test is known of it, or its evidence is missing or incomplete). `cases` are ids of tests, `files`
    paths of sources. `coverage` is null where none of its tests ran, or no evidence lists its lines;
    `findings` is severity -> open findings in its paths, null where nothing was scanned. `waivers` are ids of
    those that cover a test or a finding of it.
    """

    name: str
    kind: SubjectKind
    title: str
    owner: str
    criticality: Criticality
    value: str
    source: str
    state: State
    standing: Standing
    reason: str
    counts: JoinedCounts
    cases: tuple[str, ...] = ()
    coverage: Measure | None = None
    findings: Mapping[str, int] | None = None
    files: tuple[str, ...] = ()
    waivers: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


class Links(Struct, frozen=True, kw_only=True):
    """The links of tests to subjects, the other way round.

    `by_test` is test id -> names of its subjects; `unplaced` counts the tests that have none. `unknown` is
    requirement id -> tests that name it, of ids that no requirement has.
    """

    by_test: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unplaced: int = 0
