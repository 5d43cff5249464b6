"""Tests that can pass when they should fail, and those that showed that they can fail."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.audit_tests import FailureCause
from reportgen.model.evidence import JoinedFinding
from reportgen.model.figures import plural
from reportgen.model.states import Outcome
from reportgen.model.suite_paths import holds_tests
from reportgen.render.escape import Markdown
from reportgen.render.places import place_mark
from reportgen.render.views.doubtful_rules import ASSERTION_RULES, DOUBTS, Doubt
from reportgen.render.views.parts import CELL, Cut, Subject, cases_by_id, cut, name_of, told_by
from reportgen.render.views.quoting import CodeRow, Quotes
from reportgen.render.wording import clipped

_PLACES = 1
_IN_TESTS = re.compile(r"(?:^|/)(?:tests?|__tests__|spec)/")
_AFTER = "it failed in teardown, after what it checks"
_LEVELS = ("high", "moderate", "low")


class DoubtRow(Struct, frozen=True):
    """What a rule tells of tests: how often, where first, and why such a test can pass."""

    risk: str
    rule: str
    count: int
    files: int
    why: str
    places: Cut[Markdown]
    evidence: Markdown


class GreenRow(Struct, frozen=True):
    """What looks green and is not: a layer in which nothing ran, or a test that passed later."""

    sentence: str
    evidence: Markdown


class ProofRow(Struct, frozen=True):
    """A cause of failures, and what it shows of its tests; `name` is the first of them."""

    cause: str
    count: int
    name: str
    shows: str
    expected: str
    actual: str
    evidence: Markdown


class FakeView(Struct, frozen=True):
    """The section; `unmeasured` are sentences on what no evidence tells."""

    sentence: str
    doubts: Cut[DoubtRow]
    code: tuple[CodeRow, ...]
    greens: tuple[GreenRow, ...]
    unmeasured: tuple[str, ...]
    proof_sentence: str
    proofs: Cut[ProofRow]


def fake_tests(subject: Subject) -> FakeView:
    """Look at the findings that tell of such tests, at what ran nothing, and at why the others failed."""
    audit = subject.audit
    found = _found(audit)
    url = subject.audit.source_url
    titles = _names(audit, found)

    def row(rule: str) -> DoubtRow:
        members = found[rule]
        doubt = DOUBTS[rule]
        return DoubtRow(
            risk=doubt.risk,
            rule=rule,
            count=len(members),
            files=len({each.path for each in members if each.path}),
            why=doubt.why,
            places=cut(
                members,
                _PLACES,
                "findings.items",
                lambda each: place_mark(
                    _place(each), clipped(titles.get(each.symbol, _place(each)), CELL), url
                ),
            ),
            evidence=told_by({id_ for each in members for id_ in each.evidence}),
        )

    rules = sorted(found, key=lambda rule: (_LEVELS.index(DOUBTS[rule].risk), -len(found[rule]), rule))
    grave = [each for rule in rules if DOUBTS[rule].risk != "low" for each in found[rule]]
    greens = tuple(_greens(audit))
    proof_sentence, proofs = _proofs(subject)
    return FakeView(
        sentence=_sentence([DOUBTS[rule] for rule in rules], audit, nothing=not greens),
        doubts=cut(rules, subject.limit, "findings.items", row),
        code=Quotes(audit).of((_place(each) for each in grave), most=2),
        greens=greens,
        unmeasured=(*_unquoted(audit, grave), *_unmeasured(audit)),
        proof_sentence=proof_sentence,
        proofs=proofs,
    )


def _found(audit: Audit) -> dict[str, list[JoinedFinding]]:
    found: dict[str, list[JoinedFinding]] = defaultdict(list)
    for each in audit.findings.items if audit.findings else ():
        if each.state == "open" and each.rule in DOUBTS and _of_a_test(each):
            found[each.rule].append(each)
    return found


def _of_a_test(finding: JoinedFinding) -> bool:
    return finding.rule == "RG001" or holds_tests(finding.path) or _IN_TESTS.search(finding.path) is not None


def _names(audit: Audit, found: dict[str, list[JoinedFinding]]) -> dict[str, str]:
    """Return the names of the tests that RG001 speaks of, by their ids."""
    ids = {each.symbol for each in found.get("RG001", ())}
    return (
        {}
        if audit.tests is None
        else {k: case.name for k, case in cases_by_id(audit.tests.cases, ids).items()}
    )


def _place(finding: JoinedFinding) -> str:
    if not finding.path:
        return finding.symbol or "no file"
    return f"{finding.path}:{finding.line}" if finding.line else finding.path


def _sentence(doubts: list[Doubt], audit: Audit, *, nothing: bool) -> str:
    if doubts:
        worst = min((each.risk for each in doubts), key=_LEVELS.index)
        rules = plural(len(doubts), "rule tells", "rules tell")
        return f"Level of risk: {worst}; {rules} of such tests."
    if audit.findings is None:
        return "Not measured: the findings of a scan, or coverage with a context a test, would tell."
    if nothing:
        return "No finding tells of such a test."
    return "No finding tells of such a test, but not all that looks green ran."


def _greens(audit: Audit) -> Iterator[GreenRow]:
    if audit.tests is None:
        return
    for name, layer in audit.tests.by_layer.items():
        if layer.ran or layer.failed or layer.errored:
            continue
        skipped = "its only test was" if layer.total == 1 else f"all of its {layer.total:,} tests were"
        why = f"{skipped} skipped" if layer.total else "its results hold no test"
        told = f"Layer {clipped(name, CELL)} ran nothing: {why}, and so none that fails."
        yield GreenRow(told, told_by(layer.evidence))
    flaky = [case for case in audit.tests.cases if case.flaky and case.outcome is Outcome.PASSED]
    if flaky:
        does = "passes" if len(flaky) == 1 else "pass"
        evidence = {id_ for case in flaky for id_ in case.evidence}
        yield GreenRow(f"{plural(len(flaky), 'test')} {does} only on another attempt.", told_by(evidence))


def _unquoted(audit: Audit, grave: list[JoinedFinding]) -> Iterator[str]:
    if grave and not audit.code:
        yield "The code at these places is not shown: with a source_root in the configuration it would be."


def _unmeasured(audit: Audit) -> Iterator[str]:
    if audit.tests is None:
        return
    rules = {} if audit.findings is None else audit.findings.by_rule
    if ASSERTION_RULES.isdisjoint(rules):
        yield "Which tests assert nothing is not measured: a scan of their sources would tell."
    if not any(file.tests for file in audit.reach):
        yield "Which tests ran no measured code is not measured: coverage with a context a test would tell."
    if any(case.outcome is Outcome.PASSED for case in audit.tests.cases):
        yield "Whether the passing tests fail on faulty code is not measured: mutation testing would tell."


def _proofs(subject: Subject) -> tuple[str, Cut[ProofRow]]:
    """Take the failures, assertions first: a test that failed by what it asserts has shown that it can."""
    tests = subject.audit.tests
    if tests is None:
        return "Not measured: no test results were given.", Cut((), 0, "tests.causes")
    if not tests.executed:
        return "Not measured: no test was executed.", Cut((), 0, "tests.causes")
    if not tests.causes:
        return "No test failed, so that none showed that it can.", Cut((), 0, "tests.causes")
    asserted = sum(len(each.cases) for each in tests.causes if each.kind == "assertion")
    failing = tests.failed + tests.errored
    ordered = sorted(tests.causes, key=_order)
    names = cases_by_id(tests.cases, {id_ for cause in ordered for id_ in cause.cases[:1]})

    def row(cause: FailureCause) -> ProofRow:
        first = next(iter(cause.cases), "")
        return ProofRow(
            cause=cause.id,
            count=len(cause.cases),
            name=name_of(names[first].name if first in names else first),
            shows=_shows(cause),
            expected=clipped(cause.expected or "", CELL),
            actual=clipped(cause.actual or "", CELL),
            evidence=told_by(cause.evidence),
        )

    return _proved(asserted, failing), cut(ordered, subject.limit, "tests.causes", row)


def _proved(asserted: int, failing: int) -> str:
    if failing == 1:
        told = "did so by an assertion of its own" if asserted else "did not do so by an assertion"
        return f"The only failing test {told}."
    if not asserted:
        return f"None of {failing:,} failing tests failed by an assertion."
    if asserted >= failing:
        return f"All {failing:,} failing tests failed by an assertion of their own."
    own = "its own" if asserted == 1 else "their own"
    return f"{asserted:,} of {failing:,} failing tests failed by an assertion of {own}."


def _order(cause: FailureCause) -> tuple[bool, bool, int, str]:
    return cause.kind != "assertion", _in_a_test(cause), -len(cause.cases), cause.id


def _in_a_test(cause: FailureCause) -> bool:
    path = cause.place.rpartition(":")[0] or cause.place
    return holds_tests(path) or _IN_TESTS.search(path) is not None


def _shows(cause: FailureCause) -> str:
    match cause.kind:
        case "assertion":
            return "an assertion of the test failed: it can fail, and did"
        case "import" | "collection":
            return "it could not be collected, and so checked nothing"
        case "setup" | "teardown":
            return "it failed in setup, before it checked anything" if cause.kind == "setup" else _AFTER
        case "timeout":
            return "it ran out of time, before it came to an end"
        case "unknown":
            return "its end was never written"
        case _:
            if not cause.place:
                return "an error stopped it, and where is not known"
            if _in_a_test(cause):
                return "an error at a line of the tests stopped it, and no assertion failed"
            return "an error at a line outside the tests stopped it, and no assertion failed"
