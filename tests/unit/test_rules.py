from __future__ import annotations

from msgspec import structs

from reportgen.model.evidence import Evidence
from reportgen.model.states import Severity
from reportgen.rules import examine
from reportgen.rules.base import Found, Skipped
from reportgen.rules.covers_nothing import apply
from reportgen.rules.examination import module_of
from reportgen.rules.table import RULES
from tests.unit.judge_evidence import audit, case, evidence, file, item, many, scan

(RG001,) = RULES
CASES = [case("a"), case("b"), case("c", "failed"), case("d", "skipped"), case("e", layer="e2e", cited="E4")]
COVERED = file("a.py", {1, 2}, {1, 2, 3}, by_tests={1}, tests=((0, 2), (1, 0)))
CONTEXTS = ("unit/C.a", "unit/C.b")


def joined(*contexts: str) -> Evidence:
    items = [item(1, "junit.xml"), item(2, "coverage.xml"), item(4, "e2e.xml")]
    return evidence(CASES, files=[COVERED], contexts=contexts or CONTEXTS, items=items)


def test_a_passing_test_without_a_line_of_its_own_covered_nothing() -> None:
    found = apply(joined(), RG001)
    assert isinstance(found, Found)
    (only,) = found.findings
    # c failed, d was skipped, and no context was recorded for the run of e
    assert (only.id, only.symbol, only.results, only.severity) == ("RG001-1", "unit/C.b", 0, Severity.INFO)
    assert only.message == "b passed, and no line of the measured code ran in it"
    assert only.evidence == ("E1",)


def test_a_rule_that_cannot_run_says_why() -> None:
    reasons = [
        apply(evidence(), RG001),
        apply(evidence(CASES), RG001),
        apply(evidence(CASES, files=[file("a.py", {1}, {1})]), RG001),
        apply(joined("other", "names"), RG001),
    ]
    assert reasons == [
        Skipped("there are no test results"),
        Skipped("there is no coverage"),
        Skipped("the coverage records no contexts"),
        Skipped("no context of the coverage is a test of the results"),
    ]


def test_examining_adds_findings_and_changes_nothing_else() -> None:
    before = joined()
    after = examine(before)
    assert len(after.observations) == 1
    assert structs.replace(after, observations=()) == before
    assert examine(evidence(CASES)).rules_skipped == (("RG001", "there is no coverage"),)


def test_our_own_findings_take_no_points_and_are_no_results() -> None:
    scanned = structs.replace(joined(), findings=scan())
    plain, examined = audit(scanned), audit(examine(scanned))
    assert examined.score == plain.score
    assert examined.findings is not None
    assert (examined.findings.total, examined.findings.distinct, examined.findings.by_rule) == (0, 1, {})
    assert examined.findings.by_severity == {"info": 1}


def test_our_own_findings_are_no_scan() -> None:
    found = audit(examine(joined()))
    gates = {gate.name: gate.state.value for gate in found.gates}
    assert gates["no-critical-finding"] == "not_applicable"
    assert [one.score for one in found.criteria if one.name == "findings"] == [None]


def test_every_rule_has_a_module_and_a_docstring_that_names_it() -> None:
    for rule in RULES:
        doc = module_of(rule).__doc__ or ""
        assert doc.startswith(f"{rule.id}: ")
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_skipped_rules_are_told_in_the_method() -> None:
    said = audit(examine(evidence(many("p")))).method
    assert "The rule RG001 was skipped: there is no coverage." in said
