"""What follows from an audit: issues, plan, the score after it, hotspots, risk, confidence."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from reportgen.judge.counting.hotspots import hotspots_of
from reportgen.judge.gating.gates import Checked
from reportgen.judge.gating.slas import gate_of
from reportgen.judge.ground import Ground
from reportgen.judge.planning.guiding import Guide
from reportgen.judge.planning.impact import Impact
from reportgen.judge.planning.issues import issues_of
from reportgen.judge.planning.remediation import after_all, plan_of
from reportgen.judge.planning.risk import confidence_of, risk_of
from reportgen.judge.scoring.criteria import CriterionResult
from reportgen.model.audit import Audit
from reportgen.model.guidance import Guidance


def with_outlook(
    audit: Audit,
    ground: Ground,
    results: dict[str, CriterionResult],
    checked: Sequence[Checked],
    guidance: Guidance,
) -> Audit:
    """Add what is to be done, and what is at risk until it is. The audit's first gates are the `checked`."""
    guide = Guide(ground, guidance)
    states = [gate.state for gate in audit.gates[: len(checked)]]
    standing = tuple(zip(checked, states, strict=True))
    named = {gate.name: gate.state for gate in audit.gates}
    limits = [(each, named[gate_of(each).name]) for each in audit.slas]
    actions = plan_of(ground, results, standing, guide, limits)
    issues = issues_of(ground, actions, guide, Impact(ground, standing))
    hotspots = hotspots_of(ground)
    return replace(
        audit,
        remediation=actions,
        score_after=after_all(actions, ground.policy),
        issues=issues,
        risk=risk_of(ground, audit.verdict, issues, hotspots),
        confidence=confidence_of(ground, audit.gates, results),
        hotspots=hotspots,
    )
