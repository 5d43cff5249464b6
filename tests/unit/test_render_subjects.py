"""The section on subjects: what hangs on each, and whether its tests protect it."""

from __future__ import annotations

from fractions import Fraction

from msgspec import structs

from reportgen.model.audit_coverage import Measure
from reportgen.model.evidence import JoinedCounts
from reportgen.model.states import State
from reportgen.model.subjects import Links, Standing, SubjectResult
from reportgen.render.markdown import to_markdown
from reportgen.render.profiles import load_profile
from tests.sample_audit import sample_audit


def subject(name: str, state: State, standing: Standing, **fields: object) -> SubjectResult:
    told = SubjectResult(
        name=name,
        kind="component",
        title="",
        owner="",
        criticality="",
        value="",
        source="reportgen.toml",
        state=state,
        standing=standing,
        reason=f"Because of {name}.",
        counts=JoinedCounts(total=3, passed=2, skipped=1),
        evidence=("E1",),
    )
    return structs.replace(told, **fields)


def printed(*subjects: SubjectResult, limit: int = 25, unplaced: int = 0) -> str:
    audit = structs.replace(sample_audit(), subjects=subjects, links=Links(unplaced=unplaced))
    profile = structs.replace(
        load_profile("default"), sections=("header", "subjects", "evidence"), list_limit=limit
    )
    return to_markdown(audit, profile)


def rows_of(markdown: str) -> list[list[str]]:
    section = markdown[markdown.index("## Subjects") :]
    table = next(block for block in section.split("\n\n") if block.startswith("| Subject"))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.split("\n")]


def test_the_worst_comes_first_and_the_most_critical_of_them() -> None:
    markdown = printed(
        subject("good", State.PASS, "protected"),
        subject("low", State.FAIL, "at risk", criticality="low"),
        subject("high", State.FAIL, "at risk", criticality="high"),
        subject("none", State.UNKNOWN, "unknown", counts=JoinedCounts()),
        unplaced=7,
    )
    _, _, *rows = rows_of(markdown)
    assert [row[0] for row in rows] == ["high", "low", "none", "good"]
    assert [row[5] for row in rows] == ["2 of 2", "2 of 2", "none", "2 of 2"]
    assert "4 subjects: 1 protected, 2 at risk, 1 not known." in markdown
    assert "tests belong to no subject." in markdown


def test_a_column_that_has_nothing_is_left_out() -> None:
    header, _, row = rows_of(printed(subject("a", State.PASS, "protected")))
    assert header == [
        "Subject",
        "Kind",
        "State",
        "Standing",
        "Tests passed",
        "Lines covered",
        "Why",
        "Evidence",
    ]
    assert len(row) == len(header)
    full = subject(
        "a",
        State.WARN,
        "protected",
        title="Payments",
        owner="ana",
        criticality="critical",
        value="$500K ARR",
        coverage=Measure(covered=1, total=2, percent=Fraction(50)),
        findings={"high": 1, "low": 2},
        waivers=("W1", "W2"),
    )
    header, line, row = rows_of(printed(full))
    assert len(row) == len(header) == len(line)
    assert dict(zip(header, row, strict=True)) == {
        "Subject": "Payments (a)",
        "Kind": "component",
        "State": "⚠️ **WARN**",
        "Standing": "protected",
        "Criticality": "critical",
        "Value": "`$500K` ARR",
        "Owner": "ana",
        "Tests passed": "2 of 2",
        "Lines covered": "50.0 %",
        "Open findings": "1 high, 2 low",
        "Waivers": "W1, W2",
        "Why": "Because of a.",
        "Evidence": "[E1](#evidence-index)",
    }


def test_a_long_list_is_cut_and_says_so() -> None:
    many = [subject(f"s{n:02}", State.PASS, "protected") for n in range(9)]
    markdown = printed(*many, limit=3)
    assert len(rows_of(markdown)) == 2 + 3
    assert "… and 6 more subjects; all of them are in `audit.json` under `subjects`." in markdown


def test_without_components_there_is_no_section() -> None:
    assert "## Subjects" not in printed()
    assert "## Subjects" not in printed(subject("R-1", State.PASS, "protected", kind="requirement"))
