"""The joined evidence: what many files say together, and every override that joining made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Context, Decimal, localcontext

from msgspec import Struct, field

from reportgen.model.artifact import Problem
from reportgen.model.cases import Counts
from reportgen.model.coverage import Ratio
from reportgen.model.facts import Facts
from reportgen.model.findings import Fix, Rule
from reportgen.model.placing import Pattern
from reportgen.model.states import Outcome, RepeatRule, Severity


class JoinRules(Struct, frozen=True, kw_only=True):
    """How facts are joined, as far as a team may choose.

    `layers` are (name, glob over artifact paths and test files), the first match counts. `include` and
    `exclude` are globs over the paths of coverage and findings. `roots` are further absolute prefixes to
    take off paths; the project root is the first. `placing` are (layer, pattern of tests), which go before
    all else that tells a test's layer; the first that fits counts.
    """

    repeats: RepeatRule = RepeatRule.WORST
    layers: tuple[tuple[str, str], ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    placing: tuple[tuple[str, Pattern], ...] = ()


class EvidenceItem(Struct, frozen=True, kw_only=True):
    """A row of the evidence index. `id` is E1, E2, … in the order of path and digest.

    `holds` says in words what was read ("9 tests", "55 files, 9,934 lines"); `whole` is false where it
    could not be read, or only in part; `has_facts` is false where it holds none. `revision` is that which it
    says that it was made from, empty where it says none.
    """

    id: str
    path: str
    format: str
    producer: str
    sha256: str
    bytes: int
    layer: str
    environment: str
    holds: str
    whole: bool
    has_facts: bool
    also: tuple[str, ...] = ()
    revision: str = ""


class Attempt(Struct, frozen=True, gc=False):
    """One run of one test; `text` is the body of its failure; `tag` the element that told it."""

    outcome: Outcome
    seconds: Decimal | None = None
    type: str = ""
    message: str = ""
    text: str = ""
    evidence: str = ""
    timestamp: str = ""


class JoinedCase(Struct, frozen=True, gc=False):
    """One test of one run after joining: what its attempts and repeats came to.

    `id` is unique in the report. `suite` is the suite path joined with ` / `. `outcome`, `message` and
    `seconds` are those of the attempt that counts. `evidence` are ids of evidence.
    """

    id: str
    layer: str
    environment: str
    suite: str
    classname: str
    name: str
    outcome: Outcome
    flaky: bool
    seconds: Decimal | None
    attempts: tuple[Attempt, ...]
    type: str
    message: str
    evidence: tuple[str, ...]
    file: str = ""
    line: int = 0
    properties: tuple[tuple[str, str], ...] = ()


class SuiteError(Struct, frozen=True, order=True):
    """An error or failure of a suite that no case carries (a class that could not be set up)."""

    layer: str
    suite: str
    message: str
    text: str
    evidence: str
    outcome: Outcome = Outcome.ERRORED


class JoinedFile(Struct, frozen=True, kw_only=True):
    """Coverage of one source file over all evidence; bit sets as in `FileCoverage`.

    `executable` is None where no evidence lists the executable lines. `by_tests` is the lines that ran in
    some test's context, None where contexts are not known. `tests` is (index into
    `JoinedCoverage.contexts`, lines); `runs` likewise, without what ran in setup and teardown, None where
    that is the same. `by_layer` is layer -> (executable, covered).
    """

    path: str
    lines: Ratio
    branches: Ratio | None
    executable: int | None
    covered: int
    by_tests: int | None = None
    tests: tuple[tuple[int, int], ...] = ()
    by_layer: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    complexity: int | None = None
    evidence: tuple[str, ...] = ()
    runs: tuple[tuple[int, int], ...] | None = None


class JoinedCoverage(Struct, frozen=True, kw_only=True):
    """Coverage over all evidence. `contexts` are ids of joined tests, or the context's own words.

    `excluded` counts the files that include and exclude patterns took out; `unlisted_lines` the lines that
    ran but that no evidence lists as executable.
    """

    files: tuple[JoinedFile, ...]
    contexts: tuple[str, ...] = ()
    excluded: int = 0
    unlisted_lines: int = 0

    def line_counts(self) -> Ratio:
        """Sum the lines over the files whose executable lines are known; unknown where any is not."""
        known = [file.lines for file in self.files]
        whole = all(lines.total is not None for lines in known)
        return Ratio(
            sum(lines.covered for lines in known),
            sum(lines.total or 0 for lines in known) if whole else None,
        )

    def branch_counts(self) -> Ratio | None:
        """Sum the branches over the files that have any."""
        known = [file.branches for file in self.files if file.branches is not None]
        if not known:
            return None
        return Ratio(sum(ratio.covered for ratio in known), sum(ratio.total or 0 for ratio in known))

    def by_tests_count(self) -> int | None:
        """Count the lines that ran in some test's context; None where no context is known."""
        known = [file.by_tests for file in self.files if file.by_tests is not None]
        return sum(bits.bit_count() for bits in known) if known else None


class JoinedFinding(Struct, frozen=True, kw_only=True, gc=False):
    """One finding, however many results told it.

    `state` is `open`, `suppressed`, `absent` (the baseline says it is gone), or `not a finding` (a SARIF
    kind that is none). `baseline` is the tool's own baseline state. `results` counts the results joined.
    """

    id: str
    rule: str
    tools: tuple[str, ...]
    severity: Severity
    level: str
    path: str
    line: int
    message: str
    fingerprint: str
    state: str
    evidence: tuple[str, ...]
    end_line: int = 0
    column: int = 0
    symbol: str = ""
    baseline: str = ""
    results: int = 1
    snippet: str = ""
    fix: Fix | None = None


class JoinedFindings(Struct, frozen=True, kw_only=True):
    """Findings over all evidence. `total` counts results, `items` are the distinct findings.

    `examined` is the files that some tool says it looked at, None where none says so; `excluded` counts the
    results that include and exclude patterns took out. `digests` is path -> SHA-256 of the files looked at,
    as far as tools tell it.
    """

    items: tuple[JoinedFinding, ...]
    total: int
    suppressed: int
    by_level: Mapping[str, int]
    rules: Mapping[str, Rule] = field(default_factory=dict)
    examined: tuple[str, ...] | None = None
    excluded: int = 0
    digests: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class LedgerRow(Struct, frozen=True, order=True):
    """One override that joining made: of what, what was kept, what gave way, and from which evidence.

    `kind` is two or three words: `declared count`, `retry`, `repeat`, `duplicate file`, `path remapped`, ….
    """

    kind: str
    subject: str
    kept: str
    overridden: str
    evidence: tuple[str, ...] = ()


class Evidence(Struct, frozen=True, kw_only=True):
    """All the evidence, joined. `parts` are the facts that it was joined from, in canonical order.

    `observations` are the findings of our own rules (their `results` is 0: they are no results of a tool),
    and `rules_skipped` is (rule, reason) of those that could not run; `examine` sets both.

    Joining evidence again, with any other, in any order, comes to the same: see `merge`. `newest` is when
    the newest suite ran, in ISO 8601 (without an offset where the suite tells none), empty where none says.
    """

    parts: tuple[Facts, ...]
    rules: JoinRules
    items: tuple[EvidenceItem, ...]
    cases: tuple[JoinedCase, ...] = ()
    has_tests: bool = False
    suite_errors: tuple[SuiteError, ...] = ()
    coverage: JoinedCoverage | None = None
    findings: JoinedFindings | None = None
    ledger: tuple[LedgerRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    passed_over: int = 0
    observations: tuple[JoinedFinding, ...] = ()
    rules_skipped: tuple[tuple[str, str], ...] = ()
    newest: str = ""

    def source_of(self, evidence_id: str) -> EvidenceItem:
        """Return the row of the index with this id; `KeyError` where there is none."""
        found = next((item for item in self.items if item.id == evidence_id), None)
        if found is None:
            raise KeyError(evidence_id)
        return found


def exact_sum(values: Iterable[Decimal | None]) -> Decimal | None:
    """Add up what is known, without rounding (to 1,000 digits); None where nothing is."""
    known = [value for value in values if value is not None]
    with localcontext(Context(prec=1_000)):
        return sum(known[1:], known[0]) if known else None


class JoinedCounts(Counts, frozen=True, kw_only=True):
    """Joined tests by outcome; those that a waiver covers are counted as `waived`, and as nothing else."""

    waived: int = 0

    @property
    def executed(self) -> int:  # type: ignore[explicit-override]  # Python 3.12 has the decorator
        """How many ran and count: neither skipped nor waived."""
        return self.total - self.skipped - self.waived


def count_cases(cases: tuple[JoinedCase, ...] | list[JoinedCase]) -> JoinedCounts:
    """Count joined tests by outcome; one whose outcome its producer never wrote counts as errored."""
    by_outcome = dict.fromkeys(Outcome, 0)
    flaky = 0
    for case in cases:
        by_outcome[case.outcome] += 1
        flaky += case.flaky
    return JoinedCounts(
        total=len(cases),
        passed=by_outcome[Outcome.PASSED],
        failed=by_outcome[Outcome.FAILED],
        errored=by_outcome[Outcome.ERRORED] + by_outcome[Outcome.UNKNOWN],
        skipped=by_outcome[Outcome.SKIPPED],
        waived=by_outcome[Outcome.WAIVED],
        flaky=flaky,
        seconds=exact_sum(case.seconds for case in cases),
    )
