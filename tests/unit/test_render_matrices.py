"""Matrices as they are printed: cells that lead to their tests, and tables that add up."""

from __future__ import annotations

import re

from msgspec import structs

from reportgen.model.profile import Profile
from reportgen.render.html_page import to_html
from reportgen.render.markdown import to_markdown
from reportgen.render.profiles import load_profile
from reportgen.render.row_anchor import led_to_list
from tests.sample_audit import sample_audit
from tests.unit.matrix_parts import cell_cases, counted, made, placed

_COUNTED = re.compile(r"(\d+)/(\d+)")


def printed(outcomes: list[str], *, limit: int = 25, name: str = "subject") -> tuple[str, str]:
    """Print a matrix of a row for each text of outcomes, and return its Markdown and its HTML."""
    groups = [cell_cases(each, "unit" if n % 2 else "e2e", f"C{n}") for n, each in enumerate(outcomes)]
    subjects = [
        placed(f"{name} {n}", *group, value="$5" if n else "") for n, group in enumerate(groups, start=1)
    ]
    cases = [case for group in groups for case in group]
    audit = structs.replace(
        sample_audit(), tests=counted(cases), matrices=tuple(made(cases, *subjects).values())
    )
    profile = structs.replace(profile_of(), list_limit=limit)
    markdown = to_markdown(audit, profile)
    return markdown, to_html(markdown, audit, profile)


def profile_of() -> Profile:
    return structs.replace(load_profile("default"), sections=("header", "matrices", "evidence"))


def rows_of(markdown: str) -> list[list[str]]:
    lines = markdown[markdown.index("### Subjects by layer") :].split("\n\n")
    table = next(block for block in lines if block.startswith("| Row | Subject | Status"))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.split("\n")]


def test_a_cell_says_its_state_and_counts_and_leads_to_the_tests() -> None:
    markdown, _ = printed(["pp", "pfs", "", "s"])
    header, _, first, second, third, fourth, total = rows_of(markdown)
    assert header == ["Row", "Subject", "Status", "Tests", "unit", "e2e", "Impact"]
    assert first[3:6] == ["2", "❔ none", "[✅ 2/2](#tests-of-the-subjects)"]
    assert second[2:5] == ["❌ **FAILING**", "3", "[❌ 1/2, 1 skipped](#tests-of-the-subjects)"]
    assert third[2:6] == ["❔ **GAP**", "0", "❔ none", "❔ none"]
    assert fourth[4] == "[❔ 1 skipped](#tests-of-the-subjects)"
    assert total == ["Total", "–", "–", "6", "1/2, 2 skipped", "2/2", "–"]


def test_a_long_matrix_prints_the_worst_rows_and_still_adds_up() -> None:
    markdown, _ = printed(["pp", "p", "pf", "p", "p", "ppp"], limit=2)
    _, _, *rows, total = rows_of(markdown)
    assert [row[2] for row in rows[:2]] == ["❌ **FAILING**", "⚠️ **GOOD**"]
    assert rows[2][1].startswith("4 more")
    assert sum(int(row[3]) for row in rows) == int(total[3]) == 10
    for column in (4, 5):
        found = [_COUNTED.search(row[column]) for row in rows]
        sums = [sum(int(each[part]) for each in found if each) for part in (1, 2)]
        assert total[column] == f"{sums[0]}/{sums[1]}"


def test_a_row_whose_cells_pass_says_why_it_is_not_complete() -> None:
    case = cell_cases("p", "unit", "C")
    risky = structs.replace(placed("S", *case), standing="at risk", reason="1 critical finding is open.")
    audit = structs.replace(sample_audit(), tests=counted(case), matrices=tuple(made(case, risky).values()))
    assert "- S1 is GOOD, not COMPLETE: 1 critical finding is open." in to_markdown(audit, profile_of())


def test_the_page_leads_from_a_cell_to_the_very_row() -> None:
    _, html = printed(["pp", "pf"])
    assert '<tr id="S1">' in html
    assert '<tr id="S2">' in html
    assert '<a href="#S1">✅ 2/2</a>' in html
    assert '<a href="#S2">❌ 1/2</a>' in html
    assert "#tests-of-the-subjects" not in html


def test_a_name_from_outside_stays_text() -> None:
    markdown, html = printed(["p"], name="<b>|x](#tests-of-the-subjects) `")
    assert "<b>" not in html
    assert len({len(row) for row in rows_of(markdown.replace(r"\|", ""))}) == 1


def test_cells_follow_the_heading_of_the_list() -> None:
    markdown, _ = printed(["p"])
    moved = led_to_list(markdown.replace("### Tests of the subjects", "#### 3.2 What we tested"))
    assert "[✅ 1/1](#32-what-we-tested)" in moved
    assert led_to_list(markdown) == markdown


def test_nothing_is_printed_without_a_matrix() -> None:
    assert "Matri" not in to_markdown(sample_audit(), profile_of())
