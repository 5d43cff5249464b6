"""What stands behind a judgement, in plain text."""

from __future__ import annotations

from msgspec import Struct


class Explanation(Struct, frozen=True, kw_only=True):
    """What stands behind a judgement, in plain text.

    `kind` is gate, criterion, check, condition, number, waiver or finding; `state` is a state, or for a
    criterion or number its value. `values` are (metric, value); `margin` says how far each comparison is from
    turning; `turns` what would turn it. `evidence` are ids of evidence.
    """

    name: str
    kind: str
    state: str
    condition: str
    reason: str
    values: tuple[tuple[str, str], ...]
    evidence: tuple[str, ...]
    margin: tuple[str, ...]
    turns: str
