"""Lines that never ran, in words: `3-7, 12`."""

from __future__ import annotations

import re

_RUN = re.compile("1+")
SHOWN = 20


def missing_lines(executable: int, covered: int, shown: int = SHOWN) -> str:
    """Name the executable lines that did not run (both are bit sets), at most so many ranges.

    Lines with only lines between them that cannot run are one range, as coverage.py writes them.
    """
    missed = executable & ~covered
    ran = executable & covered
    ranges: list[list[int]] = []
    for found in _RUN.finditer(format(missed, "b")[::-1]):
        first, last = found.start(), found.end() - 1
        if ranges and not _between(ran, ranges[-1][1], first):
            ranges[-1][1] = last
        else:
            ranges.append([first, last])
    words = [str(first) if first == last else f"{first}-{last}" for first, last in ranges[:shown]]
    left = len(ranges) - shown
    return ", ".join(words) + (f" and {left:,} more" if left > 0 else "")


def _between(bits: int, first: int, last: int) -> bool:
    """Tell whether a bit is set after `first` and before `last`."""
    return bool((bits >> (first + 1)) & ((1 << (last - first - 1)) - 1))
