from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

from reportgen.model.artifact import Problem
from reportgen.model.audit import Audit
from reportgen.model.evidence import Evidence, SuiteError
from reportgen.model.figures import floor_digits
from reportgen.model.plan import Action
from reportgen.model.policy import Effort
from tests.unit.judge_evidence import audit, case, changed, evidence, file, finding, item, many, scan

SIZED = file("a.py", range(1, 51), range(1, 101))


def plan(joined: Evidence) -> list[tuple[str, str, str]]:
    return [(step.priority, step.kind, step.title) for step in audit(joined).remediation]


def step(found: Audit, words: str) -> Action:
    (only,) = [action for action in found.remediation if words in action.title]
    return only


def test_a_mended_failure_counts_as_passed() -> None:
    found = audit(evidence(many("ppff"), files=[SIZED], findings=scan()))
    (only,) = found.remediation
    assert (only.kind, only.priority, only.count, only.minutes) == ("failures", "immediate", 2, 60)
    assert only.gain == 20
    assert only.after == found.score.lower + 20
    assert only.gates == ("tests-pass",)
    assert only.places == ("unit/C.t2", "unit/C.t3")


def test_findings_of_one_rule_are_one_step() -> None:
    items = [finding("L", "low", line=n) for n in range(1, 4)] + [finding("H", "high")]
    found = audit(evidence(many("p"), files=[SIZED], findings=scan(*items)))
    assert [(one.priority, one.title, one.minutes) for one in found.remediation] == [
        ("high", "Mend 1 finding of H", 60),
        ("low", "Mend 3 findings of L", 30),
    ]
    assert [one.gain for one in found.remediation] == [
        Fraction(20 * 60 * 2, 3000),
        Fraction(20 * 30 * 2, 3000),
    ]
    assert found.remediation[1].places == ("a.py:1", "a.py:2", "a.py:3")
    assert found.remediation[1].after == found.score.lower + sum(one.gain for one in found.remediation)


def test_findings_beyond_the_worst_debt_gain_only_what_is_below_it() -> None:
    items = [finding("C", "critical", line=n) for n in range(1, 14)]
    found = audit(evidence(many("p"), files=[SIZED], findings=scan(*items, finding("H", "high"))))
    assert [one.gain for one in found.remediation] == [20 * (1 - Fraction(60, 1500)), 20 * Fraction(60, 1500)]


@pytest.mark.parametrize(
    ("joined", "expected"),
    [
        # what makes the verdict comes first, whatever it gains
        (
            evidence(
                [*many("p"), *many("sss", layer="e2e"), case("f", "failed", "boom")],
                files=[SIZED],
                findings=scan(),
            ),
            [
                ("immediate", "failures", "Mend what 1 test failed with: boom"),
                ("high", "gap", "Run the tests of layer e2e: all 3 are skipped"),
            ],
        ),
        (
            evidence(
                many("ps"),
                files=[SIZED],
                findings=scan(finding("X", "critical", path="")),
            ),
            [
                ("immediate", "findings", "Mend 1 finding of X"),
                (
                    "medium",
                    "gap",
                    "Let the scan name its files (up to 20.0 points)",
                ),
            ],
        ),
        # where the verdict is unknown, what makes it known is immediate
        (
            evidence(files=[SIZED], findings=scan(finding("L", "low"))),
            [
                (
                    "immediate",
                    "gap",
                    "Provide test results (up to 40.0 points)",
                ),
                ("low", "findings", "Mend 1 finding of L"),
            ],
        ),
        (
            evidence([case("t", flaky=True, message="odd")], files=[SIZED], findings=scan()),
            [("medium", "failures", "Make 1 flaky test steady: odd")],
        ),
        (
            evidence(
                many("p"), findings=scan(), suite_errors=(SuiteError("unit", "s", "no\ndatabase", "", "E1"),)
            ),
            [
                ("immediate", "failures", "Mend 1 suite-level error: no database"),
                (
                    "medium",
                    "gap",
                    "Provide coverage that lists the executable lines (up to 30.0 points)",
                ),
            ],
        ),
        (
            evidence(many("p"), files=[SIZED], findings=scan(finding("L", path="b.py"))),
            [
                (
                    "medium",
                    "gap",
                    "Say how large 1 examined file is, by source_root or sizes (up to 20.0 points)",
                ),
                ("low", "findings", "Mend 1 finding of L"),
            ],
        ),
        (
            evidence(
                many("p"),
                files=[SIZED],
                findings=scan(),
                items=[
                    item(1, "a.xml"),
                    item(3, "b.xml", whole=False, has_facts=False),
                    item(2, "c.xml", has_facts=False),
                ],
                problems=(
                    Problem("truncated", "cut", path="b.xml"),
                    Problem("not-found", "no", path="gone.xml"),
                ),
                warnings=(Problem("old", "odd", path="a.xml", doubt=True),),
            ),
            [
                ("immediate", "gap", "Find out why 1 artifact holds no fact"),
                ("immediate", "gap", "Provide 1 artifact that can be read whole (not-found)"),
                ("immediate", "gap", "Provide 1 artifact that can be read whole (truncated)"),
                ("immediate", "gap", "Clear up 1 doubt about what was read: old"),
            ],
        ),
    ],
)
def test_the_plan_begins_with_what_unblocks_the_verdict(
    joined: Evidence, expected: list[tuple[str, str, str]]
) -> None:
    assert plan(joined) == expected


def test_the_last_step_that_a_gate_waits_for_turns_it() -> None:
    joined = evidence(
        [case("a", "failed", "boom"), case("b", "errored", "collection failure", layer="e2e", cited="E2")],
        items=[item(1, "a.xml"), item(2, "b.xml")],
    )
    found = audit(joined)
    failures = [one for one in found.remediation if one.kind == "failures"]
    assert [(one.places, one.gates) for one in failures] == [
        (("e2e/C.b",), ("tests-ran",)),
        (("unit/C.a",), ("tests-pass",)),
    ]
    assert not [one for one in found.remediation if one.title.startswith("Run")]


def test_a_step_that_reaches_the_lowest_score_turns_its_gate() -> None:
    found = audit(evidence(many("ppff"), files=[SIZED], findings=scan()), changed(fail_under=Fraction(80)))
    assert found.remediation[0].gates == ("tests-pass", "fail-under")


def test_what_is_expected_and_missing_is_a_step() -> None:
    found = audit(evidence(many("p")), changed(expected=("e2e/*.xml",)))
    missing = step(found, "expected")
    assert (missing.title, missing.places) == (
        "Provide 1 artifact that is expected and missing",
        ("e2e/*.xml",),
    )
    assert missing.gain == 5
    assert missing.gates == ("expected-inputs",)


def test_gains_add_up_exactly_and_as_printed() -> None:
    joined = evidence(
        [case(f"t{n}", "failed" if n % 3 else "passed", f"boom {'x' * n}") for n in range(7)],
        files=[SIZED],
        findings=scan(*(finding(f"R{n}", "low", line=n + 1) for n in range(7))),
        items=[item(1, "a"), item(2, "b"), item(3, "c"), item(4, "d", whole=False)],
    )
    found = audit(joined)
    last = found.remediation[-1].after
    assert sum(one.gain for one in found.remediation) == last - found.score.lower
    printed = sum(one.printed_gain for one in found.remediation)
    assert printed == floor_digits(last, 1) - floor_digits(found.score.lower, 1)
    for before, after in pairwise(found.remediation):
        assert after.after == before.after + after.gain


def test_efforts_come_from_the_policy() -> None:
    policy = changed(effort=Effort(cause=5, gap=7))
    found = audit(evidence(many("pf"), files=[SIZED]), policy)
    assert [one.minutes for one in found.remediation] == [5, 7]


def test_a_title_is_one_bounded_line() -> None:
    found = audit(evidence([case("t", "failed", "a\nb " + "x" * 500)]))
    assert len(found.remediation[0].title) <= 120
    assert found.remediation[0].title.startswith("Mend what 1 test failed with: a b xxx")
