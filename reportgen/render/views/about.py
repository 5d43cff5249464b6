"""What the team says of the audit, line by line, with the measured figure beside what it expects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from msgspec import Struct

from reportgen.model.about import Expected
from reportgen.model.audit import Audit
from reportgen.model.figures import one_decimal, percent_text, plural


class Line(Struct, frozen=True):
    """A line of the head: what it is about, and what is to be said of it."""

    label: str
    value: str


_ASKED = {
    "auditor": "Auditor",
    "mission": "Mission",
    "focus": "Focus",
    "standards": "Standards",
    "expected_failures": "Expected failure rate",
}


def unstated_lines(audit: Audit, asked: Iterable[object]) -> Iterator[Line]:
    """Say of each line that this kind of report has, and nobody states, what would state it."""
    for key in asked:
        if isinstance(key, str) and key in _ASKED and not getattr(audit.about, key):
            yield Line(_ASKED[key], f"not stated; “{key}” under [about] in the configuration would state it")


def about_lines(audit: Audit) -> tuple[Line, ...]:
    """Say what the configuration says of the audit; nothing is said of what it leaves out."""
    about = audit.about
    given = (
        ("Auditor", about.auditor),
        ("Mission", about.mission),
        ("Focus", about.focus),
        ("At stake", about.impact),
        ("Standards", ", ".join(about.standards)),
    )
    lines = [Line(label, value) for label, value in given if value]
    return (*lines, *(Line("Expected failure rate", said) for said in _expected(audit)))


def _expected(audit: Audit) -> Iterator[str]:
    """Quote the share of failing tests that the policy expects, with the measured one."""
    expected = audit.about.expected_failures
    if expected is None:
        return
    tests = audit.tests
    quoted = f"{expected_text(expected)} by the policy"
    if tests is None or not tests.executed:
        yield f"{quoted}; not measured, as no test was executed"
        return
    failing = tests.failed + tests.errored
    share = percent_text(Fraction(100 * failing, tests.executed))
    yield f"{quoted}; measured {share} ({failing:,} of {plural(tests.executed, 'executed test')})"


def expected_text(expected: Expected) -> str:
    """Print the expected share: `60 to 80 %`, or `5 %` where both ends are the same."""
    least, most = (one_decimal(each).removesuffix(".0") for each in (expected.least, expected.most))
    return f"{least} %" if least == most else f"{least} to {most} %"
