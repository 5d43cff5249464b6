"""What a team accepts for a while: a finding, a failing test, a gate, or an item of the checklist."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from reportgen.model.evidence import JoinedCase, JoinedFinding
from reportgen.model.globs import fits

WAIVED = "waived"
"""The state of a finding that a waiver covers."""

WARNING_DAYS = 14
"""From how many days before its last day on a waiver is said to expire soon."""

Of = Literal["finding", "test", "gate", "check"]


class WaiverState(StrEnum):
    """What a waiver came to; only an active or expiring one counts.

    Expiring: it ends within the policy's `waiver_warning_days`. Expired: its last day is over. Dead: nothing
    is there that it could waive. Void: the code at its place is not what was waived. Invalid: it breaks a
    rule of waivers, which its note says.
    """

    ACTIVE = "active"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    DEAD = "dead"
    VOID = "void"
    INVALID = "invalid"


COUNTING = frozenset({WaiverState.ACTIVE, WaiverState.EXPIRING})


class Waiver(Struct, frozen=True, kw_only=True):
    """A waiver as it is written.

    It matches findings (by `rule`, a rule id or a prefix that ends in `*`, `path`, a glob, and `fingerprint`;
    all that are given must fit), failing or flaky tests (`test`, an id in which `*` stands for anything), one
    gate, or one `check` of the checklist. `content` are digests of findings, for a waiver of findings that
    gives no fingerprint: it covers those of its findings whose content is among them.
    `expires` is the last day on which it counts.
    """

    id: str
    rule: str = ""
    path: str = ""
    fingerprint: str = ""
    content: tuple[str, ...] = ()
    test: str = ""
    gate: str = ""
    check: str = ""
    reason: str = ""
    owner: str = ""
    approver: str = ""
    created: date | None = None
    expires: date | None = None

    def __post_init__(self) -> None:
        """Refuse a waiver of nothing, and one of several kinds of things: its parts could not all fit."""
        kinds = sum(map(bool, (self.rule or self.path or self.fingerprint, self.test, self.gate, self.check)))
        if kinds != 1:
            raise ValueError(
                "a waiver matches findings (rule, path, fingerprint), tests (test), one gate or one check; "
                + ("this one matches several kinds" if kinds else "this one matches nothing")
            )

    @property
    def of(self) -> Of:
        """The kind of thing that it is for."""
        given: tuple[tuple[Of, str], ...] = (("test", self.test), ("gate", self.gate), ("check", self.check))
        return next((kind for kind, value in given if value), "finding")

    @property
    def match(self) -> str:
        """What it matches, in words: `rule F401, path src/**`."""
        given = (
            ("rule", self.rule),
            ("path", self.path),
            ("fingerprint", self.fingerprint),
            ("test", self.test),
            ("gate", self.gate),
            ("check", self.check),
        )
        return ", ".join(f"{word} {value}" for word, value in given if value)

    def fits_finding(self, finding: JoinedFinding) -> bool:
        """Tell whether a finding is of the kind and at the place that it names; its content is not asked."""
        if self.rule and not _fits_rule(self.rule, finding.rule):
            return False
        if self.fingerprint and self.fingerprint != finding.fingerprint:
            return False
        return not self.path or fits(self.path, finding.path)

    def fits_test(self, case: JoinedCase) -> bool:
        """Tell whether it names a test."""
        return case.id == self.test or _compiled(self.test).fullmatch(case.id) is not None


class WaiverResult(Struct, frozen=True, kw_only=True):
    """A waiver as judged.

    `matched` are ids of what it covers: of the findings or tests, else the gate or check; for one that does
    not count, of what it would. `content` are the digests of the open findings that it names, to be copied
    into the configuration by whoever looked at them. `days_left` counts to its last day, null where that is
    not stated. `note` says what is wrong with it, or what to know of it.
    """

    id: str
    state: WaiverState
    of: Of
    match: str
    matched: tuple[str, ...]
    reason: str
    owner: str
    approver: str
    created: date | None
    expires: date | None
    days_left: int | None
    note: str
    content: tuple[str, ...] = ()


def _fits_rule(pattern: str, rule: str) -> bool:
    return rule.startswith(pattern[:-1]) if pattern.endswith("*") else rule == pattern


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of test ids; only `*` is special: brackets are parameters."""
    return re.compile(".*".join(map(re.escape, pattern.split("*"))), re.DOTALL)
