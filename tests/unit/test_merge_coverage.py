"""Lines, branches and contexts of one file over several reports."""

from __future__ import annotations

import pytest

from reportgen.merge import merge
from reportgen.merge.lines import spans
from reportgen.model.coverage import FileCoverage, Ratio
from reportgen.model.evidence import JoinRules
from reportgen.model.facts import Facts
from tests.unit.merge_facts import bits, case, covered, file_of, found, junit, lines, paths_of, result, rows


def test_lines_are_united_and_a_miss_that_one_does_not_list_stays() -> None:
    """The pair dc_a.xml and dc_b.xml."""
    evidence = merge(
        [covered("dc_a.xml", lines("x.py", (1, 4), (5,))), covered("dc_b.xml", lines("x.py", (1,)))]
    )
    assert file_of(evidence, "x.py").lines == Ratio(2, 3)
    assert rows(evidence, "line not listed") == [("x.py", "lines 4-5 can run", "dc_b.xml does not list them")]


def test_a_line_that_ran_in_one_shard_has_run() -> None:
    joined = file_of(
        merge([covered("a.xml", lines("x.py", (1,), (2, 3))), covered("b.xml", lines("x.py", (2,), (1, 3)))]),
        "x.py",
    )
    assert (joined.lines, joined.executable, joined.covered) == (Ratio(2, 3), bits(1, 2, 3), bits(1, 2))
    assert joined.evidence == ("E1", "E2")


def test_a_data_file_alone_has_no_total_and_with_a_report_it_has() -> None:
    data = covered(".coverage", lines("/w/src/x.py", (1, 2, 9), None), form="coveragepy-sqlite")
    alone = merge([data])
    assert alone.coverage is not None
    assert alone.coverage.line_counts() == Ratio(3, None)
    assert alone.items[0].holds == "1 file, 3 lines run"
    both = merge([data, covered("c.xml", lines("src/x.py", (1,), (2, 3)))])
    assert both.coverage is not None
    assert both.coverage.line_counts() == Ratio(2, 3)
    assert both.coverage.unlisted_lines == 1


def stated(path: str, ran: tuple[int, ...], missed: tuple[int, ...], part: int, whole: int) -> FileCoverage:
    return FileCoverage(
        path=path,
        executable=bits(*ran, *missed),
        covered=bits(*ran),
        stated=(part, whole),
        stated_branches=(1, 4),
    )


STATED = [
    # files of evidence of one file, lines
    pytest.param([stated("x", (1, 2, 3), (4,), 2, 3)], Ratio(2, 3), id="alone: as stated"),
    pytest.param(
        [stated("x", (1, 2, 3), (4, 5), 2, 4), stated("x", (1, 4), (2, 3, 5), 1, 4)],
        Ratio(3, 4),
        id="missed lines are statements: what both missed is missed",
    ),
    pytest.param(
        [stated("x", (1, 2, 3), (4, 5), 10, 20), stated("x", (4, 5), (1, 2, 3), 12, 20)],
        Ratio(12, 20),
        id="lines are no statements: the lower bound",
    ),
    pytest.param(
        [stated("x", (1, 2, 3), (4,), 2, 3), lines("x", (2,), (3, 4))],
        Ratio(2, 3),
        id="a list that is sure counts",
    ),
    pytest.param(
        [stated("x", (1, 2), (7,), 2, 3), lines("x", (1, 2))], Ratio(2, 3), id="its misses are statements too"
    ),
    pytest.param(
        [stated("x", (1, 2, 3), (4,), 2, 3), lines("x", (4,), None)],
        Ratio(3, 3),
        id="with a data file of the run",
    ),
    pytest.param([FileCoverage(path="x", stated=(3, 4))], Ratio(3, 4), id="counts without lines"),
    pytest.param(
        [FileCoverage(path="x", stated=(3, 4)), FileCoverage(path="x", stated=(2, 5))],
        Ratio(3, 5),
        id="two counts without lines",
    ),
]


@pytest.mark.parametrize(("files", "ratio"), STATED)
def test_stated_counts(files: list[FileCoverage], ratio: Ratio) -> None:
    parts = [covered(f"{number}.json", file) for number, file in enumerate(files)]
    assert file_of(merge(parts), "x").lines == ratio
    assert file_of(merge(reversed(parts)), "x").lines == ratio


def test_statements_that_differ_in_number_are_told() -> None:
    files = [stated("x", (1, 2), (4,), 2, 3), stated("x", (1, 2, 3), (6, 7), 3, 5)]
    told = [
        row for row in merge([covered("a", files[0]), covered("b", files[1])]).ledger if row.subject == "x"
    ]
    assert [(row.kind, row.kept, row.overridden, row.evidence) for row in told] == [
        ("line counts", "5 statements, the most that one file states", "3 in a", ("E1",))
    ]


def counted(
    branches: dict[int, tuple[int, int]] | None = None, arms: dict[str, bool] | None = None
) -> FileCoverage:
    return FileCoverage(path="x", executable=2, covered=2, branches=branches or {}, arms=arms or {})


BRANCHES = [
    # (format, file)…, branches, is it a lower bound
    pytest.param([("lcov", counted(arms={"1:0:0": True, "1:0:1": False}))], Ratio(1, 2), False, id="arms"),
    pytest.param(
        [("lcov", counted(arms={"1:0:0": True, "1:0:1": False})), ("lcov", counted(arms={"1:0:1": True}))],
        Ratio(2, 2),
        False,
        id="arms of two shards are united",
    ),
    pytest.param(
        [("cobertura", counted({1: (1, 2)})), ("cobertura", counted({1: (1, 2)}))],
        Ratio(1, 2),
        True,
        id="counts of two shards are a lower bound",
    ),
    pytest.param(
        [("cobertura", counted({1: (0, 2)})), ("cobertura", counted({1: (1, 2), 3: (2, 2)}))],
        Ratio(3, 4),
        False,
        id="counts where nothing is lost",
    ),
    pytest.param(
        [("lcov", counted(arms={"1:0:0": True, "1:0:1": True})), ("cobertura", counted({1: (1, 2)}))],
        Ratio(2, 2),
        True,
        id="two formats of one run are not added up",
    ),
    pytest.param(
        [
            ("lcov", counted(arms={"1:a:0": True, "1:a:1": True})),
            ("gcovr-json", counted(arms={"1:b:0": False})),
        ],
        Ratio(2, 2),
        True,
        id="names of two formats are not united",
    ),
    pytest.param(
        [
            ("lcov", counted(arms={"1:0:0": True, "1:0:1": False, "2:0:0": True})),
            ("lcov", counted(arms={"1:0:0": False, "1:e0:1": True, "2:0:0": False})),
        ],
        Ratio(2, 3),
        True,
        id="two tools that name the arms of a line differently are two views",
    ),
    pytest.param(
        [
            ("lcov", counted(arms={"1:0:0": True, "1:0:1": False})),
            ("lcov", counted(arms={"2:0:0": False, "2:0:1": True})),
        ],
        Ratio(2, 4),
        False,
        id="arms of other lines are added",
    ),
    pytest.param(
        [("cobertura", counted({1: (2, 2)})), ("lcov", counted(arms={"7:0:0": True, "7:0:1": True}))],
        Ratio(2, 2),
        False,
        id="two formats that put a branch on different lines",
    ),
    pytest.param([("cobertura", counted())], None, False, id="no branches measured"),
]


@pytest.mark.parametrize(("files", "ratio", "bound"), BRANCHES)
def test_branches(files: list[tuple[str, FileCoverage]], ratio: Ratio | None, bound: bool) -> None:
    parts = [covered(f"{number}.out", file, form=form) for number, (form, file) in enumerate(files)]
    evidence = merge(parts)
    assert file_of(evidence, "x").branches == ratio
    assert bool(rows(evidence, "branch lower bound")) is bound


def test_no_branch_in_a_file_where_branches_were_measured_is_nothing_of_nothing() -> None:
    evidence = merge([covered("a.xml", lines("x", (1,)), has_branches=True)])
    assert file_of(evidence, "x").branches == Ratio(0, 0)


def test_stated_branches() -> None:
    alone = covered("a.json", stated("x", (1,), (), 1, 1))
    assert file_of(merge([alone]), "x").branches == Ratio(1, 4)
    both = merge([alone, covered("b.lcov", counted(arms={"1:0:0": True, "1:0:1": False}), form="lcov")])
    assert file_of(both, "x").branches == Ratio(1, 2)
    assert rows(both, "branch counts") != []


def test_each_layer_has_what_its_own_evidence_reached() -> None:
    evidence = merge(
        [
            covered("unit/c.xml", lines("x.py", (1,), (2, 3))),
            covered("e2e/c.xml", lines("x.py", (2,), (1, 3)), lines("y.py", (), (1,))),
        ]
    )
    assert file_of(evidence, "x.py").by_layer == {
        "e2e": (bits(1, 2, 3), bits(2)),
        "unit": (bits(1, 2, 3), bits(1)),
    }
    assert file_of(evidence, "y.py").by_layer == {"e2e": (bits(1), 0)}


def test_include_and_exclude_are_counted() -> None:
    part = covered("c.xml", lines("src/a.py", (1,)), lines("src/gen/b.py", (1,)), lines("tests/c.py", (1,)))
    evidence = merge([part], JoinRules(include=("src",), exclude=("gen",)))
    assert evidence.coverage is not None
    assert (paths_of(evidence), evidence.coverage.excluded) == (["src/a.py"], 2)


def test_files_without_a_path_are_not_taken_for_one() -> None:
    parts = [covered("a.xml", lines("", (1,))), covered("b.xml", lines("", (), (1,)))]
    assert paths_of(merge(parts)) == ["(no path) in a.xml", "(no path) in b.xml"]


def in_contexts(path: str, contexts: dict[str, tuple[int, ...]], layer: str = "") -> Facts:
    ran = tuple(line for found in contexts.values() for line in found)
    names = tuple(contexts)
    file = FileCoverage(
        path="x.py",
        covered=bits(*ran),
        contexts=tuple((n, bits(*contexts[name])) for n, name in enumerate(names)),
    )
    return covered(path, file, contexts=names, form="coveragepy-sqlite", layer=layer)


def test_contexts_meet_the_tests() -> None:
    data = in_contexts(
        ".coverage",
        {
            "": (1, 2),
            "tests/unit/test_x.py::TestX::test_a|setup": (3,),
            "tests/unit/test_x.py::TestX::test_a|run": (4, 99),
            "tests/unit/test_x.py::TestX::test_b[a/b.py::c-1|2]|run": (5,),
            "tests/unit/test_x.py::test_gone|run": (6,),
        },
    )
    results = junit(
        "j.xml",
        case("test_a", classname="tests.unit.test_x.TestX"),
        case("test_b[a/b.py::c-1|2]", classname="tests.unit.test_x.TestX"),
    )
    evidence = merge([data, results, covered("c.xml", lines("x.py", (1,), (2, 3, 4, 5, 6, 7)))])
    assert evidence.coverage is not None
    first, second = (one.id for one in evidence.cases)
    assert evidence.coverage.contexts == ("tests/unit/test_x.py::test_gone", first, second)
    joined = file_of(evidence, "x.py")
    assert joined.tests == ((0, bits(6)), (1, bits(3, 4)), (2, bits(5)))
    assert (joined.by_tests, evidence.coverage.by_tests_count()) == (bits(3, 4, 5, 6), 4)


@pytest.mark.parametrize("contexts", [{"": (1,)}, {"": (1,), "linux-py3.11": (2,)}], ids=["empty", "label"])
def test_where_no_context_is_a_test_what_tests_reached_is_not_known(
    contexts: dict[str, tuple[int, ...]],
) -> None:
    evidence = merge([in_contexts(".coverage", contexts)])
    assert file_of(evidence, "x.py").by_tests is None


def test_the_empty_context_and_a_label_are_no_test() -> None:
    evidence = merge([in_contexts(".coverage", {"": (1,), "linux-py3.11": (2,), "t.py::test_a|run": (3,)})])
    assert file_of(evidence, "x.py").by_tests == bits(3)


def test_files_of_one_name_under_different_roots_are_told_if_their_lines_disagree() -> None:
    one, two = lines("m.py", (1,), (2,)), lines("m.py", (1,), (3,))
    evidence = merge([covered("a.xml", one, roots=("/ci/one",)), covered("b.xml", two, roots=("/ci/two",))])
    assert [(problem.kind, problem.path) for problem in evidence.problems] == [("ambiguous-path", "m.py")]
    same = merge([covered("a.xml", one, roots=("/ci/one",)), covered("b.xml", one, roots=("/ci/two",))])
    assert same.problems == ()


def test_paths_of_coverage_and_findings_meet() -> None:
    evidence = merge(
        [
            covered("c.xml", lines("pkg/x.py", (1,)), roots=("/ci/w/src",)),
            found("ruff.json", result("F401", "/home/me/src/pkg/x.py")),
            found("r.sarif", result("F402", "src\\pkg\\x.py")),
        ]
    )
    assert evidence.findings is not None
    assert {item.path for item in evidence.findings.items} | set(paths_of(evidence)) == {"src/pkg/x.py"}
    assert rows(evidence, "path remapped") == [
        ("src/pkg/x.py", "src/pkg/x.py", "/home/me/src/pkg/x.py"),
        ("src/pkg/x.py", "src/pkg/x.py", "pkg/x.py"),
        ("src/pkg/x.py", "src/pkg/x.py", "src\\pkg\\x.py"),
    ]


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ((5,), "line 5"),
        ((3, 4, 5, 9), "lines 3-5, 9"),
        (range(2, 40, 2), "lines 2, 4, 6, 8, 10 and 14 more"),
    ],
)
def test_spans(numbers: tuple[int, ...], text: str) -> None:
    assert spans(bits(*numbers)) == text


def test_what_ran_in_setup_and_teardown_is_a_tests_own_but_not_its_run() -> None:
    name = "tests/unit/test_x.py::test_a"
    data = in_contexts(".c", {f"{name}|setup": (1, 2), f"{name}|run": (2, 3), f"{name}|teardown": (4,)})
    whole = file_of(merge([data]), "x.py")
    assert whole.tests == ((0, bits(1, 2, 3, 4)),)
    assert whole.runs == ((0, bits(2, 3)),)
    plain = file_of(merge([in_contexts(".c", {name: (1,)})]), "x.py")
    assert (plain.tests, plain.runs) == (((0, bits(1)),), None)
