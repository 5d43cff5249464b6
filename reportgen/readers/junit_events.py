"""JUnit XML as it streams by: from starts, ends and texts of elements to cases in suites."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from reportgen.model.cases import Case
from reportgen.model.limits import Limits
from reportgen.model.states import Outcome
from reportgen.readers.base import UnreadableError
from reportgen.readers.junit_case import OUTCOME_LIKE, RESULTS, SKIPS, CaseReader, Told
from reportgen.readers.junit_suites import SuiteReader
from reportgen.readers.junit_values import TextKeeper, count_of

_SUITES = ("testsuite", "testsuites")
_OUTPUTS = ("system-out", "system-err")
_QUIET = ("properties", *_OUTPUTS)  # short: looking through it costs less than the hash of a new tag
_PASSED = Outcome.PASSED
_PLAIN = 3  # name, classname and time: what most producers write, and nothing else


class _Keeper(Protocol):
    def add(self, piece: str) -> None:
        """Take a piece of text."""


class JunitEvents:
    """What `feed` calls. Suites, and cases that hold cases, lie on the stack of `suites`; `_top` is the last.

    `_case` is the attributes of the open case that has shown no case within it, if any. `_told` and `_found`
    are the outcome elements and properties of that case, else of `_top`; all cases use the same two lists,
    `_case_told` and `_case_found`. `_inside` counts the open elements
    between it and here, such as `<properties>`: what they hold is not its own.

    Few texts are wanted, so no call of ours is made for each: they lie in `_pieces` until `_text`, which
    takes those that are, changes or has to take them.
    """

    def __init__(self, limits: Limits) -> None:
        self.reader = CaseReader(limits)
        self.suites = SuiteReader(self.reader)
        self._words, self._longest = self.reader.words, limits.text_chars
        self.moved = False
        self._limits = limits
        self._top = self.suites.stack[0]
        self._told, self._found = self._top.told, self._top.properties
        self._case_told: list[Told] = []
        self._case_found: list[tuple[str, str]] = []
        self._case: Mapping[str, str] | None = None
        self._inside = self._before = 0
        self._outer: list[int] = []
        self._outcome: _Outcome | None = None
        self._key: str | None = None
        self._text: _Keeper | None = None
        self._pieces: list[str] = []
        self.data = self._pieces.append

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element; the tags that come most are asked for first."""
        if tag == "property":
            if self._outcome is None:
                try:
                    key, value = self._words[attributes["name"]], attributes["value"]
                except KeyError:
                    self._start_property(attributes.get("name", ""), attributes.get("value"))
                else:
                    self._found.append(
                        (key, value if len(value) <= self._longest else self.reader.text(value))
                    )
        elif self._outcome is not None:
            self._listen(self._outcome.start(_local(tag)))
        elif self._case is not None and tag in _QUIET:
            self._inside += 1
        elif tag == "testcase":
            if self._case is not None:
                self._hold_cases(self._case)
            self._case = attributes
            self.moved = True
            self._before, self._inside = self._inside, 0
            self._told, self._found = self._case_told, self._case_found
        else:
            self._start_other(tag, attributes)

    def _start_property(self, key: str, value: str | None) -> None:
        if value is None:
            self._key = key
            self._listen(TextKeeper(self._limits.text_chars))
        else:
            self._found.append(self.reader.pair(key, value))

    def _start_other(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.moved = True
        tag, given = _local(tag), tag
        in_case = self._case is not None
        if tag in ("property", "testcase") and tag != given:
            self.start(tag, attributes)
        elif tag in _SUITES or (len(self.suites.stack) == 1 and not in_case):
            if self._case is not None:
                self._hold_cases(self._case)
            self._outer.append(self._inside)
            self._open(tag, attributes)
        elif self._inside == 0 and (tag in RESULTS or (in_case and tag.lower() in SKIPS)):
            self._outcome = _Outcome(tag if tag in RESULTS else tag.lower(), attributes, self._limits)
            self._listen(self._outcome.body)
        else:
            if self._inside == 0 and in_case and OUTCOME_LIKE.search(tag.lower()):
                self.reader.tally.unknown_tags[tag] += 1
            if self._inside == 0 and not in_case and tag in _OUTPUTS:
                self._listen(self._top.output if tag == "system-out" else self.suites.run_errors)
            self._inside += 1
            self._bound(self._inside)

    def _open(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._bound(len(self._outer))
        self._top = self.suites.open(tag, attributes)
        self._told, self._found = self._top.told, self._top.properties
        self._inside = 0

    def _hold_cases(self, attributes: Mapping[str, str]) -> None:
        """Make a suite of the open case: it holds a case, or a suite, and is no leaf."""
        told, found = self._told, self._found
        self._outer.append(self._before)
        inside = self._inside
        self._open("testcase", attributes)
        self._top.told.extend(told)
        self._top.properties.extend(found)
        told.clear()
        found.clear()
        self._case, self._inside = None, inside

    def _bound(self, depth: int) -> None:
        if depth > self._limits.xml_depth:
            message = f"elements are nested more than {self._limits.xml_depth:,} deep"
            hint = "No test runner nests so deep; if the file is right, raise limits.xml_depth."
            raise UnreadableError("not-well-formed", message, hint)

    def settle(self) -> None:
        """Give the texts that lie here to what takes them, if anything does."""
        if self._text is not None and self._pieces:
            self._text.add("".join(self._pieces))
        self._pieces.clear()

    def _listen(self, keeper: _Keeper | None) -> None:
        """Let `keeper` take the texts from here on."""
        self.settle()
        self._text = keeper

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if tag == "property":
            if self._key is not None:
                self._end_property(self._key)
        elif self._outcome is not None:
            self._end_within(self._outcome)
        elif tag == "testcase":
            if self._case is None:
                self._close()
            else:
                self._end_case(self._case)
        elif tag[0] == "{" and _local(tag) in ("property", "testcase"):
            self.end(_local(tag))
        elif self._inside:
            self._inside -= 1
            if self._text is not None:
                self._listen(None)
        else:
            self._close()

    def _end_property(self, key: str) -> None:
        kept = self._text
        self._listen(None)
        if isinstance(kept, TextKeeper):
            self._found.append(self.reader.pair(key, kept.text))
        self._key = None

    def _end_within(self, outcome: _Outcome) -> None:
        if outcome.depth:
            self._listen(outcome.end())
            return
        self._listen(None)
        told, was_cut = outcome.finish()
        self._told.append(told)
        self.reader.tally.cut += was_cut
        self._outcome = None

    def _end_case(self, case: Mapping[str, str]) -> None:
        top, told, found, reader = self._top, self._told, self._found, self.reader
        cases = top.cases
        if not cases:
            self.suites.traits.see_case(case)
        try:
            name, classname, time = case["name"], case["classname"], case["time"]
        except KeyError:
            name = classname = time = ""
        if told or not name or len(case) > _PLAIN:
            cases.append(reader.case(case, told, tuple(found)))
            top.totals.assertions += count_of(case.get("assertions") or "") or 0
            told.clear()
            found.clear()
        else:  # most cases say no more than this, and have passed: no call is made for them
            cases.append(
                Case(
                    name if len(name) <= reader.longest else reader.name(name),
                    self._words.get(classname) or reader.word(classname),
                    _PASSED,
                    reader.times[time] if time in reader.times else reader.seconds(time),
                    (),
                    (),
                    tuple(found) if found else (),
                )
            )
            found.clear()
        self._case = None
        self._inside = self._before
        self._told, self._found = top.told, top.properties

    def _close(self) -> None:
        self.suites.close()
        self._top = self.suites.stack[-1]
        self._told, self._found = self._top.told, self._top.properties
        self._inside = self._outer.pop()

    def close(self) -> None:
        """Close what stands outside of every suite: a bare `<testcase>` as the root."""
        if len(self.suites.stack) == 1:
            self.suites.close()


class _Outcome:
    """An outcome element while it is open: its text or its `<stackTrace>`, but no captured output."""

    def __init__(self, tag: str, attributes: Mapping[str, str], limits: Limits) -> None:
        self.tag = tag
        self.attributes = attributes
        self.depth = 0
        self._limit = limits.text_chars
        self.body = TextKeeper(self._limit)
        self._trace: TextKeeper | None = None

    def start(self, tag: str) -> _Keeper | None:
        """Go into a child; return what takes the text from here on."""
        self.depth += 1
        if self.depth > 1:
            return self.body
        if tag == "stackTrace":
            self._trace = self._trace or TextKeeper(self._limit)
            return self._trace
        return None if tag in _OUTPUTS else self.body

    def end(self) -> _Keeper | None:
        """Leave a child."""
        self.depth -= 1
        return self.body

    def finish(self) -> tuple[Told, bool]:
        """Give what it says, and whether that was too long."""
        kept = self.body if self._trace is None or self._trace.is_empty else self._trace
        return Told(self.tag, self.attributes, kept.text), kept.was_cut


def _local(tag: str) -> str:
    return tag[tag.rindex("}") + 1 :] if tag[:1] == "{" else tag
