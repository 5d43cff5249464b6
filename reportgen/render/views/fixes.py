"""Code before and after, as a tool proposes to change it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from reportgen.model.evidence import JoinedFinding
from reportgen.model.findings import Fix
from reportgen.render.escape import Markdown
from reportgen.render.views.quoting import plain_code
from reportgen.render.wording import clipped

_TEXT = 200


class FixRow(Struct, frozen=True):
    """A change that a tool proposes: where, in which words, and the code; `removes` where none is left."""

    place: str
    message: str
    before: Markdown | None
    after: Markdown | None
    removes: bool


def fix_of(findings: Iterable[JoinedFinding]) -> FixRow | None:
    """Return the first change whose code is told, whole lines before parts of them; None where none is."""
    known = [each for each in findings if each.fix is not None]
    for whole in (True, False):
        for each in known:
            before, after = _code(each.fix, whole=whole)
            if before.strip() or after.strip():
                return FixRow(
                    place=f"{each.path}:{each.line}" if each.line else each.path,
                    message=clipped(each.fix.message, _TEXT) if each.fix else "",
                    before=plain_code(before),
                    after=plain_code(after),
                    removes=bool(before.strip()) and not after.strip(),
                )
    return None


def _code(fix: Fix | None, *, whole: bool) -> tuple[str, str]:
    if fix is None:
        return "", ""
    if whole:
        return fix.before, fix.after
    if len(fix.edits) != 1:
        return "", ""
    return fix.edits[0].before, fix.edits[0].text
