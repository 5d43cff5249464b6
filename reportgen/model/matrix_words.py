"""What the matrices measure, in words: `matrices.layers.score`, `matrices.requirements.gap`, ….

They are not known where there is no such matrix, or no test results.
"""

from __future__ import annotations

from typing import Literal

MATRICES = ("layers", "environments", "requirements")

MATRIX_WORDS: tuple[tuple[str, Literal["count", "percent"], str, str], ...] = (
    ("score", "percent", "the share of wanted cells that pass", ""),
    ("wanted", "count", "wanted cell", "wanted cells"),
    ("passing", "count", "passing cell", "passing cells"),
    ("rows", "count", "row", "rows"),
    ("complete", "count", "complete row", "complete rows"),
    ("good", "count", "good row", "good rows"),
    ("gap", "count", "row without a passing test", "rows without a passing test"),
    ("failing", "count", "failing row", "failing rows"),
    ("unknown", "count", "unknown row", "unknown rows"),
    ("gaps", "count", "gap", "gaps"),
)
