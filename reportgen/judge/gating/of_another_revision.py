"""Evidence that says it is of another commit than the report: nothing built on it is a clean pass."""

from __future__ import annotations

from msgspec import structs

from reportgen.judge.wording import joined
from reportgen.model.artifact import Problem
from reportgen.model.evidence import Evidence
from reportgen.model.figures import plural
from reportgen.model.revisions import other_commits

_SHOWN = 3


def with_doubts(evidence: Evidence, revision: str | None) -> Evidence:
    """Add a doubt where artifacts name another commit than the report's `revision`."""
    others = other_commits(evidence.items, revision)
    if not others:
        return evidence
    names = joined(list(dict.fromkeys(item.revision for item in others))[:_SHOWN])
    ids = [item.id for item in others]
    more = f"{', '.join(ids[:_SHOWN])} and {len(ids) - _SHOWN:,} more"
    of_them = more if len(ids) > _SHOWN else joined(ids)
    doubt = Problem(
        kind="another revision",
        message=f"{plural(len(others), 'artifact')} ({of_them}) of revision {names}, not of {revision}",
        hint="give the evidence of the revision that the report is about, or name that revision",
        path=others[0].path if len(others) == 1 else "",
        doubt=True,
    )
    return structs.replace(evidence, warnings=(*evidence.warnings, doubt))
