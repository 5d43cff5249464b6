"""What is new since the baseline is told in the summary, and comes first in the plan."""

from __future__ import annotations

import msgspec
import pytest

from reportgen.judge import judge
from reportgen.model.artifact import Problem
from reportgen.model.audit import Audit
from reportgen.model.baseline import Against, Baseline
from reportgen.model.evidence import Evidence
from reportgen.model.policy import DEFAULT_POLICY, Policy
from reportgen.render.model_json import to_json
from tests.unit.judge_evidence import DATE, audit, case, evidence, file, finding, scan


def compared(then: Evidence, now: Evidence, policy: Policy = DEFAULT_POLICY) -> Audit:
    baseline = msgspec.json.decode(to_json(audit(then, policy)), type=Baseline)
    return judge(now, policy, generated_at=DATE, against=Against(named="audit.json", baseline=baseline))


FILE = file("a.py", [1, 2, 3, 4], range(1, 5))
THEN = evidence([case("a"), case("b"), case("old", "failed", "long known")], files=[FILE], findings=scan())


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (THEN, []),
        (
            evidence(
                [case("a", "failed", "x"), case("b"), case("old", "failed", "long known")], files=[FILE]
            ),
            ["1 failure is new since the baseline: a."],
        ),
        (evidence([case("a"), case("old", "failed")]), ["1 test has vanished since the baseline."]),
        (
            evidence([case("a", "skipped"), case("b", "skipped"), case("old", "failed")]),
            ["2 tests are skipped that were not skipped in the baseline."],
        ),
        (
            evidence(THEN.cases, files=[file("a.py", [1, 2, 3], range(1, 5))]),
            ["Line coverage fell by 25.0 points since the baseline."],
        ),
        (
            evidence(THEN.cases, findings=scan(finding("X", "critical"), finding("Y", "high"))),
            ["New since the baseline are 1 critical finding and 1 high finding."],
        ),
        (evidence(files=[FILE]), ["The baseline has test results, and this run has none."]),
    ],
)
def test_what_is_worse_is_told(now: Evidence, told: list[str]) -> None:
    assert [text for text in compared(THEN, now).summary.concerns if "baseline" in text] == told


def test_a_baseline_that_cannot_be_read_is_told() -> None:
    against = Against(named="audit.json", problem=Problem("not-json", "it is broken"))
    concerns = judge(THEN, generated_at=DATE, against=against).summary.concerns
    assert "The baseline could not be compared with: what is new is not known." in concerns


def test_what_is_new_is_mended_first_and_turns_its_gate() -> None:
    old = [case(f"old{n}", "failed", "long known") for n in range(3)]
    then = evidence([case("a"), *old], findings=scan(finding("L", "high", line=9)))
    now = evidence(
        [case("a", "failed", "just broke"), *old],
        findings=scan(finding("L", "high", line=9), finding("N", "high")),
    )
    steps = [
        (one.title, one.gates)
        for one in compared(then, now).remediation
        if one.kind in {"failures", "findings"}
    ]
    assert steps == [
        ("Mend what 1 test failed with: just broke", ("no-new-failure",)),
        ("Mend what 3 tests failed with: long known", ("tests-pass",)),
        ("Mend 1 finding of N", ("no-new-severe-finding",)),
        ("Mend 1 finding of L", ()),
    ]
