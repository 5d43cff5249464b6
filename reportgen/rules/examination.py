"""Runs the rules over the joined evidence."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import assert_never, cast

from msgspec import structs

from reportgen.model.evidence import Evidence, JoinedFinding
from reportgen.rules.base import Found, Rule, RuleModule, Skipped
from reportgen.rules.table import RULES


def examine(evidence: Evidence, rules: Iterable[Rule] = RULES) -> Evidence:
    """Add what our own rules find, and which of them could not run; nothing else of the evidence changes."""
    findings: list[JoinedFinding] = []
    skipped: list[tuple[str, str]] = []
    for rule in rules:
        result = module_of(rule).apply(evidence, rule)
        match result:
            case Found(found):
                findings.extend(found)
            case Skipped(reason):
                skipped.append((rule.id, reason))
            case _:
                assert_never(result)
    return structs.replace(evidence, observations=tuple(findings), rules_skipped=tuple(skipped))


def module_of(rule: Rule) -> RuleModule:
    """Import the module of a row of the table."""
    return cast(RuleModule, import_module(f"reportgen.rules.{rule.module}"))
