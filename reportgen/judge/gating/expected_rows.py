"""What the expected inputs come to: as numbers, as the names of what is missing, and in a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from reportgen.judge.wording import sentence
from reportgen.model.expected import ExpectedInput, InputState

_SHOWN = 5


def expected_counts(rows: Iterable[ExpectedInput]) -> dict[str, int]:
    """Count the expected artifacts that are not as they should be: the metrics `evidence.corrupt`, ….

    Those that are missing are counted by name, see `missing_of`; `unmet` counts all of them.
    """
    counts = Counter(dict.fromkeys(InputState, 0))
    for row in rows:
        counts[row.state] += row.count
    return {
        "corrupt": counts[InputState.CORRUPT],
        "stale": counts[InputState.STALE],
        "other_revision": counts[InputState.OTHER_REVISION],
        "unmet": sum(count for state, count in counts.items() if state is not InputState.PRESENT),
    }


def missing_of(rows: Iterable[ExpectedInput]) -> tuple[str, ...]:
    """Name each missing artifact once: its glob, numbered where several of one are missing.

    One that was named as an input is in the index of the evidence, and is no more counted here.
    """
    names: dict[str, None] = {}
    for row in rows:
        lacking = row.count - len(row.evidence)
        if row.state is InputState.MISSING and lacking > 0:
            place = f"{row.path} (layer {row.layer})" if row.layer else row.path
            several = [f"{place} ({number} of {lacking} missing)" for number in range(1, lacking + 1)]
            names |= dict.fromkeys(several if lacking > 1 else [place])
    return tuple(sorted(names))


def told_of(rows: tuple[ExpectedInput, ...]) -> str:
    """Say how the expected inputs stand, in a sentence."""
    wrong = [
        f"{row.path} ({_STATES[row.state]}: {_inside(row.reason)})"
        for row in rows
        if row.state is not InputState.PRESENT
    ]
    if not wrong:
        one = len(rows) == 1
        return "The expected input is there." if one else f"All {len(rows):,} expected inputs are there."
    left = len(wrong) - _SHOWN
    told = "; ".join([*wrong[:_SHOWN], f"and {left:,} more"] if left > 0 else wrong)
    return sentence(f"not as expected: {told}")


_STATES = {state: state.value.replace("_", " ") for state in InputState} | {
    InputState.UNKNOWN: "age not known"
}


def _inside(reason: str) -> str:
    text = reason.rstrip(".")
    return text[:1].lower() + text[1:]
