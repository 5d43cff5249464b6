"""From what the user wrote to the places where it stands: files, folders and globs."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from reportgen.collect.globs import is_glob, matches
from reportgen.collect.names import printable, relative
from reportgen.collect.opening import problem_of, regular_or_problem
from reportgen.collect.walk import join, tree
from reportgen.model.artifact import Problem
from reportgen.model.config import Input


class Place(NamedTuple):
    """Where something to read stands, or a `problem` instead.

    `path` is what a report prints and `given` what the user wrote; `file` is what the system opens, and
    `real` what makes two places one. A `named` place was meant, one that is not was found in a folder.
    """

    path: str
    given: str
    file: str
    real: str
    asked: Input
    named: bool = True
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds the places of an input; `root` is absolute, and `most` files of a folder or glob are taken."""

    root: str
    most: int

    def places(self, asked: Input) -> Iterator[Place]:
        """Yield the places of one input: at least one, if only to say that there is nothing."""
        given = asked.path
        if is_glob(given) and not os.path.lexists(given):
            yield from self._cut(asked, self._glob(asked))
            return
        if not given:
            empty = Problem(kind="not-found", message="an empty path names nothing", hint="give a path")
            yield self._place(asked, given, problem=empty)
            return
        try:
            mode = Path(given).stat().st_mode
        except (OSError, ValueError) as error:
            problem = problem_of(error, self._printed(given))
            yield self._place(asked, given, problem=_with_nearest(problem, given))
            return
        if os.path.isdir(given):  # noqa: PTH112 - the path as it is written
            yield from self._cut(asked, self._folder(asked, given))
        else:
            yield self._place(asked, given, problem=regular_or_problem(mode, self._printed(given)))

    def _printed(self, path: str) -> str:
        try:
            return relative(os.path.abspath(path), self.root)  # noqa: PTH100 - without following links
        except ValueError:
            return printable(path)

    def _place(
        self,
        asked: Input,
        path: str,
        *,
        shown: str = "",
        real: str = "",
        named: bool = True,
        problem: Problem | None = None,
    ) -> Place:
        shown = shown or self._printed(path)
        return Place(shown, printable(path), path, real or _real(path), asked, named, problem)

    def _folder(self, asked: Input, top: str) -> Iterator[Place]:
        """Yield every file in a folder, and a problem where there is none, or where one cannot be listed."""
        empty = True
        for listing in tree(top):
            shown = self._printed(listing.path)
            if listing.error is not None:
                empty = False
                problem = problem_of(listing.error, shown)
                yield self._place(asked, listing.path, shown=shown, named=False, problem=problem)
            prefix = "" if shown == "." else join(shown, "")
            real = _real(listing.path)
            for name in listing.files:
                empty = False
                path = join(listing.path, name)
                own = "" if name in listing.linked else join(real, name)
                yield self._place(asked, path, shown=prefix + printable(name), real=own, named=False)
        if empty:
            problem = Problem(
                kind="not-found",
                message="there is nothing to read in this folder",
                hint="hidden folders, node_modules and virtual environments are read only if you name them",
                path=self._printed(top),
            )
            yield self._place(asked, top, problem=problem)

    def _glob(self, asked: Input) -> Iterator[Place]:
        """Yield what a glob matches; a folder that it matches is walked, as a shell's argument would be."""
        empty = True
        for match in matches(asked.path):
            empty = False
            if match.error is not None:
                problem = problem_of(match.error, self._printed(match.path))
                yield self._place(asked, match.path, problem=problem)
            elif match.is_folder:
                yield from self._folder(asked, match.path)
            else:
                yield from self._matched_file(asked, match.path, named=match.named)
        if empty:
            problem = Problem(
                kind="not-found",
                message="nothing matches this pattern",
                hint="check the path, and that the build wrote it; `**` matches any folders, `*` one name",
                path=self._printed(asked.path),
            )
            yield self._place(asked, asked.path, problem=problem)

    def _matched_file(self, asked: Input, path: str, *, named: bool) -> Iterator[Place]:
        problem = None
        if named:
            try:
                problem = regular_or_problem(Path(path).stat().st_mode, self._printed(path))
            except OSError as error:
                problem = problem_of(error, self._printed(path))
        yield self._place(asked, path, named=named, problem=problem)

    def _cut(self, asked: Input, places: Iterator[Place]) -> Iterator[Place]:
        """Pass on as many places as are allowed, and a problem for the rest."""
        for count, place in enumerate(places):
            if count == self.most:
                problem = Problem(
                    kind="too-big",
                    message=f"there are more than {self.most:,} files here; the rest was not read",
                    hint="name the evidence more closely, or raise folder_files under [limits]",
                    path=self._printed(asked.path),
                    doubt=True,
                )
                yield self._place(asked, asked.path, problem=problem)
                return
            yield place


def _real(path: str) -> str:
    try:
        return os.path.realpath(path)
    except ValueError:
        return path


def _with_nearest(problem: Problem, path: str) -> Problem:
    """Name the most similar thing in the same folder, where something of that name is not there."""
    folder, name = os.path.split(path)
    if problem.kind != "not-found" or not name:
        return problem
    try:
        names = sorted(os.listdir(folder or "."))  # noqa: PTH208 - names are enough
    except (OSError, ValueError):
        return problem
    nearest = difflib.get_close_matches(name, names[:1000], n=1, cutoff=0.82)
    if not nearest:
        return problem
    return Problem(
        kind=problem.kind,
        message=problem.message,
        hint=f"did you mean {printable(nearest[0])}?",
        path=problem.path,
    )
