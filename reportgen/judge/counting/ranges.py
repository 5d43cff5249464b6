"""Lines that never ran, in words: `3-7, 12`."""

from __future__ import annotations

SHOWN = 20


def missing_lines(executable: int, covered: int, shown: int = SHOWN) -> str:
    """Name the executable lines that did not run (both are bit sets), at most so many ranges.

    Lines with only lines between them that cannot run are one range, as coverage.py writes them.
    """
    missed = executable & ~covered
    missing = format(missed, "b")[::-1] if missed else ""
    ran = format(executable & covered, "b")[::-1]
    words: list[str] = []
    left = 0
    first = missing.find("1")
    while first >= 0:
        end = ran.find("1", first)  # the next line that ran
        if len(words) < shown:
            last = missing.rfind("1", first, end if end >= 0 else None)
            words.append(str(first) if first == last else f"{first}-{last}")
        else:
            left += 1
        first = missing.find("1", end) if end >= 0 else -1
    return ", ".join(words) + (f" and {left:,} more" if left > 0 else "")
