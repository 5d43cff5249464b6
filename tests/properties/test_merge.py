"""Merging is a law: any order, any grouping, any repeats, the same result; and nothing bad vanishes in it."""

from __future__ import annotations

import json

import msgspec
from hypothesis import given, settings, strategies as st

from reportgen.merge import merge
from reportgen.model.cases import Case, Repeats
from reportgen.model.evidence import Evidence, JoinRules, count_cases
from reportgen.model.facts import Facts
from reportgen.model.states import Outcome
from tests.properties.strategies import apart, join_rules, many_facts

LAW = settings(max_examples=60)
BAD = {Outcome.FAILED, Outcome.ERRORED}


def as_json(evidence: Evidence) -> str:
    return json.dumps(msgspec.to_builtins(evidence))


@LAW
@given(many_facts().flatmap(lambda parts: st.tuples(st.just(parts), st.permutations(parts))), join_rules())
def test_merging_is_commutative(both: tuple[list[Facts], list[Facts]], rules: JoinRules) -> None:
    parts, shuffled = both
    assert as_json(merge(shuffled, rules)) == as_json(merge(parts, rules))


@LAW
@given(many_facts(), many_facts(), many_facts(), join_rules())
def test_merging_is_associative(
    one: list[Facts], two: list[Facts], three: list[Facts], rules: JoinRules
) -> None:
    whole = as_json(merge([*one, *two, *three], rules))
    left = merge([merge([merge(one, rules), merge(two, rules)], rules), merge(three, rules)], rules)
    right = merge([merge(one, rules), *two, merge(three, rules)], rules)
    assert as_json(left) == whole
    assert as_json(right) == whole


@LAW
@given(many_facts(), join_rules(), st.data())
def test_merging_is_idempotent(parts: list[Facts], rules: JoinRules, data: st.DataObject) -> None:
    once = merge(parts, rules)
    again = data.draw(st.lists(st.sampled_from(parts), max_size=3)) if parts else []
    copies = [msgspec.structs.replace(part) for part in again]
    assert as_json(merge([once, once, *again, *copies, once], rules)) == as_json(once)


def told(parts: list[Facts]) -> list[tuple[str, Case]]:
    """Each test element, but those that a producer's retries may replace, with its suite."""
    return [
        (" / ".join(suite.path), case)
        for facts in parts
        if facts.tests is not None and facts.tests.repeats is Repeats.DUPLICATES
        for suite in facts.tests.suites
        for case in suite.cases
    ]


@LAW
@given(apart())
def test_a_failure_never_vanishes(parts: list[Facts]) -> None:
    bad = {(suite, case.classname, case.name) for suite, case in told(parts) if case.outcome in BAD}
    joined = merge(parts).cases
    assert bad <= {(case.suite, case.classname, case.name) for case in joined if case.outcome in BAD}


@LAW
@given(apart())
def test_a_test_never_vanishes(parts: list[Facts]) -> None:
    named = {
        (suite.path, case.classname, case.name)
        for facts in parts
        if facts.tests
        for suite in facts.tests.suites
        for case in suite.cases
    }
    joined = merge(parts).cases
    assert {(" / ".join(path), classname, name) for path, classname, name in named} == {
        (case.suite, case.classname, case.name) for case in joined
    }


@LAW
@given(apart())
def test_a_line_that_never_ran_is_never_covered(parts: list[Facts]) -> None:
    files = [file for facts in parts if facts.coverage for file in facts.coverage.files]
    ran = 0
    for file in files:
        ran |= file.covered
    coverage = merge(parts).coverage
    for joined in coverage.files if coverage else ():
        assert joined.covered & ~ran == 0
        assert joined.by_tests is None or joined.by_tests & ~joined.covered == 0


@LAW
@given(apart())
def test_a_line_that_is_listed_stays_listed(parts: list[Facts]) -> None:
    """Of all lines that a reliable list holds, each is in the joined total, ran or not."""
    coverage = merge(parts).coverage
    listed = 0
    for facts in parts:
        for file in facts.coverage.files if facts.coverage else ():
            if file.executable is not None and file.stated is None:
                listed |= file.executable
    joined = 0
    for one in coverage.files if coverage else ():
        joined |= one.executable or 0
    assert listed & ~joined == 0


@LAW
@given(apart())
def test_an_open_finding_stays_open(parts: list[Facts]) -> None:
    results = [result for facts in parts if facts.findings for result in facts.findings.results]
    findings = merge(parts).findings
    items = findings.items if findings else ()
    opened = {one.tool for one in results if one.counts and not one.suppressed}
    assert opened == {tool for item in items if item.state == "open" for tool in item.tools}
    if not any(one.fingerprints for one in results):
        lines = {(one.tool, one.line) for one in results if one.counts and not one.suppressed}
        assert lines == {(tool, item.line) for item in items if item.state == "open" for tool in item.tools}


@LAW
@given(apart(), join_rules())
def test_each_artifact_is_in_the_index_and_each_problem_is_told(parts: list[Facts], rules: JoinRules) -> None:
    evidence = merge(parts, rules)
    assert [item.path for item in evidence.items] == sorted(facts.source.path for facts in parts)
    assert {(facts.source.path, one.kind) for facts in parts for one in facts.problems} <= {
        (one.path, one.kind) for one in evidence.problems
    }
    assert list(evidence.ledger) == sorted(set(evidence.ledger))


@LAW
@given(many_facts(), join_rules())
def test_counts_add_up(parts: list[Facts], rules: JoinRules) -> None:
    evidence = merge(parts, rules)
    counts = count_cases(evidence.cases)
    assert counts.total == counts.passed + counts.failed + counts.errored + counts.skipped
    assert [case.id for case in evidence.cases] == sorted({case.id for case in evidence.cases})
    if evidence.findings is not None:
        assert sum(item.results for item in evidence.findings.items) == evidence.findings.total
        assert len({item.id for item in evidence.findings.items}) == len(evidence.findings.items)
    for file in evidence.coverage.files if evidence.coverage else ():
        assert (
            0 <= file.lines.covered <= (file.lines.covered if file.lines.total is None else file.lines.total)
        )
        assert file.branches is None or 0 <= file.branches.covered <= (file.branches.total or 0)
