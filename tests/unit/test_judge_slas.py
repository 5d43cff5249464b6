from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec import structs

from reportgen.judge.gating.measuring import nearest_rank
from reportgen.model.audit import Audit
from reportgen.model.evidence import JoinedCase
from reportgen.model.slas import Sla, amount
from reportgen.model.states import Outcome
from tests.unit.judge_evidence import audit, case, changed, evidence, gate_states

ONE = Decimal(1)


def timed(name: str, seconds: str | None, *, layer: str = "unit", outcome: str = "passed") -> JoinedCase:
    return case(name, outcome, seconds=seconds, layer=layer)


def measuring(name: str, value: str, outcome: str = "passed") -> JoinedCase:
    return structs.replace(case(name, outcome), properties=(("latency_ms", value),))


def judged(cases: list[JoinedCase], sla: Sla) -> Audit:
    return audit(evidence(cases), changed(slas=(sla,)))


TIMES = [timed("a", "0.25"), timed("b", "0.5", layer="e2e"), timed("c", "1.25", layer="e2e")]


@pytest.mark.parametrize(
    ("cases", "sla", "state", "measured"),
    [
        (TIMES, Sla(name="s", title="s", limit=Decimal("1.25")), "pass", "1.25"),
        (TIMES, Sla(name="s", title="s", limit=ONE), "fail", "1.25"),
        (TIMES, Sla(name="s", title="s", limit=ONE, otherwise="warn"), "warn", "1.25"),
        (TIMES, Sla(name="s", title="s", limit=ONE, layer="unit"), "pass", "0.25"),
        (TIMES, Sla(name="s", title="s", limit=ONE, layer="gone"), "unknown", None),
        (TIMES, Sla(name="s", title="s", limit=ONE, percentile=Decimal(50)), "pass", "0.5"),
        (TIMES, Sla(name="s", title="s", limit=ONE, of="all"), "fail", "2.00"),
        (TIMES, Sla(name="s", title="s", limit=Decimal(2), of="all"), "pass", "2.00"),
        (TIMES, Sla(name="s", title="s", limit=ONE, of="layer"), "fail", "1.75"),
        (TIMES, Sla(name="s", title="s", limit=ONE, test="b"), "pass", "0.5"),
        (TIMES, Sla(name="s", title="s", limit=ONE, path="C"), "fail", "1.25"),
        (TIMES, Sla(name="s", title="s", limit=ONE, path="D"), "unknown", None),
        # what states no time could have taken any: never a pass, and a fail where it is one anyway
        ([*TIMES, timed("d", None)], Sla(name="s", title="s", limit=Decimal(2)), "unknown", "1.25"),
        ([*TIMES, timed("d", None)], Sla(name="s", title="s", limit=ONE), "fail", "1.25"),
        ([*TIMES, timed("d", None)], Sla(name="s", title="s", limit=Decimal(9), of="all"), "unknown", "2.00"),
        (
            [timed(str(n), "0.1") for n in range(99)] + [timed("d", None)],
            Sla(name="s", title="s", limit=ONE, percentile=Decimal(95)),
            "pass",
            "0.1",
        ),
        ([timed("d", None)], Sla(name="s", title="s", limit=ONE), "unknown", None),
        ([], Sla(name="s", title="s", limit=ONE), "unknown", None),
        # skipped tests do not count, failed ones do
        ([timed("a", "9", outcome="skipped")], Sla(name="s", title="s", limit=ONE), "unknown", None),
        (
            [timed("a", "9", outcome="skipped"), timed("b", "1")],
            Sla(name="s", title="s", limit=ONE),
            "pass",
            "1",
        ),
        ([timed("a", "9", outcome="failed")], Sla(name="s", title="s", limit=ONE), "fail", "9"),
    ],
)
def test_limits_on_times(cases: list[JoinedCase], sla: Sla, state: str, measured: str | None) -> None:
    found = judged(cases, sla)
    (row,) = found.slas
    assert (row.state, row.measured) == (state, None if measured is None else Decimal(measured))
    assert gate_states(found)["sla-s"] == state
    assert row.reason


LATENCY = Sla(name="s", title="s", limit=Decimal(100), property="latency_ms", unit="ms")


@pytest.mark.parametrize(
    ("values", "sla", "state", "measured"),
    [
        (["90", " 100.0 "], LATENCY, "pass", "100.0"),
        (["90", "100.1"], LATENCY, "fail", "100.1"),
        (["1e2"], LATENCY, "pass", "1E+2"),
        (["90", "fast"], LATENCY, "unknown", "90"),
        (["190", "fast"], LATENCY, "fail", "190"),
        (["fast"], LATENCY, "unknown", None),
        (["NaN"], LATENCY, "unknown", None),
        (["inf"], LATENCY, "unknown", None),
        ([], LATENCY, "unknown", None),
        (["90", "500"], structs.replace(LATENCY, aggregate="min"), "pass", "90"),
        (["90", "500"], structs.replace(LATENCY, at_least=True), "fail", "90"),
        (["100", "500"], structs.replace(LATENCY, at_least=True), "pass", "100"),
        (["500", "?"], structs.replace(LATENCY, at_least=True), "unknown", "500"),
        (["50", "?"], structs.replace(LATENCY, at_least=True), "fail", "50"),
        (["50", "500"], structs.replace(LATENCY, at_least=True, aggregate="max"), "pass", "500"),
    ],
)
def test_limits_on_measurements(values: list[str], sla: Sla, state: str, measured: str | None) -> None:
    cases = [measuring(f"t{number}", value) for number, value in enumerate(values)]
    (row,) = judged([*cases, case("other")], sla).slas
    assert (row.state, row.measured) == (state, None if measured is None else Decimal(measured))


def test_the_worst_tests_come_first() -> None:
    (row,) = judged(TIMES, Sla(name="s", title="s", limit=ONE)).slas
    assert [each.rpartition(".")[2] for each in row.cases] == ["c", "b", "a"]
    assert row.evidence == ("E1",)


def test_a_waived_test_does_not_count() -> None:
    waived = structs.replace(timed("a", "9"), outcome=Outcome.WAIVED)
    assert judged([waived, timed("b", "1")], Sla(name="s", title="s", limit=ONE)).slas[0].state == "pass"


def test_without_tests_a_limit_does_not_apply() -> None:
    policy = changed(slas=(Sla(name="s", title="s", limit=ONE),), without=frozenset({"tests"}))
    assert audit(evidence(files=[]), policy).slas[0].state == "not_applicable"


@pytest.mark.parametrize(
    ("count", "percentile", "rank"),
    [
        (1, "95", 1),
        (20, "95", 19),
        (21, "95", 20),
        (100, "99.9", 100),
        (100, "1", 1),
        (4, "50", 2),
        (5, "100", 5),
    ],
)
def test_the_nearest_rank(count: int, percentile: str, rank: int) -> None:
    values = [Decimal(number) for number in range(1, count + 1)]
    assert nearest_rank(values, Decimal(percentile)) == rank


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [("0.200", "s", "0.2 s"), ("1E+3", "ms", "1,000 ms"), ("0.0", "s", "0 s"), ("12", "", "12")],
)
def test_amounts(value: str, unit: str, text: str) -> None:
    assert amount(Decimal(value), unit) == text
