"""Subjects: which tests, files and findings are theirs, what they came to, and what may be asked of them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from msgspec import structs

from reportgen.errors import UsageError
from reportgen.judge.citing import cited_by
from reportgen.judge.explaining.explain import explain
from reportgen.judge.ground import Ground, ground_of
from reportgen.judge.protecting.subjects import with_told_requirements
from reportgen.model.audit_coverage import Measure
from reportgen.model.evidence import Evidence, JoinedCase
from reportgen.model.placing import Pattern
from reportgen.model.policy import Gate, Policy
from reportgen.model.subjects import Subject
from reportgen.model.waivers import Waiver
from tests.unit.judge_evidence import audit, bits, case, changed, evidence, file, finding, item, scan


def subject(name: str = "S", *patterns: str, **fields: object) -> Subject:
    told = Subject(name=name, tests=tuple(Pattern(test=each) for each in patterns))
    return structs.replace(told, **fields)


def requirement(name: str, *patterns: str) -> Subject:
    return subject(name, *patterns, kind="requirement")


def policy(*subjects: Subject, properties: tuple[str, ...] = (), gates: tuple[Gate, ...] = ()) -> Policy:
    return changed(subjects=subjects, requirement_properties=properties, gates=gates)


def ground(joined: Evidence, *subjects: Subject, properties: tuple[str, ...] = ()) -> Ground:
    return ground_of(joined, policy(*subjects, properties=properties))


def named(name: str, *pairs: tuple[str, str], outcome: str = "passed") -> JoinedCase:
    return structs.replace(case(name, outcome), properties=pairs)


def test_a_test_belongs_to_a_subject_by_a_pattern() -> None:
    joined = evidence([case("a"), case("b", classname="pay.P"), case("c")])
    placed = ground(joined, subject("one", "a", "c"), subject("two", tests=(Pattern(path="pay/**"),))).placed
    assert placed.cases == {"one": ("unit/C.a", "unit/C.c"), "two": ("unit/pay.P.b",)}
    assert placed.subjects == {"unit/C.a": ("one",), "unit/C.c": ("one",), "unit/pay.P.b": ("two",)}


def test_without_patterns_those_that_run_its_code_are_its_tests() -> None:
    joined = evidence(
        [case("a"), case("b"), case("t", classname="src.pay.test_pay")],
        files=[
            file("src/pay/x.py", [1, 2], [1, 2, 3], tests=((0, bits(1)), (1, 0))),
            file("src/cart.py", [1], [1], tests=((1, bits(1)),)),
        ],
        contexts=("unit/C.a", "unit/C.b"),
    )
    placed = ground(joined, subject(paths=("src/pay/**",))).placed
    assert placed.cases == {"S": ("unit/C.a", "unit/src.pay.test_pay.t")}
    assert placed.files == {"S": ("src/pay/x.py",)}
    own = ground(joined, subject("S", "b", paths=("src/pay/**",))).placed
    assert own.cases == {"S": ("unit/C.b",)}


def test_a_requirement_is_named_by_a_property() -> None:
    joined = evidence(
        [
            named("a", ("Requirement", "R-1, R-2;R-9")),
            named("b", ("requirement", "r-1")),
            named("c", ("requirement", "a b")),
            named("d", ("other", "R-1")),
        ]
    )
    stated = [requirement("R-1"), requirement("R-2"), requirement("R-3"), requirement("a b")]
    placed = ground(joined, *stated, properties=("requirement",)).placed
    assert placed.cases == {
        "R-1": ("unit/C.a", "unit/C.b"),
        "R-2": ("unit/C.a",),
        "R-3": (),
        "a b": ("unit/C.c",),
    }
    assert placed.unknown == {"R-9": ("unit/C.a",)}


def test_without_a_list_the_tests_tell_the_requirements() -> None:
    joined = evidence([named("a", ("req", "R-1 R-2")), named("b", ("req", "R-2"))])
    told = with_told_requirements(policy(subject("S", "*"), properties=("req",)), joined)
    assert [(each.name, each.kind) for each in told.subjects] == [
        ("S", "component"),
        ("R-1", "requirement"),
        ("R-2", "requirement"),
    ]
    found = audit(joined, told)
    assert [each.cases for each in found.subjects] == [
        ("unit/C.a", "unit/C.b"),
        ("unit/C.a",),
        ("unit/C.a", "unit/C.b"),
    ]
    listed = policy(requirement("X"), properties=("req",))
    assert with_told_requirements(listed, joined) is listed


STATES = [
    # cases, state, standing, reason
    (None, "unknown", "unknown", "There are no test results."),
    ([], "unknown", "unknown", "No test belongs to it."),
    ([case("a"), case("b", "failed")], "fail", "at risk", "1 of 2 executed tests failed or errored."),
    ([case("a", "unknown")], "fail", "at risk", "1 of 1 executed test failed or errored."),
    ([case("a", "skipped")], "unknown", "at risk", "Its only test is skipped."),
    ([case("a"), case("b", "skipped")], "pass", "protected", "1 of 1 executed test passed; 1 is skipped."),
    ([case("a", flaky=True)], "warn", "protected", "1 of 1 executed test passed; 1 is flaky."),
    ([case("a", "waived")], "unknown", "at risk", "Its only test is waived."),
    (
        [case("a", "waived"), case("b", "skipped"), case("c", "skipped")],
        "unknown",
        "at risk",
        "None of its 3 tests counts: 2 skipped and 1 waived.",
    ),
    ([case("a", "skipped"), case("b", "skipped")], "unknown", "at risk", "All 2 of its tests are skipped."),
    ([case("a"), case("b", "waived")], "waived", "at risk", "1 of 1 executed test passed; 1 is waived."),
    ([case("a", cited="E9")], "unknown", "unknown", "E9 was not read whole."),
    ([case("a", layer="e2e")], "unknown", "unknown", "E8 was not read whole."),
]


@pytest.mark.parametrize(("cases", "state", "standing", "reason"), STATES)
def test_a_subject_is_what_its_tests_came_to(
    cases: list[JoinedCase] | None, state: str, standing: str, reason: str
) -> None:
    items = [item(1, "a.xml"), item(8, "e.xml", whole=False, layer="e2e"), item(9, "b.xml", whole=False)]
    (found,) = ground(evidence(cases, items=items), subject("S", "*")).subjects
    assert (found.state.value, found.standing, found.reason) == (state, standing, reason)


def test_findings_in_its_paths_count() -> None:
    def found(severity: str) -> tuple[str, str, object]:
        joined = evidence([case("a")], findings=scan(finding("X", severity, "src/pay/x.py")))
        (one,) = ground(joined, subject("S", "a", paths=("src/pay/**",))).subjects
        return one.state.value, one.standing, one.findings

    assert found("critical") == ("fail", "at risk", {"critical": 1})
    assert found("high") == ("warn", "protected", {"high": 1})
    assert found("low") == ("pass", "protected", {"low": 1})


def test_what_nobody_looked_at_has_no_known_findings() -> None:
    known = subject("S", "a", paths=("src/pay/**",))
    other = finding("X", "low", "src/cart.py")
    for scanned, told in (
        (scan(other, examined=("src/cart.py",)), None),
        (scan(other, examined=("src/pay/x.py",)), {}),
        (scan(other), None),
        (None, None),
    ):
        (found,) = ground(evidence([case("a")], findings=scanned), known).subjects
        assert found.findings == told


def test_coverage_is_of_its_files_where_a_test_of_it_ran() -> None:
    files = [file("src/pay/x.py", [1, 2], [1, 2, 3]), file("src/pay/y.py", [], [5]), file("z.py", [1], [1])]
    own = subject("S", "a", paths=("src/pay/**",))
    (found,) = ground(evidence([case("a")], files=files), own).subjects
    assert found.coverage == Measure(covered=2, total=4, percent=Fraction(50))
    (idle,) = ground(evidence([case("a", "skipped")], files=files), own).subjects
    assert idle.coverage is None


def test_the_waivers_of_its_tests_and_findings_are_told() -> None:
    waivers = [
        Waiver(
            id=id_,
            reason="because",
            owner="Ann",
            approver="Bob",
            created=date(2025, 1, 1),
            expires=date(2026, 2, 1),
            test=test,
        )
        for id_, test in (("W1", "unit/C.b"), ("W2", "unit/C.z"))
    ]
    joined = evidence([case("a"), case("b", "failed"), case("z", "failed")])
    found = audit(joined, changed(subjects=(subject("S", "a", "b"),), waivers=tuple(waivers)))
    assert [(each.state.value, each.waivers) for each in found.subjects] == [("waived", ("W1",))]


def values(told: Ground, *names: str) -> list[Fraction | None]:
    return [told.numbers.value(name) for name in names]


def test_what_did_not_run_is_not_known_to_have_passed() -> None:
    joined = evidence([case("a", "skipped"), case("b"), case("c", "failed", layer="e2e")])
    told = ground(joined, subject("idle", "a"), subject("none", "x"), subject("both", "b", "c"))
    tests = ("tests.total", "tests.executed", "tests.failed", "tests.passed", "tests.percent")
    assert values(told, *(f"subjects.idle.{name}" for name in tests)) == [1, 0, None, 0, None]
    assert values(told, *(f"subjects.none.{name}" for name in tests)) == [0, 0, None, 0, None]
    assert values(told, *(f"subjects.both.{name}" for name in tests)) == [2, 2, 1, 1, 50]
    by_layer = ("layers.unit.tests.passed", "layers.e2e.tests.failed", "layers.gone.tests.total")
    assert values(told, *(f"subjects.both.{name}" for name in by_layer)) == [1, 1, None]
    assert values(told, "subjects.idle.layers.e2e.tests.total", "subjects.idle.layers.e2e.tests.failed") == [
        0,
        None,
    ]


def test_requirements_are_counted_by_state() -> None:
    joined = evidence([case("a"), case("b", "failed"), case("c", "skipped"), named("d", ("req", "R9"))])
    stated = [requirement("R1", "a"), requirement("R2", "b"), requirement("R3", "c"), requirement("R4")]
    told = ground(joined, *stated, properties=("req",))
    parts = ("total", "tested", "untested", "passing", "failing", "unknown", "warning", "waived", "unlisted")
    assert values(told, *(f"requirements.{part}" for part in parts)) == [4, 3, 1, 1, 1, 2, 0, 0, 1]
    idle = ground(joined, requirement("R1", "a"), requirement("R3", "c"))
    assert values(idle, "requirements.passing", "requirements.failing") == [1, None]  # one did not run
    untested = ground(joined, requirement("R1", "a"), requirement("R4"))
    assert values(untested, "requirements.untested", "requirements.failing") == [1, 0]
    assert values(ground(joined), "requirements.total", "requirements.failing") == [0, None]


def test_a_glob_speaks_of_tests_files_and_findings() -> None:
    joined = evidence(
        [case("a", classname="src.pay.A"), case("b", "failed", classname="src.cart.B")],
        files=[file("src/pay/x.py", [1], [1, 2])],
        findings=scan(finding("X", "high", "src/pay/x.py")),
    )
    told = ground(joined)
    parts = ("tests.failed", "coverage.lines.percent", "findings.high", "findings.critical")
    assert values(told, *(f'paths["src/pay/**"].{part}' for part in parts)) == [0, 50, 1, 0]
    assert values(told, *(f'paths["src/cart/**"].{part}' for part in parts)) == [1, None, None, None]
    assert values(told, *(f"paths.gone.{part}" for part in parts)) == [None] * 4


def test_a_metric_cites_the_evidence_of_its_subject() -> None:
    joined = evidence(
        [case("a", cited="E1"), case("b", "failed", cited="E4")],
        files=[file("src/x.py", [1], [1], cited="E2")],
        findings=scan(finding("X", "high", "src/x.py", cited="E3")),
        items=[item(number, f"{number}.xml") for number in (1, 2, 3, 4, 5)],
    )
    told = ground(joined, subject("S", "*", paths=("src/**",)), requirement("R", "a"))
    assert cited_by(["subjects.S.tests.failed"], told) == ("E1", "E4")
    assert cited_by(["subjects.S.tests.failed"], told, closely=True) == ("E4",)
    assert cited_by(["subjects.S.coverage.lines.percent"], told) == ("E2",)
    assert cited_by(["subjects.S.findings.high"], told, closely=True) == ("E3",)
    assert cited_by(['paths["src/**"].findings.high'], told) == ("E3",)
    assert cited_by(["requirements.passing"], told) == ("E1",)


def test_a_plan_turns_the_gates_of_subjects_and_paths() -> None:
    gates = (
        Gate(name="mine", condition="subjects.S.tests.failed == 0", needs="tests"),
        Gate(name="layer", condition="subjects.S.layers.unit.tests.percent == 100", needs="tests"),
        Gate(name="folder", condition='paths["C"].tests.errored == 0', needs="tests"),
        Gate(name="clean", condition="subjects.S.findings.high == 0", needs="findings"),
        Gate(name="place", condition='paths["src/**"].findings.open == 0', needs="findings"),
    )
    joined = evidence(
        [case("a", "failed", "boom"), case("b", "errored", "bang"), case("c")],
        findings=scan(finding("X", "high", "src/x.py")),
    )
    found = audit(joined, policy(subject("S", "a", "c", paths=("src/**",)), gates=gates))
    assert {
        gate.name: gate.state.value for gate in found.gates if gate.name in ("mine", "folder", "clean")
    } == {
        "mine": "fail",
        "folder": "fail",
        "clean": "fail",
    }
    turned = {step.title.split(":")[-1].strip(): set(step.gates) for step in found.remediation}
    assert turned["boom"] == {"mine", "layer"}
    assert turned["bang"] == {"folder"}
    assert {"clean", "place"} in turned.values()


def test_a_plan_says_when_requirements_no_longer_fail() -> None:
    gates = (
        Gate(name="none-fails", condition="requirements.failing == 0", needs="tests"),
        Gate(name="all-pass", condition="requirements.passing == requirements.total", needs="tests"),
    )
    stated = (requirement("R1", "a", "b"), requirement("R2", "c"), requirement("R3", "d"))
    cases = [case("a", "failed", "boom"), case("b", "failed", "boom"), case("c", "failed", "boom"), case("d")]
    found = audit(evidence(cases), policy(*stated, gates=gates))
    assert [set(step.gates) for step in found.remediation if step.kind == "failures"] == [
        {"none-fails", "all-pass"}
    ]
    two = audit(evidence([*cases[:2], case("c", "failed", "bang"), case("d")]), policy(*stated, gates=gates))
    assert [set(step.gates) for step in two.remediation if step.kind == "failures"][-1] == {
        "none-fails",
        "all-pass",
    }


def explained(name: str, joined: Evidence, held: Policy) -> tuple[str, str, str, dict[str, str]]:
    told = explain(name, audit(joined, held), joined, held)
    return told.kind, told.state, told.turns, dict(told.values)


def test_a_subject_a_test_and_an_unknown_id_are_explained() -> None:
    joined = evidence([case("a"), case("b", "failed"), named("c", ("req", "R9"))])
    held = policy(
        subject("pay", "a", "b", value="$500K ARR", owner="ana"), requirement("R1"), properties=("req",)
    )
    kind, state, turns, told = explained("pay", joined, held)
    assert (kind, state, turns) == ("component", "fail", "It would no longer fail if 1 failing test passed.")
    assert told["value"] == "$500K ARR"
    assert told["test failed"] == "unit/C.b"
    assert explained("R1", joined, held)[:2] == ("requirement", "unknown")
    assert explained("unit/C.a", joined, held) == ("test", "passed", "", {"component": "pay"})
    kind, state, _, told = explained("R9", joined, held)
    assert (kind, state, told) == ("requirement", "unknown", {"test": "unit/C.c"})
    with pytest.raises(UsageError) as error:
        explain("pya", audit(joined, held), joined, held)
    assert error.value.hint == "did you mean 'pay'?"


def test_the_links_run_both_ways() -> None:
    joined = evidence([case("a"), case("b"), case("c")])
    found = audit(joined, policy(subject("S", "a"), requirement("R", "a", "b")))
    assert found.links is not None
    assert found.links.by_test == {"unit/C.a": ("R", "S"), "unit/C.b": ("R",)}
    assert found.links.unplaced == 1
    assert {each.name: each.cases for each in found.subjects} == {
        "S": ("unit/C.a",),
        "R": ("unit/C.a", "unit/C.b"),
    }
    assert audit(joined).links is None
