from __future__ import annotations

import pytest

from reportgen.collect.globs import is_glob, segment_test


@pytest.mark.parametrize(
    ("path", "glob"),
    [("a/b.xml", False), ("a/*.xml", True), ("a?.xml", True), ("report[1].xml", True), ("a{b,c}", False)],
)
def test_a_glob_is_told_by_its_characters(path: str, *, glob: bool) -> None:
    assert is_glob(path) is glob


@pytest.mark.parametrize(
    ("segment", "yes", "no"),
    [
        ("*.xml", ["a.xml", ".xml", "a\nb.xml"], ["a.xmlx", "a.XMLX"]),
        ("a?c", ["abc", "a☃c"], ["ac", "abbc"]),
        ("[ab]*", ["a", "bcd"], ["c", ""]),
        ("[!ab]*", ["c"], ["a"]),
        ("shard-[0-9].xml", ["shard-7.xml"], ["shard-10.xml"]),
        ("a+b(.xml", ["a+b(.xml"], ["aab(.xml"]),
    ],
)
def test_one_segment_matches_one_name(segment: str, yes: list[str], no: list[str]) -> None:
    test = segment_test(segment)
    assert [name for name in yes + no if test(name)] == yes
