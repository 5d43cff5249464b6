"""What every rule is: an id, a sentence, a severity, and a look at the joined evidence."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from msgspec import Struct

from reportgen.model.evidence import Evidence, JoinedFinding
from reportgen.model.states import Severity

TOOL = "reportgen"
ID_PATTERN = "RG{:03d}"


class Found(Struct, frozen=True):
    """What a rule found: findings, or none."""

    findings: tuple[JoinedFinding, ...]


class Skipped(Struct, frozen=True):
    """A rule that could not run, and why; the reason follows `because` in a sentence."""

    reason: str


Result = Found | Skipped


class RuleModule(Protocol):
    """What a module of this folder offers."""

    def apply(self, evidence: Evidence, rule: Rule) -> Result:
        """Look at the evidence; findings are made by `rule.finding` only."""


class Rule(NamedTuple):
    """A row of the table of rules.

    `title` is what it finds, `help` why that matters and what to do; `module` is imported when it runs.
    """

    id: str
    title: str
    severity: Severity
    help: str
    module: str

    def finding(
        self,
        number: int,
        message: str,
        *,
        evidence: tuple[str, ...],
        symbol: str = "",
        path: str = "",
        line: int = 0,
    ) -> JoinedFinding:
        """Make a finding of this rule; `number` counts from 1, `results` is 0: no tool said so."""
        return JoinedFinding(
            id=f"{self.id}-{number}",
            rule=self.id,
            tools=(TOOL,),
            severity=self.severity,
            level=self.severity.value,
            path=path,
            line=line,
            message=message,
            fingerprint="",
            state="open",
            evidence=evidence,
            symbol=symbol,
            results=0,
        )
