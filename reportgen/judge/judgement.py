"""Evidence and policy make the audit."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import assert_never

from reportgen.judge.accepting import accept, with_waivers
from reportgen.judge.changes import with_gates
from reportgen.judge.checklist import checklist_of
from reportgen.judge.citing import cited_by
from reportgen.judge.criteria import CriterionResult, Measured, Unknown, result_of
from reportgen.judge.dates import date_warnings
from reportgen.judge.digest import digest_of
from reportgen.judge.gates import gates_of, judged, verdict_of
from reportgen.judge.ground import Ground, ground_of
from reportgen.judge.hotspots import hotspots_of
from reportgen.judge.method import method_of
from reportgen.judge.remediation import plan_of
from reportgen.judge.score import grade_of
from reportgen.judge.signing import approvals_of
from reportgen.judge.summary import summary_of
from reportgen.judge.waivers import waive
from reportgen.judge.waterfall import waterfall_of
from reportgen.model.audit import Audit, CriterionScore, Score
from reportgen.model.baseline import NOTHING, Against
from reportgen.model.evidence import Evidence
from reportgen.model.policy import DEFAULT_POLICY, Criterion, Policy
from reportgen.model.signoff import SignOff
from reportgen.model.version import VERSION

_NOBODY = SignOff()


def judge(
    evidence: Evidence,
    policy: Policy = DEFAULT_POLICY,
    *,
    generated_at: datetime,
    title: str = "Audit report",
    revision: str | None = None,
    scope: tuple[str, ...] = (),
    signoff: SignOff = _NOBODY,
    against: Against = NOTHING,
) -> Audit:
    """Hold the evidence to the policy. The same of both, and the same date, make the same audit."""
    today = generated_at.date()
    waived = waive(evidence, policy, today)
    ground = ground_of(waived.evidence, policy, against)
    results = results_of(ground)
    checked = gates_of(ground)
    told = tuple(judged(each, ground) for each in checked)
    accepted = accept(told, checklist_of(ground, signoff, revision), waived.results, policy, today)
    gates = accepted.gates
    verdict = verdict_of(gates)
    return Audit(
        title=title,
        generated_at=generated_at,
        revision=revision,
        scope=scope,
        verdict=verdict,
        summary=with_waivers(summary_of(ground, verdict, gates, results), accepted, ground),
        score=_score(ground, results),
        tests=ground.tests,
        coverage=ground.coverage,
        findings=ground.findings,
        criteria=tuple(_criterion(each, results[each.name], ground) for each in policy.criteria),
        gates=gates,
        checklist=accepted.checks,
        waivers=accepted.waivers,
        approvals=approvals_of(signoff, revision),
        remediation=plan_of(ground, results, zip(checked, [gate.state for gate in gates], strict=True)),
        hotspots=hotspots_of(ground),
        evidence=evidence.items,
        passed_over=evidence.passed_over,
        ledger=evidence.ledger,
        problems=(*evidence.problems, *([against.problem] if against.problem else ())),
        warnings=(*evidence.warnings, *date_warnings(evidence, generated_at)),
        method=method_of(ground),
        changes=with_gates(ground.changes, against.baseline, gates),
        changed_lines=ground.changed_lines,
        digest=digest_of(policy),
        version=VERSION,
    )


def results_of(ground: Ground) -> dict[str, CriterionResult]:
    """Measure each criterion of the policy, by name."""
    base = ground.numbers.base
    return {
        each.name: result_of(each.name, base, ground.policy, ground.debt) for each in ground.policy.criteria
    }


def _score(ground: Ground, results: dict[str, CriterionResult]) -> Score:
    score = ground.numbers.overall
    return Score(
        value=score.value,
        lower=score.lower,
        upper=score.upper,
        grade=grade_of(score.lower, ground.policy),
        measured_weight=score.measured,
        total_weight=score.total,
        waterfall=waterfall_of(ground, results),
    )


def _criterion(criterion: Criterion, result: CriterionResult, ground: Ground) -> CriterionScore:
    match result:
        case Measured(points):
            score: Fraction | None = points
        case Unknown():
            score = None
        case _:
            assert_never(result)
    return CriterionScore(
        name=criterion.name,
        weight=criterion.weight,
        required=criterion.required,
        score=score,
        reason=result.reason,
        evidence=cited_by([f"criteria.{criterion.name}.score"], ground),
    )
