"""When a test went wrong: while it was collected, set up, run or torn down, as its producer tells it."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from reportgen.model.evidence import Attempt, JoinedCase
from reportgen.model.states import Outcome

Phase = Literal["collection", "setup", "run", "teardown"]
FAILING = frozenset({Outcome.FAILED, Outcome.ERRORED, Outcome.UNKNOWN})

# pytest: `failed on setup with "ValueError: …"`, before 7.0 `test setup failure`
_WRAPPED = re.compile(
    r'failed on (?P<phase>setup|teardown) with "(?P<inner>.*?)(?:"\s*(?:; (?P<besides>.*))?)?', re.DOTALL
)
_OLD = re.compile(r"test (?P<phase>setup|teardown) failure(?:; (?P<besides>.*))?", re.DOTALL)
# NUnit: `OneTimeSetUp: …`, `SetUp : …`, `TearDown : …`
_NUNIT = re.compile(r"(?:OneTime)?(?P<phase>SetUp|TearDown) ?: (?P<inner>.*)", re.DOTALL)
_COLLECTION = re.compile(
    r"collection failure"  # pytest
    r"|Failed to import test module|ImportError while importing test module"  # unittest, pytest
    r"|Test suite failed to run"  # Jest
    r"|\[(?:build|setup) failed\]"  # go test
    r"|An error occurred while loading"  # RSpec
)
_FAILED_TEST = "unittest.loader._FailedTest"
_SETUP_NAME = re.compile(
    r"(?:setUpClass|setUpModule)(?: \(.*\))?|initializationError|(?:@?Before(?:All|Class)|beforeAll)\b.*"
    r'|.*"before (?:all|each)" hook.*',
    re.DOTALL,
)
_TEARDOWN_NAME = re.compile(
    r"(?:tearDownClass|tearDownModule)(?: \(.*\))?|(?:@?After(?:All|Class)|afterAll)\b.*"
    r'|.*"after (?:all|each)" hook.*',
    re.DOTALL,
)
_HEAD = 400


class Phased(NamedTuple):
    """When a case went wrong, its message without the words that tell it, and what else was told."""

    phase: Phase
    message: str
    besides: str = ""


def phase_of(case: JoinedCase, message: str) -> Phased:
    """Tell in which phase a failing case went wrong."""
    wrapped = _WRAPPED.fullmatch(message) or _OLD.fullmatch(message) or _NUNIT.match(message)
    if wrapped is not None:
        told = wrapped.groupdict()
        phase: Phase = "setup" if told["phase"].lower() == "setup" else "teardown"
        return Phased(phase, told.get("inner") or "", told.get("besides") or "")
    if is_collection(case):
        return Phased("collection", message)
    if _SETUP_NAME.fullmatch(case.name[:_HEAD]):
        return Phased("setup", message)
    if _TEARDOWN_NAME.fullmatch(case.name[:_HEAD]):
        return Phased("teardown", message)
    return Phased("run", message)


def is_collection(case: JoinedCase) -> bool:
    """Tell whether a case stands for tests that could not even be collected (imported, compiled)."""
    if case.outcome not in FAILING and case.outcome is not Outcome.WAIVED:
        return False
    if case.classname.startswith(_FAILED_TEST) or case.name.startswith(_FAILED_TEST):
        return True
    return any(_COLLECTION.search(text[:_HEAD]) for text in (case.message, case.name, case.type))


def telling_attempt(case: JoinedCase) -> Attempt | None:
    """Return the attempt that a case counts by: its last with that outcome, else its last that failed."""
    failing = [attempt for attempt in case.attempts if attempt.outcome in FAILING]
    same = [attempt for attempt in failing if attempt.outcome is case.outcome]
    exact = [attempt for attempt in same if attempt.message == case.message]
    return next((found[-1] for found in (exact, same, failing) if found), None)
