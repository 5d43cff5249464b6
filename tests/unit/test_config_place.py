"""The line on which a key stands, in every way in which TOML can write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.config.place import Key, Place, from_root, line_of

TEXT = """\
# a comment with criteria.tests.weight in it
title = "a"

inputs = [
  "one",  # ]
  {path = "two", layer = "unit"},
  "three",
]
text = \"\"\"
[criteria.tests]
\"\"\"
after = 1

[criteria.tests]
weight = 40
[criteria]
coverage.weight = 30
findings = {weight = 20, required = true}

[gates."my gate"]
condition = "tests.failed == 0"

[[rows]]
name = "a"
[[rows]]
name = "b"
last = true"""


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("title",), 2),
        (("inputs",), 4),
        (("inputs", 0), 5),
        (("inputs", 1, "layer"), 6),
        (("inputs", 2), 7),
        (("text",), 9),
        (("after",), 12),
        (("criteria",), 14),
        (("criteria", "tests"), 14),
        (("criteria", "tests", "weight"), 15),
        (("criteria", "coverage", "weight"), 17),
        (("criteria", "findings", "required"), 18),
        (("gates", "my gate", "condition"), 21),
        (("rows", 0, "name"), 24),
        (("rows", 1), 25),
        (("rows", 1, "name"), 26),
        (("rows", 1, "last"), 27),
        (("rows", 2), 0),
        (("nothing",), 0),
        (("title", "below"), 0),
    ],
)
def test_the_line_of_a_key(keys: tuple[Key, ...], line: int) -> None:
    assert line_of(TEXT, keys) == line


def test_a_line_separator_inside_a_text_is_no_line() -> None:
    assert line_of('a = "x\u2028y"\nb = 1\n', ("b",)) == 2


def test_windows_line_ends_count_once() -> None:
    assert line_of("a = 1\r\nb = [\r\n 1,\r\n 2]\r\n", ("b", 1)) == 4


def test_a_place_says_file_line_and_key_path() -> None:
    place = Place("reportgen.toml", TEXT).at("gates", "my gate", "condition")
    assert place.where == 'reportgen.toml:21: gates."my gate".condition'
    assert place.at().path == 'gates."my gate".condition'
    assert Place("x.toml", TEXT).at("inputs", 1, "layer").path == "inputs[1].layer"


def test_in_a_pyproject_the_key_path_is_that_of_our_table() -> None:
    place = Place("pyproject.toml", "[tool.reportgen]\ntitle = 3\n", ("tool", "reportgen"))
    assert place.at("title").where == "pyproject.toml:2: title"
    assert place.where == "pyproject.toml:1"


def test_a_key_that_is_not_in_the_text_has_no_line() -> None:
    assert Place("reportgen.toml", "").at("title").where == "reportgen.toml: title"


def test_a_report_names_the_file_and_not_the_way_to_it() -> None:
    assert Place("/home/me/project/reportgen.toml", "").file == "reportgen.toml"
    assert Place("reportgen.toml", "").at("subjects").file == "reportgen.toml"


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("notes/risk.md", "notes/risk.md"),
        ("./reqs.csv", "reqs.csv"),
        ("/home/me/it/reqs.csv", "reqs.csv"),
        ("/elsewhere/reqs.csv", "/elsewhere/reqs.csv"),
    ],
)
def test_a_file_is_named_from_the_root(given: str, printed: str) -> None:
    assert from_root(given, Path("/home/me/it")) == printed
