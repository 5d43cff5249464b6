"""Tests that can pass when they should fail, names that are missing, and what is recommended."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reportgen.model.audit import Audit
from reportgen.model.evidence import JoinedFinding
from reportgen.model.findings import Edit, Fix
from reportgen.model.issues import CriticalIssue
from reportgen.model.plan import Action
from reportgen.model.profile import Profile
from reportgen.model.section import Option, Section
from reportgen.model.states import Outcome, Severity, State
from reportgen.render.markdown import to_markdown
from reportgen.render.views.doubtful_rules import DOUBTS
from reportgen.render.views.missing_names import fix_of_message
from tests.sample_audit import empty_audit, sample_audit
from tests.sample_parts import case, finding, sample_findings, sample_tests
from tests.unit.test_render_areas import check, criterion


def printed(audit: Audit, name: str, **options: Option) -> str:
    profile = Profile(summary="", sections=("header", Section(section=name, options=options), "evidence"))
    return to_markdown(audit, profile).partition("\n## ")[2].partition("## Evidence index")[0]


def scanned(*items: JoinedFinding) -> Audit:
    return replace(sample_audit(), findings=sample_findings(items), tests=sample_tests([case(1)]))


def test_only_findings_in_tests_tell_of_a_test() -> None:
    page = printed(
        scanned(
            finding(1, rule="E722", path="tests/unit/test_a.py", line=7),
            finding(2, rule="E722", path="app/core.py"),
            finding(3, rule="F841", path="tests/unit/test_a.py"),
            finding(4, rule="RG001", path="", line=0, symbol=case(1).id),
            finding(5, rule="B011", path="tests/unit/test_a.py", state="suppressed"),
        ),
        "fake_tests",
    )
    assert "Level of risk: high; 3 rules tell of such tests." in page
    rows = [
        line.split(" | ")[:4] for line in page.splitlines() if line.startswith(("| high", "| low", "| mod"))
    ]
    assert rows == [
        ["| high", "`E722`", "1", "1"],
        ["| high", "`RG001`", "1", "–"],
        ["| low", "`F841`", "1", "1"],
    ]
    assert "`test_number_1`" in page


@pytest.mark.parametrize(
    ("audit", "told"),
    [
        (
            scanned(finding(1, rule="F841", path="tests/test_a.py")),
            "Level of risk: low; 1 rule tells of such tests.",
        ),
        (scanned(), "No finding tells of such a test."),
        (replace(scanned(), findings=None), "Not measured: the findings of a scan"),
        (scanned(), "Which tests assert nothing is not measured"),
        (scanned(), "Whether the passing tests fail on faulty code is not measured"),
        (scanned(), "No test failed, so that none showed that it can."),
        (replace(scanned(), tests=None), "Not measured: no test results were given."),
        (empty_audit(), "Not measured"),
    ],
)
def test_what_no_evidence_tells_is_said(audit: Audit, told: str) -> None:
    assert told in printed(audit, "fake_tests")


def test_a_layer_that_ran_nothing_and_a_flaky_test_are_no_green() -> None:
    tests = sample_tests([case(1, Outcome.SKIPPED), case(2, layer="integration", flaky=True)])
    page = printed(replace(scanned(), tests=tests), "fake_tests")
    assert "No finding tells of such a test, but not all that looks green ran." in page
    assert "Layer unit ran nothing: its only test was skipped, and so none that fails." in page
    assert "1 test passes only on another attempt." in page


def test_a_failure_shows_what_its_cause_shows() -> None:
    tests = sample_tests([case(1, Outcome.FAILED, message="a"), case(2, Outcome.FAILED, message="b")])
    first, second = tests.causes

    def shows(kind: str, place: str, failing: int = 2) -> str:
        causes = (replace(first, kind="assertion"), replace(second, kind=kind, place=place))
        audit = replace(scanned(), tests=replace(tests, causes=causes[-failing:]))
        return printed(audit, "fake_tests")

    assert "1 of 2 failing tests failed by an assertion of its own." in shows("error", "tests/test_a.py:3")
    assert "an error at a line of the tests stopped it" in shows("error", "tests/test_a.py:3")
    assert "an error at a line outside the tests stopped it" in shows("error", "app/core.py:3")
    assert "where is not known" in shows("error", "")
    assert "it could not be collected" in shows("import", "")
    assert "it failed in setup" in shows("setup", "")
    assert "All 2 failing tests failed by an assertion of their own." in shows("assertion", "")
    assert "| `25` | `20` |" in shows("error", "")


def test_every_doubt_is_a_sentence_of_its_own() -> None:
    assert all(doubt.why and not doubt.why.endswith(".") for doubt in DOUBTS.values())


def test_missing_names_are_told_by_kind_and_owner() -> None:
    items = (
        finding(1, rule="E0401", path="tests/test_a.py", line=3, message="Unable to import 'psutil'"),
        finding(
            2, rule="E0611", path="tests/test_a.py", line=4, message="No name 'Gone' in module 'app.core'"
        ),
        finding(
            3, rule="E1101", path="tests/test_b.py", line=5, message="Instance of 'Cart' has no 'add' member"
        ),
        finding(
            4, rule="E1101", path="tests/test_b.py", line=6, message="Instance of 'Cart' has no 'sum' member"
        ),
        finding(5, rule="F401", path="tests/test_b.py", message="`os` imported but unused"),
    )
    failing = [
        case(
            1,
            Outcome.FAILED,
            file="tests/test_b.py",
            message="AttributeError: 'Cart' object has no attribute 'add'",
        ),
        case(
            2, Outcome.FAILED, file="tests/test_b.py", message="ModuleNotFoundError: No module named 'redis'"
        ),
    ]
    audit = replace(sample_audit(), findings=sample_findings(items), tests=sample_tests(failing))
    page = printed(audit, "missing_names")
    assert "| `psutil` | `tests/test_a.py:3` | the results name no test of a file that needs it |" in page
    assert "| `redis` | – | 1 test fails for want of it |" in page
    assert "| `app.core`: `Gone` | `tests/test_a.py:4` |" in page
    assert (
        "| `Cart`: `add`, `sum` | `tests/test_b.py:5`, `tests/test_b.py:6` | 1 test fails for want of it |"
        in page
    )
    assert "Fix: Install or write the module, or take its import out." in page
    assert "os" not in page.split()
    ran = replace(audit, tests=sample_tests([case(1, file="tests/test_a.py")]))
    assert "| tests of a file that needs it ran all the same:" in printed(ran, "missing_names")


@pytest.mark.parametrize(
    ("audit", "told"),
    [
        (scanned(), "No finding and no failing test tells of a missing name."),
        (replace(scanned(), findings=None), "The findings of a scan such as pylint would tell more."),
        (replace(scanned(), findings=None, tests=None), "Not measured: test results, or the findings"),
    ],
)
def test_where_no_name_is_missing_it_says_what_was_looked_at(audit: Audit, told: str) -> None:
    assert told in printed(audit, "missing_names")


@pytest.mark.parametrize(
    ("message", "fix"),
    [
        (
            "AttributeError: 'Cart' object has no attribute 'add'",
            "Write the member, or use one that is there.",
        ),
        ("ImportError: cannot import name 'x' from 'a.b'", "Define or import the name, or take its use out."),
        ("AssertionError: 20 is not 25", ""),
    ],
)
def test_a_failure_for_want_of_a_name_tells_what_mends_it(message: str, fix: str) -> None:
    assert fix_of_message(message) == fix


def action(number: int, priority: str, **changes: object) -> Action:
    step = replace(
        sample_audit().remediation[0], id=f"R{number}", kind="findings", priority=priority, mends="F401"
    )
    return replace(step, **changes)


def test_recommendations_come_by_priority_with_the_code_that_a_tool_proposes() -> None:
    edit = Edit(text="import sys", line=3, before="import os, sys")
    items = (finding(1, path="tests/test_a.py", line=3, fix=Fix("Remove *it*", (edit,))),)
    checks = criterion(None, check("a", State.FAIL, 'findings.rules["F401"] == 0', remediation="ruff --fix"))
    audit = replace(
        scanned(*items),
        criteria=(checks,),
        remediation=(action(1, "immediate"), action(2, "medium"), action(3, "low"), action(4, "low")),
    )
    page = printed(audit, "recommendations")
    immediate, medium = page.index("### Immediate priority"), page.index("### Medium priority")
    assert immediate < page.index("#### R1: ") < medium < page.index("- R2: ")
    assert "- Fix: ruff --fix" in page
    assert "Before, at `tests/test_a.py:3`:\n\n> ```text\n> import os, sys" in page
    assert "After (Remove \\*it\\*):\n\n> ```text\n> import sys" in page
    assert "2 steps are of another priority, among the action items." in page
    assert "### Low priority" in printed(audit, "recommendations", priorities=["low"])
    low = printed(replace(audit, remediation=(action(1, "low"),)), "recommendations")
    assert "No step is of immediate, high or medium priority." in low
    assert "1 step is of another priority" in low
    nothing = printed(replace(audit, remediation=()), "recommendations")
    assert "Nothing that the evidence shows calls for a step." in nothing


def test_an_issue_says_what_the_policy_says_where_the_evidence_tells_no_fix() -> None:
    checks = criterion(None, check("a", State.FAIL, 'findings.rules["F401"] == 0', remediation="ruff --fix"))
    issue = CriticalIssue(
        id="I1",
        kind="findings",
        severity="high",
        title="1 high finding is open",
        places=(),
        problem="",
        impact="",
        action="R1",
    )
    audit = replace(scanned(), criteria=(checks,), remediation=(action(1, "high"),), issues=(issue,))
    assert "- Fix: ruff --fix (step R1 of the plan)" in printed(audit, "issues", remedies=True)
    assert "- Fix: the evidence tells none" in printed(audit, "issues")


def test_severity_and_risk_are_not_mixed_up() -> None:
    low = finding(1, rule="E722", path="tests/test_a.py", severity=Severity.LOW)
    assert "| high | `E722` |" in printed(scanned(low), "fake_tests")
