"""What a team holds its evidence to: criteria, gates, scales, efforts. The defaults are DEFAULT_POLICY."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from msgspec import Struct, field

from reportgen.model.criteria import CriterionCheck, Scale, number_over
from reportgen.model.expected import Expectation
from reportgen.model.matrices import MatrixPolicy
from reportgen.model.signoff import Check
from reportgen.model.slas import Sla
from reportgen.model.states import Severity
from reportgen.model.subjects import Subject
from reportgen.model.waivers import WARNING_DAYS, Waiver

KINDS = ("tests", "coverage", "findings")


class Criterion(Struct, frozen=True, kw_only=True):
    """A scored dimension. `weight` is relative to the others'; a `required` one has a gate of its own.

    Its points are those that ship for its name, unless it has an `expression` that comes to 0 to 100, or
    `checks`. `scale` only says how they are printed. `policy` is the text that it stands for.
    """

    name: str
    weight: Fraction
    required: bool = False
    title: str = ""
    expression: str = ""
    checks: tuple[CriterionCheck, ...] = ()
    scale: Scale = 100
    policy: str = ""

    def __post_init__(self) -> None:
        """Refuse a weight below nothing (it would turn a good score into a bad one) and a wrong measure."""
        if self.weight < 0:
            raise ValueError(f"the weight of {self.name!r} is {self.weight}; it cannot be below 0")
        if self.expression and self.checks:
            raise ValueError(f"{self.name!r} has an expression and checks; it can have one of them")
        if self.expression:
            number_over(self.expression)
        if len({check.id for check in self.checks}) < len(self.checks):
            raise ValueError(f"two checks of {self.name!r} have one id")

    @property
    def is_own(self) -> bool:
        """Whether it has a measure of its own, and not one that ships."""
        return bool(self.expression or self.checks)

    @property
    def label(self) -> str:
        """What it is called at the head of a line: its title, else its name with a capital."""
        return self.title or self.name[:1].upper() + self.name[1:]


class Gate(Struct, frozen=True, kw_only=True):
    """A condition on the evidence.

    `condition` is an expression over the model that must hold. `otherwise` is the state where it does
    not: fail or warn. `needs` is the kind of evidence without which it is unknown (tests, coverage,
    findings), or empty; `required` says whether missing evidence makes it unknown, or not applicable.
    Where the condition does not hold and `warn` does, it is a warning; where `unknown` holds, or is not
    known, it is unknown. `each` makes it a gate for each `layer` or `subject`, of which its names are then
    meant.
    """

    name: str
    condition: str
    otherwise: str = "fail"
    needs: str = ""
    required: bool = True
    title: str = ""
    warn: str = ""
    unknown: str = ""
    each: str = ""


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
        title="Every result file and layer ran tests",
        condition="tests.executed > 0 and tests.files_without_run == 0 and tests.layers_without_run == 0",
        otherwise="unknown",
        needs="tests",
    ),
)

BASELINE_GATES = (
    Gate(
        name="baseline-read",
        title="The baseline could be compared with",
        condition="changes.unread == 0",
        otherwise="unknown",
    ),
    Gate(
        name="tests-not-collapsed",
        title="At least half as many tests ran as in the baseline",
        condition="changes.tests_percent >= 50",
        otherwise="unknown",
    ),
    Gate(
        name="no-new-failure",
        title="No test fails that did not fail in the baseline",
        condition="changes.new_failures == 0",
    ),
    Gate(
        name="no-vanished-test",
        title="Every test of the baseline is still there",
        condition="changes.vanished_tests == 0",
        otherwise="warn",
    ),
    Gate(
        name="coverage-not-dropped",
        title="Line coverage is not below that of the baseline",
        condition="changes.coverage_points >= 0",
        otherwise="warn",
    ),
    Gate(
        name="no-new-severe-finding",
        title="No critical or high finding is new since the baseline",
        condition="changes.new_critical == 0 and changes.new_high == 0",
        warn="changes.new_critical == 0",
    ),
)
"""The gates of a run with a baseline, as far as the baseline holds what they speak of."""


class Policy(Struct, frozen=True, kw_only=True):
    """Everything that judging depends on, besides the evidence and the date.

    `grades` are (word, lowest score) from the best down. `severities` maps a rule id, or a prefix that
    ends in `*`, to a severity. `sizes` is path -> executable lines, where no evidence tells them.
    `without` are kinds of evidence that are not expected (tests, coverage, findings). `expected` is what must
    be there: globs of artifact paths, or more exactly. `slow_seconds` is what makes a test slow. `slas` are
    limits on what tests measure. `baseline_gates` are the gates of a run with a baseline.
    `fail_under` is the lowest score that does not fail. `switched_off` are the names of gates that ship but
    that the configuration took out. A waiver expires soon from `waiver_warning_days` before its last day on.
    `checks` are the items of the checklist besides those that ship. `subjects` are what tests are for,
    requirements among them; `requirement_properties` are the names of test properties that hold ids of
    requirements. `matrix` says in which layers and environments every subject wants tests.
    """

    criteria: tuple[Criterion, ...] = DEFAULT_CRITERIA
    gates: tuple[Gate, ...] = DEFAULT_GATES
    grades: tuple[tuple[str, Fraction], ...] = DEFAULT_GRADES
    severities: Mapping[str, Severity] = field(default_factory=dict)
    effort: Effort = field(default_factory=Effort)
    sizes: Mapping[str, int] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    expected: tuple[str | Expectation, ...] = ()
    fail_under: Fraction | None = None
    slow_seconds: Fraction = Fraction(1)
    switched_off: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    waiver_warning_days: int = WARNING_DAYS
    checks: tuple[Check, ...] = ()
    subjects: tuple[Subject, ...] = ()
    requirement_properties: tuple[str, ...] = ()
    matrix: MatrixPolicy = MatrixPolicy()
    slas: tuple[Sla, ...] = ()
    baseline_gates: tuple[Gate, ...] = BASELINE_GATES


DEFAULT_POLICY = Policy()
