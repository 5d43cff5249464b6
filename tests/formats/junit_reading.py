"""Reads JUnit XML in the tests: by its content, as the whole program does."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from reportgen.model.artifact import Artifact
from reportgen.model.cases import Case, Suite
from reportgen.model.facts import CaseFacts, Facts
from reportgen.model.limits import Limits
from reportgen.readers import read

FILES = Path(__file__).parent / "junit"
LIMITS = Limits()


def read_bytes(data: bytes | str, limits: Limits = LIMITS, name: str = "junit.xml") -> Facts:
    raw = data.encode() if isinstance(data, str) else data
    return read(Artifact(path=name, given=name, open=lambda: io.BytesIO(raw)), limits)


def read_tests(data: bytes | str, limits: Limits = LIMITS) -> CaseFacts:
    facts = read_bytes(data, limits)
    assert facts.problems == ()
    assert facts.tests is not None
    return facts.tests


def file_facts(name: str) -> Facts:
    return read_bytes((FILES / name).read_bytes(), name=name)


def file_tests(name: str) -> CaseFacts:
    return read_tests((FILES / name).read_bytes())


def cases(facts: CaseFacts) -> Iterator[tuple[Suite, Case]]:
    for suite in facts.suites:
        for case in suite.cases:
            yield suite, case


def the_case(facts: CaseFacts, name: str) -> Case:
    (found,) = [case for _, case in cases(facts) if case.name == name]
    return found


def suite(*inner: str, attributes: str = "") -> str:
    """Wrap cases in a suite called s."""
    return f'<testsuites><testsuite name="s" {attributes}>{"".join(inner)}</testsuite></testsuites>'
