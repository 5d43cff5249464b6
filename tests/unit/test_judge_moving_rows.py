"""The plan follows requirements and matrices: what several steps mend turns with the last of them."""

from __future__ import annotations

import pytest
from msgspec import structs

from reportgen.model.audit import Audit
from reportgen.model.evidence import JoinedFinding
from reportgen.model.matrices import MatrixPolicy
from reportgen.model.placing import Pattern
from reportgen.model.policy import Gate
from reportgen.model.subjects import Subject
from tests.unit.judge_evidence import audit, case, changed, evidence, finding, item, scan

SUBJECTS = (
    Subject(name="login", kind="risk", paths=("a.py",), tests=(Pattern(name="t*"),)),
    Subject(name="R-1", kind="requirement", tests=(Pattern(name="t1"), Pattern(name="t2"))),
)
CASES = (case("t1", "failed", "one"), case("t2", "failed", "two"), case("t3"))


def turned(found: Audit, gate: str) -> list[str]:
    return [step.title for step in found.remediation if gate in step.gates]


def judged(condition: str, *more: JoinedFinding, whole: bool = True) -> Audit:
    joined = evidence(CASES, findings=scan(*more))
    joined = structs.replace(
        joined, items=(structs.replace(item(1, "1.xml"), whole=whole), *joined.items[1:])
    )
    policy = changed(
        subjects=SUBJECTS,
        matrix=MatrixPolicy(layers=("unit",)),
        gates=(Gate(name="it", condition=condition),),
    )
    return audit(joined, policy)


@pytest.mark.parametrize(
    "condition",
    [
        "matrices.layers.score == 100",
        "matrices.layers.passing == 1",
        "matrices.layers.complete == 1",
        "matrices.layers.failing == 0",
        "matrices.requirements.score >= 100",
        "matrices.requirements.gaps == 0",
        "requirements.failing == 0",
        "requirements.passing == 1",
    ],
)
def test_the_last_of_the_causes_turns_what_hangs_on_both(condition: str) -> None:
    assert turned(judged(condition), "it") == ["Mend what 1 test failed with: two"]


def test_a_critical_finding_keeps_a_row_from_being_complete() -> None:
    found = judged("matrices.layers.complete == 1", finding("F1", "critical"))
    assert turned(found, "it") == ["Mend 1 finding of F1"]


def test_what_was_not_read_whole_keeps_a_requirement_unknown() -> None:
    found = judged("requirements.passing == 1", whole=False)
    assert turned(found, "it") == ["Provide 1 artifact that can be read whole (in part)"]


def test_such_steps_come_first() -> None:
    found = judged("requirements.failing == 0")
    assert {step.priority for step in found.remediation if step.kind == "failures"} == {"immediate"}


def test_an_issue_stands_in_the_way_of_the_gates_of_its_subjects() -> None:
    found = judged("requirements.failing == 0")
    assert all("It stands in the way of 1 gate: it." in issue.impact for issue in found.issues)
