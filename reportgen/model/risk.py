"""How much is at risk, and how far the report can be relied on: a level each, with its reasons."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from msgspec import Struct

RiskLevel = Literal["critical", "high", "medium", "low", "unknown"]
ConfidenceLevel = Literal["high", "medium", "low"]


class Risk(Struct, frozen=True, kw_only=True):
    """The risk of what was examined; `unknown` where the evidence is missing that could tell."""

    level: RiskLevel
    reasons: tuple[str, ...]


class Confidence(Struct, frozen=True, kw_only=True):
    """How much of the policy was measured: `measured` is 0 to 100, of the weights and gates that count."""

    level: ConfidenceLevel
    measured: Fraction
    reasons: tuple[str, ...]
