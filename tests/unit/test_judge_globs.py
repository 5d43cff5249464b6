from __future__ import annotations

import pytest

from reportgen.model.globs import fits


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("junit.xml", "reports/junit.xml", True),
        ("junit-*.xml", "a/junit-7.xml", True),
        ("junit-*.xml", "junit-a/other.xml", False),
        ("./reports/*.xml", "reports/a.xml", True),
        ("reports/*.xml", "x/reports/a.xml", False),
        ("reports/*.xml", "reports/x/a.xml", False),
        ("reports/**/*.xml", "reports/a.xml", True),
        ("reports/**/*.xml", "reports/x/y/a.xml", True),
        ("reports", "reports/x/a.xml", True),
        ("**", "any/thing", True),
        ("j?.xml", "j1.xml", True),
        ("j[0-3].xml", "j2.xml", True),
        ("j[!0-3].xml", "j2.xml", False),
        ("j[z-a].xml", "j[z-a].xml", True),
        ("j[z-a].xml", "jb.xml", False),
        ("a+(b).xml", "a+(b).xml", True),
    ],
)
def test_a_glob_fits_a_path_or_a_folder_above_it(pattern: str, path: str, *, expected: bool) -> None:
    assert fits(pattern, path) is expected
