"""SARIF 2.1.0 (OASIS standard, 2020), and what calls itself 2.2: results of one or several tool runs."""

from __future__ import annotations

import re

from reportgen.model.findings import FindingFacts, Result, Rule
from reportgen.model.limits import Limits
from reportgen.readers.base import Parts, UnreadableError
from reportgen.readers.content import Content
from reportgen.readers.findings import note_unknown_levels, note_unscanned
from reportgen.readers.jsontext import decode, note_repeats, paused_gc, text_of
from reportgen.readers.oddities import Oddities, some
from reportgen.readers.sarif_external import runs_of
from reportgen.readers.sarif_flags import note_execution
from reportgen.readers.sarif_runs import RunReader
from reportgen.readers.sarif_shapes import Log, Run

_FIRST = re.compile(
    r'\s*\{\s*("version"\s*:\s*"[^"]*"\s*,\s*)?"\$schema"\s*:\s*"[^"]*sarif[^"]*"\s*,', re.IGNORECASE
)
_SCHEMA = re.compile(r'"\$schema"\s*:\s*"[^"]*sarif', re.IGNORECASE)
_RUNS = re.compile(r'"runs"\s*:\s*\[')
_OLD = ("1.", "2.0")
_NEW = ("2.1", "2.2")


def sniff(content: Content) -> bool:
    """Tell by the members of the root, or by the first of the text where that is not well formed."""
    if content.looks_like != "json":
        return False
    head = content.text_head
    if _FIRST.match(head):
        return True
    keys = content.json_keys
    if keys is None:
        return bool(_SCHEMA.search(head)) or bool(_RUNS.search(head) and '"version"' in head)
    if "runs" in keys:
        return not keys.keys().isdisjoint(("version", "$schema")) or b'"results"' in bytes(keys["runs"])
    return b"sarif" in bytes(keys.get("$schema", b"")).lower()


def read(content: Content, limits: Limits) -> Parts:
    """Read all runs; what the scan did not deliver is a warning that leaves doubt."""
    oddities = Oddities(limits)
    with paused_gc():
        text = text_of(content)
        log = decode(text, Log, oddities)
        _check_version(log, oddities)
        _check_repeats(text, log, oddities)
        readers = [RunReader(run, limits) for run in _runs(log, oddities)]
        results = [result for reader in readers for result in reader.results()]
        _note_results(readers, results, oddities)
        facts = _facts(readers, results, oddities)
    producer = ", ".join(dict.fromkeys(reader.producer for reader in readers if reader.producer))
    return Parts(producer=producer, findings=facts, warnings=oddities.problems)


def _check_version(log: Log, oddities: Oddities) -> None:
    version = log.version or ""
    if version.startswith(_OLD):
        message = f"SARIF {version} is not read; its results have another shape than those of 2.1.0"
        hint = "Convert it with Microsoft's Sarif.Multitool: sarif transform --sarif-output-version Current."
        raise UnreadableError("unsupported-format", message, hint)
    if version and not version.startswith(_NEW):
        oddities.note("unknown version", f"SARIF {version[:40]} was read as if it were 2.1.0", doubt=True)


def _check_repeats(text: bytes, log: Log, oddities: Oddities) -> None:
    """Look for a second `results` or `runs` in one object, which would hide the first."""
    holders = [*(log.runs or ()), *(log.inline_external_properties or ()), log]
    kept_apart = sum(
        refs.results is not None
        for run in log.runs or ()
        if (refs := run.external_property_file_references) is not None
    )
    results = sum(each.results is not None for each in holders) + kept_apart
    note_repeats(text, {"results": results, "runs": 1}, oddities)


def _runs(log: Log, oddities: Oddities) -> list[Run]:
    """Return the runs, and warn where there is none, or the same one twice."""
    runs = runs_of(log, oddities)
    if not runs:
        message = "the file holds no run at all: nothing shows that a tool was started"
        oddities.note("no runs", message, "Run the tool again.", doubt=True)
    if any(run in runs[:index] for index, run in enumerate(runs[:50]) if run.results):
        oddities.note(
            "repeated run", "the same run stands in the file more than once; each result was counted"
        )
    return runs


def _note_results(readers: list[RunReader], results: list[Result], oddities: Oddities) -> None:
    for reader in readers:
        note_execution(reader.run, reader.name, oddities)
        reader.tally.note(oddities)
        if reader.tool == "unknown":
            oddities.note("unnamed tool", "a run does not name its tool")
    note_unknown_levels((level for reader in readers for level in reader.unknown_levels), oddities)
    note_unscanned(results, oddities)


def _facts(readers: list[RunReader], results: list[Result], oddities: Oddities) -> FindingFacts:
    rules: dict[str, Rule] = {}
    for reader in readers:
        rules = reader.rules() | rules
    revisions = list(dict.fromkeys(reader.revision for reader in readers if reader.revision))
    if len(revisions) > 1:
        message = f"the runs are of different revisions: {some(revisions)}"
        oddities.note("several revisions", message, "Give evidence of one revision.")
    return FindingFacts(
        tools=tuple(dict.fromkeys(reader.tool for reader in readers)),
        results=tuple(results),
        rules=rules,
        examined=_examined(readers),
        roots=tuple(dict.fromkeys(root for reader in readers for root in reader.places.roots)),
        revision=revisions[0] if revisions else "",
        time=max((reader.time for reader in readers), default=""),
        digests={path: told for reader in readers for path, told in reader.places.digests().items()},
    )


def _examined(readers: list[RunReader]) -> tuple[str, ...] | None:
    """List the files that were examined, if every run says so."""
    lists = [reader.places.examined() for reader in readers]
    told = [paths for paths in lists if paths is not None]
    return (
        tuple(dict.fromkeys(path for paths in told for path in paths))
        if told and len(told) == len(lists)
        else None
    )
