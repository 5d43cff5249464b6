"""The metrics of what changed, in words: (name, unit, one, many, kinds of evidence besides)."""

from __future__ import annotations

from typing import Literal

_Kind = Literal["tests", "coverage", "findings"]
ChangeWords = tuple[str, Literal["count", "percent", "points"], str, str, tuple[_Kind, ...]]

_TESTS: tuple[_Kind, ...] = ("tests",)
_COVERAGE: tuple[_Kind, ...] = ("coverage",)
_FINDINGS: tuple[_Kind, ...] = ("findings",)

CHANGES: tuple[ChangeWords, ...] = (
    ("unread", "count", "unread baseline", "unread baselines", ()),
    ("new_failures", "count", "new failure", "new failures", _TESTS),
    ("still_failing", "count", "test that still fails", "tests that still fail", _TESTS),
    ("fixed", "count", "fixed test", "fixed tests", _TESTS),
    ("vanished_tests", "count", "vanished test", "vanished tests", _TESTS),
    (
        "vanished_failures",
        "count",
        "vanished test that failed before",
        "vanished tests that failed before",
        _TESTS,
    ),
    ("new_tests", "count", "new test", "new tests", _TESTS),
    ("newly_skipped", "count", "newly skipped test", "newly skipped tests", _TESTS),
    ("newly_flaky", "count", "newly flaky test", "newly flaky tests", _TESTS),
    ("tests_percent", "percent", "the number of tests that ran against the baseline", "", _TESTS),
    ("new_findings", "count", "new finding", "new findings", _FINDINGS),
    ("new_critical", "count", "new critical finding", "new critical findings", _FINDINGS),
    ("new_high", "count", "new high finding", "new high findings", _FINDINGS),
    ("fixed_findings", "count", "fixed finding", "fixed findings", _FINDINGS),
    (
        "moved_findings",
        "count",
        "new finding that may only have moved",
        "new findings that may only have moved",
        _FINDINGS,
    ),
    ("coverage_points", "points", "the change of line coverage", "", _COVERAGE),
    (
        "files_dropped",
        "count",
        "file whose coverage fell",
        "files whose coverage fell",
        _COVERAGE,
    ),
    (
        "files_gone",
        "count",
        "file that has no coverage any more",
        "files that have no coverage any more",
        _COVERAGE,
    ),
    ("score_points", "points", "the change of the score", "", ()),
)
"""`changes.NAME`: against the baseline; not known without one."""

REQUIREMENTS: tuple[tuple[str, str, str], ...] = (
    ("total", "requirement", "requirements"),
    ("tested", "requirement with a test", "requirements with a test"),
    ("untested", "requirement without a test", "requirements without a test"),
    ("passing", "passing requirement", "passing requirements"),
    ("warning", "requirement with a warning", "requirements with a warning"),
    ("failing", "failing requirement", "failing requirements"),
    ("waived", "requirement with a waived test", "requirements with a waived test"),
    (
        "unknown",
        "requirement of which it is not known whether it passes",
        "requirements of which it is not known whether they pass",
    ),
    (
        "unlisted",
        "requirement that a test names and nobody lists",
        "requirements that tests name and nobody lists",
    ),
)
"""`requirements.NAME`: untested ones are among the unknown; all states add up to the total."""

APPROVALS: tuple[tuple[str, str, str], ...] = (
    ("asked", "role whose approval is asked for", "roles whose approval is asked for"),
    ("approved", "role that approved", "roles that approved"),
    ("conditional", "role that approved with conditions", "roles that approved with conditions"),
    ("rejected", "role that rejected", "roles that rejected"),
    ("missing", "missing approval", "missing approvals"),
)
"""`approvals.NAME`: for the report's revision; not known where no approval is asked for."""

CHECKLIST: tuple[tuple[str, str, str], ...] = (
    ("manual", "manual item", "manual items"),
    ("manual_passed", "passed manual item", "passed manual items"),
    ("manual_warned", "manual item with a warning", "manual items with a warning"),
    ("manual_failed", "failed manual item", "failed manual items"),
    ("manual_unknown", "manual item answered as unknown", "manual items answered as unknown"),
    ("manual_not_applicable", "manual item that does not apply", "manual items that do not apply"),
    ("manual_waived", "waived manual item", "waived manual items"),
    ("manual_not_done", "manual item that is not done", "manual items that are not done"),
)
"""`checklist.NAME`: those that a person looks at; items with a condition follow from metrics themselves.

Not known where the checklist has no manual item.
"""

DIFF: tuple[ChangeWords, ...] = (
    ("files", "count", "changed file", "changed files", ()),
    ("lines", "count", "changed line", "changed lines", ()),
    ("measured", "count", "measured changed line", "measured changed lines", _COVERAGE),
    ("covered", "count", "covered changed line", "covered changed lines", _COVERAGE),
    ("uncovered", "count", "uncovered changed line", "uncovered changed lines", _COVERAGE),
    ("percent", "percent", "the coverage of changed lines", "", _COVERAGE),
    (
        "unmeasured_files",
        "count",
        "changed file without coverage",
        "changed files without coverage",
        _COVERAGE,
    ),
    (
        "tests",
        "count",
        "test that reaches changed lines",
        "tests that reach changed lines",
        _COVERAGE,
    ),
    ("findings", "count", "finding on changed lines", "findings on changed lines", _FINDINGS),
    *(
        (
            f"findings_{severity}",
            "count",
            f"{severity} finding on changed lines",
            f"{severity} findings on changed lines",
            _FINDINGS,
        )
        for severity in ("critical", "high", "medium", "low", "info")
    ),
)
"""`diff.NAME`: of the lines that the diff adds; not known without a diff."""
