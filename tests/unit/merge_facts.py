"""Facts in a line or two, for the tests of merging."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256

from reportgen.model.artifact import Problem, Source
from reportgen.model.cases import Case, Declared, Detail, Repeats, Suite
from reportgen.model.coverage import CoverageFacts, FileCoverage
from reportgen.model.evidence import Evidence, JoinedCase, JoinedFile
from reportgen.model.facts import CaseFacts, Facts
from reportgen.model.findings import FindingFacts, Result
from reportgen.model.states import Outcome, Severity

_TAGS = {Outcome.FAILED: "failure", Outcome.ERRORED: "error", Outcome.SKIPPED: "skipped"}


def source(
    path: str, *, layer: str = "", environment: str = "", form: str = "junit", sha: str = ""
) -> Source:
    digest = sha256((sha or path).encode()).hexdigest()
    return Source(path=path, sha256=digest, size=10, format=form, layer=layer, environment=environment)


def bits(*lines: int) -> int:
    return sum(1 << line for line in lines)


def case(
    name: str,
    outcome: str = "passed",
    *messages: str,
    classname: str = "C",
    seconds: str | None = None,
    retries: tuple[Detail, ...] = (),
    file: str = "",
) -> Case:
    end = Outcome(outcome)
    details = tuple(Detail(_TAGS[end], end, message, "Boom", f"trace of {message}") for message in messages)
    time = None if seconds is None else Decimal(seconds)
    return Case(name, classname, end, time, details, retries, file=file)


def rerun(message: str = "boom", tag: str = "flakyFailure", outcome: str = "failed") -> Detail:
    return Detail(tag, Outcome(outcome), message)


def junit(
    path: str,
    *cases: Case,
    repeats: Repeats = Repeats.DUPLICATES,
    timestamp: str = "",
    suite: tuple[str, ...] = ("s",),
    layer: str = "",
    environment: str = "",
    details: tuple[Detail, ...] = (),
    declared: tuple[Declared, ...] = (),
) -> Facts:
    suites = (Suite(suite, cases, timestamp, details),)
    return Facts(
        source=source(path, layer=layer, environment=environment),
        tests=CaseFacts(suites=suites, repeats=repeats, declared=declared),
    )


def covered(
    path: str,
    *files: FileCoverage,
    roots: tuple[str, ...] = (),
    contexts: tuple[str, ...] = (),
    form: str = "cobertura",
    layer: str = "",
    has_branches: bool = False,
) -> Facts:
    return Facts(
        source=source(path, form=form, layer=layer),
        coverage=CoverageFacts(files=files, sources=roots, contexts=contexts, has_branches=has_branches),
    )


def lines(path: str, ran: tuple[int, ...], missed: tuple[int, ...] | None = ()) -> FileCoverage:
    """A file's lines: those that ran, and those that did not; `missed=None` where no line is listed."""
    executable = None if missed is None else bits(*ran, *missed)
    return FileCoverage(path=path, executable=executable, covered=bits(*ran))


def result(
    rule: str,
    path: str = "a.py",
    line: int = 1,
    *,
    message: str = "bad",
    tool: str = "ruff",
    severity: Severity = Severity.LOW,
    suppressed: bool = False,
    counts: bool = True,
    baseline: str = "",
    fingerprints: Mapping[str, str] | None = None,
) -> Result:
    return Result(
        tool=tool,
        rule=rule,
        level="error",
        severity=severity,
        message=message,
        path=path,
        line=line,
        suppressed=suppressed,
        counts=counts,
        baseline=baseline,
        fingerprints=fingerprints or {},
    )


def found(
    path: str, *results: Result, roots: tuple[str, ...] = (), examined: tuple[str, ...] | None = None
) -> Facts:
    tools = tuple(sorted({one.tool for one in results}))
    return Facts(
        source=source(path, form="sarif"),
        findings=FindingFacts(tools=tools, results=results, roots=roots, examined=examined),
    )


def unread(path: str, kind: str = "truncated") -> Facts:
    return Facts(source=source(path), problems=(Problem(kind, "it ends in the middle"),))


def only(evidence: Evidence) -> JoinedCase:
    """The one case that there is."""
    (one,) = evidence.cases
    return one


def file_of(evidence: Evidence, path: str) -> JoinedFile:
    """The joined file of this path."""
    assert evidence.coverage is not None
    return next(file for file in evidence.coverage.files if file.path == path)


def paths_of(evidence: Evidence) -> list[str]:
    assert evidence.coverage is not None
    return [file.path for file in evidence.coverage.files]


def rows(evidence: Evidence, kind: str) -> list[tuple[str, str, str]]:
    """The ledger's rows of a kind, without their evidence."""
    return [(row.subject, row.kept, row.overridden) for row in evidence.ledger if row.kind == kind]
