"""The audit of compliance has all its sections, in their order, whatever was measured."""

from __future__ import annotations

import re

import pytest

from reportgen.model.audit import Audit
from reportgen.render.markdown import to_markdown
from reportgen.render.profiles import load_profile
from tests.sample_audit import empty_audit, large_audit, sample_audit
from tests.unit.judge_evidence import audit, case, evidence, finding, scan

SECTIONS = (
    "Executive summary",
    "Audit metrics",
    "Compliance score",
    "Detailed audit findings",
    "Critical issues requiring attention",
    "Remediation recommendations",
    "Compliance checklist",
    "Remediation time",
    "Score after remediation",
    "Audit evidence snapshot",
    "Conclusion",
    "Evidence index",
)
AUDITS = {
    "nothing": audit(evidence()),
    "empty": empty_audit(),
    "one test": audit(evidence([case("t1")])),
    "a finding alone": audit(evidence(findings=scan(finding("S1", "high", "tests/test_a.py")))),
    "sample": sample_audit(),
    "large": large_audit(300, 100),
}


def page(found: Audit) -> str:
    return to_markdown(found, load_profile("compliance"))


@pytest.mark.parametrize("found", AUDITS.values(), ids=AUDITS.keys())
def test_each_section_is_there_in_its_order(found: Audit) -> None:
    headings = re.findall(r"^## (.+)$", page(found), re.MULTILINE)
    assert [each for each in headings if each in SECTIONS] == list(SECTIONS)


def test_areas_have_letters_and_issues_their_numbers() -> None:
    made = page(audit(evidence([case("t1", "failed", "boom")], findings=scan(finding("S1", "high", "a.py")))))
    assert re.findall(r"^### ([A-Z])\. ", made, re.MULTILINE) == list("ABCD")
    assert re.findall(r"^### Issue (\d+): ", made, re.MULTILINE) == ["1", "2"]
    assert "- Files affected: `a.py:1`" in made
    assert re.search(r"^- Solution: ", made, re.MULTILINE)


def test_each_area_is_scored_of_100() -> None:
    made = page(audit(evidence([case("t1"), case("t2", "failed", "boom")])))
    assert "### A. Tests\n\n❌ **FAIL** 50.0/100: 1 of 2 executed tests passed." in made
