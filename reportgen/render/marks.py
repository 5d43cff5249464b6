"""The marks that only we can make: a state in bold beside its icon, and a link to the evidence index.

Text from evidence can hold neither bold nor a link, so that a mark in a report is always ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reportgen.model.profile import Profile
from reportgen.model.states import State
from reportgen.render.escape import Markdown, text

EVIDENCE_ANCHOR = "evidence-index"
"""The anchor that GitHub, GitLab and our own page make of the heading `Evidence index`."""

_LONGEST = 4
_EVIDENCE_ID = re.compile(r"E([0-9]{1,9})")


def badge(state: State, profile: Profile) -> Markdown:
    """Print a state: its icon and, in bold, its word (`❌ **FAIL**`)."""
    return state_mark(profile.icon(state), profile.state_word(state))


def verdict_badge(state: State, profile: Profile) -> Markdown:
    """Print the verdict likewise, in the profile's words for a verdict."""
    return state_mark(profile.icon(state), profile.verdict_word(state))


def state_mark(icon: str, word: str) -> Markdown:
    """Print an icon, where there is one, and in bold a word; both are a profile's."""
    return Markdown(f"{text(icon).source} **{text(word).source}**".strip())


def evidence_marks(ids: Iterable[str]) -> Markdown:
    """Print ids of evidence as links to its index, three or more in a row as a range: `E1`, `E4`–`E9`."""
    runs = list(_runs(ids))
    marks = [_mark(first) if first == last else f"{_mark(first)}–{_mark(last)}" for first, last in runs]
    left = len(runs) - _LONGEST
    return Markdown(", ".join(marks if left <= 1 else [*marks[:_LONGEST], f"and {left} more"]) or "–")


def _mark(evidence_id: str) -> str:
    return f"[{text(evidence_id).source}](#{EVIDENCE_ANCHOR})"


def _runs(ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the first and last id of each run of consecutive numbers; two in a row are no run."""
    numbers = sorted(int(found[1]) for id_ in set(ids) if (found := _EVIDENCE_ID.fullmatch(id_)))
    start = 0
    for end in range(1, len(numbers) + 1):
        if end < len(numbers) and numbers[end] == numbers[end - 1] + 1:
            continue
        run = numbers[start:end]
        if len(run) > 2:  # noqa: PLR2004 - a range says no more than two marks
            yield f"E{run[0]}", f"E{run[-1]}"
        else:
            yield from ((f"E{number}", f"E{number}") for number in run)
        start = end
