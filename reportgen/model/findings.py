"""What a rule says of a place, as the tool's file has it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct, field

from reportgen.model.states import Severity


class Rule(Struct, frozen=True, kw_only=True):
    """What a tool tells of one of its rules; texts are plain, `help_uri` is http(s) or empty."""

    id: str
    name: str = ""
    summary: str = ""
    help: str = ""
    help_uri: str = ""


class Edit(Struct, frozen=True, gc=False):
    """A part of a file to replace by `text`; `before` is what stands there, empty where it is not told.

    Lines and columns count from 1, the end column is behind the last character; 0 where not known.
    """

    text: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    before: str = ""


class Fix(Struct, frozen=True):
    """What a tool proposes to change in the file of a finding.

    `before` and `after` are the whole lines that it is about, empty where the sources are not there.
    """

    message: str
    edits: tuple[Edit, ...] = ()
    before: str = ""
    after: str = ""


MOST_EDITS = 20
"""How many edits of one fix are kept; a fix with more is not shown in code."""


class Result(Struct, frozen=True, kw_only=True):
    """One result of one tool.

    `level` is the tool's own word (error, convention, HIGH, …; `None` as text where it has none);
    `severity` is ours, from the format's own scale. `rule` is empty where the tool names none. `line`
    and `column` count from 1, 0 where unknown. `counts` is false for a result that is no finding (a SARIF
    kind other than fail, a finding that the baseline says is gone, a note). `suppressed` results stay
    visible but do not count. `tool` is lower case.

    `fingerprints` are identities, name -> value; a name that starts with `partial:` is only a part of one,
    and says nothing alone. `apart` is true for a result that the tool lists apart from its results (ESLint's
    suppressedMessages): `inspect` leaves it out of the totals. `blank_rule` tells a rule given as an
    empty text from one not given at all.
    """

    tool: str
    rule: str
    level: str
    severity: Severity
    message: str
    path: str = ""
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    symbol: str = ""
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    suppressed: bool = False
    suppression: str = ""
    baseline: str = ""
    kind: str = ""
    counts: bool = True
    snippet: str = ""
    apart: bool = False
    blank_rule: bool = False
    fix: Fix | None = None


class FindingCounts(Struct, frozen=True, kw_only=True):
    """The results of one file, counted as `inspect` prints them: in the tool's own words.

    A result without a level or a rule counts under `None`. `suppressed` includes those listed apart.
    """

    total: int
    suppressed: int
    by_level: Mapping[str, int]
    by_severity: Mapping[str, int]
    by_rule: Mapping[str, int]


class FindingFacts(Struct, frozen=True, kw_only=True):
    """What one file of evidence says of findings.

    `results` keeps every result, in order. `examined` is the files that the tool says it looked at,
    None where it does not say. `rules` is rule id -> what the tool tells of it. `time` is when the tool
    ran, in ISO 8601, empty where it does not say. `digests` is path -> SHA-256 of the files that were
    looked at, as far as the tool tells it.
    """

    tools: tuple[str, ...]
    results: tuple[Result, ...]
    rules: Mapping[str, Rule] = field(default_factory=dict)
    examined: tuple[str, ...] | None = None
    roots: tuple[str, ...] = ()
    revision: str = ""
    time: str = ""
    digests: Mapping[str, str] = field(default_factory=dict)

    def counts(self) -> FindingCounts:
        """Count every result, each once."""
        results = [result for result in self.results if not result.apart]
        return FindingCounts(
            total=len(results),
            suppressed=sum(result.suppressed for result in self.results),
            by_level=_tally(Counter(result.level for result in results)),
            by_severity=_tally(Counter(result.severity.value for result in results)),
            by_rule=_tally(
                Counter(result.rule or ("" if result.blank_rule else "None") for result in results)
            ),
        )


def _tally(counter: Counter[str]) -> dict[str, int]:
    """Sort by name, so that equal results print alike."""
    return dict(sorted(counter.items()))
