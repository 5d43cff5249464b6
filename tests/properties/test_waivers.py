"""The laws of waivers: one changes nothing but what it matches, and makes nothing pass."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import chain

from hypothesis import given, strategies as st
from msgspec import structs

from reportgen.judge.accepting.contents import contents_of
from reportgen.model.audit import Audit
from reportgen.model.evidence import Evidence
from reportgen.model.policy import Policy
from reportgen.model.states import Outcome, State
from reportgen.model.waivers import COUNTING, Waiver
from tests.properties.test_judge import LAW, some_evidence, some_policy
from tests.unit.judge_evidence import DATE, audit

TODAY = DATE.date()
_BAD = {Outcome.FAILED, Outcome.ERRORED, Outcome.UNKNOWN}


@st.composite
def some_waivers(draw: st.DrawFn, joined: Evidence) -> tuple[Waiver, ...]:
    """Draw waivers of what is there, of what is not, good and bad ones."""
    items = joined.findings.items if joined.findings is not None else ()
    digests = sorted(contents_of(items).values())
    kinds = st.one_of(
        st.fixed_dictionaries(
            {
                "rule": st.sampled_from(["F401", "S*", "*", "GONE"]),
                "path": st.sampled_from(["", "a.py", "*.py"]),
                "content": st.lists(st.sampled_from([*digests, "0" * 16]), max_size=3).map(tuple),
            }
        ),
        st.sampled_from(["*", "unit/*", "unit/C.t0", "gone"]).map(lambda test: {"test": test}),
        st.sampled_from(["tests-pass", "evidence-whole", "fail-under", "gone"]).map(
            lambda gate: {"gate": gate}
        ),
        st.sampled_from(["tests-pass", "evidence-sound", "gone"]).map(lambda check: {"check": check}),
    )
    days = st.integers(-20, 40).map(lambda day: TODAY + timedelta(days=day))
    waivers: list[Waiver] = []
    for number, fields in enumerate(draw(st.lists(kinds, min_size=1, max_size=4))):
        waivers.append(
            Waiver(
                id=f"W{number}",
                reason="because",
                owner="Ann",
                approver=draw(st.sampled_from(["Bob", "Bob", "Ann"])),
                created=date(2025, 1, 1),
                expires=draw(days),
                **fields,
            )
        )
    return tuple(waivers)


@st.composite
def judged_twice(draw: st.DrawFn) -> tuple[Audit, Audit]:
    """Judge the same evidence without waivers, and with some."""
    joined, policy = draw(some_evidence()), draw(some_policy())
    with_them = structs.replace(policy, waivers=draw(some_waivers(joined)))
    return audit(joined, policy), audit(joined, with_them)


@LAW
@given(judged_twice())
def test_a_waiver_changes_nothing_but_what_it_matches(both: tuple[Audit, Audit]) -> None:
    plain, waived = both
    covered = set(chain.from_iterable(each.matched for each in waived.waivers if each.state in COUNTING))
    for before, after in (
        ((plain.findings and plain.findings.items) or (), (waived.findings and waived.findings.items) or ()),
        ((plain.tests and plain.tests.cases) or (), (waived.tests and waived.tests.cases) or ()),
        (plain.checklist, waived.checklist),
    ):
        assert [each.id for each in before] == [each.id for each in after]
    if plain.findings is not None and waived.findings is not None:
        for one, other in zip(plain.findings.items, waived.findings.items, strict=True):
            assert one == other or (one.id in covered and one.state == "open" and other.state == "waived")
    if plain.tests is not None and waived.tests is not None:
        for case, now in zip(plain.tests.cases, waived.tests.cases, strict=True):
            assert case == now or case.id in covered
            assert (case.outcome is now.outcome) or (case.outcome in _BAD and now.outcome is Outcome.WAIVED)
            assert case.attempts == now.attempts
    assert (plain.coverage, plain.evidence) == (waived.coverage, waived.evidence)
    assert (plain.problems, plain.warnings, plain.ledger) == (waived.problems, waived.warnings, waived.ledger)


@LAW
@given(judged_twice())
def test_what_does_not_count_changes_nothing_at_all(both: tuple[Audit, Audit]) -> None:
    plain, waived = both
    if any(each.state in COUNTING for each in waived.waivers):
        return
    assert (plain.score, plain.verdict, plain.gates) == (waived.score, waived.verdict, waived.gates)
    assert (plain.tests, plain.findings) == (waived.tests, waived.findings)
    assert (plain.checklist, plain.remediation) == (waived.checklist, waived.remediation)


@LAW
@given(judged_twice())
def test_a_waiver_of_a_gate_makes_no_gate_pass(both: tuple[Audit, Audit]) -> None:
    plain, waived = both
    if any(each.of in ("finding", "test") for each in waived.waivers):
        return
    for before, after in zip(plain.gates, waived.gates, strict=True):
        assert before.state is after.state or (
            after.state is State.WAIVED and before.state not in (State.PASS, State.NOT_APPLICABLE)
        )
    assert plain.score == waived.score
    if waived.verdict is State.PASS:
        assert any(gate.state is State.PASS for gate in waived.gates)


@LAW
@given(judged_twice())
def test_counts_are_those_of_the_cases(both: tuple[Audit, Audit]) -> None:
    tests = both[1].tests
    if tests is None:
        return
    outcomes = Counter(case.outcome for case in tests.cases)
    assert tests.waived == outcomes[Outcome.WAIVED]
    assert tests.passed == outcomes[Outcome.PASSED]
    assert tests.executed == tests.passed + tests.failed + tests.errored
    assert sum(layer.waived for layer in tests.by_layer.values()) == tests.waived


@LAW
@given(some_evidence(), some_policy(), st.data())
def test_nobody_is_covered_by_an_expired_or_invalid_waiver(
    joined: Evidence, policy: Policy, data: st.DataObject
) -> None:
    waivers = data.draw(some_waivers(joined))
    found = audit(joined, structs.replace(policy, waivers=waivers))
    for waiver, result in zip(waivers, found.waivers, strict=True):
        assert waiver.id == result.id
        if waiver.owner == waiver.approver:
            assert result.state.value == "invalid"
        elif waiver.expires is not None and waiver.expires < TODAY:
            assert result.state.value in ("expired", "invalid")
