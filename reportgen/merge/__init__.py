"""Many facts become one Evidence. Joining is a law: any order, any grouping, any repeats, the same result."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportgen.cycles import without_search
from reportgen.merge.cases import join_cases
from reportgen.merge.coverage import join_coverage
from reportgen.merge.doubts import claims, idle, revisions, unfit
from reportgen.merge.findings import join_findings
from reportgen.merge.globs import Choice
from reportgen.merge.index import index_row
from reportgen.merge.layers import Layers
from reportgen.merge.ledger import Ledger
from reportgen.merge.parts import Part, gather, number_parts
from reportgen.merge.places import name_files
from reportgen.merge.suites import newest_suite, note_declared, suite_errors
from reportgen.model.artifact import Problem
from reportgen.model.evidence import Evidence, JoinRules
from reportgen.model.facts import Facts

__all__ = ["merge"]

_DEFAULT = JoinRules()


@without_search()
def merge(parts: Iterable[Facts | Evidence], rules: JoinRules = _DEFAULT) -> Evidence:
    """Join facts, and evidence that was joined before, into one.

    The facts are united and joined anew from their sorted set, so that the result depends on nothing but
    that set and `rules`. Nothing is dropped in silence: see `Evidence.ledger` and `Evidence.problems`.
    """
    facts = gather(parts)
    layers = Layers(rules.layers, rules.placing)
    numbered = number_parts(facts, layers)
    ledger = Ledger()
    joined = join_cases(numbered, layers, rules.repeats, ledger)
    names = name_files(numbered, rules.roots, ledger)
    choice = Choice(rules.include, rules.exclude)
    coverage = join_coverage(numbered, names.coverage, joined.cases, choice, ledger)
    errors = suite_errors(numbered, layers, ledger)
    findings = join_findings(numbered, names.findings, choice, ledger)
    note_declared(numbered, ledger)
    _note_copies(numbered, ledger)
    return Evidence(
        parts=facts,
        rules=rules,
        items=tuple(index_row(part, joined.layers) for part in numbered),
        cases=joined.cases,
        has_tests=any(part.facts.tests is not None for part in numbered),
        suite_errors=errors,
        coverage=coverage,
        findings=findings,
        ledger=ledger.rows(),
        problems=_sorted(
            [problem for part in numbered for problem in part.problems],
            [*names.problems, *claims(numbered, names)],
        ),
        warnings=_sorted(
            [one for part in numbered for one in part.warnings],
            revisions(numbered),
            unfit(choice),
            idle(choice, layers, numbered),
        ),
        passed_over=sum(one.passed_over for one in facts),
        newest=newest_suite(numbered),
    )


def _note_copies(parts: Sequence[Part], ledger: Ledger) -> None:
    for part in parts:
        for copy in part.also:
            ledger.add(
                "duplicate file", copy, kept=part.path, overridden="the same bytes", evidence=part.evidence
            )


def _sorted(*problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Put problems into the order of their paths, each once."""
    found = {problem for some in problems for problem in some}
    return tuple(sorted(found, key=lambda problem: (problem.path, problem)))
