"""One flag: `pytest tests/golden --accept` takes what the samples render to now as what they should."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the expected reports of the samples")
