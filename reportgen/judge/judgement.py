"""Evidence and policy make the audit."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from reportgen.cycles import without_search
from reportgen.judge.accepting.acceptance import accept, with_waivers
from reportgen.judge.accepting.waivers import Waived, waive
from reportgen.judge.changing.changes import with_gates
from reportgen.judge.counting.reach import reach_of
from reportgen.judge.dates import date_warnings
from reportgen.judge.digest import digest_of
from reportgen.judge.gating.checklist import checklist_of
from reportgen.judge.gating.gates import gates_of, judged, verdict_of
from reportgen.judge.gating.of_another_revision import with_doubts
from reportgen.judge.gating.signed import signed_of
from reportgen.judge.gating.signing import approvals_of
from reportgen.judge.gating.slas import gate_of, slas_of
from reportgen.judge.ground import Ground, ground_of
from reportgen.judge.method import method_of
from reportgen.judge.planning.outlook import with_outlook
from reportgen.judge.protecting.matrices import with_row_waivers
from reportgen.judge.protecting.subject_states import with_waivers as with_waivers_of
from reportgen.judge.protecting.subjects import links_of
from reportgen.judge.scoring.criteria import CriterionResult
from reportgen.judge.scoring.results import criterion_score, results_of
from reportgen.judge.scoring.score import grade_of
from reportgen.judge.scoring.waterfall import waterfall_of
from reportgen.judge.summary import summary_of
from reportgen.model.about import NOTHING_SAID, About
from reportgen.model.audit import Audit, Score
from reportgen.model.baseline import NOTHING, Against
from reportgen.model.evidence import Evidence
from reportgen.model.guidance import NO_GUIDANCE, Guidance
from reportgen.model.policy import DEFAULT_POLICY, Policy
from reportgen.model.signoff import SignOff
from reportgen.model.version import VERSION

_NOBODY = SignOff()


@without_search()
def judge(
    evidence: Evidence,
    policy: Policy = DEFAULT_POLICY,
    *,
    generated_at: datetime,
    title: str = "Audit report",
    revision: str | None = None,
    scope: tuple[str, ...] = (),
    about: About = NOTHING_SAID,
    signoff: SignOff = _NOBODY,
    against: Against = NOTHING,
    guidance: Guidance = NO_GUIDANCE,
) -> Audit:
    """Hold the evidence to the policy. The same of both, and the same date, make the same audit."""
    today = generated_at.date()
    waived = waive(with_doubts(evidence, revision), policy, today)
    signed = signed_of(signoff, revision, policy, today)
    ground = ground_of(waived.evidence, policy, against, generated_at, revision, signed=signed)
    results, checked = results_of(ground), gates_of(ground)
    slas = slas_of(ground)
    told = (*(judged(each, ground) for each in checked), *map(gate_of, slas))
    accepted = accept(told, checklist_of(ground, signoff, revision), waived.results, policy, today)
    verdict = verdict_of(accepted.gates)
    audit = Audit(
        title=title,
        generated_at=generated_at,
        revision=revision,
        scope=scope,
        about=about,
        verdict=verdict,
        summary=with_waivers(summary_of(ground, verdict, accepted.gates, results), accepted, ground),
        score=_score(ground, results),
        tests=ground.tests,
        coverage=ground.coverage,
        findings=ground.findings,
        criteria=tuple(criterion_score(each, results[each.name], ground) for each in policy.criteria),
        gates=accepted.gates,
        checklist=accepted.checks,
        waivers=accepted.waivers,
        approvals=approvals_of(signoff, revision),
        remediation=(),
        hotspots=(),
        evidence=evidence.items,
        ledger=evidence.ledger,
        problems=(*evidence.problems, *([against.problem] if against.problem else ())),
        slas=slas,
        digest=digest_of(policy),
        version=VERSION,
    )
    return with_outlook(_with_more(audit, ground, evidence, waived), ground, results, checked, guidance)


def _with_more(audit: Audit, ground: Ground, evidence: Evidence, waived: Waived) -> Audit:
    """Add what evidence and ground tell by themselves: subjects and matrices, changes, reach, method."""
    subjects = with_waivers_of(ground.subjects, ground.placed, waived.results)
    return replace(
        audit,
        matrices=with_row_waivers(ground.matrices, subjects),
        categories=ground.categories,
        passed_over=evidence.passed_over,
        warnings=(*waived.evidence.warnings, *date_warnings(evidence, audit.generated_at)),
        changes=with_gates(ground.changes, ground.against.baseline, audit.gates),
        method=method_of(ground),
        changed_lines=ground.changed_lines,
        reach=reach_of(evidence),
        expected=ground.sources.expected,
        subjects=subjects,
        links=links_of(ground.placed, ground.policy, evidence),
    )


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
