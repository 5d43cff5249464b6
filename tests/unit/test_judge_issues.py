"""Critical issues, risk, confidence, owners and commands."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec import structs

from reportgen.codeowners import parse_owners
from reportgen.judge import judge
from reportgen.judge.planning.commands import command_of_findings, command_of_reading, command_of_tests
from reportgen.model.artifact import Problem
from reportgen.model.audit import Audit
from reportgen.model.evidence import Evidence, JoinedCase
from reportgen.model.findings import Edit, Fix, Rule
from reportgen.model.guidance import Guidance
from reportgen.model.placing import Pattern
from reportgen.model.subjects import Subject
from tests.unit.judge_evidence import DATE, audit, case, changed, evidence, file, finding, item, many, scan

SIZED = file("a.py", range(1, 51), range(1, 101))


def pytest_case(name: str = "test_a[1]", classname: str = "tests.unit.test_x.TestY") -> JoinedCase:
    return case(name, "failed", "boom", classname=classname)


def by_pytest(joined: Evidence, producer: str = "pytest") -> Evidence:
    items = tuple(structs.replace(one, producer=producer) for one in joined.items)
    return structs.replace(joined, items=items)


def rows(found: Audit) -> list[tuple[str, str, str]]:
    return [(one.id, one.severity, one.title) for one in found.issues]


def test_issues_are_numbered_from_the_worst_on() -> None:
    joined = evidence(
        [
            *many("ppf"),
            case("t9", "errored", "collection failure", classname="C2", cited="E1"),
            *many("ss", layer="performance", cited="E4"),
        ],
        files=[SIZED],
        findings=scan(
            finding("S105", "critical"), finding("S2", "high"), finding("S2", "high", line=9), finding("L1")
        ),
        items=[
            *(item(n, f"{n}.xml") for n in (1, 2, 3, 4)),
            item(5, "cut.xml", whole=False, has_facts=False),
        ],
        problems=(Problem("truncated", "it ends too early", "Run it again.", path="cut.xml"),),
    )
    found = audit(joined)
    assert rows(found) == [
        ("I1", "critical", "1 test errored in collection, from one cause (C1)"),
        ("I2", "critical", "1 critical finding of S105 is open"),
        ("I3", "high", "1 test failed, from one cause (C2)"),
        ("I4", "high", "1 artifact was not read whole (truncated)"),
        ("I5", "high", "Layer performance ran no test"),
        ("I6", "high", "2 high findings of S2 are open"),
    ]
    broken, idle, high = found.issues[3:]
    assert (broken.places, broken.problem, broken.fix) == (
        ("cut.xml",),
        "It ends too early.",
        "Run it again.",
    )
    assert idle.problem == "All 2 tests of it are skipped."
    assert high.places == ("a.py:1", "a.py:9")
    steps = {one.id: one for one in found.remediation}
    assert all(steps[one.action].kind == one.kind for one in found.issues if one.action)


def test_an_issue_of_nothing_grave_is_none() -> None:
    assert audit(evidence(many("pp"), files=[SIZED], findings=scan(finding("L1")))).issues == ()


def test_a_layer_that_ran_nothing_has_a_fix() -> None:
    (issue,) = audit(evidence(many("ss"))).issues
    assert (issue.kind, issue.fix) == ("not run", "Run the tests where what they need is there")


def test_one_message_of_several_is_told_to_be_one() -> None:
    said = [finding("X1", "high", line=line) for line in (1, 2)]
    alike = [structs.replace(each, message="no x") for each in said]
    found = [audit(evidence(many("p"), findings=scan(*each))).issues[0].problem for each in (said, alike)]
    assert found == ["X1 at a.py:1 (the first of 2)", "no x"]


def test_the_impact_is_that_of_the_subjects() -> None:
    subject = Subject(
        name="login",
        title="Login",
        value="$500K ARR",
        criticality="critical",
        owner="Ada",
        tests=(Pattern(name="t1"),),
    )
    found = audit(evidence(many("pf")), changed(subjects=(subject,)))
    issue = found.issues[0]
    assert issue.severity == "critical"
    assert issue.impact.startswith(
        "At risk: Login ($500K ARR). It fails 1 of 2 executed tests of layer unit."
    )
    assert issue.owner == "Ada"
    assert found.remediation[0].owner == "Ada"


def test_without_subjects_the_impact_is_on_layers_and_gates() -> None:
    issue = audit(evidence(many("pf"))).issues[0]
    assert issue.impact == (
        "It fails 1 of 2 executed tests of layer unit. It stands in the way of 1 gate: tests-pass."
    )


def test_owners_come_from_codeowners_first() -> None:
    guidance = Guidance(owners=parse_owners("tests/ @testers\n*.py @code\na.py @a"))
    joined = by_pytest(evidence([pytest_case()], findings=scan(finding("S1", "high"))))
    found = judge(joined, generated_at=DATE, guidance=guidance)
    owners = {one.kind: one.owner for one in found.remediation if one.owner}
    assert owners == {"failures": "@code", "findings": "@a"}


def test_the_fix_is_what_the_rule_says_and_the_code_what_the_tool_proposes() -> None:
    fix = Fix("Remove it", (Edit("y", 1, 1, 1, 2, "x"),))
    one = structs.replace(finding("S1", "high"), fix=fix)
    told = structs.replace(scan(one), rules={"S1": Rule(id="S1", help="Use y, for x is unsafe.")})
    issue = audit(evidence([], findings=told)).issues[-1]
    assert (issue.fix, issue.before, issue.after) == ("Use y, for x is unsafe.", "x", "y")
    assert issue.changed_at == "a.py:1"
    bare = audit(evidence([], findings=scan(one))).issues[-1]
    assert bare.fix == "Remove it"
    same = structs.replace(told, rules={"S1": Rule(id="S1", summary="x is unsafe", help="x is unsafe")})
    assert audit(evidence([], findings=same)).issues[-1].fix == "Remove it"
    assert audit(evidence([], findings=scan(finding("S1", "high")))).issues[-1].fix == ""


@pytest.mark.parametrize(
    ("producer", "classname", "name", "command"),
    [
        (
            "pytest",
            "tests.unit.test_x.TestY",
            "test_a[1 2]",
            "pytest 'tests/unit/test_x.py::TestY::test_a[1 2]'",
        ),
        ("pytest", "tests.test_x", "test_a", "pytest tests/test_x.py::test_a"),
        ("pytest", "", "tests.test_x", "pytest tests/test_x.py"),
        ("pytest", "TestY", "test_a", ""),
        ("pytest", "tests.test_x", "test_\n", ""),
        ("googletest", "A.B", "c", '"$TEST_PROGRAM" --gtest_filter=A.B.c'),
        ("gotestsum", "example.com/x", "TestA/sub", "go test ./... -run '^TestA$'"),
        ("jest-junit", "x", "adds (1+2)", "npx jest -t 'adds \\(1\\+2\\)'"),
        ("Surefire", "com.x.FooTest", "bar(int)[1]", "mvn test -Dtest='com.x.FooTest#bar'"),
        ("Gradle", "com.x.FooTest", "bar()", "gradle test --tests com.x.FooTest.bar"),
        ("cargo-nextest", "x", "a::b", "cargo nextest run -E 'test(=a::b)'"),
        ("unittest-xml-reporting", "t.X", "test_a (n=3)", "python -m unittest t.X.test_a"),
        ("unittest-xml-reporting", "u.suite", "setUpClass (t.X)", "python -m unittest t.X"),
        ("unittest-xml-reporting", "t.X", "some thing", ""),
        ("", "x", "y", ""),
        ("Nobody's", "x", "$(rm -rf ~)", ""),
        ("jest-junit", "x", "$(rm -rf ~); '`", "npx jest -t '\\$\\(rm -rf ~\\); '\"'\"'`'"),
    ],
)
def test_commands_of_tests(producer: str, classname: str, name: str, command: str) -> None:
    assert command_of_tests(producer, [pytest_case(name, classname)], {}) == command


def test_a_configured_command_gets_quoted_words() -> None:
    verify = {"pytest": "make test T={tests}", "tests": "run {paths}"}
    assert command_of_tests("pytest", [pytest_case("test_a[1 2]")], verify) == (
        "make test T='tests/unit/test_x.py::TestY::test_a[1 2]'"
    )
    assert command_of_tests("other", [pytest_case()], verify) == "run tests/unit/test_x.py"
    assert command_of_tests("other", [pytest_case(classname="x")], verify) == ""


def test_of_very_many_tests_the_files_are_named() -> None:
    cases = [pytest_case(f"test_{n}") for n in range(40)]
    assert command_of_tests("pytest", cases, {}) == "pytest tests/unit/test_x.py"


@pytest.mark.parametrize(
    ("tool", "rule", "path", "command"),
    [
        ("ruff", "F401", "a b.py", "ruff check --select F401 'a b.py'"),
        ("ruff", "invalid-syntax", "a.py", "ruff check a.py"),
        ("pylint", "W0611", "-x.py", "pylint --disable=all --enable=W0611 ./-x.py"),
        ("mypy", "arg-type", "a.py", "mypy a.py"),
        ("eslint", "no-eval", "a.js", "npx eslint a.js"),
        ("bandit", "B101", "a.py", "bandit -r -t B101 a.py"),
        ("codeql", "py/x", "a.py", ""),
        ("ruff", "F401; rm", "a.py", ""),
        ("ruff", "F401", "a\n.py", ""),
    ],
)
def test_commands_of_findings(tool: str, rule: str, path: str, command: str) -> None:
    assert command_of_findings([finding(rule, path=path, tool=tool)], {}) == command


def test_artifacts_are_read_again() -> None:
    assert command_of_reading(["a b.xml", "-c.xml"]) == "reportgen inspect 'a b.xml' ./-c.xml"
    assert command_of_reading(["a.zip!/b.xml"]) == ""


@pytest.mark.parametrize(
    ("joined", "level", "confidence"),
    [
        (evidence(many("pp"), files=[file("a.py", [1], [1])], findings=scan()), "low", "high"),
        (evidence(many("pp"), files=[SIZED], findings=scan(finding("M", "medium"))), "medium", "high"),
        (evidence(many("pf"), files=[SIZED], findings=scan()), "high", "high"),
        (
            evidence(many("pp"), files=[SIZED], findings=scan(finding("S", "critical"))),
            "critical",
            "high",
        ),
        (
            evidence(
                [*many("pp"), case("", "errored", "collection failure")], files=[SIZED], findings=scan()
            ),
            "critical",
            "medium",
        ),
        (evidence([], files=[SIZED], findings=scan()), "unknown", "low"),
        (evidence(many("pp")), "low", "medium"),
    ],
)
def test_risk_and_confidence(joined: Evidence, level: str, confidence: str) -> None:
    found = audit(joined)
    assert found.risk is not None
    assert found.confidence is not None
    assert (found.risk.level, found.confidence.level) == (level, confidence)
    assert found.risk.reasons
    assert found.confidence.reasons


def test_confidence_is_the_measured_weight() -> None:
    confidence = audit(evidence(many("pp"))).confidence
    assert confidence is not None
    assert confidence.measured == Fraction(50)
    assert confidence.reasons[:2] == (
        "50.0 % of the policy's weight was measured.",
        "Not measured: coverage (weight 30).",
    )


def test_the_score_after_remediation_is_that_of_the_last_step() -> None:
    found = audit(evidence(many("pf"), files=[SIZED], findings=scan()))
    assert found.score_after is not None
    assert found.score_after.score == found.remediation[-1].after == 85
    assert found.score_after.grade == "B+"
    assert audit(evidence(many("p"), files=[SIZED], findings=scan())).score_after is None
