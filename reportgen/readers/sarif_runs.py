"""One SARIF run to results: level, kind, suppression, place and message of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, ValidationError, convert
from msgspec.structs import replace

from reportgen.model.findings import Result, Rule
from reportgen.model.limits import Limits
from reportgen.model.states import Severity
from reportgen.readers import severity
from reportgen.readers.findings import NO_FINGERPRINTS, cut, line_of
from reportgen.readers.fixes import of_sarif
from reportgen.readers.sarif_flags import Tally
from reportgen.readers.sarif_places import Places
from reportgen.readers.sarif_rules import RuleBook, RuleEntry
from reportgen.readers.sarif_shapes import (
    ArtifactLocation,
    Component,
    Location,
    PhysicalLocation,
    Region,
    Run,
    SarifResult,
    Suppression,
)
from reportgen.readers.sarif_texts import plain_text

_NO_FINDING = {"pass", "open", "informational", "notapplicable", "review"}
_UNDECIDED = {"open", "review"}
_HUGE = 10**12
_QUOTING_SECRETS = {"gitleaks", "betterleaks"}  # the code that they quote is the very secret that they found
_UNTOLD = "requires login"  # what Semgrep writes for every fingerprint where nobody is logged in
_NOWHERE, _NO_FILE, _NO_REGION = Location(), PhysicalLocation(), Region()


class _Judged(Struct):
    """What results of one rule, kind and level come to; `odd` is a kind of the tally, or empty."""

    is_finding: bool
    level: str
    severity: Severity
    odd: str
    example: str


class RunReader:
    """Reads the results of one run. `tool` is the driver's name in lower case; `tally` is what was odd."""

    def __init__(self, run: Run, limits: Limits) -> None:
        self.run = run
        self._limits = limits
        self._driver = (run.tool and run.tool.driver) or Component()
        self.name = cut(self._driver.name, limits.name_chars) or "an unnamed tool"
        self.tool = self.name.lower() if self._driver.name else "unknown"
        self.places = Places(run, limits)
        self.tally = Tally()
        self.unknown_levels: set[str] = set()
        self._book = RuleBook(run, self.tool, limits)
        self._used: dict[str, RuleEntry] = {}
        self._judged: dict[tuple[int, str | None, str | None], _Judged] = {}

    @property
    def producer(self) -> str:
        """The tool's name as written, with its version if told."""
        version = cut(self._driver.semantic_version or self._driver.version, self._limits.name_chars)
        return f"{self.name} {version}".rstrip() if self._driver.name else ""

    @property
    def revision(self) -> str:
        """The revision that was examined, or an empty text."""
        told = (each.revision_id for each in self.run.version_control_provenance or ())
        return next((cut(revision, self._limits.name_chars) for revision in told if revision), "")

    @property
    def time(self) -> str:
        """When the tool last ended, or began where that is all it tells (3.20.7, 3.20.8); else empty."""
        told = ((each.end_time_utc or each.start_time_utc or "") for each in self.run.invocations or ())
        return max((cut(time, self._limits.name_chars) for time in told), default="")

    def rules(self) -> dict[str, Rule]:
        """Return what the tool tells of the rules that its results name; after `results`."""
        return {name: self._book.describe(entry) for name, entry in self._used.items() if name}

    def results(self) -> list[Result]:
        """Read every result, in order."""
        return [self._result(raw) for raw in self.run.results or ()]

    def _result(self, raw: SarifResult) -> Result:
        limits = self._limits
        entry = self._book.find(raw)
        judged = self._judged.get((id(entry), raw.kind, raw.level)) or self._judge(entry, raw)
        if entry.odd or judged.odd:
            self._see_odd(entry, judged)
        location = self._place(raw.locations) if raw.locations else _NOWHERE
        physical = location.physical_location or _NO_FILE
        region = physical.region or _NO_REGION
        result = Result(
            tool=self.tool,
            rule=entry.id,
            level=judged.level,
            severity=judged.severity,
            message=plain_text(raw.message, entry, self._driver, limits.text_chars),
            path=self.places.path_of(physical.artifact_location or raw.analysis_target),
            line=self._line(region.start_line),
            column=line_of(region.start_column, limits),
            end_line=line_of(region.end_line, limits),
            end_column=line_of(region.end_column, limits),
            fingerprints=self._fingerprints(raw),
            counts=judged.is_finding,
        )
        told = raw.kind or raw.baseline_state or raw.suppressions or raw.properties or raw.fixes
        if told or location.logical_locations or region.snippet or physical.context_region:
            return self._told_more(raw, result, location, region)
        return result

    def _told_more(self, raw: SarifResult, result: Result, location: Location, region: Region) -> Result:
        """Add what most results do not tell; made apart, since each member costs time."""
        limits = self._limits
        around = location.physical_location and location.physical_location.context_region
        snippet = region.snippet or (around and around.snippet)
        own = severity.of_score(raw.properties.security_severity) if raw.properties else None
        suppressions = raw.suppressions or []
        return replace(
            result,
            severity=own if own and result.counts else result.severity,
            symbol=self.places.symbol_of(location),
            suppressed=bool(suppressions) and self._is_suppressed(suppressions),
            suppression=_words(suppressions, limits),
            baseline=cut(raw.baseline_state, limits.name_chars),
            kind=cut(raw.kind, limits.name_chars),
            counts=result.counts and (raw.baseline_state or "").lower() != "absent",
            snippet=cut(snippet.text, limits.text_chars)
            if snippet and self.tool not in _QUOTING_SECRETS
            else "",
            fix=of_sarif(raw.fixes, lambda place: self._is_file(place, result.path), limits),
        )

    def _is_file(self, place: object, path: str) -> bool:
        """Tell whether a location, as it came, is that of a file."""
        try:
            location = convert(place, ArtifactLocation)
        except ValidationError:
            return False
        return bool(path) and self.places.path_of(location) == path

    def _judge(self, entry: RuleEntry, raw: SarifResult) -> _Judged:
        """Tell whether such a result is a finding at all, and its level (3.27.9, 3.27.10), once for all."""
        kind = (raw.kind or "fail").lower()
        level = raw.level or (entry.level if kind == "fail" else "none")
        is_finding = kind == "fail" or kind not in _NO_FINDING
        odd = example = ""
        if kind in _UNDECIDED:
            odd, example = "undecided result", f"kind {kind}"
        elif not is_finding and level.lower() in {"error", "warning"}:
            odd, example = "contradictory kind", f"kind {kind}, level {level}"
        elif is_finding and kind != "fail":
            odd, example = "unknown kind", kind
        if not severity.is_known(severity.SARIF, level):
            self.unknown_levels.add(level)
        judged = _Judged(
            is_finding=is_finding,
            level=cut(level, self._limits.name_chars),
            severity=entry.severity_of(level) if is_finding else Severity.INFO,
            odd=odd,
            example=example,
        )
        self._judged[id(entry), raw.kind, raw.level] = judged
        self._used.setdefault(entry.id, entry)
        return judged

    def _see_odd(self, entry: RuleEntry, judged: _Judged) -> None:
        if entry.odd:
            self.tally.see("odd rule reference", entry.odd)
        if judged.odd:
            self.tally.see(judged.odd, judged.example)

    def _place(self, locations: Sequence[Location]) -> Location:
        """Return the first place that is in a file, else the first."""
        if len(locations) == 1:
            return locations[0]
        self.tally.see("several places", f"{len(locations)} places")
        return next((each for each in locations if each.physical_location), locations[0])

    def _line(self, number: int | None) -> int:
        line = line_of(number, self._limits)
        if not line and number is not None:
            self.tally.see("odd line number", str(number) if abs(number) < _HUGE else "a huge number")
        return line

    def _fingerprints(self, raw: SarifResult) -> Mapping[str, str]:
        whole, partial = raw.fingerprints, raw.partial_fingerprints
        if not whole and not partial:
            return NO_FINGERPRINTS
        most = self._limits.name_chars
        told = {
            cut(name, most): cut(value, most) for name, value in (whole or {}).items() if value != _UNTOLD
        }
        if partial:
            for name, value in partial.items():
                told[cut(f"partial:{name}", most)] = cut(value, most)
        return told

    def _is_suppressed(self, suppressions: Sequence[Suppression]) -> bool:
        """Tell by 3.27.23: each suppression is accepted; without a status it is. Drafts called it state."""
        suppressed = True
        for each in suppressions:
            status = each.status or each.state or "accepted"
            if status.lower() != "accepted":
                suppressed = False
                if status.lower() not in {"underreview", "rejected"}:
                    self.tally.see("unknown suppression", status)
        return suppressed


def _words(suppressions: Sequence[Suppression], limits: Limits) -> str:
    """Put the suppressions in words: kind, status where it is not accepted, justification."""
    told = []
    for each in suppressions:
        status = each.status or each.state or "accepted"
        kind = each.kind or "suppression"
        head = kind if status == "accepted" else f"{kind} ({status})"
        told.append(f"{head}: {each.justification}" if each.justification else head)
    return cut("; ".join(told), limits.text_chars)
