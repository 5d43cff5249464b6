"""The state of a criterion: that of its checks, or what its score says where the policy sets no limit."""

from __future__ import annotations

import re
from fractions import Fraction

from reportgen.model.audit import Audit, CriterionScore
from reportgen.model.audit_tests import AuditTests
from reportgen.model.figures import HUNDRED
from reportgen.model.profile import Profile
from reportgen.model.score_words import word_of
from reportgen.model.states import State, worst

_SHARE = re.compile(r"\s*\S*\btests\.percent\s*")
_STRONG, _FAIR = Fraction(80), Fraction(60)


def area_state(criterion: CriterionScore, audit: Audit, profile: Profile) -> State:
    """Judge a criterion.

    With checks it is the worst of them. Of those built in, `tests` fails with a failing test and is unknown
    where a layer ran none; `completeness` below 100 is unknown, since evidence is missing; `findings` fails
    with an open critical or high one. Without a score the others are unknown. Else the profile's word for the
    range of the score tells it; a profile without words has pass from 80 and warn from 60 on. A share of
    passing tests fails with a failing test, like `tests`.
    """
    if criterion.checks:
        return worst([check.state for check in criterion.checks])
    capped = _capped(criterion, audit)
    if criterion.score is None:
        return State.FAIL if capped is State.FAIL else State.UNKNOWN
    if criterion.name == "tests" and criterion.score == HUNDRED:
        return capped
    if capped in {State.FAIL, State.UNKNOWN}:
        return capped
    return worst([capped, _of_score(criterion.score, profile)])


def _capped(criterion: CriterionScore, audit: Audit) -> State:
    """Return the state that no score makes better."""
    match criterion.name:
        case "tests" if audit.tests is not None:
            return _of_tests(audit.tests)
        case "completeness" if criterion.score != HUNDRED:
            return State.UNKNOWN
        case "findings" if audit.findings is not None:
            severe = audit.findings.by_severity.get("critical", 0) + audit.findings.by_severity.get("high", 0)
            return State.FAIL if severe else State.PASS
        case _ if _SHARE.fullmatch(criterion.expression) and criterion.score not in {None, HUNDRED}:
            return State.FAIL
        case _:
            return State.PASS


def _of_tests(tests: AuditTests) -> State:
    if tests.failed or tests.errored or tests.suite_errors:
        return State.FAIL
    if not all(layer.ran and layer.complete for layer in tests.by_layer.values()):
        return State.UNKNOWN
    return State.WARN if tests.flaky else State.PASS


def _of_score(score: Fraction, profile: Profile) -> State:
    found = word_of(profile.score_words, score)
    if found is not None:
        return found.state
    if score >= _STRONG:
        return State.PASS
    return State.WARN if score >= _FAIR else State.FAIL
