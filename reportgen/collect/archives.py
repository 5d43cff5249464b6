"""Looking into archives, by content: a gzip becomes what it holds, a zip its members, within bounds."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import PurePosixPath
from typing import BinaryIO, NamedTuple

from msgspec import structs

from reportgen.collect.names import ENVIRONMENT_MARK, is_left_out, member_path, without_gz
from reportgen.collect.opening import refuse
from reportgen.collect.unpacking import (
    GUNZIP,
    HEAD,
    Bounds,
    Origin,
    Step,
    count_bytes,
    open_steps,
    open_zip,
    packing,
)
from reportgen.model.artifact import Artifact, ArtifactError, Problem
from reportgen.model.config import Input
from reportgen.model.figures import plural
from reportgen.model.limits import Limits

FREE_BYTES = 32 * 1024**2
_APPLICATIONS = frozenset({"META-INF/MANIFEST.MF", "[Content_Types].xml", "mimetype", "AndroidManifest.xml"})
_ENCRYPTED = 0x1
_UNPACK = "unpack it and give the files or the folder"
_REFUSALS = {
    "encrypted": ("unreadable", _UNPACK),
    "compressed in another way than deflate": ("unsupported-format", "pack it with deflate, as zip does"),
    "more files than are read of one archive": (
        "too-big",
        f"{_UNPACK}, or raise archive_members under [limits]",
    ),
    "more bytes than one archive may unpack to": (
        "too-big",
        f"if that is right, {_UNPACK}, or raise archive_bytes or archive_ratio under [limits]",
    ),
}
_EMPTY = Problem(
    kind="not-found",
    message="it is an archive with nothing to read in it",
    hint="check what the build packed",
)


class Item(NamedTuple):
    """Something to read, or to look into: the end of `steps` from `origin`, and how an artifact names it."""

    path: str
    given: str
    origin: Origin
    asked: Input
    named: bool = True
    steps: tuple[Step, ...] = ()

    def inner(self, name: str, step: Step, *, named: bool) -> Item:
        """Return what lies inside it: `a.zip!/dir/b.xml`."""
        return Item(
            f"{self.path}!/{name}",
            f"{self.given}!/{name}",
            self.origin,
            self.asked,
            named,
            (*self.steps, step),
        )


@dataclass(slots=True)
class Budget:
    """What is left to unpack of one file, with everything that lies in it."""

    bytes: int
    members: int


def artifact_of(item: Item, opening: Callable[[], BinaryIO], problem: Problem | None = None) -> Artifact:
    """Make the artifact of an item; where it has a `problem`, opening it raises that."""
    if problem is not None:
        problem = structs.replace(problem, path=item.path)
    return Artifact(
        path=item.path,
        given=item.given,
        open=opening if problem is None else partial(refuse, problem),
        named=item.named,
        layer=item.asked.layer,
        environment=item.asked.environment,
        as_format=item.asked.format,
        problem=problem,
    )


def unpack(item: Item, limits: Limits) -> Iterator[Artifact]:
    """Yield the item itself, or what it holds if it is a gzip or a zip."""
    size = item.origin.size or len(item.origin.data)
    most = min(limits.archive_bytes, max(FREE_BYTES, limits.archive_ratio * size))
    yield from Unpacker(limits, Budget(most, limits.archive_members)).unpack(item)


class Unpacker:
    """Looks into one file, and into what lies in it, on one budget."""

    def __init__(self, limits: Limits, budget: Budget) -> None:
        self._limits = limits
        self._bounds = Bounds(limits.archive_nested_bytes, limits.archive_members)
        self._budget = budget

    def unpack(self, item: Item) -> Iterator[Artifact]:
        """Yield artifacts, in the order of their paths within each archive; a problem is one as well."""
        try:
            with open_steps(item.origin, item.steps, item.path, self._bounds) as stream:
                how = packing(stream.read(HEAD))
        except ArtifactError as error:
            yield self._artifact(item, error.problem if item.named else None)
            return
        if not how:
            yield self._artifact(item)
        elif how not in {"gzip", "zip"}:
            yield self._artifact(item, _not_unpacked(how))
        elif how == "zip" and self._is_application(item):
            yield self._artifact(item)
        elif depth(item.steps, how) > self._limits.archive_depth:
            yield self._artifact(item, _too_deep(self._limits.archive_depth))
        else:
            yield from self._gzip(item) if how == "gzip" else self._zip(item)

    def _artifact(self, item: Item, problem: Problem | None = None) -> Artifact:
        opening = partial(open_steps, item.origin, item.steps, item.path, self._bounds)
        return artifact_of(item, opening, problem)

    def _is_application(self, item: Item) -> bool:
        """Whether a zip that nobody named is a program, a document or a trace: positively something else."""
        if item.named:
            return False
        try:
            archive = open_zip(item.origin, item.steps, item.path, self._bounds)
        except ArtifactError:
            return not item.path.lower().endswith(".zip")
        return is_application([info.filename for info in archive.infolist()])

    def _gzip(self, item: Item) -> Iterator[Artifact]:
        step = Step(GUNZIP, self._budget.bytes)
        inner = item.inner(without_gz(item.path), step, named=item.named)._replace(given=item.given)
        if not item.origin.path and not item.steps:
            inner = inner._replace(path=item.path)  # standard input has no name to make one of
        if item.steps:  # one file of many: what it takes of the budget is measured
            try:
                with open_steps(inner.origin, inner.steps, inner.path, self._bounds) as stream:
                    self._budget.bytes -= count_bytes(stream, self._budget.bytes)
            except ArtifactError as error:
                yield self._artifact(inner, error.problem)
                return
        yield from self.unpack(inner)

    def _zip(self, item: Item) -> Iterator[Artifact]:
        try:
            archive = open_zip(item.origin, item.steps, item.path, self._bounds)
        except ArtifactError as error:
            yield self._artifact(item, error.problem)
            return
        members = _members(archive)
        refused: dict[str, list[str]] = {}
        if not members:
            yield self._artifact(item, _EMPTY)
        for name, index, info in members:
            why = self._refusal(info)
            if why:
                refused.setdefault(why, []).append(name)
                continue
            self._budget.bytes -= info.file_size
            self._budget.members -= 1
            yield from self.unpack(item.inner(name, Step(index, info.file_size), named=False))
        for why, names in refused.items():
            count = f"{plural(len(names), 'file')} of {len(members):,} in it could not be read"
            kind, hint = _REFUSALS[why]
            message = f"{count}: {why}; the first is {names[0]}"
            yield self._artifact(item, Problem(kind=kind, message=message, hint=hint, doubt=True))

    def _refusal(self, info: zipfile.ZipInfo) -> str:
        """Say why a member is not opened, or nothing."""
        if info.flag_bits & _ENCRYPTED:
            return "encrypted"
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            return "compressed in another way than deflate"
        if self._budget.members <= 0:
            return "more files than are read of one archive"
        if info.file_size > self._budget.bytes:
            return "more bytes than one archive may unpack to"
        return ""


def depth(steps: Sequence[Step], how: str) -> int:
    """Count the archives around what lies in a gzip or zip at the end of `steps`; a gzip in a zip is none."""
    gzips = [False, *(step.member == GUNZIP for step in steps), how == "gzip"]
    return sum(not inner or outer for outer, inner in pairwise(gzips))


def is_application(names: Sequence[str]) -> bool:
    """Whether a zip with these members is a program, a document or a trace: positively something else."""
    return any(
        name in _APPLICATIONS
        or name.endswith(".dist-info/WHEEL")
        or (name.endswith(".trace") and "/" not in name)
        for name in names
    )


def _members(archive: zipfile.ZipFile) -> list[tuple[str, int, zipfile.ZipInfo]]:
    """List (printed name, index, info) by name, without what is left out in a folder too."""
    infos = archive.infolist()
    names = [member_path(info.filename) for info in infos]
    environments = {PurePosixPath(name).parent for name in names if name.endswith(f"/{ENVIRONMENT_MARK}")}
    times: Counter[str] = Counter()
    members = []
    for index, (name, info) in enumerate(zip(names, infos, strict=True)):
        parents = PurePosixPath(name).parents
        if info.is_dir() or any(is_left_out(folder.name) or folder in environments for folder in parents):
            continue
        times[name] += 1
        members.append((name if times[name] == 1 else f"{name} ({times[name]})", index, info))
    return sorted(members, key=lambda member: member[:2])


def _not_unpacked(how: str) -> Problem:
    return Problem(
        kind="unsupported-format",
        message=f"it is packed with {how}, which is not opened",
        hint="unpack it and give the files or the folder, or pack them as zip or gzip",
    )


def _too_deep(most: int) -> Problem:
    return Problem(
        kind="too-big",
        message=f"it lies in more than {plural(most, 'archive')}, one inside the other",
        hint="unpack it and give the files, or raise archive_depth under [limits]",
    )
