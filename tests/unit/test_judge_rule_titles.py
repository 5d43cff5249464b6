"""What the report says of a rule: ruff's titles hold places for names, which only its messages fill."""

from __future__ import annotations

import pytest
from msgspec import structs

from reportgen.model.findings import Rule
from tests.unit.judge_evidence import audit, evidence, finding, scan


@pytest.mark.parametrize(
    ("summary", "messages", "said"),
    [
        ("Line too long ({width} > {limit})", ("Line too long (104 > 88)",), "Line too long (104 > 88)"),
        ("`{name}` imported but unused", ("`os` is", "`re` is"), "`…` imported but unused"),
        ("A set {1, 2} or a {Dict}", ("m",), "A set {1, 2} or a {Dict}"),
        ("", ("m",), "its-name"),
    ],
)
def test_a_title_with_places_is_filled_or_shown_without(
    summary: str, messages: tuple[str, ...], said: str
) -> None:
    items = [structs.replace(finding("X1", line=n), message=each) for n, each in enumerate(messages, start=1)]
    told = structs.replace(scan(*items), rules={"X1": Rule(id="X1", name="its-name", summary=summary)})
    found = audit(evidence(findings=told)).findings
    assert found is not None
    assert [row.summary for row in found.rules] == [said]
