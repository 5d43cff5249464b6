"""Bytes to facts: one module a format, and READERS is the table of them."""

from __future__ import annotations

from typing import BinaryIO

from msgspec import structs

from reportgen.cycles import without_search
from reportgen.model.artifact import Artifact, ArtifactError, Problem, Source
from reportgen.model.facts import Facts
from reportgen.model.limits import Limits
from reportgen.readers.base import Parts, Reader, UnreadableError
from reportgen.readers.choosing import choose, is_something_else, module_of
from reportgen.readers.content import Content, TooBigError
from reportgen.readers.table import READERS

__all__ = ["READERS", "Reader", "module_of", "read"]

_DEFAULT = Limits()


@without_search()
def read(artifact: Artifact, limits: Limits = _DEFAULT) -> Facts:
    """Read one artifact: facts, or the reason why there are none. Never raises for what is in a file."""
    source = Source(
        path=artifact.path, given=artifact.given, layer=artifact.layer, environment=artifact.environment
    )
    problem = artifact.problem
    if problem is None:
        try:
            with artifact.open() as stream:
                return _read(artifact, stream, source, limits)
        except ArtifactError as error:
            problem = error.problem
        except OSError as error:
            problem = Problem(
                "unreadable",
                f"the file cannot be read: {error.strerror or error}",
                "See whether it is there and may be read.",
            )
    return _refused(artifact, source, None, problem)


def _read(artifact: Artifact, stream: BinaryIO, source: Source, limits: Limits) -> Facts:
    """Read from an open stream. Raises `OSError` where the bytes cannot be had to their end."""
    content: Content | None = None
    seems = ""
    try:
        content = Content(stream, limits.file_bytes, limits.whole_bytes)
        reader = choose(content, artifact.as_format, limits)
        seems = reader.name
        parts = module_of(reader).read(content, limits)
        content.finish()
    except UnreadableError as error:
        problem = error.problem
    except TooBigError as error:
        problem = Problem(
            "too-big", f"the file is too big: {error}", "Split it, or raise the limit in the configuration."
        )
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault in one reader costs one file, and is told
        problem = _fault(error)
    else:
        return _facts(source, content, seems, parts)
    if content is not None:
        source = _measured(source, content, seems)
    return _refused(artifact, source, content, problem)


def _fault(error: Exception) -> Problem:
    what = f"{type(error).__name__}: {error}"[:300]
    if isinstance(error, RecursionError | MemoryError):
        return Problem(
            "too-big", f"the file is too large or too deeply nested to be read ({what})", "Split it."
        )
    return Problem(
        "unreadable",
        f"reportgen failed on this file, which is a fault of its own ({what})",
        "Please report it, with the file if you can; the other evidence was read.",
    )


def _measured(source: Source, content: Content, seems: str) -> Source:
    """Add digest and size of the whole file, where it can be read to its end."""
    try:
        content.finish()
    except TooBigError:
        return structs.replace(source, format=seems)
    return structs.replace(source, format=seems, sha256=content.sha256, size=content.size)


def _facts(source: Source, content: Content, seems: str, parts: Parts) -> Facts:
    return Facts(
        source=structs.replace(
            source, sha256=content.sha256, size=content.size, format=seems, producer=parts.producer
        ),
        tests=parts.tests,
        coverage=parts.coverage,
        findings=parts.findings,
        warnings=tuple(structs.replace(each, path=source.path) for each in parts.warnings),
    )


def _refused(artifact: Artifact, source: Source, content: Content | None, problem: Problem) -> Facts:
    if (
        not artifact.named
        and artifact.problem is None
        and is_something_else(content, artifact.path, problem.kind)
    ):
        return Facts(source=source, passed_over=True)
    return Facts(source=source, problems=(structs.replace(problem, path=artifact.path),))
