"""What the head of a report says of the audit itself."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec import structs

from reportgen.model.about import About, Expected
from reportgen.model.audit import Audit
from reportgen.render.views.about import about_lines, expected_text, unstated_lines
from tests.unit.judge_evidence import audit, case, evidence


def said(about: About, *outcomes: str) -> dict[str, str]:
    cases = [case(f"t{number}", outcome) for number, outcome in enumerate(outcomes)]
    made: Audit = structs.replace(audit(evidence(cases=cases)), about=about)
    return {line.label: line.value for line in about_lines(made)}


def test_nothing_is_said_of_what_is_left_out() -> None:
    assert said(About(), "passed") == {}


def test_what_is_said_is_printed() -> None:
    lines = said(About(auditor="Ada", impact="$5", standards=("A", "B")), "passed")
    assert lines == {"Auditor": "Ada", "At stake": "$5", "Standards": "A, B"}


def test_what_is_asked_for_and_not_stated_is_said_to_be_so() -> None:
    made: Audit = structs.replace(audit(evidence(cases=[case("t", "passed")])), about=About(auditor="Ada"))
    lines = {line.label: line.value for line in unstated_lines(made, ["auditor", "mission", 1, "no such"])}
    assert lines == {"Mission": "not stated; “mission” under [about] in the configuration would state it"}


@pytest.mark.parametrize(
    ("outcomes", "told"),
    [
        (("failed", "errored", "passed"), "measured 66.6 % (2 of 3 executed tests)"),
        (("passed",), "measured 0 % (0 of 1 executed test)"),
        (("skipped",), "not measured, as no test was executed"),
    ],
)
def test_an_expected_share_stands_beside_the_measured_one(outcomes: tuple[str, ...], told: str) -> None:
    expected = Expected(least=Fraction(60), most=Fraction(80))
    lines = said(About(expected_failures=expected), *outcomes)
    assert lines == {"Expected failure rate": f"60 to 80 % by the policy; {told}"}


def test_one_number_is_no_range() -> None:
    assert expected_text(Expected(least=Fraction(5), most=Fraction(5))) == "5 %"
