"""What suites say of themselves: errors that no case carries, counts that are not so, dates."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.merge.layers import Layers
from reportgen.merge.ledger import Ledger
from reportgen.merge.moments import newest
from reportgen.merge.parts import Part
from reportgen.model.evidence import SuiteError
from reportgen.model.states import Outcome

_BAD = (Outcome.FAILED, Outcome.ERRORED)


def suite_errors(parts: Iterable[Part], layers: Layers, ledger: Ledger) -> tuple[SuiteError, ...]:
    """Collect the errors and failures that hang on suites; what is neither is noted in the ledger."""
    found: set[SuiteError] = set()
    for part in parts:
        for suite in part.facts.tests.suites if part.facts.tests else ():
            name = " / ".join(suite.path)
            for detail in suite.details:
                if detail.outcome not in _BAD:
                    ledger.add(
                        "suite-level skip",
                        name or part.path,
                        kept="no test is counted",
                        overridden=detail.message or detail.tag,
                        evidence=part.evidence,
                    )
                    continue
                layer = layers.of_suite(part.facts.source, suite)
                found.add(SuiteError(layer, name, detail.message, detail.text, part.id, detail.outcome))
    return tuple(sorted(found))


def note_declared(parts: Iterable[Part], ledger: Ledger) -> None:
    """Note each count that a file states of itself and that its own cases contradict."""
    for part in parts:
        for declared in part.facts.tests.declared if part.facts.tests else ():
            ledger.add(
                "declared count",
                f"{declared.subject}: {declared.attribute}",
                kept=f"counted {declared.counted:,}",
                overridden=f"declared {declared.stated}",
                evidence=part.evidence,
                alike=("the counted numbers", f"the numbers that {part.path} declares"),
            )


def newest_suite(parts: Iterable[Part]) -> str:
    """Return when the newest suite ran, as far as suites say; empty where none does."""
    return newest(
        {suite.timestamp for part in parts if part.facts.tests for suite in part.facts.tests.suites}
    )
