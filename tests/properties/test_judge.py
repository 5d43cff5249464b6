"""The laws of judging: scores stay in range, lines add up, better evidence never scores worse."""

from __future__ import annotations

import os
from fractions import Fraction
from itertools import pairwise

from hypothesis import HealthCheck, given, settings, strategies as st
from msgspec import structs

from reportgen.merge import merge
from reportgen.model.artifact import Problem
from reportgen.model.audit import Audit
from reportgen.model.evidence import Evidence, JoinedCase, JoinedFile, JoinedFinding, SuiteError
from reportgen.model.expression import parse_condition
from reportgen.model.facts import Facts
from reportgen.model.figures import floor_digits, share_out
from reportgen.model.policy import Criterion, Effort, Gate, Policy
from reportgen.model.states import Outcome, Severity, State
from reportgen.rules import examine
from tests.properties.strategies import many_facts
from tests.unit.judge_evidence import audit, case, evidence, file, finding, item, scan

LAW = settings(
    max_examples=2000 if os.environ.get("REPORTGEN_FUZZ") else 40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
LAYERS = ("unit", "e2e", "end to end")
_WORST_FIRST = [State.FAIL, State.UNKNOWN, State.WARN, State.PASS]


@st.composite
def some_cases(draw: st.DrawFn) -> list[JoinedCase]:
    drawn = draw(
        st.lists(
            st.tuples(
                st.sampled_from([each for each in Outcome if each is not Outcome.WAIVED]),
                st.sampled_from(LAYERS),
                st.booleans(),
                st.sampled_from(["boom", "collection failure", "ValueError: id 17", ""]),
            ),
            max_size=8,
        )
    )
    return [
        case(f"t{n}", outcome.value, message, layer=layer, flaky=flaky, cited=f"E{1 + n % 2}")
        for n, (outcome, layer, flaky, message) in enumerate(drawn)
    ]


@st.composite
def some_files(draw: st.DrawFn) -> list[JoinedFile]:
    files: list[JoinedFile] = []
    for path in draw(st.lists(st.sampled_from(["a.py", "b.py", "c/d.py"]), unique=True)):
        executable = draw(st.one_of(st.none(), st.sets(st.integers(1, 30), max_size=12)))
        ran = draw(st.sets(st.integers(1, 30), max_size=12))
        covered = ran if executable is None else ran & executable
        layer = draw(st.sampled_from(LAYERS))
        complexity = draw(st.one_of(st.none(), st.integers(0, 9)))
        files.append(file(path, covered, executable, layer=layer, complexity=complexity, cited="E3"))
    return files


def some_findings() -> st.SearchStrategy[list[JoinedFinding]]:
    rows = st.tuples(
        st.sampled_from(["F401", "S101", "X", ""]),
        st.sampled_from(list(Severity)),
        st.sampled_from(["a.py", "b.py", "z.py", ""]),
        st.sampled_from(["open", "open", "suppressed", "absent"]),
    )
    return st.lists(rows, max_size=8).map(
        lambda drawn: [
            finding(rule, severity.value, path, n + 1, state=state, cited="E4")
            for n, (rule, severity, path, state) in enumerate(drawn)
        ]
    )


@st.composite
def some_evidence(draw: st.DrawFn) -> Evidence:
    findings = draw(st.one_of(st.none(), some_findings()))
    examined = draw(st.one_of(st.none(), st.just(("a.py", "b.py"))))
    flags = draw(st.lists(st.booleans(), min_size=8, max_size=8))
    return evidence(
        draw(st.one_of(st.none(), some_cases())),
        files=draw(st.one_of(st.none(), some_files())),
        findings=None if findings is None else scan(*findings, examined=examined),
        items=[item(n + 1, f"{n}.xml", whole=flags[2 * n], has_facts=flags[2 * n + 1]) for n in range(4)],
        problems=draw(st.sampled_from([(), (Problem("truncated", "cut", path="0.xml"),)])),
        warnings=draw(st.sampled_from([(), (Problem("odd", "odd", path="9.xml", doubt=True),)])),
        suite_errors=draw(st.sampled_from([(), (SuiteError("unit", "s", "boom", "", "E1"),)])),
    )


WEIGHTS = st.fractions(0, 50, max_denominator=7)
NAMES = ("tests", "coverage", "findings", "completeness")


@st.composite
def some_policy(draw: st.DrawFn) -> Policy:
    return Policy(
        criteria=tuple(
            Criterion(name=name, weight=draw(WEIGHTS), required=draw(st.booleans())) for name in NAMES
        ),
        effort=Effort(by_rule=draw(st.dictionaries(st.sampled_from(["F*", "X"]), st.integers(0, 99)))),
        severities=draw(st.dictionaries(st.sampled_from(["S*", "X"]), st.sampled_from(list(Severity)))),
        sizes=draw(st.dictionaries(st.sampled_from(["a.py", "z.py"]), st.integers(0, 40))),
        without=draw(st.frozensets(st.sampled_from(NAMES[:3]))),
        expected=draw(st.sampled_from([(), ("0.xml",), ("gone.xml", "1.xml")])),
        fail_under=draw(st.one_of(st.none(), st.fractions(0, 100, max_denominator=9))),
    )


@LAW
@given(some_evidence(), some_policy())
def test_scores_stay_in_range_and_in_order(joined: Evidence, policy: Policy) -> None:
    found = audit(joined, policy)
    score = found.score
    assert 0 <= score.lower <= score.upper <= 100
    assert score.value is None or score.lower <= score.value <= score.upper
    assert all(one.score is None or 0 <= one.score <= 100 for one in found.criteria)
    assert all(one.reason for one in found.criteria)
    assert 0 <= score.measured_weight <= score.total_weight


@LAW
@given(some_evidence(), some_policy())
def test_the_waterfall_adds_up(joined: Evidence, policy: Policy) -> None:
    score = audit(joined, policy).score
    assert sum(line.points for line in score.waterfall) == 100 - score.lower
    assert sum(line.printed for line in score.waterfall) == 100 - floor_digits(score.lower, 1)
    assert all(line.points > 0 and line.printed >= 0 for line in score.waterfall)


@LAW
@given(some_evidence(), some_policy())
def test_the_plan_adds_up(joined: Evidence, policy: Policy) -> None:
    found = audit(joined, policy)
    steps, lower = found.remediation, found.score.lower
    last = steps[-1].after if steps else lower
    assert sum(step.gain for step in steps) == last - lower
    assert sum(step.printed_gain for step in steps) == floor_digits(last, 1) - floor_digits(lower, 1)
    assert all(step.gain >= 0 and step.printed_gain >= 0 and step.after <= 100 for step in steps)
    assert all(after.after == before.after + after.gain for before, after in pairwise(steps))
    order = ["immediate", "high", "medium", "low"]
    ranks = [order.index(step.priority) for step in steps]
    assert ranks == sorted(ranks)
    turned = [gate for step in steps for gate in step.gates]
    passed = {gate.name for gate in found.gates if gate.state is State.PASS}
    assert len(turned) == len(set(turned))
    assert passed.isdisjoint(turned)


@LAW
@given(some_evidence(), some_policy())
def test_every_failing_test_has_one_cause_and_one_step(joined: Evidence, policy: Policy) -> None:
    found = audit(joined, policy)
    failing = sorted(one.id for one in joined.cases if one.outcome not in {Outcome.PASSED, Outcome.SKIPPED})
    caused = sorted(each for cause in (found.tests.causes if found.tests else ()) for each in cause.cases)
    mended = sorted(
        each for step in found.remediation if step.title.startswith("Mend what") for each in step.places
    )
    assert caused == failing == mended


@LAW
@given(some_evidence(), some_policy())
def test_the_same_evidence_and_policy_make_the_same_audit(joined: Evidence, policy: Policy) -> None:
    assert audit(joined, policy) == audit(joined, policy)


@LAW
@given(some_evidence(), some_policy())
def test_what_is_not_known_is_never_a_pass(joined: Evidence, policy: Policy) -> None:
    found = audit(joined, policy)
    executed = sum(one.outcome is not Outcome.SKIPPED for one in joined.cases)
    states = {gate.name: gate.state for gate in found.gates}
    if not executed:
        about_tests = ("tests-pass", "no-flaky-test", "tests-ran")
        assert State.PASS not in {states[name] for name in about_tests}
    unmeasured = {one.name for one in found.criteria if one.score is None and one.required}
    expected_anyway = unmeasured - policy.without
    assert not expected_anyway or found.verdict in {State.UNKNOWN, State.FAIL}
    if found.verdict in {State.PASS, State.WARN}:
        assert all(one.whole and (one.has_facts or one.id == "E4") for one in joined.items)
        assert not joined.warnings
        assert not joined.problems


def lower(found: Audit) -> Fraction:
    return found.score.lower


def no_better(after: Audit, before: Audit) -> bool:
    return _WORST_FIRST.index(after.verdict) <= _WORST_FIRST.index(before.verdict)


@LAW
@given(some_evidence(), some_policy(), st.data())
def test_a_failing_test_that_passes_never_lowers_a_score(
    joined: Evidence, policy: Policy, data: st.DataObject
) -> None:
    failing = [n for n, one in enumerate(joined.cases) if one.outcome is Outcome.FAILED]
    if not failing:
        return
    which = data.draw(st.sampled_from(failing))
    old = joined.cases[which]
    attempts = tuple(structs.replace(each, outcome=Outcome.PASSED) for each in old.attempts)
    new = structs.replace(old, outcome=Outcome.PASSED, flaky=False, attempts=attempts)
    cases = (*joined.cases[:which], new, *joined.cases[which + 1 :])
    before, after = audit(joined, policy), audit(structs.replace(joined, cases=cases), policy)
    assert lower(after) >= lower(before)
    assert no_better(before, after)


@LAW
@given(some_cases(), st.sampled_from(LAYERS))
def test_one_more_passing_test_never_lowers_a_score(cases: list[JoinedCase], layer: str) -> None:
    more = [*cases, case("new", layer=layer)]
    assert lower(audit(evidence(more))) >= lower(audit(evidence(cases)))


@LAW
@given(some_evidence(), st.data())
def test_one_more_covered_line_never_lowers_a_score(joined: Evidence, data: st.DataObject) -> None:
    coverage = joined.coverage
    open_lines = [
        (n, line)
        for n, one in enumerate(coverage.files if coverage else ())
        for line in range(1, 31)
        if one.executable is not None and (one.executable & ~one.covered) >> line & 1
    ]
    if coverage is None or not open_lines:
        return
    which, line = data.draw(st.sampled_from(open_lines))
    old = coverage.files[which]
    ratio = structs.replace(old.lines, covered=old.lines.covered + 1)
    new = structs.replace(old, covered=old.covered | 1 << line, lines=ratio)
    files = (*coverage.files[:which], new, *coverage.files[which + 1 :])
    more = structs.replace(joined, coverage=structs.replace(coverage, files=files))
    assert lower(audit(more)) >= lower(audit(joined))


@LAW
@given(some_evidence(), some_policy(), st.data())
def test_one_finding_less_never_lowers_a_score(joined: Evidence, policy: Policy, data: st.DataObject) -> None:
    """The examined files stay examined: told by the tool, or by a suppressed finding in them."""
    findings = joined.findings
    if findings is None or not findings.items:
        return
    gone = data.draw(st.sampled_from(findings.items))
    items = tuple(structs.replace(one, state="suppressed") if one is gone else one for one in findings.items)
    fewer = structs.replace(joined, findings=structs.replace(findings, items=items))
    before, after = audit(joined, policy), audit(fewer, policy)
    assert lower(after) >= lower(before)
    assert no_better(before, after)


@LAW
@given(some_evidence(), st.sampled_from(["tests", "coverage", "findings"]))
def test_leaving_out_a_kind_of_evidence_raises_no_score(joined: Evidence, kind: str) -> None:
    """The artifacts stay in the index: what became of them is for completeness to say."""
    items = tuple(structs.replace(one, whole=True, has_facts=True) for one in joined.items)
    joined = structs.replace(joined, items=items)
    left = {
        "tests": structs.replace(joined, cases=(), has_tests=False, suite_errors=()),
        "coverage": structs.replace(joined, coverage=None),
        "findings": structs.replace(joined, findings=None),
    }[kind]
    assert lower(audit(left)) <= lower(audit(joined))


@LAW
@given(some_cases(), st.data())
def test_removing_a_whole_artifact_of_passing_tests_betters_nothing(
    cases: list[JoinedCase], data: st.DataObject
) -> None:
    extra = [case(f"p{n}", cited="E9") for n in range(data.draw(st.integers(1, 4)))]
    items = [item(1, "1.xml"), item(2, "2.xml"), item(9, "9.xml")]
    whole = audit(evidence([*cases, *extra], items=items))
    without = audit(evidence(cases, items=items[:2]))
    assert lower(without) <= lower(whole)
    assert no_better(without, whole)


@LAW
@given(many_facts())
def test_what_merging_makes_can_be_judged(parts: list[Facts]) -> None:
    joined = examine(merge(parts))
    found = audit(joined)
    assert found.tests is None or len(found.tests.cases) == len(joined.cases)
    assert sum(line.points for line in found.score.waterfall) == 100 - found.score.lower
    if not parts:
        assert found.verdict is State.UNKNOWN


CONDITIONS = st.recursive(
    st.builds(
        "{} {} {}".format,
        st.sampled_from(["tests.failed", "coverage.percent", "layers.unit.tests.total", "score.lower / 2"]),
        st.sampled_from(["==", "!=", "<", "<=", ">", ">="]),
        st.integers(0, 100).map(str),
    ),
    lambda inner: st.one_of(
        st.builds("({}) and ({})".format, inner, inner),
        st.builds("({}) or ({})".format, inner, inner),
        st.builds("not ({})".format, inner),
    ),
    max_leaves=6,
)


@LAW
@given(CONDITIONS, some_evidence())
def test_any_condition_can_be_a_gate(condition: str, joined: Evidence) -> None:
    found = audit(joined, Policy(gates=(Gate(name="g", condition=condition),)))
    gate = found.gates[0]
    assert gate.reason.endswith(".")
    assert gate.value
    assert parse_condition(condition).names


@LAW
@given(st.text(max_size=60))
def test_no_text_breaks_the_reader_of_conditions(text: str) -> None:
    try:
        parse_condition(text)
    except ValueError as error:
        assert str(error)  # noqa: PT017 - that it raises nothing else is what is tested


@LAW
@given(st.lists(st.fractions(0, 100, max_denominator=999), max_size=12), st.booleans())
def test_shared_out_digits_add_up(values: list[Fraction], up: bool) -> None:
    total = sum(values, Fraction(0))
    wanted = -floor_digits(-total, 1) if up else floor_digits(total, 1)
    shared = share_out(values, total=wanted)
    assert sum(shared) == wanted
    assert all(abs(one - value) < Fraction(1, 10) for one, value in zip(shared, values, strict=True))
