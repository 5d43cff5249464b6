"""One `<testcase>`: what it is called, how it ended, and what it says about that.

The outcome is given by the direct children, error before failure before skipped before passed; where no
child says anything, by children such as `<disabled>` and the attributes `status` and `result`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from junitparser import xunit2
from junitparser.junitparser import FinalResult

from reportgen.model.cases import Case, Detail
from reportgen.model.limits import Limits
from reportgen.model.states import Outcome
from reportgen.readers.junit_values import count_of, cut_name, cut_text, seconds_of, sounds_bad
from reportgen.readers.xml import build

Pairs = tuple[tuple[str, str], ...]
Details = tuple[Detail, ...]

RESULTS = frozenset(
    tag
    for tag, kind in xunit2.TestCase.ITER_TYPES.items()
    if issubclass(kind, xunit2.InterimResult | FinalResult)
)
SKIPS = frozenset({"disabled", "ignored", "skip", "pending", "todo"})  # as children, in any case
OUTCOME_LIKE = re.compile(
    "fail|error|warn|incompl|inconcl|abort|broken|time-?out|crash|skip|rerun|flaky|risky|panic|unexpected"
    "|exception|killed"
)

_FINAL = {"error": Outcome.ERRORED, "failure": Outcome.FAILED, "skipped": Outcome.SKIPPED}
_WORST_FIRST = (Outcome.ERRORED, Outcome.FAILED, Outcome.SKIPPED)
_ERRORED = frozenset({"error", "errored", "broken", "aborted", "timeout"})
_FAILED = frozenset({"fail", "failed", "failure"})
_SKIPPED = frozenset({"notrun", "disabled", "skipped", "ignored", "suppressed"})
_BY_ATTRIBUTE = (  # outcome, words of `status`, words of `result`; the worst first
    (Outcome.ERRORED, _ERRORED, _ERRORED),
    (Outcome.FAILED, _FAILED | {"ko"}, _FAILED),
    (Outcome.SKIPPED, _SKIPPED | {"skip", "pending"}, _SKIPPED),
)
_WORDS = ("status", "result", "outcome")
_FLAGS = ("success", "executed", "passed")
_EPOCH = ("1970-01-01T", "1969-12-31T")
_CACHED = 50_000  # words kept, so that each is one object
_SHORT = 64  # characters of a time that is kept
_TIMES: dict[str, Decimal | None] = {}
"""Times with nothing odd about them, of all files: most say the same few thousand."""
_SAMPLES = 3


class Told(NamedTuple):
    """An outcome element directly below a case or a suite; its text is its stack trace, if it has one."""

    tag: str
    attributes: Mapping[str, str]
    text: str


class Samples:
    """How often something was met, and the first few of it."""

    def __init__(self) -> None:
        self.count = 0
        self.first: list[str] = []

    def add(self, sample: str) -> None:
        """Count one more, and keep it if it is among the first."""
        self.count += 1
        if self.count <= _SAMPLES:
            self.first.append(sample.strip()[:200])


class Tally:
    """What is odd about the cases of one file."""

    def __init__(self) -> None:
        self.times: defaultdict[str, Samples] = defaultdict(Samples)
        self.unknown_tags: Counter[str] = Counter()
        self.by_attribute: Counter[str] = Counter()
        self.unsure: Counter[str] = Counter()
        self.never_started = Samples()
        self.unnamed = 0
        self.cut = 0


class CaseReader:
    """Makes the cases of one file from what its elements hold.

    `words` and `times` are what was met before, each as one object; names are cut to `longest` characters.
    """

    def __init__(self, limits: Limits) -> None:
        self.tally = Tally()
        self._longest_text = limits.text_chars
        self.longest = limits.name_chars
        self.words: dict[str, str] = {}
        self.times = _TIMES

    def case(self, attributes: Mapping[str, str], told: Sequence[Told], properties: Pairs) -> Case:
        """Make a case of its attributes, outcome elements and properties."""
        get = attributes.get
        name, classname = get("name") or "", get("classname") or get("class") or ""
        self.tally.unnamed += not name
        details, retries = self.outcomes(told)
        if not details or all(detail.tag in SKIPS for detail in details):
            moved = _by_attribute(get("status"), get("result"))
            if moved is not None:
                self.tally.by_attribute[moved.message] += 1
                details = (*details, moved)
            elif not details:
                self.see_words(attributes)
        outcome = _worst(details)
        if outcome is Outcome.SKIPPED and get("status") == "run" and get("timestamp", "").startswith(_EPOCH):
            self.tally.never_started.add(f"{classname}.{name}")
        return Case(
            self.name(name),
            self.word(classname),
            outcome,
            self.seconds(get("time")),
            details,
            retries,
            properties,
            self.word(get("file") or get("filepath") or ""),
            max(count_of(get("line") or get("lineno") or "") or 0, 0),
        )

    def see_words(self, attributes: Mapping[str, str]) -> None:
        """Count what a case or suite without a failure says of itself that is no pass: `result="xpass"`."""
        for name, value in attributes.items():
            if name in _WORDS and sounds_bad(value):
                self.tally.unsure[f'{name}="{value.strip()[:40]}"'] += 1
            elif name in _FLAGS and value.strip().lower() == "false":
                self.tally.unsure[f'{name}="false"'] += 1

    def outcomes(self, told: Sequence[Told]) -> tuple[Details, Details]:
        """Read outcome elements: those of the case itself, and those of its earlier attempts.

        junitparser is handed a case with just these, and tells final results from interim ones. The one
        final result that most of them have needs no telling.
        """
        if not told:
            return (), ()
        if len(told) == 1 and (final := _FINAL.get(told[0].tag)) is not None:
            get = told[0].attributes.get
            return (self._detail(told[0], final, get("message"), get("type")),), ()
        details: list[Detail] = []
        retries: list[Detail] = []
        known = [item for item in told if item.tag in RESULTS]
        case = xunit2.TestCase.fromelem(  # type: ignore[no-untyped-call]
            build("testcase", [(item.tag, item.attributes, "") for item in known])
        )
        for item, entry in zip(known, case, strict=True):
            if isinstance(entry, xunit2.InterimResult):
                outcome = Outcome.ERRORED if item.tag.endswith("Error") else Outcome.FAILED
                retries.append(self._detail(item, outcome, entry.message, entry.type))
            else:
                details.append(self._detail(item, _FINAL[item.tag], entry.message, entry.type))
        for item in told:
            if item.tag not in RESULTS:
                self.tally.by_attribute[f"<{item.tag}>"] += 1
                details.append(self._detail(item, Outcome.SKIPPED, item.attributes.get("message"), None))
        return tuple(details), tuple(retries)

    def _detail(self, told: Told, outcome: Outcome, message: str | None, kind: str | None) -> Detail:
        return Detail(
            told.tag,
            outcome,
            self.text(message or ""),
            self.name(kind or ""),
            told.text,
            self.seconds(told.attributes.get("time")),
        )

    def pair(self, key: str, value: str) -> tuple[str, str]:
        """Make a property of its key and value, each cut to its limit."""
        return (self.word(key), self.text(value))

    def text(self, text: str) -> str:
        """Cut a text to its limit; one that is cut is counted."""
        if len(text) <= self._longest_text:
            return text
        self.tally.cut += 1
        return cut_text(text, self._longest_text)

    def name(self, text: str) -> str:
        """Cut a name to its limit; one that is cut is counted."""
        if len(text) <= self.longest:
            return text
        self.tally.cut += 1
        return cut_name(text, self.longest)

    def word(self, text: str) -> str:
        """Return the same text, cut to its limit, as one object each time."""
        known = self.words.get(text)
        if known is None:
            known = self.name(text)
            if len(self.words) >= _CACHED:
                self.words.clear()
            self.words[text] = known
        return known

    def seconds(self, text: str | None) -> Decimal | None:
        """Read a time; what is odd about it is counted."""
        value, odd = seconds_of(text)
        if odd:
            self.tally.times[odd].add(text or "")
        elif text and len(text) <= _SHORT and len(self.times) < _CACHED:
            self.times[text] = value
        return value


def _worst(details: Details) -> Outcome:
    if not details:
        return Outcome.PASSED
    if len(details) == 1:
        return details[0].outcome
    found = [detail.outcome for detail in details]
    return next(outcome for outcome in _WORST_FIRST if outcome in found)


def _by_attribute(status: str | None, result: str | None) -> Detail | None:
    """Tell the outcome that only `status` or `result` gives, as a detail; None where they say passed."""
    for outcome, statuses, results in _BY_ATTRIBUTE:
        for name, value, words in (("status", status, statuses), ("result", result, results)):
            if value is not None and value.strip().lower() in words:
                return Detail(f"@{name}", outcome, f'{name}="{value.strip().lower()}"')
    return None
