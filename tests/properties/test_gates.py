"""The laws of gates: what is not known is never a pass, and a scope is the gate on that part alone."""

from __future__ import annotations

import os
from decimal import Decimal

from hypothesis import HealthCheck, given, settings, strategies as st
from msgspec import structs

from reportgen.model.evidence import JoinedCase
from reportgen.model.policy import DEFAULT_POLICY, Gate
from reportgen.model.scoping import scoped
from reportgen.model.slas import Sla
from reportgen.model.states import Outcome, State
from tests.unit.judge_evidence import audit, case, changed, evidence, item

LAW = settings(
    max_examples=2000 if os.environ.get("REPORTGEN_FUZZ") else 60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
LAYERS = ("unit", "e2e")
OUTCOMES = [Outcome.PASSED, Outcome.FAILED, Outcome.ERRORED, Outcome.SKIPPED]
NAMES = ("tests.failed", "tests.passed", "tests.executed", "tests.total", "tests.skipped", "tests.percent")
_WORST_FIRST = [State.FAIL, State.UNKNOWN, State.WARN, State.PASS]


def comparisons() -> st.SearchStrategy[str]:
    relation = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
    return st.builds("{} {} {}".format, st.sampled_from(NAMES), relation, st.integers(0, 4))


def conditions() -> st.SearchStrategy[str]:
    return st.recursive(
        comparisons(),
        lambda inner: st.one_of(
            st.builds("({} and {})".format, inner, inner),
            st.builds("({} or {})".format, inner, inner),
            st.builds("(not {})".format, inner),
        ),
        max_leaves=3,
    )


@st.composite
def gates(draw: st.DrawFn) -> Gate:
    return Gate(
        name="g",
        condition=draw(conditions()),
        warn=draw(st.one_of(st.just(""), conditions())),
        unknown=draw(st.one_of(st.just(""), conditions())),
        otherwise=draw(st.sampled_from(["fail", "warn", "unknown"])),
    )


@st.composite
def cases(draw: st.DrawFn, cited: str = "E1") -> list[JoinedCase]:
    drawn = draw(st.lists(st.tuples(st.sampled_from(OUTCOMES), st.sampled_from(LAYERS)), max_size=6))
    return [
        case(f"{cited}t{n}", outcome.value, layer=layer, cited=cited)
        for n, (outcome, layer) in enumerate(drawn)
    ]


def state_of(gate: Gate, found: list[JoinedCase] | None) -> State:
    audited = audit(evidence(found), changed(gates=(gate,)))
    return next(each.state for each in audited.gates if each.name == "g")


@LAW
@given(gates())
def test_without_evidence_no_gate_passes_warns_or_fails(gate: Gate) -> None:
    assert state_of(gate, None) is State.UNKNOWN
    assert state_of(structs.replace(gate, required=False), None) is State.NOT_APPLICABLE


@LAW
@given(gates(), cases(), st.sampled_from(LAYERS))
def test_a_gate_of_a_layer_is_the_gate_on_its_tests_alone(
    gate: Gate, found: list[JoinedCase], layer: str
) -> None:
    own = [each for each in found if each.layer == layer]
    if not own:
        return
    limited = structs.replace(
        gate,
        condition=scoped(gate.condition, "layer", layer),
        warn=scoped(gate.warn, "layer", layer) if gate.warn else "",
        unknown=scoped(gate.unknown, "layer", layer) if gate.unknown else "",
    )
    assert state_of(limited, found) == state_of(gate, own)


@LAW
@given(gates(), cases())
def test_a_condition_for_unknown_never_betters_a_gate(gate: Gate, found: list[JoinedCase]) -> None:
    plain = structs.replace(gate, unknown="")
    with_it, without = state_of(gate, found), state_of(plain, found)
    assert with_it in {State.UNKNOWN, without}


@LAW
@given(st.lists(cases(), min_size=1, max_size=3), st.data())
def test_removing_an_expected_artifact_never_betters_the_verdict(
    groups: list[list[JoinedCase]], data: st.DataObject
) -> None:
    files = {
        f"{n}.xml": [structs.replace(one, id=f"{n}{one.id}", evidence=(f"E{n}",)) for one in group]
        for n, group in enumerate(groups, 1)
    }
    policy = structs.replace(DEFAULT_POLICY, expected=tuple(files))
    gone = data.draw(st.sampled_from(sorted(files)))

    def verdict(paths: list[str]) -> State:
        rows = [item(int(path[0]), path, has_facts=bool(files[path])) for path in paths]
        kept = [one for path in paths for one in files[path]]
        return audit(evidence(kept, items=rows), policy).verdict

    before = verdict(list(files))
    after = verdict([path for path in files if path != gone])
    assert after in {State.UNKNOWN, State.FAIL}
    if not any(one.outcome in {Outcome.FAILED, Outcome.ERRORED} for one in files[gone]):
        assert _WORST_FIRST.index(after) <= _WORST_FIRST.index(before)


@LAW
@given(
    st.lists(st.one_of(st.none(), st.decimals(0, 9, places=2)), max_size=8),
    st.sampled_from([None, Decimal(50), Decimal(95)]),
    st.sampled_from(["test", "all"]),
    st.decimals(0, 9, places=1),
)
def test_a_time_that_is_not_told_never_makes_a_limit_pass(
    times: list[Decimal | None], percentile: Decimal | None, of: str, limit: Decimal
) -> None:
    """Whatever they took, a limit that passes would still pass, and one that fails still fail."""
    sla = Sla(
        name="s",
        title="s",
        limit=limit,
        of="all" if of == "all" and percentile is None else "test",
        percentile=percentile,
        aggregate="percentile" if percentile is not None else "",
    )

    def state(filled: list[Decimal | None]) -> State:
        found = [case(str(n), seconds=None if time is None else str(time)) for n, time in enumerate(filled)]
        return audit(evidence(found), changed(slas=(sla,))).slas[0].state

    judged = state(times)
    if judged in {State.PASS, State.FAIL}:
        for other in (Decimal(0), Decimal(1), Decimal(10_000)):
            assert state([other if time is None else time for time in times]) == judged
    elif all(time is not None for time in times):
        assert not times
