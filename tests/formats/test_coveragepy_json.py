"""coverage.py's JSON report."""

from __future__ import annotations

import json

import pytest

from tests.formats.coverage_reading import facts_of, format_of, lines, only, warned, words

Json = dict[str, object]


def one(executed: list[int], missing: list[int], summary: Json | None = None, **more: object) -> Json:
    base: Json = {"executed_lines": executed, "missing_lines": missing, "excluded_lines": []}
    counts = {"covered_lines": len(executed), "num_statements": len(executed) + len(missing)}
    return base | {"summary": counts if summary is None else summary} | more


def report(file: Json, *, totals: Json | None = None, **meta: object) -> str:
    described = {"version": "7.6.1", "format": 3, "branch_coverage": False, "show_contexts": False} | meta
    return json.dumps({"meta": described, "files": {"a.py": file}, "totals": totals or {}})


# executed, missing and summary -> lines
SUMMARIES = [
    ([1, 2], [3], {"covered_lines": 2, "num_statements": 3}, "2/3"),
    ([1, 2, 9], [3], {"covered_lines": 2, "num_statements": 3}, "2/3"),
    ([1, 2], [3], {}, "2/3"),
    ([1, 2], [3], {"covered_lines": 3, "num_statements": 3}, "2/3"),
    ([1, 2], [3], {"covered_lines": 9, "num_statements": 10}, "2/3"),
    ([], [], {"covered_lines": 9, "num_statements": 10}, "9/10"),
    ([], [], {"covered_lines": 0, "num_statements": 0}, "0/0"),
    ([0, 1], [0], {"covered_lines": 2, "num_statements": 2}, "2/2"),
]


@pytest.mark.parametrize(("executed", "missing", "summary", "counted"), SUMMARIES)
def test_the_summary_counts_where_it_fits_the_lists(
    executed: list[int], missing: list[int], summary: Json, counted: str
) -> None:
    assert words(only(report(one(executed, missing, summary))).line_counts()) == counted


def test_branches_have_names() -> None:
    branches = {"executed_branches": [[1, 2], [5, -1]], "missing_branches": [[1, 4]]}
    counts: Json = {"covered_lines": 1, "num_statements": 1, "num_branches": 3, "covered_branches": 2}
    file = only(report(one([1], [], counts, **branches), branch_coverage=True))
    assert file.arms == {"1:2": True, "5:-1": True, "1:4": False}
    assert file.stated_branches is None


@pytest.mark.parametrize(
    ("lists", "counted"),
    [
        ({}, "2/3"),
        ({"executed_branches": [[1, 2], [1, 3], [9, 9]], "missing_branches": [[1, 4]]}, "2/3"),
        ({"executed_branches": [], "missing_branches": [[1, 4]]}, "0/1"),
    ],
    ids=["not listed", "more than branches", "contradicted"],
)
def test_stated_branches(lists: Json, counted: str) -> None:
    counts: Json = {"covered_lines": 1, "num_statements": 1, "num_branches": 3, "covered_branches": 2}
    assert words(only(report(one([1], [], counts, **lists), branch_coverage=True)).branch_counts()) == counted


def test_contexts() -> None:
    contexts = {"1": ["", "t::a"], "2": ["t::b"], "3": ["t::a"], "x": ["t::a"]}
    facts = facts_of(report(one([1, 2, 3], []) | {"contexts": contexts}, show_contexts=True))
    (file,) = facts.files
    assert facts.contexts == ("", "t::a", "t::b")
    assert [(facts.contexts[n], lines(bits)) for n, bits in file.contexts] == [
        ("", [1]),
        ("t::a", [1, 3]),
        ("t::b", [2]),
    ]


def test_the_empty_context_is_no_context() -> None:
    facts = facts_of(report(one([1], []) | {"contexts": {"1": [""]}}))
    assert facts.contexts == ()
    assert facts.files[0].contexts == ()


REGION = {"f": one([1], []), "": one([], [])}

ODD = [
    (report(one([1], [2])), {}),
    (report(one([1], [2], functions=REGION, classes=REGION)), {}),
    (report(one([1], [2]), totals={"num_statements": 2, "covered_lines": 1}), {}),
    (
        report(one([1], [2]), totals={"num_statements": 2, "covered_lines": 2}),
        {"stated totals differ": False},
    ),
    (report(one([1], [2]), totals={"num_statements": 9, "covered_lines": 8}), {"stated totals differ": True}),
    (report(one([1], [2], {"covered_lines": 2, "num_statements": 2})), {"stated totals differ": True}),
    (report(one([1], [], {"covered_lines": 1, "num_statements": 1}), format=4), {"unknown version": True}),
    (report(one([], [], {"covered_lines": 3, "num_statements": 3})), {"counters only": True}),
    (
        report(
            one([1], [], {"covered_lines": 1, "num_statements": 1, "num_branches": 2, "covered_branches": 5})
        ),
        {"stated totals differ": True},
    ),
    (report(one([1, 2_000_000], [])), {"odd line numbers": True, "stated totals differ": True}),
    (report(one([], [])), {"no lines": True}),
    (
        report(one([1, 2], [2], {"covered_lines": 2, "num_statements": 2})),
        {"executed and missing": True},
    ),
    (report(one([0, 1], [0], {"covered_lines": 2, "num_statements": 2})), {}),
    (
        report(one([1], [])).replace('"files": {', '"files": {"a.py": {"executed_lines": []}, '),
        {"repeated key": True},
    ),
]


@pytest.mark.parametrize(("text", "kinds"), ODD)
def test_what_is_odd_is_said(text: str, kinds: dict[str, bool]) -> None:
    assert warned(text) == kinds


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (report(one([1], [])), "coveragepy-json"),
        (report(one([1], []))[:-30], "coveragepy-json"),
        ('{"meta": {}, "files": [], "totals": {}}', None),
        ('{"meta": {}, "totals": {}}', None),
    ],
)
def test_what_a_report_is_told_by(text: str, form: str | None) -> None:
    assert format_of(text) == form
