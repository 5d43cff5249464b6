"""Reads a folder of evidence files with a manifest, and holds what is read against what it expects."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from msgspec import UNSET

from reportgen.inspection import CoverageCounts, Inspection, inspect
from reportgen.model.artifact import Artifact
from reportgen.model.cases import Counts
from reportgen.model.coverage import Ratio
from reportgen.model.facts import Facts
from reportgen.model.findings import FindingCounts
from reportgen.readers import read

OUR_FILES = Path(__file__).parent / "corpus"

# what the manifest calls the reason of a refusal -> the kinds of problem that say so
REFUSALS = {
    "not-junit": {"not-evidence", "unsupported-format"},
    "not-well-formed": {"not-well-formed", "not-evidence", "unsupported-format"},
    "not-json": {"not-json", "not-evidence"},
    "no-json-lines": {"not-json", "not-evidence"},
}

Entry = dict[str, Any]


def entries(folder: Path) -> Iterator[Entry]:
    """The files of a corpus, but for those that are no evidence by design."""
    for entry in json.loads((folder / "manifest.json").read_text())["files"]:
        if entry["must"] != "n/a":
            yield entry


def facts_of(folder: Path, entry: Entry) -> Facts:
    path = folder / str(entry.get("at") or entry["path"])
    return read(Artifact(path=entry["path"], given=entry["path"], open=lambda: path.open("rb")))


def disagreements(entry: Entry, facts: Facts) -> list[str]:
    """Say in which ways what was read is not what the manifest asks for."""
    found = inspect(facts)
    if found.problems:
        return list(_refusal(entry, facts, found))
    if entry["must"] == "reject":
        return [f"it was to be refused as {entry['expect']['reject']}"]
    if _wants_warning(entry) and not found.warnings:
        return ["nothing odd was told"]
    return list(_counts(entry, facts, found))


def _refusal(entry: Entry, facts: Facts, found: Inspection) -> Iterator[str]:
    """Hold a refusal against the manifest: it is in place, says why and what next, and leaves no parts."""
    if not all(each.kind and each.message and each.hint for each in found.problems):
        yield "a problem lacks its kind, message or hint"
    if (facts.tests, facts.coverage, facts.findings) != (None, None, None):
        yield "there are parts beside a problem"
    kind, reason = found.problems[0].kind, entry["expect"].get("reject")
    if entry["must"] in {"accept", "accept-flag"}:
        yield f"it was refused: {found.problems[0].message}"
    elif reason is not None and kind not in REFUSALS.get(reason, {reason}):
        yield f"the problem is {kind}, and not {reason}"


def _wants_warning(entry: Entry) -> bool:
    expect = entry["expect"]
    note = entry.get("note") or entry.get("truth", {}).get("note", "")
    return (
        entry["must"] in {"accept-flag", "either"}
        or "FAIL-OPEN" in note
        or any(expect.get(key) for key in ("mismatches", "extended_differs", "suite_level_outcomes"))
    )


def _counts(entry: Entry, facts: Facts, found: Inspection) -> Iterator[str]:
    expect = entry["expect"]
    parts = [found.tests, found.coverage, found.findings]
    yield from _differ("parts", sum(part is not UNSET for part in parts), 1)
    yield from _differ("format", found.format, entry["format"])
    if found.tests is not UNSET:
        yield from _tests(expect, found.tests)
    if found.coverage is not UNSET:
        yield from _coverage(expect, found.coverage)
    if found.findings is not UNSET:
        yield from _findings(expect, found.findings)
    if facts.tests is not None and entry["must"] != "either":
        yield from _suites(expect, facts)


def _differ(name: str, got: object, want: object) -> Iterator[str]:
    if got != want:
        yield f"{name}: {got}, expected {want}"


def _tests(expect: Entry, got: Counts) -> Iterator[str]:
    yield from _differ("total", got.total, expect["testcases"])
    for name in ("passed", "failed", "errored", "skipped"):
        yield from _differ(name, getattr(got, name), expect["extended"][name])
    bad = expect["bad_times"]
    untold = bad.get("missing", 0) + bad.get("empty", 0)
    want = None if untold == expect["testcases"] else Decimal(expect["time_sum_lenient"])
    yield from _differ("seconds", got.seconds, want)


def _suites(expect: Entry, facts: Facts) -> Iterator[str]:
    assert facts.tests is not None
    yield from _differ("counts that differ", len(facts.tests.declared), expect["mismatches"])
    loose = Counter(detail.tag for suite in facts.tests.suites for detail in suite.details)
    yield from _differ("outcomes of suites", dict(loose), expect["suite_level_outcomes"])
    again = Counter(each.tag for suite in facts.tests.suites for case in suite.cases for each in case.retries)
    yield from _differ("earlier attempts", dict(again), expect["rerun_flaky"]["elements"])


def _coverage(expect: Entry, got: CoverageCounts) -> Iterator[str]:
    yield from _differ("files", got.files, expect["files"])
    yield from _differ("lines", got.lines, Ratio(expect["lines_covered"], expect["lines_total"]))
    total = expect.get("branches_total")
    want = Ratio(expect["branches_covered"], total) if total else None
    branches = got.branches if got.branches is not None and got.branches.total else None
    yield from _differ("branches", branches, want)


def _findings(expect: Entry, got: FindingCounts) -> Iterator[str]:
    yield from _differ("total", got.total, expect["results"])
    yield from _differ("by level", dict(got.by_level), expect["by_level"])
    suppressed = expect.get("suppressed", expect["results"] - expect["unsuppressed"])
    yield from _differ("suppressed", got.suppressed, suppressed)
    yield from _differ("rules", len(got.by_rule), expect["by_rule"]["distinct"])
    top = expect["by_rule"]["top"]
    yield from _differ("by rule", {rule: got.by_rule.get(rule) for rule in top}, top)
