"""Configuration: the defaults, then the file, then the flags, as the model's records."""

from __future__ import annotations

from reportgen.config.load import load_config
from reportgen.config.overrides import Overrides

__all__ = ["Overrides", "load_config"]
