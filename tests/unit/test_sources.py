"""How many lines of code a source has."""

from __future__ import annotations

import pytest

from reportgen.sources import lines_of_code

PYTHON = '''"""A docstring
over two lines."""

import os


def call(
    one,
    two,
):
    """Another."""
    # a comment
    if one:
        return os.sep; print("x")
    text = """
    many
    """
'''
JAVA = """\
// a comment
package x;

/* another
 * and on */
class A {
    int b = 1; // behind
}
"""


@pytest.mark.parametrize(
    ("text", "python", "lines"),
    [
        (PYTHON, True, 5),
        (JAVA, False, 4),
        ("", True, 0),
        ("x = (\n", True, 1),
        ("x = '\\d'\n", True, 1),
        ("# only\n\n# comments\n", False, 0),
    ],
)
def test_lines_of_code(text: str, python: bool, lines: int) -> None:
    assert lines_of_code(text, python=python) == lines
