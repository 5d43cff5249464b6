"""Evidence → findings of our own: rules that look at what the joined evidence says together."""

from __future__ import annotations

from reportgen.rules.examination import examine

__all__ = ["examine"]
