"""A unified diff → which lines of which files are new."""

from __future__ import annotations

from reportgen.diff.reading import parse_diff

__all__ = ["parse_diff"]
