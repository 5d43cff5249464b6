"""Where the tests are: by folder and layer, those in a folder of another layer, their markers and names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.evidence import JoinedCase
from reportgen.model.figures import plural
from reportgen.model.markers import NAMES, markers_of
from reportgen.model.states import State
from reportgen.render.escape import Markdown
from reportgen.render.marks import badge
from reportgen.render.views.parts import CELL, Cut, Subject, cut
from reportgen.render.views.suite_files import SuiteFile, suite_files
from reportgen.render.wording import clipped

_LAYERS: Mapping[str, str] = {
    **{word: word for word in ("unit", "integration", "e2e", "performance", "smoke", "contract")},
    **dict.fromkeys(("end_to_end", "end-to-end", "endtoend"), "e2e"),
}
_NOT_A_WORD = re.compile(r"[\W_]+")
_SEPARATE = re.compile(r"[_\W]+|(?<=[a-z0-9])(?=[A-Z])")
_SAYS_LITTLE = 2
_NONE = "–"


class FolderRow(Struct, frozen=True):
    """The tests of a folder in a layer; `findings` are the open ones in its test files."""

    folder: str
    layer: str
    files: int
    tests: int
    findings: int | None


class MisplacedRow(Struct, frozen=True):
    """A file whose folder names another layer than its tests count for."""

    path: str
    folder_says: str
    counts_for: str
    tests: int


class NamedRow(Struct, frozen=True):
    """A count with its word."""

    name: str
    count: int


class StructureView(Struct, frozen=True):
    """The section; each sentence says what its table is empty for."""

    folders: Cut[FolderRow]
    total: FolderRow
    misplaced_badge: Markdown
    misplaced_sentence: str
    misplaced: Cut[MisplacedRow]
    marker_sentence: str
    markers: Cut[NamedRow]
    naming: tuple[str, ...]
    little: Cut[str]


def file_structure(subject: Subject) -> StructureView | None:
    """Say where the tests are; None without a test file."""
    audit = subject.audit
    files = suite_files(audit)
    if not files:
        return None
    rows = tuple(_folders(files, scanned=audit.findings is not None))
    misplaced = [row for file in files for row in _misplaced(file)]
    with_cases = [file for file in files if file.cases]
    state = _placed(misplaced, with_cases)
    cases = audit.tests.cases if audit.tests else ()
    markers = _markers(cases)
    names = tuple(_naming(cases))
    bare = dict.fromkeys(case.name.partition("[")[0] for case in cases)
    little = [name for name in bare if _words(name) <= _SAYS_LITTLE]
    return StructureView(
        folders=cut(rows, subject.limit, "tests.cases", lambda row: row),
        total=_total(rows),
        misplaced_badge=badge(state, subject.profile),
        misplaced_sentence=_placing(len(misplaced), with_cases),
        misplaced=cut(misplaced, subject.limit, "tests.cases", lambda row: row),
        marker_sentence=_marker_sentence(audit, markers),
        markers=cut(markers, subject.limit, "tests.cases", lambda row: row),
        naming=names,
        little=cut(little, min(subject.limit, 5), "tests.cases", lambda name: clipped(name, CELL)),
    )


def _folders(files: Sequence[SuiteFile], *, scanned: bool) -> Iterator[FolderRow]:
    groups: dict[tuple[str, str], list[tuple[SuiteFile, int]]] = defaultdict(list)
    for file in files:
        folder = str(PurePosixPath(file.path).parent) if "/" in file.path else "."
        layers = Counter(case.layer for case in file.cases)
        for layer, count in layers.items() or ((_NONE, 0),):
            groups[folder, layer].append((file, count))
    told: set[str] = set()
    for (folder, layer), members in sorted(groups.items()):
        fresh = [file for file, _ in members if file.path not in told]
        told.update(file.path for file in fresh)
        yield FolderRow(
            folder=clipped(folder, CELL),
            layer=layer,
            files=len(fresh),
            tests=sum(count for _, count in members),
            findings=sum(len(file.findings) for file in fresh) if scanned else None,
        )


def _total(rows: Sequence[FolderRow]) -> FolderRow:
    known = [row.findings for row in rows if row.findings is not None]
    return FolderRow(
        folder="Total",
        layer="",
        files=sum(row.files for row in rows),
        tests=sum(row.tests for row in rows),
        findings=sum(known) if known else None,
    )


def folder_layer(path: str) -> str:
    """Return the layer that the innermost folder with such a word names; empty where none does."""
    for part in reversed(path.split("/")[:-1]):
        word = _LAYERS.get(part.lower())
        if word:
            return word
    return ""


def _misplaced(file: SuiteFile) -> Iterator[MisplacedRow]:
    says = folder_layer(file.path)
    if not says:
        return
    for layer, count in sorted(Counter(case.layer for case in file.cases).items()):
        spelled = _LAYERS.get(layer.lower(), layer.lower())
        if spelled != says and says not in _NOT_A_WORD.split(spelled):
            yield MisplacedRow(clipped(file.path, CELL), says, layer, count)


def _placed(misplaced: Sequence[MisplacedRow], files: Sequence[SuiteFile]) -> State:
    """Pass where folders name layers, and none of them another one; not applicable where none does."""
    if misplaced or not files:
        return State.WARN if misplaced else State.UNKNOWN
    return State.PASS if any(folder_layer(file.path) for file in files) else State.NOT_APPLICABLE


def _placing(count: int, files: Sequence[SuiteFile]) -> str:
    if not files:
        return "Not measured: no result names a test of these files."
    if count:
        stand = plural(count, "test file stands", "test files stand")
        return f"{stand} in a folder that names another layer than its tests count for."
    named = sum(bool(folder_layer(file.path)) for file in files)
    if not named:
        return "No folder of a test file names a layer, so that none contradicts the policy."
    if len(files) == 1:
        return "The only test file with results stands in no folder that names another layer."
    return f"None of {len(files):,} test files with results stands in a folder that names another layer."


def _markers(cases: Sequence[JoinedCase]) -> list[NamedRow]:
    counts: Counter[str] = Counter()
    for case in cases:
        told = [pair for pair in case.properties if _NOT_A_WORD.sub("", pair[0]).lower() in NAMES]
        if told:
            counts.update(markers_of(told))
    return [
        NamedRow(clipped(name, CELL), count)
        for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def _marker_sentence(audit: Audit, markers: list[NamedRow]) -> str:
    if markers:
        return ""
    if audit.tests is None:
        return "Not measured: no test results were given."
    return "Not measured: the results carry no markers. Tests that record theirs as properties would tell."


def _words(name: str) -> int:
    bare = name.partition("[")[0]
    parts = [part for part in _SEPARATE.split(bare) if part]
    return len(parts) - (parts[:1] in (["test"], ["Test"]))


def _naming(cases: Sequence[JoinedCase]) -> Iterator[str]:
    """Say what can be counted of names; whether they tell the business is for people to judge."""
    if not cases:
        return
    total = len(cases)
    led = sum(case.name.lower().startswith("test") for case in cases)
    if led == total:
        yield "The only name begins with “test”." if total == 1 else f"All {total:,} names begin with “test”."
    elif led:
        yield f"{led:,} of {total:,} names {'begins' if led == 1 else 'begin'} with “test”."
    little = sum(_words(case.name) <= _SAYS_LITTLE for case in cases)
    if little:
        yield f"{plural(little, 'test has', 'tests have')} a name of at most two words, which says little."
    else:
        yield "Every name says what is tested in three words or more."
    places: dict[str, set[str]] = defaultdict(set)
    for case in cases:
        places[case.name].add(f"{case.classname} {case.file}")
    twice = sum(len(each) > 1 for each in places.values())
    if twice:
        yield f"{plural(twice, 'name is', 'names are')} used in more than one class or file."
