"""Finds and opens: what the user named becomes artifacts, be it a file, a folder, a glob or an archive."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

from msgspec import structs

from reportgen.collect.archives import Item, artifact_of, unpack
from reportgen.collect.once import each_once
from reportgen.collect.opening import open_file, problem_of, refuse
from reportgen.collect.places import Finder, Place
from reportgen.collect.standard_input import STDIN, read_stdin
from reportgen.collect.unpacking import Origin, origin_of
from reportgen.model.artifact import Artifact
from reportgen.model.config import Input
from reportgen.model.limits import Limits

__all__ = ["collect"]


def collect(
    inputs: Sequence[Input],
    *,
    root: Path,
    limits: Limits,
    stdin: Callable[[], BinaryIO] | None = None,
) -> Iterator[Artifact]:
    """Yield what there is to read, sorted by printed path, each real file once a layer.

    Paths are relative to the working folder, and are printed relative to `root`. `stdin` gives the stream
    that `-` stands for. What cannot be read is an artifact with a `problem`, so that nothing is dropped;
    this never raises for what it finds. Where one file is mentioned twice, a mention that states no layer,
    environment or format gives way to one that does.
    """
    asked = sorted(set(inputs), key=structs.astuple)
    for item in asked:
        if item.path == STDIN:
            yield from read_stdin(item, limits, stdin)
    finder = Finder(os.path.abspath(root), limits.folder_files)  # noqa: PTH100 - `resolve` follows links
    for place in each_once(place for item in asked if item.path != STDIN for place in finder.places(item)):
        yield from _artifacts(place, limits)


def _artifacts(place: Place, limits: Limits) -> Iterator[Artifact]:
    """Open what stands at a place, as far as to see whether it is an archive."""
    item = Item(place.path, place.given, Origin(place.file), place.asked, place.named)
    if place.problem is not None:
        yield artifact_of(item, partial(refuse, place.problem), place.problem)
        return
    try:
        item = item._replace(origin=origin_of(place.file))
    except (OSError, ValueError) as error:
        problem = problem_of(error, place.path) if place.named else None
        yield artifact_of(item, partial(open_file, place.file, place.path), problem)
    else:
        yield from unpack(item, limits)
