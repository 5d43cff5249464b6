"""Which measured files are tests, and not the code that they test."""

from __future__ import annotations

import re

_TEST_FILE = re.compile(
    r"(?:^|/)(?:tests?|__tests__|spec)/|(?:^|/)(?:test_[^/]*|conftest\.py)$|_test\.\w+$|\.(?:test|spec)\.\w+$"
)


def is_test_file(path: str) -> bool:
    """Tell by its path whether a file holds tests, or helps them."""
    return _TEST_FILE.search(path) is not None
