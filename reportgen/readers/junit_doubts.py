"""What is odd about a JUnit file, and where it may hide that a test did not pass.

A warning with doubt says that the file cannot be a clean pass: it states what its cases do not show, or its
producer is known to write some failures as passed or skipped cases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reportgen.model.cases import Case, Repeats, Suite
from reportgen.model.facts import CaseFacts
from reportgen.model.figures import plural
from reportgen.model.states import Outcome
from reportgen.readers.junit_case import Tally
from reportgen.readers.junit_dialects import note_dialect
from reportgen.readers.junit_suites import SuiteReader
from reportgen.readers.oddities import Oddities, some

_OTHER_UNITS = ("Catch2", "CasperJS", "Boost.Test", "doctest")  # count assertions
_UNLISTED_SKIPS = ("mocha-junit-reporter",)  # counts pending tests, and does not list them


def note_oddities(facts: CaseFacts, suites: SuiteReader, producer: str, oddities: Oddities) -> None:
    """Note everything odd about a file that was read whole."""
    _note_emptiness(facts, oddities)
    _note_counts(facts, suites, producer, oddities)
    _note_outcomes(facts, suites.reader.tally, oddities)
    note_dialect(facts, suites, producer, oddities)
    _note_repeats(facts, oddities)
    _note_values(suites.reader.tally, oddities)


def _note_emptiness(facts: CaseFacts, oddities: Oddities) -> None:
    total = sum(len(suite.cases) for suite in facts.suites)
    if not total:
        message = "the file is well formed, but it holds no test case: nothing ran"
        oddities.note("no tests", message, "Find out why no test was collected or started.", doubt=True)
    elif all(case.outcome is Outcome.SKIPPED for suite in facts.suites for case in suite.cases):
        every = "the only test" if total == 1 else f"all {total:,} tests"
        message = f"{every} of the file {'was' if total == 1 else 'were'} skipped: nothing ran"
        oddities.note("all skipped", message, "Run the tests where what they need is there.")
    empty = [" / ".join(suite.path) for suite in facts.suites if not suite.cases and not suite.details]
    if empty and total:
        message = f"{plural(len(empty), 'suite')} without a test case: {some(empty)}"
        oddities.note("empty suite", message, "See whether tests are missing there.")


def _note_counts(facts: CaseFacts, suites: SuiteReader, producer: str, oddities: Oddities) -> None:
    """Note counts that the cases contradict; where more is stated than there is, something is missing."""
    if suites.aside > 0:
        tests = plural(suites.aside, "test")
        message = (
            f"the file counts {tests} as neither passed, failed nor skipped, and its cases do not show which"
        )
        hint = "Look into the log of the run for tests that timed out, broke off or were inconclusive."
        oddities.note("outcomes not listed", message, hint, doubt=True)
    if not facts.declared:
        return
    rows = [
        f"{row.subject} states {row.attribute}={row.stated}, counted {row.counted}" for row in facts.declared
    ]
    message = f"the file's own counts differ from its cases in {plural(len(rows), 'place')}: {some(rows)}"
    oddities.note("counts differ", message, "The cases were counted.")
    if suites.missing_bad > 0:
        bad = plural(suites.missing_bad, "failed or errored test")
        message = f"the file states {bad} more than its cases show"
        hint = "Look into the log of the run: something failed that has no test case here."
        oddities.note("failures not listed", message, hint, doubt=True)
    subtests = producer == "pytest" and not suites.missing_skips  # are counted, but have no case of their own
    if suites.missing_tests > 0 and producer not in _OTHER_UNITS and not subtests:
        message = f"the file states {plural(suites.missing_tests, 'test')} more than it lists"
        doubt = producer not in _UNLISTED_SKIPS
        hint = "Find the tests that are missing." if doubt else "Pending tests; includePending lists them."
        oddities.note("tests not listed", message, hint, doubt=doubt)


def _note_outcomes(facts: CaseFacts, tally: Tally, oddities: Oddities) -> None:
    loose = [
        f"{' / '.join(suite.path) or 'the root'}: {detail.message or detail.text or detail.tag}"
        for suite in facts.suites
        for detail in suite.details
        if detail.outcome is not Outcome.SKIPPED
    ]
    if loose:
        message = f"{plural(len(loose), 'error')} of a suite as a whole, without a test case: {some(loose)}"
        oddities.note("suite error", message, "Mend the set-up of the suite; its tests may not have run.")
    if tally.by_attribute:
        told = some(f"{name} ({plural(count, 'case')})" for name, count in tally.by_attribute.items())
        message = f"outcomes that no failure, error or skipped element tells were taken from {told}"
        oddities.note(
            "outcome by attribute", message, "A reader that looks at elements only sees passes here."
        )
    if tally.unsure:
        told = some(f"{word} ({plural(count, 'time')})" for word, count in tally.unsure.items())
        message = f"what counts as passed says of itself that it did not simply pass: {told}"
        oddities.note(
            "unsure outcome", message, "Look at these tests, and at what wrote the file.", doubt=True
        )
    if tally.unknown_tags:
        told = some(f"<{tag}> ({plural(count, 'time')})" for tag, count in tally.unknown_tags.items())
        message = (
            f"test cases hold elements that look like an outcome, but that JUnit XML does not have: {told}"
        )
        hint = (
            "The cases count as passed where nothing else is said; look at them, and at what wrote the file."
        )
        oddities.note("unknown outcome element", message, hint, doubt=True)


def _note_repeats(facts: CaseFacts, oddities: Oddities) -> None:
    repeats = [group for group in _groups(facts.suites) if len(group) > 1]
    if not repeats:
        return
    names = some(_label(group[0]) for group in repeats)
    extra = sum(len(group) - 1 for group in repeats)
    if facts.repeats is Repeats.CHILDLESS_RERUNS:
        phantoms = sum(not case.details for group in repeats for case in group[:-1])
        if phantoms:
            rows = plural(phantoms, "row without an outcome stands", "rows without an outcome stand")
            message = f"{rows} before the last row of a test, as of reruns: {names}"
            hint = "They look passed, and are not counted as passes when attempts are joined."
            oddities.note("reruns look passed", message, hint)
    message = f"the same suite, class and name stand {plural(extra, 'time')} too often: {names}"
    oddities.note("repeated tests", message, "They are joined as attempts or duplicates of one test.")


def _groups(suites: tuple[Suite, ...]) -> Iterator[list[Case]]:
    """Yield the cases of one identity, for each identity that stands more than once in a suite path."""
    by_path: dict[tuple[str, ...], list[Suite]] = {}
    for suite in suites:
        by_path.setdefault(suite.path, []).append(suite)
    for same in by_path.values():
        cases = [case for suite in same for case in suite.cases]
        if len({case.name for case in cases}) == len(cases):
            continue
        names = Counter([(case.classname, case.name) for case in cases])
        groups: dict[tuple[str, str], list[Case]] = {key: [] for key, count in names.items() if count > 1}
        for case in cases if groups else ():
            if (case.classname, case.name) in groups:
                groups[case.classname, case.name].append(case)
        yield from groups.values()


def _label(case: Case) -> str:
    return ".".join(filter(None, (case.classname, case.name))) or "(no name)"


def _note_values(tally: Tally, oddities: Oddities) -> None:
    if tally.unnamed:
        message = f"{plural(tally.unnamed, 'test case')} without a name"
        oddities.note("tests without name", message, "Such tests cannot be told apart.")
    if tally.times:
        told = some(
            (f"{odd} ({samples.count:,}, as {some(samples.first)})" for odd, samples in tally.times.items()),
            9,
        )
        message = f"times that are no plain number of seconds: {told}"
        hint = "Numbers with commas were read, the others left out of the sum."
        oddities.note("odd times", message, hint)
    if tally.cut:
        message = f"cut, each with a mark: {plural(tally.cut, 'text')} longer than the limit"
        oddities.note("texts cut", message, "The limits are limits.name_chars and limits.text_chars.")
