"""The critical issues of a report: what is wrong, where, what it does, and what mends it."""

from __future__ import annotations

from msgspec import Struct


class CriticalIssue(Struct, frozen=True, kw_only=True):
    """An issue, numbered I1, I2, … from the worst on.

    `kind` is `failures`, `findings`, `not run` or `evidence`; `severity` critical or high. `places` are
    `path:line` or paths. `fix` is the rule's own words, or a reader's hint, empty where the evidence tells
    none; `before` and `after` are code that a tool proposes to change at `changed_at`, empty where none does.
    `action` is the step of the plan that mends it.
    """

    id: str
    kind: str
    severity: str
    title: str
    places: tuple[str, ...]
    problem: str
    impact: str
    fix: str = ""
    before: str = ""
    after: str = ""
    owner: str = ""
    minutes: int = 0
    action: str = ""
    evidence: tuple[str, ...] = ()
    changed_at: str = ""
