"""Every coverage file that is ours: what it is taken for, its counts, who wrote it, what is said of it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.formats.coverage_reading import FILES, facts_of, format_of, parts_of, warned, words

Row = tuple[int, str, str, str, tuple[str, ...], tuple[str, ...]]

# file -> files, lines, branches, producer, warnings that leave doubt, and others
ROWS: Mapping[str, Row] = {
    "clover/clover-no-project.xml": (0, "0/0", "", "Clover 4.4", ("no files",), ()),
    "clover/gcovr8_mini_clover.xml": (3, "17/19", "", "", (), ()),
    "clover/vitest_clover.xml": (2, "8/20", "1/4", "Istanbul", (), ()),
    "cobertura/c8_cobertura.xml": (3, "7/22", "11/14", "", (), ()),
    "cobertura/cobertura-no-packages.xml": (0, "0/0", "", "", ("no files", "stated totals differ"), ()),
    "cobertura/cobertura-odd-values.xml": (
        1,
        "4/7",
        "",
        "",
        ("odd line numbers",),
        ("odd counts", "stated totals differ"),
    ),
    "cobertura/coverage-path-traversal.xml": (8, "8/8", "", "", (), ("no file name",)),
    "cobertura/dc_a.xml": (1, "2/3", "", "", (), ("stated totals differ",)),
    "cobertura/dc_b.xml": (1, "1/1", "", "", (), ()),
    "cobertura/gc_dup.xml": (1, "2/2", "", "", (), ("stated totals differ",)),
    "cobertura/gc_empty.xml": (1, "0/0", "", "", ("no lines",), ()),
    "cobertura/gc_rel.xml": (1, "1/1", "", "", (), ()),
    "cobertura/gc_src2.xml": (1, "1/1", "", "", (), ()),
    "cobertura/gcovr8_mini_cobertura.xml": (3, "17/19", "11/14", "gcovr 8.8", (), ()),
    "cobertura/mini_cov4.5.4_branch.xml": (4, "30/42", "13/20", "coverage.py 4.5.4", (), ()),
    "cobertura/mini_covcur_branch.xml": (4, "30/39", "11/14", "coverage.py 7.17.3", (), ()),
    "coveragepy-json/coveragepy-nan.json": (
        1,
        "1/3",
        "",
        "coverage.py 7.0",
        ("repeated key", "stated totals differ"),
        ("not a number",),
    ),
    "coveragepy-json/mini_cov5.5_branch.json": (4, "30/42", "11/14", "coverage.py 5.5", (), ()),
    "coveragepy-json/mini_cov7.2.7_branch.json": (4, "30/39", "11/14", "coverage.py 7.2.7", (), ()),
    "coveragepy-json/mini_covcur_branch.json": (4, "30/39", "11/14", "coverage.py 7.17.3", (), ()),
    "coveragepy-json/mini_ctx.json": (4, "30/39", "11/14", "coverage.py 7.17.3", (), ()),
    "coveragepy-sqlite/coveragepy-schema-99.coverage": (
        5,
        "10/?",
        "",
        "coverage.py 7.0",
        ("unknown version",),
        (),
    ),
    "coveragepy-sqlite/mini_cov4.5.4_branch.coverage": (4, "32/?", "", "coverage.py 4", (), ()),
    "coveragepy-sqlite/mini_cov5.5_branch.coverage": (4, "32/?", "", "coverage.py 5.5", (), ()),
    "coveragepy-sqlite/mini_covcur_branch.coverage": (4, "32/?", "", "coverage.py 7.17.3", (), ()),
    "coveragepy-sqlite/mini_ctx.coverage": (4, "32/?", "", "coverage.py 7.17.3", (), ()),
    "gcovr-json/gcovr-future-version.json": (1, "1/2", "0/0", "gcovr", ("unknown version",), ()),
    "gcovr-json/gcovr8_mini.json": (3, "17/19", "11/14", "gcovr", (), ()),
    "go/go-odd.out": (1, "5/5", "", "", ("garbage lines",), ()),
    "go/go119_set.out": (1, "14/14", "", "", (), ("missed statements",)),
    "istanbul/c8_istanbul.json": (3, "7/22", "11/14", "Istanbul", (), ()),
    "istanbul/istanbul-odd.json": (2, "1/2", "0/0", "Istanbul", (), ("two paths", "missing counts")),
    "istanbul/vitest_istanbul.json": (2, "8/20", "1/4", "Istanbul", (), ()),
    "jacoco/gcovr8_mini_jacoco.xml": (3, "17/19", "11/14", "gcovr", (), ("counters only",)),
    "jacoco/jacoco-no-lines.xml": (1, "7/10", "3/4", "", ("counters only",), ()),
    "lcov/gcovr8_mini.lcov": (3, "17/19", "11/14", "", (), ()),
    "lcov/lcov-odd.info": (
        2,
        "4/7",
        "1/3",
        "",
        ("garbage lines", "unfinished record"),
        ("odd counts", "unknown records", "stated totals differ"),
    ),
    "lcov/lcov1_mini.info": (3, "17/19", "13/16", "", (), ()),
    "lcov/mini_cov7.2.7_branch.lcov": (4, "32/41", "11/14", "", (), ("stated totals differ",)),
    "lcov/mini_covcur_branch.lcov": (4, "30/39", "11/14", "", (), ()),
}


def test_every_file_has_its_row() -> None:
    found = {
        path.relative_to(FILES).as_posix()
        for path in FILES.rglob("*")
        if path.is_file() and path.parent.name != "broken"
    }
    assert found == set(ROWS)


@pytest.mark.parametrize("name", ROWS)
def test_a_file_is_read_as_its_row_says(name: str) -> None:
    data = (FILES / name).read_bytes()
    files, lines, branches, producer, doubts, others = ROWS[name]
    facts = facts_of(data)
    assert format_of(data) == name.partition("/")[0]
    assert len(facts.files) == files
    assert words(facts.line_counts()) == lines
    assert words(facts.branch_counts()) == branches
    assert parts_of(data).producer == producer
    assert warned(data) == dict.fromkeys(doubts, True) | dict.fromkeys(others, False)
