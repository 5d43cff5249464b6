"""The table of sections that have something to work out before they are printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reportgen.render.views import (
    attention,
    changed_lines,
    changes,
    coverage,
    failures,
    findings,
    head,
    plan,
    score,
    sources,
    tests,
    waivers,
)
from reportgen.render.views.parts import Subject

VIEWS: Mapping[str, Callable[[Subject], object]] = {
    "header": head.header,
    "verdict": head.verdict,
    "summary": head.summary,
    "score": score.score,
    "gates": score.gates,
    "changes": changes.changes,
    "tests": tests.tests,
    "failures": failures.failures,
    "attention": attention.attention,
    "coverage": coverage.coverage,
    "changed_lines": changed_lines.changed_lines,
    "findings": findings.findings,
    "hotspots": findings.hotspots,
    "plan": plan.plan,
    "checklist": score.checklist,
    "waivers": waivers.waivers,
    "approvals": waivers.approvals,
    "evidence": sources.evidence,
    "problems": sources.problems,
    "ledger": sources.ledger,
    "method": sources.method,
}
"""Section name -> what its template prints as `view`; None leaves the section's content out."""
