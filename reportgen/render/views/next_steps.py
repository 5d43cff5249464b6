"""What to do next: the plan by priority, P1 to P4, with the commands and the code that go with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.audit_tests import FailureCause
from reportgen.model.evidence import JoinedFinding
from reportgen.model.figures import one_decimal, plural
from reportgen.model.plan import Action
from reportgen.render.escape import Markdown, excerpt
from reportgen.render.places import place_mark
from reportgen.render.views.fixes import FixRow, fix_of
from reportgen.render.views.parts import CELL, Cut, Subject, cut, told_by
from reportgen.render.views.quoting import plain_code
from reportgen.render.views.told_fixes import told_fixes
from reportgen.render.wording import clipped, gain_text, minutes_text

PRIORITIES = ("immediate", "high", "medium", "low")
"""The priorities of a plan; the first is P1."""
_PLACES = 3
_LINES = 8
_SAME = 40


class StepRow(Struct, frozen=True):
    """A step: what to do, where, what it takes and gains. `failure` is what failing tests told."""

    id: str
    title: str
    facts: str
    owner: str
    fix: str
    places: Cut[Markdown]
    change: FixRow | None
    failure: Markdown | None
    evidence: Markdown


class StepsOf(Struct, frozen=True):
    """The steps of one priority, and the commands that verify them."""

    name: str
    sentence: str
    rows: Cut[StepRow]
    commands: Markdown | None


class NextStepsView(Struct, frozen=True):
    """The steps by priority; those of which there is none are left out."""

    sentence: str
    groups: tuple[StepsOf, ...]


def next_steps(subject: Subject) -> NextStepsView | None:
    """Give the plan by priority; None where there is nothing to do."""
    actions = subject.audit.remediation
    if not actions:
        return None
    grouped: dict[str, list[Action]] = defaultdict(list)
    for action in actions:
        grouped[action.priority].append(action)
    known = _Known(subject.audit, told_fixes(subject.audit))
    groups = tuple(
        _group(f"Priority {number}: {name}", grouped[name], subject, known)
        for number, name in enumerate(PRIORITIES, 1)
        if grouped[name]
    )
    return NextStepsView(_sentence(actions, subject.audit), groups)


def _sentence(actions: tuple[Action, ...], audit: Audit) -> str:
    effort = minutes_text(sum(action.minutes for action in actions))
    after = audit.score_after
    leads = f"; after them the score is {one_decimal(after.score)} ({after.grade})" if after else ""
    if len(actions) == 1:
        return f"One step, {effort} of work{leads.replace('them', 'it')}."
    return f"{plural(len(actions), 'step')}, {effort} of work in all{leads}."


class _Known(Struct, frozen=True):
    """Where more on a step is looked up: causes by id, open findings by rule, the policy's fixes by step."""

    audit: Audit
    fixes: Mapping[str, str]

    def cause(self, action: Action) -> FailureCause | None:
        tests = self.audit.tests
        causes = tests.causes if tests is not None and action.kind == "failures" else ()
        return next((cause for cause in causes if cause.id == action.mends), None)

    def by_rule(self, wanted: frozenset[str]) -> Mapping[str, list[JoinedFinding]]:
        found: dict[str, list[JoinedFinding]] = defaultdict(list)
        for each in self.audit.findings.items if self.audit.findings is not None else ():
            if each.rule in wanted and each.state == "open" and _tells(each):
                found[each.rule].append(each)
        return found


def _group(name: str, actions: list[Action], subject: Subject, known: _Known) -> StepsOf:
    shown = cut(actions, subject.limit, "remediation", lambda action: action)
    findings = known.by_rule(frozenset(action.mends for action in shown.rows if action.kind == "findings"))
    rows = tuple(_step(action, subject, known, findings) for action in shown.rows)
    lines = [
        line for each in shown.rows if each.verify for line in (f"# {each.id}", clipped(each.verify, 1_000))
    ]
    effort = minutes_text(sum(action.minutes for action in actions))
    return StepsOf(
        name=name,
        sentence=f"{plural(len(actions), 'step')}, {effort} of work.",
        rows=Cut(rows, shown.left, shown.where),
        commands=excerpt(lines) if lines else None,
    )


def _step(
    action: Action, subject: Subject, known: _Known, findings: Mapping[str, list[JoinedFinding]]
) -> StepRow:
    url = subject.audit.source_url
    cause = known.cause(action)
    places = action.places if action.kind == "findings" else (cause.place,) if cause and cause.place else ()
    return StepRow(
        id=action.id,
        title=clipped(action.title, 2 * CELL),
        facts=_facts(action),
        owner=clipped(action.owner, CELL),
        fix=_how(action, known.fixes.get(action.id, "")),
        places=cut(places, _PLACES, "remediation", lambda each: place_mark(each, clipped(each, CELL), url)),
        change=fix_of(findings.get(action.mends, ())) if action.kind == "findings" else None,
        failure=plain_code(cause.text, _LINES) if cause else None,
        evidence=told_by(action.evidence),
    )


def _tells(finding: JoinedFinding) -> bool:
    """Tell whether the change that a tool proposes can be read by itself: one word of it cannot."""
    fix = finding.fix
    if fix is None:
        return False
    before, after = fix.before, fix.after
    if not before and not after and len(fix.edits) == 1:
        before, after = fix.edits[0].before, fix.edits[0].text
    return bool(before.strip()) or len(after.split()) > 1


def _how(action: Action, told: str) -> str:
    """Give the words on how to mend it, the evidence's or the policy's, where the title does not say them."""
    words = clipped((action.fix or told).strip(), 2 * CELL)
    if not words or words[:_SAME] in action.title:
        return ""
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _facts(action: Action) -> str:
    """Say what a step takes, and what it gains where it gains anything."""
    told = [minutes_text(action.minutes)]
    if action.gain:
        told.append(f"{gain_text(action.printed_gain, action.gain)} points, to {one_decimal(action.after)}")
    if action.gates:
        turned = [clipped(name, CELL) for name in action.gates[:_PLACES]]
        left = len(action.gates) - len(turned)
        told.append(f"turns {', '.join(turned)}{f' and {left:,} more' if left else ''}")
    return "; ".join(told)
