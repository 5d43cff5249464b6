"""Joined evidence in a line or two, for the tests of judging."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal

from msgspec import structs

from reportgen.judge import judge
from reportgen.model.artifact import Problem
from reportgen.model.audit import Audit
from reportgen.model.coverage import Ratio
from reportgen.model.evidence import (
    Attempt,
    Evidence,
    EvidenceItem,
    JoinedCase,
    JoinedCoverage,
    JoinedFile,
    JoinedFinding,
    JoinedFindings,
    JoinRules,
    SuiteError,
)
from reportgen.model.policy import DEFAULT_POLICY, Policy
from reportgen.model.states import Outcome, Severity

DATE = datetime(2026, 1, 1, tzinfo=UTC)


def bits(*lines: int) -> int:
    return sum(1 << line for line in lines)


def case(
    name: str,
    outcome: str = "passed",
    message: str = "",
    *,
    layer: str = "unit",
    text: str = "",
    kind: str = "",
    flaky: bool = False,
    seconds: str | None = None,
    cited: str = "E1",
    classname: str = "C",
    suite: str = "s",
) -> JoinedCase:
    end = Outcome(outcome)
    time = None if seconds is None else Decimal(seconds)
    first = (Attempt(Outcome.FAILED, None, kind, message or "boom", text, cited),) if flaky else ()
    last = Attempt(end, time, kind, message, text, cited)
    where = f"{layer}/{classname}.{name}"
    return JoinedCase(
        where, layer, "", suite, classname, name, end, flaky, time, (*first, last), kind, message, (cited,)
    )


def many(outcomes: str, layer: str = "unit", cited: str = "E1") -> list[JoinedCase]:
    """Make a case a letter: p(assed), f(ailed), e(rrored), s(kipped), u(nknown)."""
    words = {each.value[0]: each.value for each in Outcome}
    return [case(f"t{n}", words[letter], layer=layer, cited=cited) for n, letter in enumerate(outcomes)]


def file(
    path: str,
    covered: Iterable[int],
    executable: Iterable[int] | None,
    *,
    layer: str = "unit",
    cited: str = "E2",
    complexity: int | None = None,
    branches: Ratio | None = None,
    by_tests: Iterable[int] | None = None,
    tests: tuple[tuple[int, int], ...] = (),
) -> JoinedFile:
    ran, could = bits(*covered), None if executable is None else bits(*executable)
    return JoinedFile(
        path=path,
        lines=Ratio(ran.bit_count(), None if could is None else could.bit_count()),
        branches=branches,
        executable=could,
        covered=ran,
        by_tests=None if by_tests is None else bits(*by_tests),
        tests=tests,
        by_layer={layer: (could or 0, ran)},
        complexity=complexity,
        evidence=(cited,),
    )


def finding(
    rule: str,
    severity: str = "low",
    path: str = "a.py",
    line: int = 1,
    *,
    state: str = "open",
    tool: str = "ruff",
    cited: str = "E3",
    number: int = 1,
) -> JoinedFinding:
    return JoinedFinding(
        id=f"F{rule}{path}{line}-{number}",
        rule=rule,
        tools=(tool,),
        severity=Severity(severity),
        level=severity,
        path=path,
        line=line,
        message=f"{rule} at {path}:{line}",
        fingerprint="",
        state=state,
        evidence=(cited,),
    )


def scan(*items: JoinedFinding, examined: tuple[str, ...] | None = None) -> JoinedFindings:
    return JoinedFindings(
        items=items,
        total=len(items),
        suppressed=sum(item.state == "suppressed" for item in items),
        by_level={},
        examined=examined,
    )


def item(
    number: int, path: str, *, whole: bool = True, has_facts: bool = True, layer: str = ""
) -> EvidenceItem:
    return EvidenceItem(
        id=f"E{number}",
        path=path,
        format="",
        producer="",
        sha256=f"{number:064x}",
        bytes=1,
        layer=layer,
        environment="",
        holds="",
        whole=whole,
        has_facts=has_facts,
    )


def evidence(
    cases: Iterable[JoinedCase] | None = None,
    *,
    files: Iterable[JoinedFile] | None = None,
    findings: JoinedFindings | None = None,
    items: Iterable[EvidenceItem] | None = None,
    problems: tuple[Problem, ...] = (),
    warnings: tuple[Problem, ...] = (),
    suite_errors: tuple[SuiteError, ...] = (),
    contexts: tuple[str, ...] = (),
) -> Evidence:
    """Join by hand; the index is E1 (tests), E2 (coverage), E3 (findings), as far as they are there."""
    told = [
        row
        for row, there in (
            (item(1, "junit.xml"), cases is not None),
            (item(2, "coverage.xml"), files is not None),
            (item(3, "ruff.json"), findings is not None),
        )
        if there
    ]
    return Evidence(
        parts=(),
        rules=JoinRules(),
        items=tuple(told if items is None else items),
        cases=tuple(cases or ()),
        has_tests=cases is not None,
        suite_errors=suite_errors,
        coverage=None if files is None else JoinedCoverage(files=tuple(files), contexts=contexts),
        findings=findings,
        problems=problems,
        warnings=warnings,
    )


def audit(joined: Evidence, policy: Policy = DEFAULT_POLICY) -> Audit:
    return judge(joined, policy, generated_at=DATE)


def changed(**fields: object) -> Policy:
    """Change the default policy."""
    return structs.replace(DEFAULT_POLICY, **fields)


def gate_states(found: Audit) -> dict[str, str]:
    return {gate.name: gate.state.value for gate in found.gates}
