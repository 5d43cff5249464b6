"""Revisions: whether two names of one mean the same commit, and what states another than the report."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reportgen.model.evidence import EvidenceItem

_LEAST_SHA = 7
_SHA = re.compile(r"[0-9a-f]{7,64}")


def same_revision(one: str, other: str) -> bool:
    """Tell whether two revisions are one; a commit's id may be cut to 7 characters or more."""
    short, long = sorted((one.strip().lower(), other.strip().lower()), key=len)
    return short == long or (len(short) >= _LEAST_SHA and long.startswith(short))


def other_commits(items: Iterable[EvidenceItem], revision: str | None) -> tuple[EvidenceItem, ...]:
    """Return the artifacts that say that they were made from another commit than `revision`.

    Only ids of commits are held against each other: whether a tag and a commit are one is not known here.
    """
    if not revision or _SHA.fullmatch(revision.strip().lower()) is None:
        return ()
    return tuple(
        item
        for item in items
        if _SHA.fullmatch(item.revision.strip().lower()) and not same_revision(item.revision, revision)
    )
