from __future__ import annotations

import pytest

from reportgen.readers.moments import epoch


@pytest.mark.parametrize(
    ("told", "moment"),
    [
        ("1700000000", "2023-11-14T22:13:20Z"),
        ("1700000000123", "2023-11-14T22:13:20Z"),
        (" 1700000000 ", "2023-11-14T22:13:20Z"),
        ("", ""),
        ("0", ""),
        ("1.7e9", ""),
        ("2023-11-14", ""),
        ("٣٤٥٦٧٨٩٠١٢", ""),
        ("9" * 15, ""),
    ],
)
def test_epoch(told: str, moment: str) -> None:
    assert epoch(told) == moment
