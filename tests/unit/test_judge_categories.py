"""The table of audit metrics: its columns add up to the model's totals."""

from __future__ import annotations

import pytest
from msgspec import structs

from reportgen.model.audit import Audit
from reportgen.model.evidence import JoinedFinding
from reportgen.render.markdown import to_markdown
from reportgen.render.profiles import load_profile
from tests.unit.judge_evidence import audit, case, evidence, finding, scan

CASES = [
    case("t1", classname="tests.unit.test_a.TestA"),
    case("t2", "failed", classname="tests.unit.test_a.TestA"),
    case("t3", flaky=True, classname="tests.unit.test_b"),
    case("t4", classname="tests.unit.test_b"),
    case("t5", layer="e2e", classname="tests.e2e.test_c"),
]


def told(*findings: JoinedFinding) -> dict[str, tuple[int, int | None, int | None, int | None]]:
    found = audit(evidence(CASES, findings=scan(*findings))).categories
    assert found is not None
    return {
        row.name: (row.audited, row.high_quality, row.issues, row.critical)
        for row in (*found.rows, found.total)
    }


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ((), {"e2e": (1, 1, 0, 0), "unit": (4, 2, 0, 0), "total": (5, 3, 0, 0)}),
        (
            (finding("S1", "high", "tests/unit/test_a.py"), finding("S2", "low", "tests/unit/test_b.py")),
            {"e2e": (1, 1, 0, 0), "unit": (4, 1, 2, 1), "total": (5, 2, 2, 1)},
        ),
        (
            (finding("S1", "critical", "src/a.py"), finding("S1", "low", "")),
            {"e2e": (1, 1, 0, 0), "unit": (4, 2, 0, 0), "other code": (0, 0, 2, 1), "total": (5, 3, 2, 1)},
        ),
        (
            (finding("S1", "high", "tests/e2e/test_c.py", state="suppressed"),),
            {"e2e": (1, 1, 0, 0), "unit": (4, 2, 0, 0), "total": (5, 3, 0, 0)},
        ),
        (
            (
                finding("S1", "high", "app/tests/unit/test_a.py"),
                finding("S2", "low", "app/tests/unit/test_x.py"),
            ),
            {"e2e": (1, 1, 0, 0), "unit": (4, 1, 2, 1), "total": (5, 2, 2, 1)},
        ),
        (
            (finding("S1", "high", "tests/unit/test_a.py"), finding("S2", "low", "tests/unit/helper.py")),
            {"e2e": (1, 1, 0, 0), "unit": (4, 1, 1, 1), "other code": (0, 0, 1, 0), "total": (5, 2, 2, 1)},
        ),
        (
            (finding("S1", "high", "tests/unit/[b-a].py"),),
            {"e2e": (1, 1, 0, 0), "unit": (4, 2, 0, 0), "other code": (0, 0, 1, 1), "total": (5, 3, 1, 1)},
        ),
    ],
)
def test_findings_count_where_the_tests_of_their_file_are(
    findings: tuple[JoinedFinding, ...], expected: dict[str, tuple[int, int, int, int]]
) -> None:
    assert told(*findings) == expected


def test_without_a_scan_quality_is_not_known() -> None:
    found = audit(evidence(CASES)).categories
    assert found is not None
    assert (found.total.audited, found.total.high_quality, found.total.issues) == (5, None, None)


def test_without_tests_and_scan_there_is_no_table() -> None:
    assert audit(evidence()).categories is None


def page(found: Audit) -> str:
    profile = structs.replace(load_profile("default"), sections=("audit_metrics", "evidence"))
    return to_markdown(found, profile)


def test_the_table_is_printed_with_its_totals() -> None:
    text = page(audit(evidence(CASES, findings=scan(finding("S1", "high", "tests/unit/test_a.py")))))
    assert "| unit | 4 | 1 | 1 | 1 | [E1](#evidence-index), [E3](#evidence-index) |" in text
    assert "| Total | 5 | 2 | 1 | 1 | [E1](#evidence-index), [E3](#evidence-index) |" in text
    assert "not known" in page(audit(evidence(CASES)))
