"""What is known of changed lines: coverage, findings, tests; and gates on them."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from reportgen.judge import judge
from reportgen.judge.changing.changed_paths import join_paths
from reportgen.model.audit import Audit
from reportgen.model.baseline import Against
from reportgen.model.changes import ChangedLines
from reportgen.model.diff import ChangeKind, Diff, DiffFile
from reportgen.model.evidence import Evidence
from reportgen.model.policy import DEFAULT_POLICY, Gate, Policy
from tests.unit.judge_evidence import (
    DATE,
    audit,
    bits,
    case,
    changed,
    evidence,
    file,
    finding,
    gate_states,
    scan,
)


@pytest.mark.parametrize(
    ("diff", "known", "joined", "ambiguous"),
    [
        (["src/a.py"], ["src/a.py"], {"src/a.py": "src/a.py"}, []),
        (["src/app/a.py"], ["app/a.py"], {"src/app/a.py": "app/a.py"}, []),
        (["app/a.py"], ["src/app/a.py"], {"app/a.py": "src/app/a.py"}, []),
        (["a.py"], ["ba.py"], {}, []),
        (["src/a.py"], ["a.py", "b.py"], {"src/a.py": "a.py"}, []),
        (["a.py"], ["x/a.py", "y/a.py"], {}, ["a.py"]),
        (["x/a.py", "y/a.py"], ["a.py"], {}, ["x/a.py", "y/a.py"]),
        (["a.py", "b/c.py"], ["lib/a.py", "b/c.py"], {"b/c.py": "b/c.py"}, []),
        (["lib/a.py", "b/c.py"], ["a.py", "b/c.py"], {"b/c.py": "b/c.py"}, []),
        (["web/d/a.ts", "b/c.py"], ["d/a.ts", "b/c.py"], {"web/d/a.ts": "d/a.ts", "b/c.py": "b/c.py"}, []),
        (["/build/src/a.py"], ["src/a.py"], {"/build/src/a.py": "src/a.py"}, []),
        (["./src\\a.py"], ["src/a.py"], {"./src\\a.py": "src/a.py"}, []),
    ],
)
def test_which_file_a_path_is(
    diff: list[str], known: list[str], joined: dict[str, str], ambiguous: list[str]
) -> None:
    found = join_paths(diff, known, ["/build"])
    assert (dict(found.known), sorted(found.ambiguous)) == (joined, ambiguous)


def diff(path: str = "a.py", added: Iterable[int] = (2, 3, 4), kind: ChangeKind = "changed") -> Diff:
    return Diff("d.diff", (DiffFile(path=path, kind=kind, added=bits(*added)),))


def judged(joined: Evidence, change: Diff, policy: Policy = DEFAULT_POLICY) -> Audit:
    return judge(joined, policy, generated_at=DATE, against=Against(diff=change))


def lines(joined: Evidence, change: Diff) -> ChangedLines:
    found = judged(joined, change).changed_lines
    assert found is not None
    return found


COVERED = evidence([case("t")], files=[file("a.py", [1, 2], [1, 2, 3, 9])])


@pytest.mark.parametrize(
    ("joined", "change", "counts"),
    [
        (COVERED, diff(), (3, 2, 1, 1, 0)),
        (COVERED, diff(added=[1]), (1, 1, 1, 0, 0)),
        (COVERED, diff(added=[5]), (1, 0, 0, 0, 0)),
        (COVERED, diff(added=[]), (0, 0, 0, 0, 0)),
        (COVERED, diff("other.py"), (3, 0, 0, 0, 1)),
        (evidence([case("t")]), diff(), (3, None, None, None, None)),
        (evidence([case("t")], files=[file("a.py", [2], None)]), diff(), (3, None, None, None, 0)),
        (
            evidence([case("t")], files=[file("x/a.py", [2], [2]), file("y/a.py", [2], [2])]),
            diff(),
            (3, None, None, None, 1),
        ),
    ],
)
def test_lines(joined: Evidence, change: Diff, counts: tuple[int | None, ...]) -> None:
    found = lines(joined, change)
    assert (found.lines, found.measured, found.covered, found.uncovered, found.unmeasured) == counts


def test_only_changed_lines_are_told_as_missing() -> None:
    joined = evidence(files=[file("a.py", [5], [1, 2, 3, 4, 5, 6, 7])])
    (row,) = lines(joined, diff(added=[2, 4, 6])).files
    assert row.missing == "2, 4, 6"


def test_what_cannot_be_told_says_why() -> None:
    joined = evidence(files=[file("x/a.py", [2], [2]), file("y/a.py", [2], [2])])
    (row,) = lines(joined, diff()).files
    assert row.why == "it may be x/a.py or y/a.py"


def test_findings_on_changed_lines() -> None:
    found = lines(
        evidence(
            findings=scan(
                finding("ON", "high", line=3),
                finding("OFF", line=9),
                finding("HIDDEN", line=3, state="suppressed"),
                finding("ELSE", path="b.py", line=3),
                finding("FILE", line=0),
            )
        ),
        diff(),
    )
    assert found.findings == 1
    assert found.by_severity is not None
    assert {severity.value: count for severity, count in found.by_severity.items() if count} == {"high": 1}


def test_a_finding_of_a_whole_file_is_on_a_new_file() -> None:
    joined = evidence(findings=scan(finding("FILE", line=0)))
    assert lines(joined, diff(kind="added")).findings == 1


def test_tests_that_reach_changed_lines() -> None:
    reaching = file("a.py", [1, 2, 3], [1, 2, 3], by_tests=[1, 2, 3], tests=((0, bits(1)), (1, bits(2, 3))))
    joined = evidence([case("t")], files=[reaching], contexts=("one", "two"))
    assert lines(joined, diff()).tests == 1
    assert lines(joined, diff(added=[1, 2])).tests == 2
    assert lines(COVERED, diff()).tests is None


def gate_state(joined: Evidence, change: Diff | None, condition: str, *, required: bool = True) -> str:
    policy = changed(gates=(Gate(name="g", condition=condition, required=required),))
    found = audit(joined, policy) if change is None else judged(joined, change, policy)
    return gate_states(found)["g"]


SCANNED = evidence([case("t")], files=[file("a.py", [1, 2], [1, 2, 3, 9])], findings=scan())


@pytest.mark.parametrize(
    ("joined", "change", "condition", "state"),
    [
        (COVERED, diff(), "diff.percent >= 50", "pass"),
        (COVERED, diff(), "diff.percent >= 51", "fail"),
        (COVERED, diff(), "diff.uncovered == 0", "fail"),
        (COVERED, diff(added=[5]), "diff.percent >= 50", "not_applicable"),
        (COVERED, diff(added=[5]), "diff.uncovered == 0", "not_applicable"),
        (COVERED, diff(added=[5]), "diff.covered >= 1", "not_applicable"),
        (COVERED, diff(added=[5]), "diff.measured >= 1", "fail"),
        (COVERED, Diff("d", ()), "diff.percent >= 50", "not_applicable"),
        (COVERED, diff(added=[5]), "diff.percent >= 50 and tests.failed > 0", "fail"),
        (COVERED, diff(added=[5]), "diff.percent >= 50 and findings.open == 0", "unknown"),
        (evidence([case("t")]), diff(), "diff.percent >= 50", "unknown"),
        (COVERED, diff(), "diff.findings == 0", "unknown"),
        (SCANNED, diff(), "diff.findings == 0", "pass"),
        (SCANNED, diff(added=[]), "diff.findings_high == 0", "not_applicable"),
        (COVERED, None, "diff.percent >= 50", "unknown"),
    ],
)
def test_gates_on_changed_lines(joined: Evidence, change: Diff | None, condition: str, state: str) -> None:
    assert gate_state(joined, change, condition) == state


def test_without_a_diff_a_gate_that_is_not_required_does_not_apply() -> None:
    assert gate_state(COVERED, None, "diff.percent >= 50", required=False) == "not_applicable"
