"""What the head of a report on a session says: how long it took, and what it was for."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.model.audit import Audit
from reportgen.render.views.about import Line
from reportgen.render.wording import seconds_text


def session_lines(audit: Audit, *, wanted: bool) -> Iterator[Line]:
    """Say how long the session took, and that no focus is stated; `wanted` has the lines also without."""
    about = audit.about
    if about.duration:
        yield Line("Duration", f"{about.duration}, as stated; no evidence tells it")
    elif wanted:
        seconds = audit.tests.seconds if audit.tests is not None else None
        tests = "" if seconds is None else f" (the tests alone: {seconds_text(seconds)})"
        yield Line(
            "Duration", f"not measured{tests}; “duration” under [about] in the configuration would state it"
        )
    if wanted and not about.focus:
        yield Line("Focus", "not stated; “focus” under [about] in the configuration would state it")
