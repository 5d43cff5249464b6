"""What a template can print of the model's own records: states, scores, shares, times, marks of evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from reportgen.model.audit_coverage import Measure
from reportgen.model.figures import percent_text, plural
from reportgen.model.profile import Profile
from reportgen.model.states import State
from reportgen.render.escape import Markdown
from reportgen.render.marks import badge, evidence_marks, verdict_badge
from reportgen.render.scores import score_mark, score_text
from reportgen.render.wording import measure_text, minutes_text, seconds_text


def _state(value: object) -> State:
    if not isinstance(value, State):
        raise TypeError(f"a state is asked for, and this is a {type(value).__name__}")
    return value


def _badge(value: object, profile: Profile) -> Markdown:
    return badge(_state(value), profile)


def _verdict(value: object, profile: Profile) -> Markdown:
    return verdict_badge(_state(value), profile)


def _percent(value: Fraction | Measure | None) -> str:
    return percent_text(value.percent if isinstance(value, Measure) else value)


def _times(value: Decimal | None) -> str:
    return seconds_text(value)


PROFILE_FILTERS: Mapping[str, Callable[[Any, Profile], object]] = {
    "badge": _badge,
    "verdict": _verdict,
    "score": score_text,
    "score_mark": score_mark,
}
"""Filters that print in the words of the profile: `{{ gate.state | badge }}`."""

FILTERS: Mapping[str, Callable[..., object]] = {
    "percent": _percent,
    "measure": measure_text,
    "seconds": _times,
    "minutes": minutes_text,
    "marks": evidence_marks,
    "plural": plural,
}
"""Filters that print alike everywhere: `{{ gate.evidence | marks }}`."""
