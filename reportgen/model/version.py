"""The version of reportgen: part of the scoring model's digest, and printed by every report."""

from __future__ import annotations

VERSION = "0.1.0"
