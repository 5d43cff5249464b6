"""The waivers: what each covers on the day of the report, and why one does not count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from msgspec import Struct, structs

from reportgen.judge.accepting.contents import contents_of
from reportgen.judge.accepting.matching import Cases, Findings
from reportgen.judge.failing.phases import FAILING
from reportgen.judge.wording import joined, sentence, some
from reportgen.model.evidence import Evidence, JoinedCase, JoinedFinding
from reportgen.model.figures import plural
from reportgen.model.policy import Policy
from reportgen.model.states import Outcome
from reportgen.model.waivers import COUNTING, WAIVED, Waiver, WaiverResult, WaiverState


class Standing(NamedTuple):
    """What a waiver came to, and why."""

    state: WaiverState
    note: str


class Waived(Struct, frozen=True):
    """The evidence without what is waived, and what the waivers of findings and tests came to."""

    evidence: Evidence
    results: tuple[WaiverResult, ...]


def waive(evidence: Evidence, policy: Policy, today: date) -> Waived:
    """Mark what is waived: a finding gets the state `waived`, a failing test that outcome.

    A test that is flaky is no more; what passed stays passed. Nothing else changes. `today` is the date of
    the report.
    """
    if not policy.waivers:
        return Waived(evidence, ())
    items = evidence.findings.items if evidence.findings is not None else ()
    findings = (*items, *evidence.observations)
    bound = any(waiver.of == "finding" for waiver in policy.waivers)
    contents = contents_of(findings) if bound else {}
    named, cases = Findings(findings if bound else ()), Cases(evidence.cases)
    results: list[WaiverResult] = []
    covered: dict[str, set[str]] = {"finding": set(), "test": set()}
    for waiver in policy.waivers:
        standing = standing_of(waiver, policy, today)
        if waiver.of == "finding":
            result = _of_findings(waiver, standing, named, contents, today)
        elif waiver.of == "test":
            result = _of_tests(waiver, standing, cases, today)
        else:
            continue  # what it waives is judged first
        results.append(result)
        if result.state in COUNTING:
            covered[waiver.of].update(result.matched)
    return Waived(_without(evidence, covered["finding"], covered["test"]), tuple(results))


def standing_of(waiver: Waiver, policy: Policy, today: date) -> Standing:
    """Judge a waiver by itself: its form, and its dates."""
    wrong = list(_wrong(waiver, today))
    if wrong:
        return Standing(WaiverState.INVALID, sentence(joined(wrong)))
    left = (waiver.expires - today).days if waiver.expires is not None else -1
    if left < 0:
        return Standing(WaiverState.EXPIRED, f"It expired {plural(-left, 'day')} ago, and counts no more.")
    soon = left <= policy.waiver_warning_days
    return Standing(WaiverState.EXPIRING if soon else WaiverState.ACTIVE, "")


def _wrong(waiver: Waiver, today: date) -> Iterator[str]:
    """Say which rules of waivers one breaks."""
    for word in ("reason", "owner", "approver"):
        if not getattr(waiver, word).strip():
            yield f"it has no {word}"
    owner, approver = (" ".join(name.split()).casefold() for name in (waiver.owner, waiver.approver))
    if owner and owner == approver:
        yield "its approver is its owner"
    if waiver.created is None:
        yield "it does not say when it was created"
    elif waiver.created > today:
        yield f"it was created on {waiver.created}, after the date of this report"
    if waiver.expires is None:
        yield "it never expires"
    elif waiver.created is not None and waiver.expires < waiver.created:
        yield "it expires before it was created"
    if waiver.fingerprint.startswith("partial:") and not waiver.path:
        yield "its fingerprint is only a part of an identity, and needs the path beside it"
    if waiver.of == "finding" and not waiver.fingerprint and not waiver.content:
        yield "it is bound to no content: it needs a fingerprint, or the content of its findings"


def _of_findings(
    waiver: Waiver,
    standing: Standing,
    findings: Findings,
    contents: Mapping[str, str],
    today: date,
) -> WaiverResult:
    there = findings.named_by(waiver)
    named = [each.id for each in there if each.id in contents]
    known = set(waiver.content)
    covered = [each for each in named if not known or contents[each] in known]
    state, note = standing
    if state in COUNTING and not named:
        state, note = _gone(waiver, there, findings, contents)
    elif state in COUNTING and not covered:
        state, note = WaiverState.VOID, _VOID
    elif state in COUNTING:
        note = _in_part(len(named) - len(covered), len(known - {contents[each] for each in named}))
    matched = tuple(sorted(covered if state in COUNTING else named))
    return structs.replace(
        _result(waiver, Standing(state, note), matched, today),
        content=tuple(sorted({contents[each] for each in named})),
    )


_VOID = "The code at its place changed, so it covers nothing: look at it anew."


def _gone(
    waiver: Waiver, there: list[JoinedFinding], findings: Findings, contents: Mapping[str, str]
) -> Standing:
    """Say why a waiver names no open finding."""
    if there:
        states = joined(sorted({each.state for each in there}))
        return Standing(WaiverState.DEAD, f"What it names does not count without it: it is {states}.")
    if waiver.fingerprint and (waiver.rule or waiver.path):
        place = structs.replace(waiver, fingerprint="")
        if any(each.id in contents for each in findings.named_by(place)):
            return Standing(WaiverState.VOID, _VOID)
    if waiver.fingerprint:
        told = "No finding has this fingerprint: it is mended, or the code at its place changed."
        return Standing(WaiverState.DEAD, told)
    return Standing(WaiverState.DEAD, "There is no such finding.")


def _in_part(others: int, lost: int) -> str:
    """Say what a waiver that counts does not cover, and what it records in vain."""
    parts = []
    if others:
        more = some(others, "other finding", "is", "are")
        parts.append(f"{more} of this rule and place, and not covered: the content is another")
    if lost:
        parts.append(f"{some(lost, 'recorded content', 'is', 'are')} there no more")
    return sentence("; ".join(parts)) if parts else ""


def _of_tests(waiver: Waiver, standing: Standing, cases: Cases, today: date) -> WaiverResult:
    matched = cases.open_by(waiver)
    if standing.state in COUNTING and not matched:
        there = len(cases.named_by(waiver))
        told = f"{some(there, 'test', 'has', 'have')} this id, and none fails or is flaky"
        standing = Standing(WaiverState.DEAD, sentence(told if there else "no test has this id"))
    return _result(waiver, standing, matched, today)


def _result(waiver: Waiver, standing: Standing, matched: tuple[str, ...], today: date) -> WaiverResult:
    return WaiverResult(
        id=waiver.id,
        state=standing.state,
        of=waiver.of,
        match=waiver.match,
        matched=matched,
        reason=waiver.reason,
        owner=waiver.owner,
        approver=waiver.approver,
        created=waiver.created,
        expires=waiver.expires,
        days_left=None if waiver.expires is None else (waiver.expires - today).days,
        note=standing.note,
    )


def _without(evidence: Evidence, findings: set[str], tests: set[str]) -> Evidence:
    """Take what is waived out of what counts."""
    if findings:
        if evidence.findings is not None:
            items = tuple(_waived_finding(each, findings) for each in evidence.findings.items)
            evidence = structs.replace(evidence, findings=structs.replace(evidence.findings, items=items))
        own = tuple(_waived_finding(each, findings) for each in evidence.observations)
        evidence = structs.replace(evidence, observations=own)
    if tests:
        cases = tuple(_waived_test(case) if case.id in tests else case for case in evidence.cases)
        evidence = structs.replace(evidence, cases=cases)
    return evidence


def _waived_finding(finding: JoinedFinding, waived: set[str]) -> JoinedFinding:
    return structs.replace(finding, state=WAIVED) if finding.id in waived else finding


def _waived_test(case: JoinedCase) -> JoinedCase:
    outcome = Outcome.WAIVED if case.outcome in FAILING else case.outcome
    return structs.replace(case, outcome=outcome, flaky=False)


def standing_on(
    waivers: Sequence[Waiver], states: Mapping[str, bool], policy: Policy, today: date
) -> Iterator[tuple[str, WaiverResult]]:
    """Judge the waivers of gates, or of checks: yield the name of each, with what its waiver came to.

    `states` says of each name whether there is anything to waive: it failed, warns, or is unknown.
    """
    for waiver in waivers:
        name = waiver.gate or waiver.check
        standing = standing_of(waiver, policy, today)
        if standing.state in COUNTING and name not in states:
            standing = Standing(
                WaiverState.DEAD, f"There is no {waiver.of} of this name{_near(name, states)}."
            )
        elif standing.state in COUNTING and not states[name]:
            standing = Standing(WaiverState.DEAD, f"There is nothing to waive in this {waiver.of}.")
        yield name, _result(waiver, standing, (name,) if states.get(name) else (), today)


def _near(name: str, names: Iterable[str]) -> str:
    near = get_close_matches(name, sorted(names), n=1, cutoff=0.6)
    return f"; the nearest is {near[0]!r}" if near else ""
