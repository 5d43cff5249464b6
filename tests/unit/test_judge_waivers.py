"""What a waiver covers, and when it does not count."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec import convert, structs

from reportgen.judge import explain
from reportgen.judge.accepting.contents import contents_of
from reportgen.model.audit import Audit
from reportgen.model.evidence import Evidence, JoinedFinding
from reportgen.model.signoff import Check
from reportgen.model.states import State
from reportgen.model.waivers import Waiver, WaiverResult
from tests.unit.judge_evidence import (
    DATE,
    audit,
    case,
    changed,
    evidence,
    file,
    finding,
    gate_states,
    scan,
)

TODAY = DATE.date()
GOOD = {
    "reason": "mended next month",
    "owner": "Ann",
    "approver": "Bob",
    "created": date(2025, 12, 1),
    "expires": date(2026, 6, 1),
}


def waiver(**fields: object) -> Waiver:
    return convert({"id": "W1", **GOOD, **fields}, Waiver)


def judged(joined: Evidence, *waivers: Waiver, **policy: object) -> tuple[Audit, list[WaiverResult]]:
    found = audit(joined, changed(waivers=waivers, **policy))
    return found, list(found.waivers)


def content(*items: JoinedFinding) -> tuple[str, ...]:
    return tuple(contents_of(items).values())


def code(text: str, rule: str = "F401", line: int = 1) -> JoinedFinding:
    return structs.replace(finding(rule, "high", line=line), snippet=text)


FILES = [file("a.py", [1], range(1, 11))]


def test_a_waived_finding_takes_no_time_and_stays_visible() -> None:
    one, other = code("import os"), code("import re", line=2)
    joined = evidence(files=FILES, findings=scan(one, other))
    found, [result] = judged(joined, waiver(rule="F401", content=content(one)))
    assert found.findings is not None
    assert (found.findings.open, found.findings.waived, found.findings.distinct) == (1, 1, 2)
    assert [item.state for item in found.findings.items] == ["waived", "open"]
    assert (result.state.value, result.matched) == ("active", (one.id,))
    assert result.note == (
        "1 other finding is of this rule and place, and not covered: the content is another."
    )
    assert found.score.lower > audit(joined).score.lower


@pytest.mark.parametrize(
    ("fields", "note"),
    [
        ({"approver": " ann "}, "Its approver is its owner."),
        ({"approver": ""}, "It has no approver."),
        (
            {"rule": "", "fingerprint": "partial:hash:1"},
            "Its fingerprint is only a part of an identity, and needs the path beside it.",
        ),
        ({"reason": " ", "owner": ""}, "It has no reason and it has no owner."),
        ({"expires": None}, "It never expires."),
        ({"created": None}, "It does not say when it was created."),
        ({"expires": date(2025, 11, 30)}, "It expires before it was created."),
        (
            {"created": date(2026, 1, 2)},
            "It was created on 2026-01-02, after the date of this report.",
        ),
        (
            {"content": ()},
            "It is bound to no content: it needs a fingerprint, or the content of its findings.",
        ),
    ],
)
def test_an_invalid_waiver_covers_nothing_and_says_why(fields: dict[str, object], note: str) -> None:
    one = structs.replace(code("import os"), fingerprint="partial:hash:1")
    fields = {"rule": "F401", "content": content(one), **fields}
    found, [result] = judged(evidence(findings=scan(one)), waiver(**fields))
    assert (result.state.value, result.note, result.matched) == ("invalid", note, (one.id,))
    assert result.content == content(one)
    assert found.findings is not None
    assert found.findings.open == 1


@pytest.mark.parametrize(
    ("left", "state"),
    [(-1, "expired"), (0, "expiring"), (14, "expiring"), (15, "active")],
)
def test_a_waiver_counts_up_to_its_last_day(left: int, state: str) -> None:
    one = code("import os")
    given = waiver(rule="F401", content=content(one), expires=TODAY + timedelta(days=left))
    found, [result] = judged(evidence(findings=scan(one)), given)
    assert found.findings is not None
    assert (result.state.value, result.days_left) == (state, left)
    assert found.findings.waived == (0 if state == "expired" else 1)


def test_code_that_changed_voids_a_waiver_and_code_that_moved_does_not() -> None:
    given = waiver(rule="F401", path="a.py", content=content(code("import os")))
    moved, [result] = judged(evidence(findings=scan(code("    import  os", line=7))), given)
    assert result.state.value == "active"
    new, [result] = judged(evidence(findings=scan(code("import os, re"))), given)
    assert result.state.value == "void"
    assert result.note == "The code at its place changed, so it covers nothing: look at it anew."
    assert [each.findings and each.findings.open for each in (moved, new)] == [0, 1]


def test_one_more_of_the_same_is_not_covered() -> None:
    first, second = code("import os"), code("import os", line=5)
    given = waiver(rule="F401", content=content(first))
    found, _ = judged(evidence(findings=scan(first, second)), given)
    assert found.findings is not None
    assert [item.state for item in found.findings.items] == ["waived", "open"]


@pytest.mark.parametrize(
    ("match", "state", "note"),
    [
        ({"fingerprint": "f:1"}, "active", ""),
        (
            {"fingerprint": "f:2"},
            "dead",
            "No finding has this fingerprint: it is mended, or the code at its place changed.",
        ),
        (
            {"fingerprint": "f:2", "rule": "F4*", "path": "a.py"},
            "void",
            "The code at its place changed, so it covers nothing: look at it anew.",
        ),
        ({"path": "b/**", "content": ("0",)}, "dead", "There is no such finding."),
        (
            {"rule": "S101", "content": ("0",)},
            "dead",
            "What it names does not count without it: it is suppressed.",
        ),
        ({"test": "unit/C.gone"}, "dead", "No test has this id."),
        ({"test": "unit/C.good"}, "dead", "1 test has this id, and none fails or is flaky."),
        ({"gate": "nothing"}, "dead", "There is no gate of this name."),
        ({"gate": "test-pass"}, "dead", "There is no gate of this name; the nearest is 'tests-pass'."),
        ({"gate": "no-flaky-test"}, "dead", "There is nothing to waive in this gate."),
        ({"check": "no-flaky-test"}, "dead", "There is nothing to waive in this check."),
        ({"gate": "tests-pass"}, "active", ""),
        ({"check": "tests-pass"}, "active", ""),
        ({"test": "unit/*bad*"}, "active", ""),
    ],
)
def test_what_a_waiver_matches(match: dict[str, object], state: str, note: str) -> None:
    joined = evidence(
        [case("good"), case("bad[1]", "failed")],
        findings=scan(
            structs.replace(code("import os"), fingerprint="f:1"), finding("S101", state="suppressed")
        ),
    )
    _, [result] = judged(joined, waiver(**match))
    assert (result.state.value, result.note) == (state, note)


def test_a_waived_test_is_neither_failed_nor_passed() -> None:
    joined = evidence([case("good"), case("bad", "failed", "boom"), case("odd", flaky=True)])
    found, _ = judged(joined, waiver(test="unit/C.bad"), waiver(id="W2", test="unit/C.odd"))
    tests = found.tests
    assert tests is not None
    assert (tests.total, tests.passed, tests.failed, tests.waived, tests.flaky) == (3, 2, 0, 1, 0)
    assert tests.executed == 2
    assert {each.name: each.outcome.value for each in tests.cases} == {
        "good": "passed",
        "bad": "waived",
        "odd": "passed",
    }
    assert tests.cases[1].message == "boom"
    assert tests.causes == ()
    assert gate_states(found)["tests-pass"] == "pass"
    assert {item.id: item.state.value for item in found.checklist}["tests-pass"] == "waived"
    assert found.summary.verdict.endswith("2 tests are waived.")


def test_a_low_risk_does_not_speak_for_what_is_waived() -> None:
    joined = evidence([case("good"), case("bad", "failed")])
    found, _ = judged(joined, waiver(test="unit/C.bad"))
    assert found.risk is not None
    assert (found.risk.level, found.risk.reasons) == (
        "low",
        ("Nothing that was measured and is not waived speaks of a risk.",),
    )


def test_tests_that_are_all_waived_measure_nothing() -> None:
    found, _ = judged(evidence([case("bad", "failed")]), waiver(test="*"))
    assert found.verdict is State.UNKNOWN
    assert {each.name: each.score for each in found.criteria}["tests"] is None
    assert found.tests is not None
    assert found.tests.by_layer["unit"].ran


def test_a_waived_gate_is_no_pass_and_the_others_decide() -> None:
    joined = evidence([case("good"), case("bad", "failed")])
    found, [result] = judged(joined, waiver(gate="tests-pass"))
    gate = next(gate for gate in found.gates if gate.name == "tests-pass")
    assert gate.state is State.WAIVED
    assert gate.reason == ("Waived by W1 until 2026-06-01 (Ann); without it fail: There is 1 failed test.")
    assert (found.verdict, result.matched) == (State.PASS, ("tests-pass",))
    assert found.score == audit(joined).score


def test_with_every_gate_waived_the_verdict_is_unknown() -> None:
    joined = evidence([case("bad", "failed")])
    failing = next(gate for gate in changed().gates if gate.name == "tests-pass")
    found, _ = judged(joined, waiver(gate="tests-pass"), gates=(failing,), criteria=())
    assert found.verdict is State.UNKNOWN


def test_a_waived_check_of_the_team_is_shown_as_waived() -> None:
    check = Check(id="docs", text="The handbook is up to date", who="Writer")
    found, [result] = judged(evidence([case("good")]), waiver(check="docs"), checks=(check,))
    assert (found.checklist[-1].state, result.state.value) == (State.WAIVED, "active")


def test_what_does_not_count_is_a_concern() -> None:
    found, _ = judged(
        evidence([case("good")]),
        waiver(test="*", expires=date(2025, 12, 31)),
        waiver(id="W2", gate="tests-pass"),
    )
    assert "Of 2 waivers, these do not count: 1 expired and 1 dead." in found.summary.concerns


@pytest.mark.parametrize("fields", [{}, {"rule": "X", "gate": "Y"}, {"gate": "X", "check": "Y"}])
def test_a_waiver_matches_one_kind_of_thing(fields: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="a waiver matches findings"):
        Waiver(
            id="W1", rule=fields.get("rule", ""), gate=fields.get("gate", ""), check=fields.get("check", "")
        )


def test_what_is_waived_is_explained() -> None:
    one = structs.replace(code("import os"), id="F1")
    joined = evidence([case("bad", "failed")], findings=scan(one))
    given = (waiver(gate="tests-pass"), waiver(id="W2", rule="F401", content=content(one)))
    policy = changed(waivers=given)
    found = audit(joined, policy)
    gate, [digest] = explain("tests-pass", found, joined, policy), content(one)
    assert (gate.kind, gate.state) == ("gate", "waived")
    assert explain("W2", found, joined, policy).values[-2:] == (("finding", "F1"), ("content", digest))
    told = explain("F1", found, joined, policy)
    assert (told.kind, told.state) == ("finding", "waived")
    assert ("named by waiver", "W2") in told.values
    assert told.turns == f'A waiver of it records content = ["{digest}"].'
