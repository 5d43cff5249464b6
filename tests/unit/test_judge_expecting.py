from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec import structs

from reportgen.judge import judge
from reportgen.model.artifact import Problem, Source
from reportgen.model.audit import Audit
from reportgen.model.cases import Suite
from reportgen.model.evidence import Evidence
from reportgen.model.expected import Expectation
from reportgen.model.facts import CaseFacts, Facts
from reportgen.model.revisions import same_revision
from tests.unit.judge_evidence import changed, evidence, gate_states, item, many

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def part(number: int, path: str, timestamp: str = "", revision: str = "") -> Facts:
    return Facts(
        source=Source(path=path, sha256=f"{number:064x}"),
        tests=CaseFacts(suites=(Suite(path=(), cases=(), timestamp=timestamp),), revision=revision),
    )


def shards(**parts: tuple[str, str]) -> Evidence:
    """Two shards that were read, with their (timestamp, revision); the tests are all in the first."""
    rows = [item(1, "shards/1.xml"), item(2, "shards/2.xml")]
    joined = evidence(many("ppps"), items=rows)
    told = [parts.get("one", ("", "")), parts.get("two", ("", ""))]
    return structs.replace(
        joined,
        parts=tuple(part(n, f"shards/{n}.xml", *each) for n, each in enumerate(told, 1)),
    )


def audited(joined: Evidence, *expected: str | Expectation, revision: str | None = None) -> Audit:
    return judge(joined, changed(expected=expected), generated_at=NOW, revision=revision)


def states(found: Audit) -> list[tuple[str, str, int]]:
    return [(row.path, row.state.value, row.count) for row in found.expected]


WHOLE = shards()
CUT = structs.replace(
    WHOLE,
    items=(item(1, "shards/1.xml"), item(2, "shards/2.xml", whole=False, has_facts=False)),
    parts=(),
)


@pytest.mark.parametrize(
    ("joined", "wanted", "rows"),
    [
        (WHOLE, "shards/*.xml", [("present", 2)]),
        (WHOLE, Expectation(path="shards/*.xml", count=2), [("present", 2)]),
        (WHOLE, "e2e/*.xml", [("missing", 1)]),
        (WHOLE, Expectation(path="shards/*.xml", count=5), [("missing", 3)]),
        (WHOLE, Expectation(path="shards/*.xml", layer="unit"), [("present", 1)]),
        (WHOLE, Expectation(path="shards/*.xml", layer="e2e"), [("missing", 1)]),
        (WHOLE, Expectation(path="shards/*.xml", kind="coverage"), [("empty", 2)]),
        (WHOLE, Expectation(path="shards/*.xml", kind="tests"), [("present", 2)]),
        (WHOLE, Expectation(path="shards/*.xml", min_tests=3), [("present", 2)]),
        (WHOLE, Expectation(path="shards/*.xml", min_tests=4), [("empty", 1)]),
        (
            structs.replace(CUT, problems=(Problem("truncated", "cut", path="shards/2.xml"),)),
            "shards/*.xml",
            [("corrupt", 1)],
        ),
        (
            structs.replace(CUT, problems=(Problem("empty-file", "empty", path="shards/2.xml"),)),
            "shards/*.xml",
            [("empty", 1)],
        ),
        (
            structs.replace(CUT, problems=(Problem("not-found", "gone", path="shards/2.xml"),)),
            "shards/2.xml",
            [("missing", 1)],
        ),
        (
            structs.replace(WHOLE, items=(item(1, "shards/1.xml"), item(2, "shards/2.xml", has_facts=False))),
            "shards/*.xml",
            [("empty", 1)],
        ),
        (
            structs.replace(CUT, problems=(Problem("truncated", "cut", path="shards/2.xml"),)),
            Expectation(path="shards/*.xml", count=3),
            [("missing", 1), ("corrupt", 1)],
        ),
    ],
)
def test_an_expected_input_is_there_missing_empty_or_corrupt(
    joined: Evidence, wanted: str | Expectation, rows: list[tuple[str, int]]
) -> None:
    found = audited(joined, wanted)
    assert [(state, count) for _, state, count in states(found)] == rows
    there = rows[0][0] == "present"
    assert gate_states(found)["expected-inputs"] == ("pass" if there else "unknown")
    assert all(row.reason for row in found.expected)


def test_a_copy_of_an_artifact_is_no_other_and_is_named() -> None:
    only = structs.replace(item(1, "shards/1.xml"), also=("shards/2.xml", "old/1.xml"))
    found = audited(evidence(many("p"), items=[only]), Expectation(path="shards/*.xml", count=2))
    assert states(found) == [("shards/*.xml", "missing", 1)]
    assert found.expected[0].reason == (
        "1 of 2 artifacts is there; with the same bytes as another, and so no more: shards/2.xml."
    )


DAY = Expectation(path="shards/*.xml", max_age=86_400)


@pytest.mark.parametrize(
    ("one", "two", "rows"),
    [
        ("2026-11-20T11:00:00Z", "2026-11-19T12:00:00Z", [("present", 2)]),
        ("2026-11-20T11:00:00", "2026-11-19T12:00:00", [("present", 2)]),  # taken for UTC
        ("2026-11-20T11:00:00Z", "2026-11-19T11:59:59Z", [("stale", 1)]),
        ("2026-11-20T11:00:00Z", "2026-11-19T12:30:00+02:00", [("stale", 1)]),
        ("2026-11-20T11:00:00Z", "", [("unknown", 1)]),
        ("2026-11-20T11:00:00Z", "yesterday", [("unknown", 1)]),
        ("2026-11-20T11:00:00Z", "1970-01-01T00:00:00Z", [("unknown", 1)]),
        ("2020-01-01T00:00:00Z", "", [("stale", 1), ("unknown", 1)]),
    ],
)
def test_what_is_older_than_allowed_is_stale(one: str, two: str, rows: list[tuple[str, int]]) -> None:
    found = audited(shards(one=(one, ""), two=(two, "")), DAY)
    assert [(state, count) for _, state, count in states(found)] == rows


@pytest.mark.parametrize(
    ("own", "revision", "state"),
    [
        ("abcdef1234567890", "abcdef1234567890", "present"),
        ("abcdef1", "ABCDEF1234567890", "present"),
        ("abcdef1234567890", "1234567890abcdef", "other_revision"),
        ("", "1234567890abcdef", "present"),
        ("abcdef1234567890", None, "present"),
    ],
)
def test_what_is_of_another_revision(own: str, revision: str | None, state: str) -> None:
    found = audited(shards(one=("", own)), "shards/1.xml", revision=revision)
    assert [each for _, each, _ in states(found)] == [state]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("abc", "abcdef", False), ("abcdef1", "abcdef12", True), ("r12", "R12", True), ("1.2", "1.20", False)],
)
def test_revisions(one: str, other: str, same: bool) -> None:
    assert same_revision(one, other) is same
    assert same_revision(other, one) is same


def test_what_is_not_as_expected_is_a_step_of_the_plan_that_turns_the_gate() -> None:
    old = shards(one=("2026-01-01T00:00:00Z", "a" * 10), two=("2026-11-20T11:00:00Z", ""))
    found = audited(old, DAY, Expectation(path="shards/9.xml"), revision="b" * 10)
    titles = [step.title for step in found.remediation]
    assert any(title.startswith("Make 1 expected artifact anew: it is older") for title in titles)
    assert any(title.startswith("Make 1 expected artifact anew from the revision") for title in titles)
    assert any(title == "Provide 1 artifact that is expected and missing" for title in titles)
    assert sum("expected-inputs" in step.gates for step in found.remediation) == 1


def test_a_named_input_that_is_not_there_is_counted_once() -> None:
    gone = structs.replace(CUT, problems=(Problem("not-found", "gone", path="shards/2.xml"),))
    found = audited(gone, "shards/2.xml")
    score = next(each for each in found.criteria if each.name == "completeness").score
    assert score == 50
