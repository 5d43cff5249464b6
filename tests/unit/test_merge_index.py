"""The evidence index, what is said against evidence, and the ledger as a whole."""

from __future__ import annotations

import msgspec
import pytest

from reportgen.merge import merge
from reportgen.merge.ledger import SHOWN, Ledger
from reportgen.model.artifact import Problem
from reportgen.model.cases import Declared
from reportgen.model.facts import Facts
from tests.unit.merge_facts import case, covered, found, junit, lines, rerun, result, rows, source, unread

HOLDS = [
    # facts, what they hold, whole, has facts
    (junit("a.xml", case("t"), case("u")), "2 tests", True, True),
    (junit("a.xml"), "0 tests", True, False),
    (junit("a.xml", details=(rerun("x", "error", "errored"),)), "0 tests, 1 suite-level error", True, True),
    (covered("a.xml", lines("x", (1,), (2,))), "1 file, 2 lines", True, True),
    (covered("a.xml", lines("x", ())), "1 file, 0 lines", True, False),
    (covered("a.xml"), "0 files, 0 lines", True, False),
    (found("a.sarif", result("R")), "1 result", True, True),
    (found("a.sarif"), "0 results", True, True),
    (unread("a.xml"), "nothing that could be read", False, False),
]


@pytest.mark.parametrize(("facts", "holds", "whole", "has_facts"), HOLDS)
def test_what_an_artifact_holds(facts: Facts, holds: str, whole: bool, has_facts: bool) -> None:
    (item,) = merge([facts]).items
    assert (item.id, item.holds, item.whole, item.has_facts) == ("E1", holds, whole, has_facts)


@pytest.mark.parametrize(("doubt", "whole"), [(True, False), (False, True)])
def test_a_warning_with_a_doubt_makes_an_artifact_less_than_whole(doubt: bool, whole: bool) -> None:
    odd = Problem("odd thing", "it is odd", doubt=doubt)
    evidence = merge([msgspec.structs.replace(junit("a.xml", case("t")), warnings=(odd,))])
    assert evidence.items[0].whole is whole
    assert [(warning.path, warning.kind) for warning in evidence.warnings] == [("a.xml", "odd thing")]


def test_problems_stand_with_their_paths() -> None:
    evidence = merge([unread("b.xml"), unread("a.xml", "empty-file"), junit("c.xml", case("t"))])
    assert [(one.path, one.kind) for one in evidence.problems] == [
        ("a.xml", "empty-file"),
        ("b.xml", "truncated"),
    ]
    assert [item.id for item in evidence.items] == ["E1", "E2", "E3"]
    assert evidence.source_of("E3").path == "c.xml"


def test_a_path_that_may_be_several_files_is_a_problem() -> None:
    evidence = merge([covered("c.xml", lines("x.py", (1,)), lines("y.py", (1,)), roots=("w1", "w2"))])
    (problem,) = evidence.problems
    assert (problem.kind, problem.path) == ("ambiguous-path", "c.xml")
    assert "2 paths" in problem.message
    assert "x.py (w1/x.py or w2/x.py)" in problem.message


def test_the_same_bytes_twice_are_one_artifact() -> None:
    one, two = junit("b.xml", case("t", "failed", "f")), junit("a.xml", case("t", "failed", "f"))
    same = [
        msgspec.structs.replace(facts, source=source(facts.source.path, sha="same")) for facts in (one, two)
    ]
    evidence = merge(same)
    assert [(item.path, item.also) for item in evidence.items] == [("a.xml", ("b.xml",))]
    assert len(evidence.cases[0].attempts) == 1
    assert rows(evidence, "duplicate file") == [("b.xml", "a.xml", "the same bytes")]
    assert merge([evidence, same[0]]) == evidence


def test_the_same_bytes_in_two_layers_are_two_artifacts() -> None:
    parts = [
        msgspec.structs.replace(junit(path, case("t")), source=source(path, sha="same"))
        for path in ("unit/a.xml", "e2e/a.xml")
    ]
    assert [(item.id, item.layer) for item in merge(parts).items] == [("E1", "e2e"), ("E2", "unit")]


def test_two_empty_files_are_two_problems() -> None:
    parts = [
        msgspec.structs.replace(unread(path, "empty-file"), source=source(path, sha=""))
        for path in ("a.xml", "b.xml")
    ]
    parts = [
        msgspec.structs.replace(one, source=msgspec.structs.replace(one.source, sha256="0" * 64))
        for one in parts
    ]
    assert [problem.path for problem in merge(parts).problems] == ["a.xml", "b.xml"]


def test_what_was_said_of_one_file_twice_stays() -> None:
    whole = junit("a.xml", case("t"))
    broken = msgspec.structs.replace(whole, tests=None, problems=(Problem("truncated", "it ends"),))
    for parts in ([whole, broken], [broken, whole]):
        evidence = merge(parts)
        assert (len(evidence.cases), evidence.items[0].whole) == (1, False)


def test_what_was_passed_over_is_counted_and_no_evidence() -> None:
    evidence = merge([Facts(source=source("README.md"), passed_over=True), junit("a.xml", case("t"))])
    assert (evidence.passed_over, len(evidence.items), evidence.items[0].id) == (1, 1, "E1")


def test_the_layer_of_an_artifact_is_that_of_its_tests() -> None:
    parts = [
        junit("a.xml", case("t", classname="tests.unit.C")),
        junit("b.xml", case("t", classname="tests.unit.C"), case("t", classname="tests.e2e.C")),
        found("c.sarif"),
        unread("smoke/d.xml"),
    ]
    assert [item.layer for item in merge(parts).items] == ["unit", "default", "", "smoke"]


def test_evidence_of_two_revisions_is_told() -> None:
    parts = [
        msgspec.structs.replace(facts, coverage=msgspec.structs.replace(facts.coverage, revision=revision))
        for facts, revision in ((covered("a.xml"), "abc"), (covered("b.xml"), "def"))
        if facts.coverage is not None
    ]
    assert [warning.message for warning in merge(parts).warnings] == [
        "the evidence is of 2 revisions: E1 of abc; E2 of def"
    ]
    assert merge(parts[:1]).warnings == ()


def test_rows_that_say_the_same_become_one() -> None:
    declared = tuple(Declared(f"suite {number:03}", "tests", "9", number) for number in range(200))
    evidence = merge([junit("a.xml", case("t"), declared=declared)])
    ((subject, kept, overridden),) = rows(evidence, "declared count")
    assert subject == "200 counts: suite 000: tests, suite 001: tests, suite 002: tests and 197 more"
    assert (kept, overridden) == ("the counted numbers", "the numbers that a.xml declares")


def test_a_row_has_all_the_evidence_that_it_came_from() -> None:
    parts = [covered(f"{number}.xml", lines("./x.py", (number,))) for number in range(1, 12)]
    remapped = [row.evidence for row in merge(parts).ledger if row.kind == "path remapped"]
    assert remapped == [tuple(f"E{number}" for number in range(1, 12))]


@pytest.mark.parametrize(("count", "length"), [(SHOWN, SHOWN), (SHOWN + 1, 1)])
def test_a_ledger_is_sorted_and_has_each_row_once(count: int, length: int) -> None:
    ledger = Ledger()
    for number in [*range(count), *range(count)]:
        ledger.add("retry", f"t{number}", kept="passed", overridden="failed", evidence=("E1",))
    assert len(ledger.rows()) == length
    assert list(ledger.rows()) == sorted(ledger.rows())
