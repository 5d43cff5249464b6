"""Which results are one finding, and which state it is in."""

from __future__ import annotations

import pytest
from msgspec import structs

from reportgen.merge import merge
from reportgen.model.evidence import Evidence, JoinedFindings, JoinRules
from reportgen.model.findings import Result
from reportgen.model.states import Severity
from tests.unit.merge_facts import found, result, rows


def findings(evidence: Evidence) -> JoinedFindings:
    assert evidence.findings is not None
    return evidence.findings


ONE = [
    # two results, the number of findings told by two files
    (result("R"), result("R"), 1),
    (result("R"), result("S"), 2),
    (result("R"), result("R", line=2), 2),
    (result("R"), result("R", "b.py"), 2),
    (result("R"), result("R", message="other"), 2),
    (result("R"), result("R", tool="pylint"), 2),
    (result("R", fingerprints={"h": "1"}), result("R", line=2, fingerprints={"h": "1"}), 1),
    (result("R", fingerprints={"h": "1"}), result("R", line=2, fingerprints={"h": "2"}), 2),
    (result("R", fingerprints={"h": "1"}), result("R", line=2, fingerprints={"g": "1"}), 2),
    (result("R", fingerprints={"h": "1"}), result("S", fingerprints={"h": "1"}), 2),
    (result("R", fingerprints={"h": "1"}), result("R", "b.py", fingerprints={"h": "1"}), 2),
    (result("R", fingerprints={"h": "1"}), result("R", tool="pylint", fingerprints={"h": "1"}), 2),
    (
        result("R", fingerprints={"partial:hash": "1", "partial:column": "4"}),
        result("R", line=2, fingerprints={"partial:hash": "1", "partial:column": "4"}),
        1,
    ),
    (
        result("R", fingerprints={"partial:hash": "1", "partial:column": "4"}),
        result("R", line=2, fingerprints={"partial:hash": "2", "partial:column": "4"}),
        2,
    ),
    (result("R", ""), result("R", ""), 1),
]


@pytest.mark.parametrize(("one", "two", "distinct"), ONE)
def test_what_is_one_finding(one: Result, two: Result, distinct: int) -> None:
    joined = findings(merge([found("a.sarif", one), found("b.sarif", two)]))
    assert (joined.total, len(joined.items)) == (2, distinct)
    assert sum(item.results for item in joined.items) == 2


def placed(
    rule: str, *, end_line: int = 0, end_column: int = 0, column: int = 3, tool: str = "eslint"
) -> Result:
    told = result(rule, tool=tool)
    return structs.replace(told, column=column, end_line=end_line, end_column=end_column)


ENDS = [
    # a result of one file, those of another, the number of findings
    (placed("R"), [placed("R", end_line=1, end_column=9)], 1),
    (placed("eslint.rules.R"), [placed("R", end_line=1, end_column=9)], 1),
    (placed("eslint.rules.R", tool="t"), [placed("R", tool="t")], 2),
    (placed("R", column=0), [placed("R", column=0, end_line=1)], 2),
    (placed("R", end_line=2), [placed("R", end_line=1)], 2),
    (placed("R"), [placed("R", end_line=1), placed("R", end_line=2)], 3),
    (placed("R"), [placed("R"), placed("R", end_line=1)], 2),
]


@pytest.mark.parametrize(("one", "others", "distinct"), ENDS)
def test_a_region_without_an_end_is_the_one_that_begins_there(
    one: Result, others: list[Result], distinct: int
) -> None:
    parts = [found("a.xml", one), found("b.json", *others)]
    joined = findings(merge(parts))
    assert len(joined.items) == distinct
    assert findings(merge(reversed(parts))).items == joined.items
    if distinct == 1:
        assert joined.items[0].rule == "R"


def test_a_fingerprint_that_one_file_gives_to_two_results_joins_nothing() -> None:
    shared = [result("R", line=line, fingerprints={"h": "1"}) for line in (1, 2)]
    assert len(findings(merge([found("a.sarif", *shared)])).items) == 2
    evidence = merge(
        [found("a.sarif", *shared), found("b.sarif", result("R", line=3, fingerprints={"h": "1"}))]
    )
    assert len(findings(evidence).items) == 3
    assert len(rows(evidence, "shared fingerprint")) == 1


def test_a_whole_fingerprint_is_shown_before_a_part_of_one() -> None:
    told = result("R", fingerprints={"partial:hash": "1", "whole": "2"})
    (item,) = findings(merge([found("a.sarif", told)])).items
    assert item.fingerprint == "whole:2"


STATES = [
    # results, state
    ([result("R")], "open"),
    ([result("R", suppressed=True)], "suppressed"),
    ([result("R", counts=False)], "not a finding"),
    ([result("R", counts=False, baseline="absent")], "absent"),
    ([result("R", suppressed=True), result("R")], "open"),
    ([result("R"), result("R", suppressed=True)], "open"),
    ([result("R", counts=False), result("R", suppressed=True)], "suppressed"),
    ([result("R", counts=False, baseline="absent"), result("R")], "open"),
]


@pytest.mark.parametrize(("results", "state"), STATES)
def test_state(results: list[Result], state: str) -> None:
    evidence = merge(found(f"{number}.sarif", one) for number, one in enumerate(results))
    (item,) = findings(evidence).items
    assert item.state == state
    assert bool(rows(evidence, "finding state")) is (len(results) > 1)


def test_the_worst_severity_counts() -> None:
    evidence = merge(
        [found("a.sarif", result("R", severity=Severity.LOW), result("R", severity=Severity.HIGH))]
    )
    (item,) = findings(evidence).items
    assert (item.severity, item.results) == ("high", 2)
    assert rows(evidence, "severity") == [("R at a.py:1", "high", "low")]


def test_counts_are_of_results_and_ids_are_stable() -> None:
    one = merge([found("a.sarif", result("R"), result("S", suppressed=True))])
    two = merge([found("b.sarif", result("S", suppressed=True), result("R"), result("Q"))])
    assert (findings(one).total, findings(one).suppressed, findings(one).by_level) == (2, 1, {"error": 2})
    assert {item.id for item in findings(one).items} < {item.id for item in findings(two).items}
    assert [item.id for item in findings(two).items] == sorted(item.id for item in findings(two).items)


def test_three_findings_replaced_by_three_others_are_six() -> None:
    """The pair sa_old.sarif and sa_new.sarif."""
    old = found("old.sarif", *(result("R1", "a.py", line) for line in (1, 2, 3)))
    new = found("new.sarif", *(result("R1", "newfile.py", line) for line in (500, 501, 502)))
    assert len(findings(merge([old, new])).items) == 6


def test_include_and_exclude_are_counted() -> None:
    part = found(
        "a.sarif", result("R", "src/a.py"), result("R", "gen/a.py"), result("R", ""), examined=("gen/b.py",)
    )
    joined = findings(merge([part], JoinRules(exclude=("gen/**",))))
    assert (joined.total, joined.excluded, joined.examined) == (2, 1, ())


def test_examined_files_are_united_and_unknown_stays_unknown() -> None:
    assert findings(merge([found("a.sarif", result("R"))])).examined is None
    both = merge(
        [found("a.sarif", examined=("a.py",)), found("b.sarif", examined=("./b.py",)), found("c.sarif")]
    )
    assert findings(both).examined == ("a.py", "b.py")


def test_no_scan_is_not_a_clean_scan() -> None:
    assert merge([]).findings is None
    clean = merge([found("a.sarif")])
    assert findings(clean).total == 0
    assert (clean.items[0].holds, clean.items[0].has_facts) == ("0 results", True)
