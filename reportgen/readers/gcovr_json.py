"""gcovr's own JSON (`gcovr --json`), format versions 0.1 to 0.15.

A line is a distinct number of a file: gcovr lists it once per function that it belongs to (template
instances, several functions on one line), and it is covered if one of these ran. Entries with
`gcovr/excluded` or `gcovr/noncode` do not count, nor do excluded branches. A branch is told apart by its
line, function, number, blocks and position, so that those of template instances count each, as gcovr has it.
"""

from __future__ import annotations

from msgspec import Struct, field

from reportgen.model.coverage import CoverageFacts
from reportgen.model.limits import Limits
from reportgen.readers.base import Parts
from reportgen.readers.content import Content
from reportgen.readers.coverage_notes import note_nameless, note_nothing, with_short_names
from reportgen.readers.coverage_parts import FileTally, LineSets
from reportgen.readers.jsonsniff import is_object_with
from reportgen.readers.jsontext import decode, text_of
from reportgen.readers.junit_values import cut_name
from reportgen.readers.oddities import Oddities

_VERSION = "gcovr/format_version"
_NEWEST = 15  # of 0.x
_SHORT = 200  # characters of a function's name within the name of a branch


class _Branch(Struct):
    count: int | float | None = None
    number: int | None = field(name="branchno", default=None)
    source: int | None = field(name="source_block_id", default=None)
    destination: int | None = field(name="destination_block_id", default=None)
    excluded: bool | None = field(name="gcovr/excluded", default=None)


class _Line(Struct):
    number: int | None = field(name="line_number", default=None)
    count: int | float | None = None
    function: str | None = field(name="function_name", default=None)
    branches: list[_Branch] | None = None
    excluded: bool | None = field(name="gcovr/excluded", default=None)
    noncode: bool | None = field(name="gcovr/noncode", default=None)


class _File(Struct):
    path: str = field(name="file", default="")
    lines: list[_Line] | None = None


class _Report(Struct):
    version: str = field(name=_VERSION, default="")
    files: list[_File] | None = None


def sniff(content: Content) -> bool:
    """Tell the report by the version of its format."""
    return is_object_with(content, _VERSION)


def read(content: Content, limits: Limits) -> Parts:
    """Read all files; two entries of one file are one file."""
    oddities = Oddities(limits)
    sets = LineSets(limits)
    report = decode(text_of(content), _Report, oddities)
    tallies: dict[str, FileTally] = {}
    for file in report.files or ():
        tally = tallies.setdefault(file.path, FileTally())
        _lines(file.lines or [], tally, sets)
    files = [tally.facts(path) for path, tally in tallies.items()]
    _note_version(report.version, oddities)
    note_nothing(files, oddities)
    nameless = [len(file.lines) for file in report.files or () if file.lines and not file.path]
    note_nameless("file", nameless, files, oddities)
    sets.note(oddities)
    coverage = CoverageFacts(files=tuple(files), has_branches=True)
    short = with_short_names(coverage, limits, oddities)
    return Parts(producer="gcovr", coverage=short, warnings=oddities.problems)


def _lines(entries: list[_Line], tally: FileTally, sets: LineSets) -> None:
    """Put the lines and branches of one file entry into the tally."""
    lines: list[int] = []
    hit: list[int] = []
    for entry in entries:
        if entry.excluded or entry.noncode:
            continue
        if entry.number is None:
            sets.left_out += 1
            continue
        lines.append(entry.number)
        if entry.count is not None and entry.count > 0:
            hit.append(entry.number)
        function = cut_name(entry.function or "", _SHORT)
        for position, branch in enumerate(entry.branches or ()):
            if branch.excluded:
                continue
            blocks = f"{branch.number}:{branch.source}:{branch.destination}:{position}"
            arm = f"{entry.number}:{function}:{blocks}"
            taken = branch.count is not None and branch.count > 0
            tally.arms[arm] = taken or tally.arms.get(arm, False)
    tally.executable |= sets.bits(lines)
    tally.covered |= sets.bits(hit, again=True)


def _note_version(version: str, oddities: Oddities) -> None:
    """Say that the format's version is not known: what its fields mean may have changed."""
    major, _, minor = version.partition(".")
    if major == "0" and minor.isascii() and minor.isdigit():
        if len(minor) <= len(str(_NEWEST)) and int(minor) <= _NEWEST:
            return
        doubt = False
    else:
        doubt = True
    message = f"version {version[:20]!r} of gcovr's format is not known; the newest that is is 0.{_NEWEST}"
    oddities.note("unknown version", message, "It was read like that one.", doubt=doubt)
