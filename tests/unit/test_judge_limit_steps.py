"""What is over a limit, or fails under a check, is a step of the plan that turns its gate."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from msgspec import structs

from reportgen.model.audit import Audit
from reportgen.model.criteria import CriterionCheck
from reportgen.model.evidence import JoinedCase
from reportgen.model.policy import DEFAULT_CRITERIA, Criterion, Gate, Policy
from reportgen.model.slas import Sla
from reportgen.model.states import Severity
from reportgen.model.waivers import Waiver
from tests.unit.judge_evidence import audit, case, changed, evidence, file, many

SLOW = [case("slow", seconds="3"), case("fast", seconds="0.1")]
LIMIT = Sla(name="s", title="Speed", limit=Decimal(1))


def rows(found: Audit) -> list[tuple[str, str, str, tuple[str, ...], tuple[str, ...]]]:
    return [(one.kind, one.priority, one.title, one.places, one.gates) for one in found.remediation]


def with_latency(name: str, value: str) -> JoinedCase:
    return structs.replace(case(name), properties=(("latency_ms", value),))


OF_TIME = "Speed: bring the greatest of the time of a test from 3 s to at most 1 s"
OF_LEAST = "Speed: bring the least of latency_ms of a test from 9 ms to at least 20 ms"
OF_ALL = "Speed: bring the time of all tests together from 3.1 s to at most 1 s"


@pytest.mark.parametrize(
    ("cases", "sla", "expected"),
    [
        (SLOW, LIMIT, ("limit", "immediate", OF_TIME, ("unit/C.slow",), ("sla-s",))),
        (
            SLOW,
            structs.replace(LIMIT, otherwise="warn"),
            ("limit", "medium", OF_TIME, ("unit/C.slow",), ("sla-s",)),
        ),
        (
            SLOW,
            structs.replace(LIMIT, of="all"),
            ("limit", "immediate", OF_ALL, ("unit/C.slow", "unit/C.fast"), ("sla-s",)),
        ),
        (
            [with_latency("a", "9"), with_latency("b", "30")],
            Sla(name="s", title="Speed", limit=Decimal(20), at_least=True, property="latency_ms", unit="ms"),
            ("limit", "immediate", OF_LEAST, ("unit/C.a", "unit/C.b"), ("sla-s",)),
        ),
        (
            many("p"),
            LIMIT,
            (
                "gap",
                "immediate",
                "Measure what “Speed” limits: None of 1 test states its time",
                (),
                (),
            ),
        ),
    ],
)
def test_a_limit_that_is_not_kept_is_a_step(
    cases: list[JoinedCase], sla: Sla, expected: tuple[object, ...]
) -> None:
    joined = evidence(cases)
    (only,) = [row for row in rows(audit(joined, changed(slas=(sla,)))) if "Speed" in row[2]]
    assert only == expected


def test_a_limit_that_is_kept_or_waived_is_none() -> None:
    waiver = Waiver(
        id="W",
        gate="sla-s",
        reason="known",
        owner="a",
        approver="b",
        created=date(2025, 12, 1),
        expires=date(2026, 2, 1),
    )
    joined = evidence(SLOW, files=[file("a.py", [1], [1])])
    for policy in (
        changed(slas=(structs.replace(LIMIT, limit=Decimal(9)),)),
        changed(slas=(LIMIT,), waivers=(waiver,)),
    ):
        assert "limit" not in {row[0] for row in rows(audit(joined, policy))}


COVERED = CriterionCheck(id="covered", passes="coverage.lines.percent >= 80", severity=Severity.HIGH)


def with_gate(gate: Gate) -> Policy:
    own = Criterion(name="own", weight=Fraction(10), checks=(COVERED,))
    return changed(criteria=(*DEFAULT_CRITERIA, own), gates=(gate,))


@pytest.mark.parametrize(
    ("gate", "turned"),
    [
        (Gate(name="g", condition="coverage.lines.percent  >=  80"), ("g",)),
        (Gate(name="g", condition="coverage.lines.percent >= 80", otherwise="warn"), ("g",)),
        (Gate(name="g", condition="coverage.lines.percent >= 90"), ()),
        # what its condition for unknown comes to then is not known
        (Gate(name="g", condition="coverage.lines.percent >= 80", unknown="tests.executed > 1"), ()),
    ],
)
def test_a_check_that_is_mended_turns_the_gate_of_the_same_condition(
    gate: Gate, turned: tuple[str, ...]
) -> None:
    found = audit(evidence(many("p"), files=[file("a.py", [1], [1, 2])]), with_gate(gate))
    (only,) = [one for one in found.remediation if one.kind == "check"]
    assert only.gates == turned
