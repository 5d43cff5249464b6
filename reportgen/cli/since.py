"""What changed since the baseline, in one line for a terminal."""

from __future__ import annotations

from reportgen.model.changes import Changes
from reportgen.model.figures import plural, size_text


def since_baseline(changes: Changes) -> str:
    """Say what is new, fixed and gone; empty where the baseline could not be compared with."""
    if changes.problem:
        return ""
    told: list[str] = []
    if changes.tests is not None:
        told += _counted(len(changes.tests.new_failures), "new failure")
        told += _counted(len(changes.tests.fixed), "fixed test")
        told += _counted(len(changes.tests.vanished), "vanished test")
    if changes.findings is not None:
        told += _counted(len(changes.findings.new), "new finding")
        told += _counted(len(changes.findings.fixed), "fixed finding")
    if changes.coverage is not None and changes.coverage.points:
        points = changes.coverage.points
        told.append(f"line coverage {'up' if points > 0 else 'down'} {size_text(points)} points")
    return f"since {changes.baseline}: {', '.join(told) or _nothing(changes)}"


def _nothing(changes: Changes) -> str:
    """Say that nothing is new, of what was compared; what was not may have changed."""
    match changes.tests is None, changes.findings is None:
        case False, False:
            return "no new failure or finding"
        case False, True:
            return "no new failure; findings were not compared"
        case True, False:
            return "no new finding; tests were not compared"
        case _:
            return "neither tests nor findings were compared"


def _counted(count: int, noun: str) -> list[str]:
    return [plural(count, noun)] if count else []
