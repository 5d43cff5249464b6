"""What a team holds its evidence to: criteria, gates, scales, efforts. The defaults are DEFAULT_POLICY."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from msgspec import Struct, field

from reportgen.model.signoff import Check
from reportgen.model.states import Severity
from reportgen.model.waivers import WARNING_DAYS, Waiver

KINDS = ("tests", "coverage", "findings")


class Criterion(Struct, frozen=True, kw_only=True):
    """A scored dimension. `weight` is relative to the others'; a `required` one has a gate of its own."""

    name: str
    weight: Fraction
    required: bool = False

    def __post_init__(self) -> None:
        """Refuse a weight below nothing: it would turn a good score into a bad one."""
        if self.weight < 0:
            raise ValueError(f"the weight of {self.name!r} is {self.weight}; it cannot be below 0")


class Gate(Struct, frozen=True, kw_only=True):
    """A condition on the evidence.

    `condition` is an expression over the model that must hold. `otherwise` is the state where it does
    not: fail or warn. `needs` is the kind of evidence without which it is unknown (tests, coverage,
    findings), or empty; `required` says whether missing evidence makes it unknown, or not applicable.
    """

    name: str
    condition: str
    otherwise: str = "fail"
    needs: str = ""
    required: bool = True
    title: str = ""


class Effort(Struct, frozen=True, kw_only=True):
    """Minutes that mending takes: by rule, else by severity; `cause` is for the cause of a failure."""

    by_severity: Mapping[Severity, int] = field(
        default_factory=lambda: {
            Severity.CRITICAL: 120,
            Severity.HIGH: 60,
            Severity.MEDIUM: 30,
            Severity.LOW: 10,
            Severity.INFO: 0,
        }
    )
    by_rule: Mapping[str, int] = field(default_factory=dict)
    cause: int = 60
    gap: int = 30
    line: int = 30


DEFAULT_GRADES: tuple[tuple[str, Fraction], ...] = (
    ("A", Fraction(90)),
    ("B+", Fraction(85)),
    ("B", Fraction(80)),
    ("C+", Fraction(75)),
    ("C", Fraction(70)),
    ("D", Fraction(60)),
    ("F", Fraction(0)),
)

DEFAULT_CRITERIA = (
    Criterion(name="tests", weight=Fraction(40), required=True),
    Criterion(name="coverage", weight=Fraction(30)),
    Criterion(name="findings", weight=Fraction(20)),
    Criterion(name="completeness", weight=Fraction(10), required=True),
)

DEFAULT_GATES = (
    Gate(
        name="tests-pass",
        title="No test failed or errored",
        condition="tests.failed == 0 and tests.errored == 0 and tests.suite_errors == 0",
        needs="tests",
    ),
    Gate(
        name="no-critical-finding",
        title="No critical finding is open",
        condition="findings.critical == 0",
        needs="findings",
        required=False,
    ),
    Gate(
        name="no-flaky-test",
        title="No test is flaky",
        condition="tests.flaky == 0",
        otherwise="warn",
        needs="tests",
    ),
    Gate(
        name="evidence-whole",
        title="Every artifact was read whole and holds facts",
        condition=(
            "evidence.total > 0 and evidence.unread == 0 and evidence.empty == 0 and evidence.doubtful == 0"
        ),
        otherwise="unknown",
    ),
    Gate(
        name="tests-ran",
        title="Every test file and layer ran tests",
        condition="tests.executed > 0 and tests.files_without_run == 0 and tests.layers_without_run == 0",
        otherwise="unknown",
        needs="tests",
    ),
)


class Policy(Struct, frozen=True, kw_only=True):
    """Everything that judging depends on, besides the evidence and the date.

    `grades` are (word, lowest score) from the best down. `severities` maps a rule id, or a prefix that
    ends in `*`, to a severity. `sizes` is path -> executable lines, where no evidence tells them.
    `without` are kinds of evidence that are not expected (tests, coverage, findings). `expected` are globs
    of artifact paths, each of which something must match. `slow_seconds` is what makes a test slow.
    `fail_under` is the lowest score that does not fail. `switched_off` are the names of gates that ship but
    that the configuration took out. A waiver expires soon from `waiver_warning_days` before its last day on.
    `checks` are the items of the checklist besides those that ship.
    """

    criteria: tuple[Criterion, ...] = DEFAULT_CRITERIA
    gates: tuple[Gate, ...] = DEFAULT_GATES
    grades: tuple[tuple[str, Fraction], ...] = DEFAULT_GRADES
    severities: Mapping[str, Severity] = field(default_factory=dict)
    effort: Effort = field(default_factory=Effort)
    sizes: Mapping[str, int] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    expected: tuple[str, ...] = ()
    fail_under: Fraction | None = None
    slow_seconds: Fraction = Fraction(1)
    switched_off: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    waiver_warning_days: int = WARNING_DAYS
    checks: tuple[Check, ...] = ()


DEFAULT_POLICY = Policy()
