from __future__ import annotations

import pytest

from reportgen.judge.causes import causes_of, pattern_of
from reportgen.judge.tracebacks import last_raised, own_place, raised_in
from reportgen.model.audit_tests import FailureCause
from tests.unit.judge_evidence import case

PYTEST_SHORT = """tests/unit/test_q.py:191:
tests/unit/test_q.py:66: in new_user
shared/types.py:346: ValueError
E       ValueError: Invalid user_id format: user_a2bd4e5f"""
ALL_FOREIGN = """lib/python3.11/asyncio/base_events.py:607: in run_forever
python3.11/site-packages/redis/connection.py:315: ConnectionError
E   redis.exceptions.ConnectionError: Error 111"""
NATIVE = """Traceback (most recent call last):
  File "/ci/app/tests/test_x.py", line 12, in test_x
    run()
  File "/ci/app/app/run.py", line 3, in run
    json.loads("")
  File "/usr/lib/python3.11/json/decoder.py", line 355, in raw_decode
json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)"""
JAVA = """java.lang.AssertionError: expected:<1> but was:<2>
\tat org.junit.Assert.fail(Assert.java:86)
\tat com.acme.CartTest.total(CartTest.java:40)
\tat com.acme.Runner.main(Runner.java:7)"""
JEST = """Error: expect(received).toBe(expected)
    at Object.<anonymous> (/ci/app/node_modules/expect/build/index.js:1:1)
    at Object.<anonymous> (src/cart.test.ts:10:15)
    at Promise.then (node:internal/process:1:1)"""
DOTNET = """   at Xunit.Assert.True(Boolean condition) in C:\\x\\Assert.cs:line 20
   at Shop.CartTests.Total() in C:\\ci\\Shop\\CartTests.cs:line 31"""
GO = "    cart_test.go:17: got 3, want 4"
GTEST = "src/cart_test.cpp:33\nExpected equality of these values"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (PYTEST_SHORT, "shared/types.py:346"),
        (ALL_FOREIGN, ""),
        (NATIVE, "/ci/app/app/run.py:3"),
        (JAVA, "CartTest.java:40"),
        (JEST, "src/cart.test.ts:10"),
        (DOTNET, "C:/ci/Shop/CartTests.cs:31"),
        (GO, "cart_test.go:17"),
        (GTEST, "src/cart_test.cpp:33"),
        ("refused at 127.0.0.1:6381 and example.com:80", ""),
        ("", ""),
    ],
)
def test_the_place_is_the_innermost_frame_of_the_projects_own_code(text: str, place: str) -> None:
    assert own_place(text) == place


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("ValueError: no", ("ValueError", "no")),
        ("socket.gaierror: [Errno -2] no", ("socket.gaierror", "[Errno -2] no")),
        ("AssertionError", ("AssertionError", "")),
        ("Failed: Timeout (>40.0s)", ("Failed", "Timeout (>40.0s)")),
        ("Expected: 3", ("", "Expected: 3")),
        ("assert 3 == 4", ("", "assert 3 == 4")),
    ],
)
def test_a_message_may_begin_with_what_was_raised(message: str, expected: tuple[str, str]) -> None:
    assert tuple(raised_in(message)) == expected


def test_a_traceback_ends_with_what_was_raised() -> None:
    assert last_raised(PYTEST_SHORT).type == "ValueError"
    assert last_raised(NATIVE).type == "json.decoder.JSONDecodeError"
    assert last_raised("  \n boom\n bang") == ("", "boom")


@pytest.mark.parametrize(
    ("message", "pattern"),
    [
        ("Invalid user_id format: user_1f2a2f29", "Invalid user_id format: user_…"),
        ("Invalid user_id format: retry-user", "Invalid user_id format: retry-user"),
        ("got 30.0s, want 60s", "got …s, want …s"),
        ("<Task at 0x7f3c> failed", "<Task at …> failed"),
        ("no 6f9619ff-8b86-d011-b42d-00cf4fc964ff here", "no … here"),
        ("cannot open /home/ci/run-17/x.txt", "cannot open …"),
        ("GET http://localhost:8000/a?b=1 failed", "GET … failed"),
        ("'" + "x" * 50 + "' is long", "… is long"),
        ("two\n  lines", "two lines"),
    ],
)
def test_a_pattern_leaves_out_what_varies(message: str, pattern: str) -> None:
    assert pattern_of(message) == pattern


def told(causes: tuple[FailureCause, ...]) -> list[tuple[str, str, str, int]]:
    return [(cause.id, cause.phase, cause.type, len(cause.cases)) for cause in causes]


def test_setup_errors_with_varying_ids_are_one_cause() -> None:
    cases = [
        case(
            f"t{n}",
            "errored",
            f'failed on setup with "ValueError: Invalid user_id format: user_{n:08x}"',
            text=PYTEST_SHORT,
        )
        for n in range(0x10000, 0x1001C)
    ]
    cases.append(case("other", "failed", "ValueError: Invalid user_id format: retry-user", text=PYTEST_SHORT))
    causes = causes_of(tuple(cases))
    assert told(causes) == [("C1", "setup", "ValueError", 28), ("C2", "run", "ValueError", 1)]
    assert causes[0].message == "ValueError: Invalid user_id format: user_00010000"
    assert causes[0].place == "shared/types.py:346"


def test_every_failing_test_is_in_exactly_one_cause() -> None:
    outcomes = ("failed", "errored", "unknown", "passed", "skipped")
    cases = tuple(case(f"t{n}", outcomes[n % 5], f"boom {'x' * (n % 3)}") for n in range(60))
    found = [each for cause in causes_of(cases) for each in cause.cases]
    assert sorted(found) == sorted(one.id for one in cases if one.outcome not in {"passed", "skipped"})


@pytest.mark.parametrize(
    ("name", "message", "classname", "phase"),
    [
        ("tests.x", "collection failure", "", "collection"),
        (
            "tests.x",
            "ImportError: Failed to import test module: x",
            "unittest.loader._FailedTest",
            "collection",
        ),
        ("pkg", "[build failed]", "pkg", "collection"),
        ("setUpClass (tests.X)", "boom", "", "setup"),
        ("initializationError", "boom", "C", "setup"),
        ('suite "before all" hook for "x"', "boom", "C", "setup"),
        ("t", "test setup failure", "C", "setup"),
        ("t", 'failed on teardown with "RuntimeError: no loop"', "C", "teardown"),
        ("t", "boom", "C", "run"),
    ],
)
def test_the_phase_is_told_apart(name: str, message: str, classname: str, phase: str) -> None:
    (cause,) = causes_of((case(name, "errored", message, classname=classname),))
    assert cause.phase == phase


def test_a_teardown_error_beside_a_failure_is_told_with_both() -> None:
    joined = 'failed on teardown with "AttributeError: no stop"; Failed: refused'
    alone = 'failed on teardown with "AttributeError: no stop"'
    (cause,) = causes_of((case("a", "errored", joined), case("b", "errored", alone)))
    assert cause.message == "AttributeError: no stop; Failed: refused"
    assert cause.pattern == "no stop"


def test_a_collection_error_is_told_by_its_text() -> None:
    text = "tests/a.py:37: in <module>\nE   ImportError: cannot import name 'x'"
    other = text.replace("tests/a.py", "tests/b.py")
    (cause,) = causes_of(
        (
            case("a", "errored", "collection failure", text=text),
            case("b", "errored", "collection failure", text=other),
        )
    )
    assert (cause.type, cause.message) == ("ImportError", "ImportError: cannot import name 'x'")


def test_assertions_are_told_apart_by_their_line_other_errors_by_their_file() -> None:
    same = causes_of(
        (
            case("a", "failed", "KeyError: 'k'", text="tests/a.py:1: X"),
            case("b", "failed", "KeyError: 'k'", text="tests/a.py:2: X"),
        )
    )
    apart = causes_of(
        (
            case("a", "failed", "assert 1 == 2", text="tests/a.py:1: X"),
            case("b", "failed", "assert 3 == 4", text="tests/a.py:2: X"),
        )
    )
    assert (len(same), len(apart)) == (1, 2)


@pytest.mark.parametrize(
    ("kind", "message", "text", "expected"),
    [
        (
            "java.lang.AssertionError",
            "expected:<1> but was:<2>",
            JAVA,
            ("java.lang.AssertionError", "java.lang.AssertionError: expected:<1> but was:<2>"),
        ),
        (
            "java.lang.IllegalStateException",
            "java.lang.IllegalStateException: no",
            "",
            ("java.lang.IllegalStateException", "java.lang.IllegalStateException: no"),
        ),
        (
            "AssertionError",
            "",
            "E   AssertionError: 3 is not 4",
            ("AssertionError", "AssertionError: 3 is not 4"),
        ),
        ("", "", "", ("", "no message")),
    ],
)
def test_the_type_is_told_by_its_attribute(
    kind: str, message: str, text: str, expected: tuple[str, str]
) -> None:
    (cause,) = causes_of((case("t", "failed", message, kind=kind, text=text),))
    assert (cause.type, cause.message) == expected


def test_an_outcome_that_was_never_written_is_said_so() -> None:
    (cause,) = causes_of((case("t", "unknown"),))
    assert cause.message == "no outcome was written"
