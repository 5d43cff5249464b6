"""Explanations of what people took upon themselves: waivers, findings to waive, answers to the checklist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from reportgen.judge.accepting.contents import contents_of
from reportgen.judge.explaining.explanation import Explanation
from reportgen.model.audit import Audit
from reportgen.model.evidence import Evidence, JoinedFinding
from reportgen.model.signoff import CheckItem
from reportgen.model.waivers import WaiverResult


def explain_accepted(name: str, audit: Audit, evidence: Evidence) -> Explanation | None:
    """Explain a waiver or a finding by its id, or a manual item of the checklist; None where it is none."""
    found = next((each for each in audit.waivers if each.id == name), None)
    if found is not None:
        return _of_waiver(found)
    item = next((each for each in audit.checklist if each.id == name and not each.condition), None)
    if item is not None:
        return _of_manual(item)
    told = evidence.findings.items if evidence.findings is not None else ()
    findings = (*told, *evidence.observations)
    finding = next((each for each in findings if each.id == name), None)
    return None if finding is None else _of_finding(finding, findings, audit)


def _of_waiver(waiver: WaiverResult) -> Explanation:
    return Explanation(
        name=waiver.id,
        kind="waiver",
        state=waiver.state.value,
        condition=waiver.match,
        reason=waiver.note,
        values=tuple(_of_terms(waiver)),
        evidence=(),
        margin=(),
        turns="",
    )


def _of_terms(waiver: WaiverResult) -> Iterator[tuple[str, str]]:
    yield "reason", waiver.reason
    yield "owner", waiver.owner
    yield "approver", waiver.approver
    yield "created", _day(waiver.created)
    yield "expires", _day(waiver.expires)
    yield "days left", "not known" if waiver.days_left is None else f"{waiver.days_left:,}"
    for matched in waiver.matched:
        yield waiver.of, matched
    for digest in waiver.content:
        yield "content", digest


def _day(day: date | None) -> str:
    return "not stated" if day is None else day.isoformat()


def _of_manual(item: CheckItem) -> Explanation:
    values = (
        ("who", item.who),
        ("by", item.by),
        ("date", "" if item.date is None else item.date.isoformat()),
        ("revision", item.revision),
    )
    return Explanation(
        name=item.id,
        kind="check",
        state=item.state.value,
        condition=item.text,
        reason=item.reason,
        values=tuple((word, value) for word, value in values if value),
        evidence=(),
        margin=(),
        turns="It would turn with an answer for this revision in signoff.toml." if item.manual else "",
    )


def _of_finding(finding: JoinedFinding, findings: Iterable[JoinedFinding], audit: Audit) -> Explanation:
    """Explain a finding; its content digest binds a waiver to it."""
    content = contents_of(findings).get(finding.id, "")
    judged = (
        next((each for each in audit.findings.items if each.id == finding.id), finding)
        if audit.findings
        else finding
    )
    covering = [waiver.id for waiver in audit.waivers if finding.id in waiver.matched]
    values = (
        ("rule", finding.rule),
        ("severity", judged.severity.value),
        ("place", f"{finding.path or 'no file'}:{finding.line}"),
        ("fingerprint", finding.fingerprint),
        ("content", content),
        *(("named by waiver", each) for each in covering),
    )
    return Explanation(
        name=finding.id,
        kind="finding",
        state=judged.state,
        condition=finding.id,
        reason=finding.message,
        values=tuple((word, value) for word, value in values if value),
        evidence=finding.evidence,
        margin=(),
        turns=f'A waiver of it records content = ["{content}"].' if content else "",
    )
