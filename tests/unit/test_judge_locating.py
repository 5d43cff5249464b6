"""Causes as the evidence names their files, and messages as their texts break them into lines."""

from __future__ import annotations

from reportgen.judge.counting.locating import Locator
from reportgen.judge.failing.causes import causes_of
from tests.unit.judge_evidence import case, evidence, file


def test_an_attribute_gets_its_line_ends_back_from_the_text() -> None:
    message = "Lists differ: [0] != [1]  First differing element 0: 0 1  - [0] + [1]"
    text = f"Traceback (most recent call last):\nAssertionError: {message}".replace("  ", "\n\n").replace(
        " + [1]", "\n+ [1]"
    )
    (cause,) = causes_of((case("a", "failed", message, kind="AssertionError", text=text),))
    assert (cause.expected, cause.actual) == ("[1]", "[0]")


def test_a_place_is_told_as_the_evidence_names_its_file() -> None:
    told = [
        f"file /build/{n}/t.py, line 3\nE  fixture 'db' not found\n/build/{n}/tests/test_a.py:3" for n in "ab"
    ]
    cases = tuple(case(f"t{n}", "errored", each, text=each) for n, each in enumerate(told))
    known = {f"/build/{n}/tests/test_a.py:3": "tests/test_a.py:3" for n in "ab"}
    (cause,) = causes_of(cases, known.__getitem__)
    assert cause.place == "tests/test_a.py:3"


def test_two_machines_fail_at_one_place() -> None:
    texts = [f'Traceback:\n  File "/build/{n}/src/a.py", line 3, in f\nKeyError: 1' for n in "ab"]
    cases = tuple(case(f"t{n}", "errored", "KeyError: 1", text=each) for n, each in enumerate(texts))
    (cause,) = causes_of(cases, Locator(evidence(cases, files=(file("src/a.py", [1], [1]),))).place)
    assert cause.place == "src/a.py:3"
    assert len(causes_of(cases)) == 2
