from __future__ import annotations

from time import monotonic

import pytest

from reportgen.judge.failing.expectations import MOST_VALUE, WORDED, WRITTEN, expectation_of

MESSAGES = [
    # pytest
    ("assert 4 == 5\n +  where 4 = grow(3)", "5", "4"),
    ("AssertionError: too short\nassert 20 >= 25", ">= 25", "20"),
    ("AssertionError: assert 'a b == c' == 'a b'\n  \n  - a b", "'a b'", "'a b == c'"),
    ("assert {'a': 'x == y'} == {}", "{}", "{'a': 'x == y'}"),
    ("assert 2 is None", "None", "2"),
    ("assert 'a' not in ['a']", "not in ['a']", "'a'"),
    ("assert not 2", "false", "2"),
    ("assert 0.4 == 0.3 ± 3.0e-07\n  comparison failed", "0.3 ± 3.0e-07", "0.4"),
    (
        "AssertionError: Regex pattern did not match.\n  Expected regex: 'a'\n  Actual message: 'z'",
        "'a'",
        "'z'",
    ),
    # unittest
    ("AssertionError: 1 != 2", "2", "1"),
    ("AssertionError: 1 != 2 : totals", "2", "1"),
    ("1.0 != 1.2 within 7 places (0.2 difference)", "1.2", "1.0"),
    (
        "AssertionError: Lists differ: [1, 2] != [1, 3]\n\nFirst differing element 1:\n2\n3",
        "[1, 3]",
        "[1, 2]",
    ),
    ("AssertionError: 1 not found in [2]", "in [2]", "1"),
    ("AssertionError: 1 not greater than 2", "> 2", "1"),
    ("AssertionError: None is not 3", "3", "None"),
    ("AssertionError: 3 is not None", "None", "3"),
    ("AssertionError: False is not true", "true", "False"),
    ("AssertionError: 1 == 1", "not 1", "1"),
    ("AssertionError: Regex didn't match: 'x+' not found in 'abc'", "'x+'", "'abc'"),
    ("expected call not found.\nExpected: send(3)\n  Actual: send(1)", "send(3)", "send(1)"),
    ("Failed: DID NOT RAISE <class 'ValueError'>", "ValueError is raised", "nothing was raised"),
    ("AssertionError: ValueError not raised", "ValueError is raised", "nothing was raised"),
    # JVM
    (
        "Expected java.io.IOException to be thrown, but nothing was thrown.",
        "java.io.IOException is raised",
        "nothing was raised",
    ),
    ("expected:<1> but was:<2>", "1", "2"),
    ("total ==> expected: <a\nb> but was: <a>", "a b", "a"),
    ("java.lang.AssertionError: names expected:<t[wo]> but was:<t[hree]>", "t[wo]", "t[hree]"),
    ("expected [2] but found [1]", "2", "1"),
    ("expected: java.lang.Integer<1> but was: java.lang.String<1x>", "1", "1x"),
    ("\nExpecting:\n <1>\nto be equal to:\n <2>\nbut was not.", "<2>", "<1>"),
    (
        "Expecting actual:\n  [1, 2]\nto contain:\n  [3]\nbut could not find:\n  [3]",
        "to contain [3]",
        "[1, 2]",
    ),
    ("Expecting value to be true but was false", "true", "false"),
    ("\nexpected: 2\n but was: 1", "2", "1"),
    ('Expected: is "Peter"\n     but: was "Frank"', '"Peter"', '"Frank"'),
    ("Expected <1>, actual <2>.", "1", "2"),
    ("1 did not equal 2 (CartSpec.scala:12)", "2", "1"),
    # JavaScript
    ('Error: expect(received).toBe(expected)\n\nExpected: "b"\nReceived: "a"', '"b"', '"a"'),
    ("expect(received).toHaveLength(expected)\n\nExpected length: 3\nReceived length: 2", "3", "2"),
    (
        "expect(x).toEqual(y)\n\n- Expected  - 1\n+ Received  + 1\n\n  {\n-   a: 2,\n+   a: 1,\n  }",
        "a: 2,",
        "a: 1,",
    ),
    ("AssertionError: expected 1 to equal 2", "2", "1"),
    ("expected { a: 1 } to deeply equal { a: 2 }", "{ a: 2 }", "{ a: 1 }"),
    ("expected 1 to be 2 // Object.is equality", "2", "1"),
    ("expected [ 1 ] to include 2", "to include 2", "[ 1 ]"),
    ("Expected values to be strictly equal:\n\n1 !== 2\n", "2", "1"),
    # C and C++
    ("a.cpp:3\nExpected equality of these values:\n  1\n  2\nfirst", "2", "1"),
    ("Expected equality of these values:\n  n\n    Which is: 500\n  m.value\n    Which is: 0", "0", "500"),
    ("a.cpp:9\nValue of: ready\n  Actual: false\nExpected: true", "true", "false"),
    ('Expected: ("b") != (name), actual: "b" vs "b"', '("b") != (name)', '"b" vs "b"'),
    ("FAILED:\n  CHECK( sum(1) == 4 )\nwith expansion:\n  2 == 4\nat a.cpp:3", "4", "2"),
    ("CHECK: 1 == 2", "2", "1"),
    ("check a == b has failed [1 != 2]", "2", "1"),
    ("Compared values are not the same\n   Actual   (a): 1\n   Expected (b): 2", "2", "1"),
    # .NET
    ("  Expected: 8\r\n  But was:  0\r\n", "8", "0"),
    ("Assert.Equal() Failure\nExpected: 1\nActual:   2", "1", "2"),
    (
        'Assert.Equal() Failure\n           ↓ (pos 0)\nExpected: "a"\nActual:   "b"\n           ↑ (pos 0)',
        '"a"',
        '"b"',
    ),
    ("Assert.AreEqual failed. Expected:<1>. Actual:<2>. ", "1", "2"),
    ("Expected 2, but got 1.", "2", "1"),
    # Go, Rust, Swift
    ("    a_test.go:9: got 3, want 4", "4", "3"),
    ("    a_test.go:9: want 4, got 3", "4", "3"),
    ("Sum(1): expected 4 but got 3", "4", "3"),
    ("Expected 20 batches, got 0. They may have raced.", "20 batches", "0"),
    ("the timeout should be 60s here, got 30.0s", "60s here", "30.0s"),
    ("Error:\tNot equal: \n\texpected: 4\n\tactual  : 3\n\tTest: TestSum", "4", "3"),
    ("Total() mismatch (-want +got):\n  int(\n- \t4,\n+ \t3,\n  )", "4,", "3,"),
    ("assertion `left == right` failed: sum\n  left: 3\n right: 4", "4", "3"),
    ("assertion failed: `(left == right)`\n  left: `3`,\n right: `4`", "4", "3"),
    ('XCTAssertEqual failed: ("1") is not equal to ("2")', "2", "1"),
    # Ruby, PHP, Perl
    ("\nexpected: 2\n     got: 1\n\n(compared using ==)", "2", "1"),
    ("<2> expected but was\n<1>.", "2", "1"),
    ("Expected: 2\n  Actual: 1", "2", "1"),
    ("CalcTest::sum\nFailed asserting that 1 matches expected 2.", "2", "1"),
    ("Failed asserting that false is true.", "true", "false"),
    (
        "Failed asserting that two strings are equal.\n--- Expected\n+++ Actual\n@@ @@\n-'a'\n+'b'",
        "'a'",
        "'b'",
    ),
    ("#          got: '1'\n#     expected: '2'", "'2'", "'1'"),
]


@pytest.mark.parametrize(("message", "expected", "actual"), MESSAGES)
def test_both_sides_are_read_from_the_message(message: str, expected: str, actual: str) -> None:
    assert expectation_of(message, "") == (expected, actual)


@pytest.mark.parametrize(
    "message",
    [
        "",
        "boom",
        "assert False",
        "ValueError: the user is not ready",
        "host not found in the list",
        "assert a == b and c == d",
        "assert [0, 1, ...] == [0, 1, ...]",
        "Expected 'send' to have been called once. Called 0 times.",
        "AssertionError: Redis timeout should be right",
    ],
)
def test_a_message_that_does_not_tell_both_is_not_read(message: str) -> None:
    assert expectation_of(message, "") is None


def test_the_text_is_read_where_the_message_tells_nothing() -> None:
    text = "tests/a.py:3: in test\n    assert total() == 5\nE   assert 4 == 5\nE    +  where 4 = total()"
    assert expectation_of("Failed", text) == ("5", "4")
    assert expectation_of("assert 1 == 2", text) == ("2", "1")
    assert expectation_of("expected 5 users, got 4", text) == ("5", "4")


def test_values_are_bounded_and_on_one_line() -> None:
    found = expectation_of(f"assert {'x' * 500} == 'a'\n", "")
    assert found is not None
    assert (len(found.actual), found.expected) == (MOST_VALUE, "'a'")


@pytest.mark.parametrize(
    "told",
    [
        *("expected " * 40_000, "Expected: <" * 40_000, "- Expected\n+" * 40_000, "(" * 90_000),
        *("Expected: a" + "\n " * 40_000, "expected" + "\n" * 90_000, "assert " + " == " * 40_000),
    ],
)
def test_hostile_texts_take_no_long_time(told: str) -> None:
    begun = monotonic()
    assert expectation_of(told, told) is None
    assert monotonic() - begun < 5


def test_each_way_has_a_name_of_its_own() -> None:
    names = [name for name, _ in (*WRITTEN, *WORDED)]
    assert len(names) == len(set(names))
