"""What to do about the steps of the plan, where the evidence itself tells no fix."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.model.audit import Audit
from reportgen.render.views.missing_names import fix_of_message
from reportgen.render.views.remedies import remedies


def told_fixes(audit: Audit) -> Mapping[str, str]:
    """Return step -> what the policy says of its rule, or what a failure for want of a name calls for."""
    by_rule = remedies(audit.criteria)
    messages = {cause.id: cause.message for cause in audit.tests.causes} if audit.tests else {}
    found: dict[str, str] = {}
    for action in audit.remediation:
        if action.kind == "findings":
            told = by_rule.get(action.mends, "")
        else:
            told = fix_of_message(messages.get(action.mends, "")) if action.kind == "failures" else ""
        if told:
            found[action.id] = told
    return found
