"""What the policy says to do about a rule: the remediation of the check that counts its findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from reportgen.model.audit import CriterionScore
from reportgen.model.expression import parse_condition
from reportgen.model.metrics import split_name


@lru_cache(maxsize=8_192)  # distinct texts; beyond it they are read again
def names_in(condition: str) -> tuple[str, ...]:
    """Return the metrics that a condition speaks of; none where it is no condition."""
    try:
        return parse_condition(condition).names
    except ValueError:  # a model made by hand may hold words
        return ()


def remedies(criteria: Iterable[CriterionScore]) -> Mapping[str, str]:
    """Return rule -> remediation, of the first check that tells one."""
    found: dict[str, str] = {}
    for criterion in criteria:
        for check in criterion.checks:
            for name in names_in(check.condition) if check.remediation.strip() else ():
                head, rule, _ = split_name(name)
                if head == "findings.rules":
                    found.setdefault(rule, check.remediation)
    return found
