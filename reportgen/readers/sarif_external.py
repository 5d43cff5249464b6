"""Parts of a SARIF run that are kept apart from it: in the same file, or in files of their own (3.15, 4)."""

from __future__ import annotations

from collections.abc import Container, Sequence

from msgspec import structs

from reportgen.readers.oddities import Oddities, some
from reportgen.readers.sarif_shapes import Component, ExternalFile, ExternalProperties, Log, Run, Tool

_PARTS = ("results", "artifacts", "invocations", "logical_locations", "driver", "extensions")
_INLINE = "sarif:/inlineexternalpropert"


def runs_of(log: Log, oddities: Oddities) -> list[Run]:
    """Return the runs of a log, with the parts that the same file keeps apart put in.

    A file of external properties is the part of one run. What is kept in files elsewhere is a warning.
    """
    if log.runs is None and is_external(log):
        message = "the file holds only a part of a run; its rules and invocations may be elsewhere"
        oddities.note("part of a run", message, "Give the main SARIF file too.")
        return [_run_of(log)]
    runs = log.runs or []
    if runs and log.invocations:  # out of place beside the runs, where Semgrep 0.43 wrote that it had failed
        _extend(runs[0], log, "invocations")
    blocks = log.inline_external_properties or []
    nobodys = [index for index in _put_in(blocks, runs) if blocks[index].results]
    if nobodys:
        told = some(f"inlineExternalProperties[{index}]" for index in nobodys)
        message = f"{told} with results, which no run says are its"
        oddities.note("results elsewhere", message, "Look at what wrote the file.", doubt=True)
    for run in runs:
        _note_elsewhere(run, blocks, oddities)
    return runs


def is_external(log: Log) -> bool:
    """Tell a file of external properties by its schema."""
    return "external-propert" in (log.schema or "").lower()


def _run_of(log: Log) -> Run:
    return Run(
        tool=Tool(driver=log.driver, extensions=log.extensions),
        results=log.results,
        artifacts=log.artifacts,
        invocations=log.invocations,
        logical_locations=log.logical_locations,
    )


class _Wanted:
    """The parts that a run keeps apart: by guid, or by their place among the inline ones."""

    def __init__(self, run: Run, part: str) -> None:
        told: ExternalFile | list[ExternalFile] | None
        told = getattr(run.external_property_file_references, part, None)
        files = [told] if isinstance(told, ExternalFile) else told or []
        uris = [(file.location and file.location.uri) or "" for file in files]
        self.files = files
        self.guids = {file.guid for file in files if file.guid}
        self.indexes = {uri.rpartition("/")[2] for uri in uris if uri.lower().startswith(_INLINE)}

    def has(self, block: ExternalProperties, index: int) -> bool:
        """Tell whether the run refers to this block."""
        return block.guid in self.guids or str(index) in self.indexes


def _put_in(blocks: Sequence[ExternalProperties], runs: Sequence[Run]) -> list[int]:
    """Give blocks to the runs that refer to them, else to the one they name, or the only one.

    Returns the indexes of those that are nobody's.
    """
    wanted = [(run, part, _Wanted(run, part)) for run in runs for part in _PARTS]
    named = {run.automation_details.guid: run for run in runs if run.automation_details}
    alone = runs[0] if len(runs) == 1 else None
    left: list[int] = []
    for index, block in enumerate(blocks):
        places = [(run, part) for run, part, each in wanted if each.has(block, index)]
        owner = (named.get(block.run_guid) if block.run_guid else None) or alone
        if not places and owner is not None:
            places = [(owner, part) for part in _PARTS]
        if not places:
            left.append(index)
        for run, part in places:
            _extend(run, block, part)
    return left


def _extend(run: Run, block: ExternalProperties, part: str) -> None:
    """Add a part of a block to a run; the driver and its extensions are parts of the run's tool."""
    run.tool = run.tool or Tool()
    if part == "driver":
        run.tool.driver = _completed(run.tool.driver, block.driver)
        return
    holder = run.tool if part == "extensions" else run
    more: list[object] | None = getattr(block, part)
    own: list[object] | None = getattr(holder, part)
    if more is not None:
        setattr(holder, part, [*(own or ()), *more])


def _completed(own: Component | None, more: Component | None) -> Component | None:
    """Add to a driver what is kept apart from it; what it tells itself stays."""
    if own is None or more is None:
        return own or more
    told = {name: value for name, value in structs.asdict(own).items() if value is not None}
    return structs.replace(more, **told)


def _note_elsewhere(run: Run, blocks: Sequence[ExternalProperties], oddities: Oddities) -> None:
    """Warn of parts in a file elsewhere: results that were found, and rules that tell how bad they are."""
    here = {block.guid for block in blocks if block.guid}
    if elsewhere := _elsewhere(run, here, "results"):
        message = f"results of the run are kept elsewhere and were not read with it: {some(elsewhere)}"
        hint = "Give these files too, or have the tool write one file."
        oddities.note("results elsewhere", message, hint, doubt=True)
    if run.results and (elsewhere := _elsewhere(run, here, "driver", "extensions")):
        message = (
            f"the rules are kept elsewhere, so that the levels of results may be wrong: {some(elsewhere)}"
        )
        oddities.note("rules elsewhere", message, "Have the tool write one file.", doubt=True)


def _elsewhere(run: Run, here: Container[str | None], *parts: str) -> list[str]:
    """Name the files elsewhere that hold parts of a run; `here` are the guids of the blocks in its own."""
    return [
        uri or file.guid or "a file"
        for part in parts
        for file in _Wanted(run, part).files
        if not (uri := (file.location and file.location.uri) or "").lower().startswith(_INLINE)
        and file.guid not in here
    ]
