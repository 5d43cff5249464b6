"""Whatever the evidence, each report agrees with a model that has all that a policy can state."""

from __future__ import annotations

import os
from fractions import Fraction

from hypothesis import HealthCheck, given, settings, strategies as st
from msgspec.structs import replace

from reportgen.model.about import About, LayerCommand
from reportgen.model.criteria import CriterionCheck
from reportgen.model.evidence import Evidence
from reportgen.model.matrices import MatrixPolicy
from reportgen.model.placing import Pattern
from reportgen.model.policy import Criterion, Gate, Policy
from reportgen.model.profile import Profile
from reportgen.model.signoff import Check
from reportgen.model.subjects import Subject
from reportgen.render.profiles import list_profiles
from tests.properties.test_judge import some_evidence, some_policy
from tests.properties.test_read_back import checked
from tests.unit.judge_evidence import audit

LAW = settings(
    max_examples=1000 if os.environ.get("REPORTGEN_FUZZ") else 25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
SUBJECTS = (
    Subject(
        name="a",
        kind="risk",
        title="A risk",
        value="$500K | `x`",
        criticality="critical",
        tests=(Pattern(name="*1*"),),
    ),
    Subject(name="b", kind="component", title="B", paths=("**/*.py",)),
    Subject(name="c", kind="requirement", title="A risk", tests=(Pattern(name="*"),)),
    Subject(name="d", kind="risk", tests=(Pattern(name="t?"),)),
)
CHECKS = (
    CriterionCheck(id="x", passes="tests.failed == 0", title="No test fails", policy="All of 4,711."),
    CriterionCheck(id="y", passes="findings.open <= 3", warns="findings.open <= 5", title="Few are open"),
)
CRITERIA = (
    Criterion(name="own", weight=Fraction(7), required=False, title="Own", checks=CHECKS),
    Criterion(name="rows", weight=Fraction(5), required=False, expression="matrices.layers.score"),
)
GATES = (
    Gate(name="half", condition="coverage.lines.percent >= 50", needs="coverage", title="Half of it ran"),
    Gate(name="mixed", condition="coverage.lines.percent >= 50 or tests.failed == 0", title="Either"),
)
ABOUT = About(
    auditor="Ann",
    impact="$5M",
    next_review="in May.",
    commands=(LayerCommand(layer="unit", command="make | `x`"), LayerCommand(layer="load", command="y")),
)


def with_all(policy: Policy, subjects: set[int], *, stated: bool) -> Policy:
    """Add subjects, own criteria, gates and checks to a policy."""
    return replace(
        policy,
        subjects=tuple(SUBJECTS[at] for at in sorted(subjects)),
        criteria=(*policy.criteria, *(CRITERIA if subjects else CRITERIA[:1])),
        matrix=MatrixPolicy(layers=("unit", "e2e") if stated else ()),
        checks=(Check(id="m", text="Look at it", who="ops"),),
        gates=(*policy.gates, *GATES),
    )


@LAW
@given(
    some_evidence(),
    some_policy(),
    st.sampled_from(list_profiles()),
    st.sets(st.integers(0, len(SUBJECTS) - 1)),
    st.booleans(),
)
def test_a_report_never_contradicts_a_model_with_subjects_and_criteria(
    joined: Evidence, policy: Policy, profile: Profile, subjects: set[int], stated: bool
) -> None:
    found = audit(joined, with_all(policy, subjects, stated=stated))
    checked(replace(found, about=ABOUT), profile)
