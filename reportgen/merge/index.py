"""The evidence index: what each artifact is, and what was read from it."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.merge.parts import Part, is_read
from reportgen.model.coverage import CoverageFacts
from reportgen.model.evidence import EvidenceItem
from reportgen.model.facts import CaseFacts, Facts
from reportgen.model.figures import plural
from reportgen.model.states import Outcome


def index_row(part: Part, layers: Mapping[int, set[str]]) -> EvidenceItem:
    """Make the row of an artifact; `layers` are those that its tests are in, by the part's number."""
    facts, source = part.facts, part.facts.source
    found = layers.get(part.number, set())
    own = next(iter(found)) if len(found) == 1 else part.layer
    return EvidenceItem(
        id=part.id,
        path=source.path,
        format=source.format,
        producer=source.producer,
        sha256=source.sha256,
        bytes=source.size,
        layer=own if facts.tests or facts.coverage or not is_read(facts) else source.layer,
        environment=source.environment,
        holds=", ".join(_holds(part)) or "nothing that could be read",
        whole=is_read(facts) and not part.problems and not any(one.doubt for one in part.warnings),
        has_facts=_has_facts(part),
        also=part.also,
        revision=_revision(facts),
    )


def _revision(facts: Facts) -> str:
    told = (facts.tests, facts.coverage, facts.findings)
    return next((each.revision for each in told if each is not None and each.revision), "")


def _holds(part: Part) -> list[str]:
    facts = part.facts
    words: list[str] = []
    if facts.tests is not None:
        words.extend(_holds_tests(facts.tests))
    if facts.coverage is not None:
        words.append(_holds_coverage(facts.coverage))
    if facts.findings is not None:
        words.append(plural(len(facts.findings.results), "result"))
    return words


def _holds_tests(tests: CaseFacts) -> list[str]:
    words = [plural(sum(len(suite.cases) for suite in tests.suites), "test")]
    errors = _suite_errors(tests)
    if errors:
        words.append(plural(errors, "suite-level error"))
    return words


def _suite_errors(tests: CaseFacts) -> int:
    bad = (Outcome.FAILED, Outcome.ERRORED)
    return sum(detail.outcome in bad for suite in tests.suites for detail in suite.details)


def _holds_coverage(coverage: CoverageFacts) -> str:
    lines = coverage.line_counts()
    files = plural(len(coverage.files), "file")
    if lines.total is None:
        return f"{files}, {plural(lines.covered, 'line')} run"
    return f"{files}, {plural(lines.total, 'line')}"


def _has_facts(part: Part) -> bool:
    """Whether it says anything: a scan that found nothing does, a report without tests or lines does not."""
    facts = part.facts
    if facts.findings is not None:
        return True
    if facts.tests is not None and (
        any(suite.cases for suite in facts.tests.suites) or _suite_errors(facts.tests)
    ):
        return True
    if facts.coverage is None:
        return False
    lines = facts.coverage.line_counts()
    return bool(lines.covered if lines.total is None else lines.total)
