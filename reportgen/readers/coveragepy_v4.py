"""coverage.py's data file before 5.0: JSON after a line that asks not to read it.

    !coverage.py: This is a private format, don't read it directly!{"lines": {"/a.py": [1, 2]}}

`lines` is path -> lines that ran; in branch mode `arcs` is path -> pairs, whose positive ends are the lines.
There are no contexts.
"""

from __future__ import annotations

from msgspec import Struct

from reportgen.model.coverage import CoverageFacts, FileCoverage
from reportgen.model.limits import Limits
from reportgen.readers.base import Parts
from reportgen.readers.content import Content
from reportgen.readers.coverage_notes import note_nothing, with_short_names
from reportgen.readers.coverage_parts import LineSets
from reportgen.readers.jsontext import decode, text_of
from reportgen.readers.oddities import Oddities

_MARK = b"!coverage.py: This is a private format"


class _Data(Struct):
    lines: dict[str, list[int]] | None = None
    arcs: dict[str, list[list[int]]] | None = None


def sniff(content: Content) -> bool:
    """Tell the file by its first words."""
    return content.head.startswith(_MARK)


def read(content: Content, limits: Limits) -> Parts:
    """Read all files."""
    oddities = Oddities(limits)
    sets = LineSets(limits)
    text = text_of(content)
    data = decode(text[text.find(b"!", len(_MARK)) + 1 :], _Data, oddities)
    found = {path: sets.bits(lines) for path, lines in (data.lines or {}).items()}
    for path, arcs in (data.arcs or {}).items():
        ends = {line for arc in arcs for line in arc if line > 0}
        found[path] = found.get(path, 0) | sets.bits(ends)
    files = tuple(FileCoverage(path=path, covered=bits) for path, bits in found.items())
    note_nothing(files, oddities)
    sets.note(oddities)
    coverage = with_short_names(CoverageFacts(files=files), limits, oddities)
    return Parts(producer="coverage.py 4", coverage=coverage, warnings=oddities.problems)
