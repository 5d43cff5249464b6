"""What the tests protect: nothing is called protected whose tests fail, did not run or are not known."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reportgen.model.about import About
from reportgen.model.evidence import JoinedCounts
from reportgen.model.states import State
from reportgen.model.subjects import Standing, SubjectResult
from reportgen.render.profiles import load_profile
from reportgen.render.views.parts import Subject
from reportgen.render.views.protection import ProtectionView, protection
from tests.sample_audit import empty_audit, sample_audit

PROFILE = load_profile("graded")


def subject(name: str, state: State, standing: Standing, **fields: object) -> SubjectResult:
    made = SubjectResult(
        name=name,
        kind="risk",
        title=f"{name} title",
        owner="",
        criticality="",
        value="",
        source="",
        state=state,
        standing=standing,
        reason="Because.",
        counts=JoinedCounts(total=3, passed=2, skipped=1),
        evidence=("E1",),
    )
    return replace(made, **fields)


def viewed(*subjects: SubjectResult) -> ProtectionView:
    return protection(Subject(replace(sample_audit(), subjects=subjects), PROFILE))


@pytest.mark.parametrize(
    ("subjects", "badge", "sentence"),
    [
        (
            [subject("a", State.PASS, "protected")],
            "✅ **PASS**",
            "1 subject of the policy: 1 protected.",
        ),
        (
            [subject("a", State.PASS, "protected"), subject("b", State.WARN, "protected")],
            "⚠️ **WARN**",
            "2 subjects of the policy: 2 protected.",
        ),
        (
            [subject("a", State.PASS, "protected"), subject("b", State.UNKNOWN, "unknown")],
            "❔ **UNKNOWN**",
            "2 subjects of the policy: 1 protected, 1 not known.",
        ),
        (
            [subject("a", State.UNKNOWN, "at risk"), subject("b", State.UNKNOWN, "unknown")],
            "❌ **FAIL**",
            "2 subjects of the policy: 1 at risk, 1 not known.",
        ),
        (
            [subject("a", State.WAIVED, "at risk")],
            "❌ **FAIL**",
            "1 subject of the policy: 1 at risk.",
        ),
    ],
)
def test_the_whole_is_protected_only_if_each_is(
    subjects: list[SubjectResult], badge: str, sentence: str
) -> None:
    view = viewed(*subjects)
    assert (view.badge.source, view.sentences[0]) == (badge, sentence)


def test_the_worst_comes_first_with_the_causes_that_hold_it_back() -> None:
    view = viewed(
        subject("good", State.PASS, "protected"),
        subject("low", State.FAIL, "at risk", criticality="low", cases=("T000006", "T000007", "T000001")),
        subject("high", State.FAIL, "at risk", criticality="high", value="$500K", counts=JoinedCounts()),
    )
    assert [(row.name, row.held_back, row.value) for row in view.rows.rows] == [
        ("high title", "–", "$500K"),
        ("low title", "C1, C2", "–"),
        ("good title", "–", "–"),
    ]
    assert view.has_value
    assert view.has_causes


def test_columns_that_have_nothing_are_left_out() -> None:
    view = viewed(subject("a", State.PASS, "protected"))
    assert not view.has_value
    assert not view.has_causes


def test_without_a_subject_it_is_not_measured_and_says_what_the_tests_came_to() -> None:
    view = protection(Subject(replace(sample_audit(), about=About(impact="$1M")), PROFILE))
    assert view.badge.source == "❔ **UNKNOWN**"
    assert not view.rows
    assert view.sentences[0].startswith("Not measured: the policy states no component")
    assert view.sentences[2:] == (
        "Of 8 executed tests 2 did not pass.",
        "At stake, as the policy states it: $1M.",
    )
    nothing = protection(Subject(empty_audit(), PROFILE))
    assert nothing.sentences[2:] == ("No test was executed, so nothing is known of what works.",)
