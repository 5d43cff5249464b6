"""What to do about it: the steps of the remediation plan, and where a change is risky."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct


class Action(Struct, frozen=True, kw_only=True):
    """A step of the remediation plan.

    `kind` is `failures`, `findings`, `gap`, `check` or `limit`. `priority` is immediate, high, medium or low.
    `minutes` is its effort, `gain` what it adds to the lower score from where the steps before left it
    (`printed_gain` adds up to the printed last score less the printed first), `after` the score then.
    `places` are `path:line`, paths or test ids; `gates` the names of those that it turns to pass.
    """

    id: str
    kind: str
    priority: str
    title: str
    places: tuple[str, ...]
    count: int
    minutes: int
    gain: Fraction
    printed_gain: Fraction
    after: Fraction
    gates: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    owner: str = ""
    verify: str = ""
    fix: str = ""
    mends: str = ""


class AfterRemediation(Struct, frozen=True, kw_only=True):
    """What scoring the evidence gives once every step of the plan is done: the lower score, and its grade.

    A mended failure counts as passed, a mended finding as gone, an artifact as read whole. What a step
    brings to light that nobody knows yet (tests that never ran) is not counted.
    """

    score: Fraction
    grade: str


class Hotspot(Struct, frozen=True, kw_only=True):
    """A file where a change is risky; `risk` is CRAP where complexity is known, else weighted findings."""

    path: str
    risk: Fraction
    basis: str
    findings: int
    uncovered: int | None
    complexity: int | None
    evidence: tuple[str, ...]
