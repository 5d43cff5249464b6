"""How long remediation takes, priority by priority, and what the score is after each."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.figures import plural
from reportgen.model.plan import Action
from reportgen.render.scores import score_text
from reportgen.render.views.parts import Subject
from reportgen.render.wording import minutes_text


class TimeRow(Struct, frozen=True):
    """The steps of a priority: how many, how long, and how long with all before them."""

    name: str
    steps: int
    time: str
    until: str


class TimeView(Struct, frozen=True):
    """The time by priority, and in all."""

    sentence: str
    rows: tuple[TimeRow, ...]
    steps: int
    time: str


class AfterRow(Struct, frozen=True):
    """The score when the steps up to a priority are done."""

    name: str
    score: str


class AfterView(Struct, frozen=True):
    """The score now and after each priority; `limits` say what it leaves out."""

    sentence: str
    rows: tuple[AfterRow, ...]
    limits: tuple[str, ...]


def remediation_time(subject: Subject) -> TimeView | None:
    """Add up the time of the plan; None where there is nothing to do."""
    actions = subject.audit.remediation
    if not actions:
        return None
    rows: list[TimeRow] = []
    spent = 0
    for name, steps in _by_priority(actions):
        minutes = sum(action.minutes for action in steps)
        spent += minutes
        rows.append(TimeRow(name.capitalize(), len(steps), minutes_text(minutes), minutes_text(spent)))
    whole = plural(len(actions), "step")
    verb = "takes" if len(actions) == 1 else "take"
    return TimeView(
        sentence=f"The {whole} of the plan {verb} {minutes_text(spent)} of work by the policy's efforts.",
        rows=tuple(rows),
        steps=len(actions),
        time=minutes_text(spent),
    )


def _by_priority(actions: tuple[Action, ...]) -> Iterator[tuple[str, list[Action]]]:
    for name, steps in groupby(actions, key=lambda action: action.priority):
        yield name, list(steps)


def score_after(subject: Subject) -> AfterView | None:
    """Say the score after remediation; None where there is no plan, or nothing to score."""
    audit, profile = subject.audit, subject.profile
    after = audit.score_after
    if not audit.remediation or after is None:
        return None

    def shown(value: Fraction) -> str:
        return score_text(value, profile)

    rows = [AfterRow("Now", shown(audit.score.lower))]
    rows += [
        AfterRow(f"After the steps of {name} priority", shown(steps[-1].after))
        for name, steps in _by_priority(audit.remediation)
    ]
    then, now = f"{shown(after.score)} ({after.grade})", f"{shown(audit.score.lower)} ({audit.score.grade})"
    return AfterView(
        sentence=f"With every step of the plan done, the score is {then}; now it is {now}.",
        rows=tuple(rows),
        limits=tuple(_limits(audit)),
    )


def _limits(audit: Audit) -> Iterator[str]:
    unmeasured = [each.title or each.name for each in audit.criteria if each.score is None]
    if unmeasured:
        told = plural(len(unmeasured), "criterion is", "criteria are")
        count = "counts" if len(unmeasured) == 1 else "count"
        yield f"{told} not measured now, and {count} as nothing until measured: {', '.join(unmeasured)}."
    layers = audit.tests.by_layer if audit.tests is not None else {}
    silent = [name for name, layer in layers.items() if not (layer.ran and layer.complete)]
    if silent:
        told = plural(len(silent), "layer that did not run whole", "layers that did not run whole")
        yield f"What {told} would show is not known, and not counted here: {', '.join(silent)}."
