"""What a finding is about, as a digest: a waiver that records it covers that code, and no other."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from reportgen.model.evidence import JoinedFinding

LENGTH = 16
"""Hex digits of a content digest."""


def contents_of(findings: Iterable[JoinedFinding]) -> dict[str, str]:
    """Return id -> content digest of the open findings.

    The content is rule, path and the code at the place, its white space folded; so code may move within its
    file. Where the code is not known it is what was reported: line, column and message. Of several with the
    same content, each has its number: one more of them is not the same.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    digests: dict[str, str] = {}
    for finding in sorted(findings, key=lambda each: (each.path, each.line, each.column, each.id)):
        if finding.state != "open":
            continue
        content = _content(finding)
        seen[content] += 1
        canonical = repr((*content, seen[content]))
        digests[finding.id] = hashlib.sha256(canonical.encode(errors="surrogatepass")).hexdigest()[:LENGTH]
    return digests


def _content(finding: JoinedFinding) -> tuple[str, ...]:
    code = " ".join(finding.snippet.split())
    if code:
        return (finding.rule, finding.path, code)
    place = f"{finding.line}:{finding.column}-{finding.end_line}"
    return (finding.rule, finding.path, place, finding.symbol, finding.message)
