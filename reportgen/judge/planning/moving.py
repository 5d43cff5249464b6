"""By how much a step of the plan changes the metrics of subjects and of paths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from reportgen.judge.failing.phases import FAILING
from reportgen.judge.ground import Ground
from reportgen.model.evidence import JoinedCase, JoinedFinding
from reportgen.model.metrics import keyed_name
from reportgen.model.states import Outcome


def moved_cases(cases: Sequence[JoinedCase], ground: Ground) -> dict[str, int]:
    """Count what changes where failing tests pass, or flaky ones are steady: of their subjects and paths."""
    changes: Counter[str] = Counter()
    for case in cases:
        bad = case.outcome in FAILING
        outcome = "failed" if case.outcome is Outcome.FAILED else "errored"
        for lead in _leads(case, ground):
            if bad:
                changes[f"{lead}.tests.{outcome}"] -= 1
                changes[f"{lead}.tests.passed"] += 1
            changes[f"{lead}.tests.flaky"] -= case.flaky
    return {name: by for name, by in changes.items() if by}


def moved_findings(findings: Iterable[JoinedFinding], ground: Ground) -> dict[str, int]:
    """Count what changes where open findings are mended: of the subjects and paths that they lie in."""
    changes: Counter[str] = Counter()
    subjects = ground.placed.subjects_of_finding
    for finding in findings:
        leads = [keyed_name("subjects", name) for name in subjects.get(finding.id, ())]
        leads += [keyed_name("paths", glob) for glob in ground.numbers.globs_of_path(finding.path)]
        for lead in leads:
            changes[f"{lead}.findings.open"] -= 1
            changes[f"{lead}.findings.{finding.severity.value}"] -= 1
    return dict(changes)


def _leads(case: JoinedCase, ground: Ground) -> Iterable[str]:
    for name in ground.placed.subjects.get(case.id, ()):
        lead = keyed_name("subjects", name)
        yield lead
        yield f"{lead}.{keyed_name('layers', case.layer)}"
    for glob in ground.numbers.globs_of_case(case.id):
        yield keyed_name("paths", glob)
