from __future__ import annotations

import pytest

from reportgen.judge.failing.causes import causes_of, pattern_of
from reportgen.judge.failing.tracebacks import last_raised, own_place, raised_in
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


def test_a_missing_fixture_is_one_cause_wherever_it_is_asked_for() -> None:
    def message(name: str, line: int) -> str:
        return (
            f'failed on setup with "file /ci/tests/{name}.py, line {line}\n  def test_{line}(db): pass\n'
            f"E       fixture 'db' not found\n>       available fixtures: cache, tmp_path\n\n"
            f'/ci/tests/{name}.py:{line}"'
        )

    (cause,) = causes_of(
        tuple(case(f"t{n}", "errored", message("ab"[n % 2], n), text=f"tests/x{n}.py:{n}") for n in range(28))
    )
    assert (cause.kind, cause.message, len(cause.cases)) == ("setup", "fixture 'db' not found", 28)


def test_what_does_not_answer_is_one_cause_wherever_it_is_asked_and_whoever_quotes_it() -> None:
    error = "socket.gaierror: [Errno -2] Name or service not known"
    quoting = f"Failed: no connection: {error.partition(': ')[2]}"
    text = f"tests/a.py:5: Failed\nE   {error}\nE       {quoting}"
    causes = causes_of(
        (
            case("a", "failed", quoting, text=text),
            case("b", "failed", error, text=f"app/net.py:3: gaierror\nE   {error}"),
            case(
                "c", "failed", "Failed: no connection: it is off", text=text.replace(quoting, "Failed: off")
            ),
        )
    )
    assert [(len(cause.cases), cause.kind, cause.type) for cause in causes] == [
        (2, "error", "socket.gaierror"),
        (1, "assertion", "Failed"),
    ]
    assert causes[0].message == error


def test_a_message_does_not_quote_its_own_beginning() -> None:
    text = "tests/a.py:3: AssertionError\nE   AssertionError: still broken\nE   assert False"
    (cause,) = causes_of((case("a", "failed", "AssertionError: still broken\nassert False", text=text),))
    assert (cause.pattern, cause.kind) == ("still broken assert False", "assertion")


@pytest.mark.parametrize(
    ("outcome", "message", "kind", "expected"),
    [
        ("errored", 'failed on setup with "ImportError: no x"', "", "import"),
        ("failed", "ModuleNotFoundError: No module named 'x'", "", "import"),
        ("failed", "Cannot find module './x' imported from 'y'", "Error", "import"),
        ("errored", "collection failure", "", "collection"),
        ("errored", 'failed on setup with "KeyError: 1"', "", "setup"),
        ("errored", "OneTimeSetUp: no constructor", "", "setup"),
        ("failed", "TearDown : System.Exception : no", "", "teardown"),
        ("failed", "Failed: Timeout (>40.0s) from pytest-timeout.", "", "timeout"),
        ("failed", "Test timeout of 300ms exceeded.", "Error", "timeout"),
        ("failed", "assert 1 == 2", "", "assertion"),
        ("failed", "expected:<1> but was:<2>", "org.opentest4j.AssertionFailedError", "assertion"),
        ("failed", "1 == 2", "CHECK", "assertion"),
        ("failed", "expect(received).toBe(expected)", "expect.toBe", "assertion"),
        ("failed", "Assert.True() Failure", "Xunit.Sdk.TrueException", "assertion"),
        (
            "failed",
            "Failed asserting that 1 is 2.",
            "PHPUnit\\Framework\\ExpectationFailedException",
            "assertion",
        ),
        ("failed", "KeyError: 'k'", "", "error"),
        ("failed", "System.Exception : no", "", "error"),
        ("errored", "boom", "", "error"),
        ("failed", "panic: boom", "", "error"),
        ("unknown", "", "", "unknown"),
    ],
)
def test_the_kind_tells_blocked_tests_assertions_and_errors_apart(
    outcome: str, message: str, kind: str, expected: str
) -> None:
    (cause,) = causes_of((case("t", outcome, message, kind=kind),))
    assert cause.kind == expected


def test_a_cause_shows_what_was_expected_and_where_its_tests_differ() -> None:
    text = "tests/a.py:4: AssertionError"
    (same,) = causes_of((case("a", "failed", "assert 1 == 2", text=text),))
    (apart,) = causes_of(tuple(case(f"t{n}", "failed", f"assert {n} == 9", text=text) for n in range(3)))
    assert (same.expected, same.actual, same.differences) == ("2", "1", ())
    assert (apart.expected, apart.actual) == ("9", "0")
    assert [(each.case, each.actual) for each in apart.differences] == [
        (f"unit/C.t{n}", str(n)) for n in range(3)
    ]


def test_assertions_of_different_classes_without_a_place_are_apart() -> None:
    causes = causes_of(
        tuple(case(f"t{n}", "failed", f"expected:<{n}> but was:<9>", classname="AAB"[n]) for n in range(3))
    )
    assert [len(cause.cases) for cause in causes] == [2, 1]


@pytest.mark.parametrize(
    ("kind", "message", "text", "shown"),
    [
        ("", "Failed", "=== RUN   TestA\n    a_test.go:7: no total\n--- FAIL: TestA (0.00s)", "no total"),
        ("", "Failed", "=== RUN   TestA\npanic: boom [recovered]\n\tpanic: boom", "panic: boom [recovered]"),
        ("", "g.cpp:3\nValue of: x", "", "g.cpp:3\nValue of: x"),
        ("X", "", "CalcTest::testAdd\nX: no sum\n\n/ci/CalcTest.php:7", "X: no sum"),
        ("", "test failure", "Assertion failed", "Assertion failed"),
        ("", "Build error", "failing/a_test.go:15: undefined: total", "undefined: total"),
        (
            "",
            "self = <t.T testMethod=a>   def a(self):",
            "  E  AssertionError: 1 != 0",
            "AssertionError: 1 != 0",
        ),
    ],
)
def test_what_failed_is_told_by_the_text_where_the_message_says_nothing(
    kind: str, message: str, text: str, shown: str
) -> None:
    (cause,) = causes_of((case("t", "failed", message, kind=kind, text=text),))
    assert cause.message == shown


def test_an_outcome_that_was_never_written_is_said_so() -> None:
    (cause,) = causes_of((case("t", "unknown"),))
    assert cause.message == "no outcome was written"
