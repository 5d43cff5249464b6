"""JUnit XML of every dialect: streamed, counted from its leaf cases, doubted where it hides an outcome."""

from __future__ import annotations

from collections import Counter

from reportgen.model.facts import CaseFacts
from reportgen.model.figures import plural
from reportgen.model.limits import Limits
from reportgen.model.states import Outcome
from reportgen.readers.base import Parts, UnreadableError
from reportgen.readers.content import Content
from reportgen.readers.junit_doubts import note_oddities
from reportgen.readers.junit_events import JunitEvents
from reportgen.readers.junit_producers import lasting_names, producer_of, repeats_of
from reportgen.readers.junit_suites import SuiteReader
from reportgen.readers.oddities import Oddities
from reportgen.readers.xml import feed

_ROOTS = ("testsuites", "testsuite", "testcase", "testrun")


def sniff(content: Content) -> bool:
    """Tell by the root element, or by a test case within the first 64 KiB of another root."""
    root = content.xml_root
    return root is not None and (root.name in _ROOTS or "<testcase" in content.text_head)


def read(content: Content, limits: Limits) -> Parts:
    """Read all cases. A file that breaks off has no parts; the error says how far it could be read."""
    root = content.xml_root
    events = JunitEvents(limits)
    suites, oddities = events.suites, Oddities(limits)
    if root is not None:
        suites.traits.root, suites.traits.root_attributes = root.name, root.attributes
        if root.name not in _ROOTS:
            oddities.note(
                "unusual root", f"the root element is <{root.name}>, as no known producer writes it"
            )
    try:
        feed(content, events, limits)
    except UnreadableError as error:
        problem = error.problem
        raise UnreadableError(problem.kind, f"{problem.message}; {_so_far(suites)}", problem.hint) from error
    producer = producer_of(suites.traits)
    facts = CaseFacts(
        suites=lasting_names(suites.suites, producer),
        declared=tuple(suites.declared),
        repeats=repeats_of(producer),
        revision=suites.traits.revision,
    )
    note_oddities(facts, suites, producer, oddities)
    return Parts(producer=producer, tests=facts, warnings=oddities.problems)


def _so_far(suites: SuiteReader) -> str:
    """Say how much was read before the break; none of it counts."""
    outcomes = Counter(case.outcome for case in suites.cases())
    bad = outcomes[Outcome.FAILED] + outcomes[Outcome.ERRORED]
    if not outcomes.total():
        return "before that no test case stands"
    cases = plural(outcomes.total(), "test case stands", "test cases stand")
    return f"before that {cases}, of which {bad:,} failed or errored; none is counted"
