"""`reportgen inspect`: what each file is, who wrote it, what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click
from msgspec import Struct, structs
from msgspec.json import Encoder

from reportgen.cli import console
from reportgen.cli.options import as_formats, found_configuration, working_folder
from reportgen.cli.table import table
from reportgen.cli.terminal import safe
from reportgen.errors import ConfigError, ExitCode, UsageError
from reportgen.model.artifact import Artifact, Problem
from reportgen.model.config import Input
from reportgen.model.facts import Facts
from reportgen.model.figures import plural
from reportgen.model.limits import Limits

if TYPE_CHECKING:
    from reportgen.redact import Redactor


@click.command("inspect", short_help="Say what each file is, who wrote it, what it holds.")
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array, an object a file.")
@click.option("--as", "as_format", multiple=True, metavar="FORMAT:PATH", help="Read a file as this format.")
@click.option("-v", "--verbose", is_flag=True, help="Show where a bug is.")
def command(paths: tuple[str, ...], as_json: bool, as_format: tuple[str, ...], verbose: bool) -> int:
    """Say what each PATH (file, folder, glob, or - for standard input) is, and what it holds.

    \b
    Examples:
      reportgen inspect reports/
      reportgen inspect junit.xml coverage.xml --json

    \b
    Exit codes:
      0    every file was read
      2    wrong usage
      3    no evidence was found
      4    an input had a problem
    """  # noqa: D301 - click's own mark for a block that is not wrapped
    del verbose  # `run` looks for it where an error ends
    from reportgen.inspection import inspect  # noqa: PLC0415 - rooms are opened when they are needed
    from reportgen.render.json_text import harmless  # noqa: PLC0415 - likewise

    encode = Encoder(decimal_format="number").encode
    clean = _redactor().clean
    told = [
        None
        if facts.passed_over
        else (clean(_row(facts)), harmless(encode(clean(inspect(facts)))) if as_json else b"")
        for facts in _facts(_inputs(paths, as_formats(as_format)))
    ]
    shown = [each for each in told if each is not None]
    if as_json:
        console.out(b"[" + b",\n ".join(row for _, row in shown) + b"]\n")
    else:
        console.out(_as_text([row for row, _ in shown], len(told) - len(shown)))
    if any(row.problems for row, _ in shown):
        return ExitCode.UNKNOWN
    return ExitCode.OK if shown else ExitCode.NO_INPUT


def _redactor() -> Redactor:
    """Know secrets by the configuration, too; one that cannot be used is told, and is no reason to stop."""
    from reportgen.redact import Redactor  # noqa: PLC0415 - rooms are opened when they are needed

    try:
        return Redactor(found_configuration(None).secrets)
    except ConfigError as error:
        console.say(f"warning: secrets are known only by our own patterns: {error.message}")
        return Redactor()


class _Row(Struct, frozen=True):
    """A file as the table shows it: nothing of what was read stays in memory."""

    cells: tuple[str, str, str, str]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def _row(facts: Facts) -> _Row:
    source = facts.source
    path = source.given or source.path
    held = "; ".join(_holds(facts))
    cells = (path, source.format or "-", source.producer or "-", held or "-")
    return _Row(cells, facts.problems, facts.warnings)


def _inputs(paths: tuple[str, ...], formats: tuple[tuple[str, str], ...]) -> list[Input]:
    named = dict.fromkeys(Input(path) for path in paths)
    for name, path in formats:
        if Input(path) in named:
            named = {structs.replace(row, format=name) if row.path == path else row: None for row in named}
        else:
            named[Input(path, format=name)] = None
    if not named:
        raise UsageError("no path is named", "for example: reportgen inspect reports/")
    return list(named)


def _facts(inputs: list[Input]) -> Iterator[Facts]:
    """Read the files, in the order given."""
    from reportgen.collect import collect  # noqa: PLC0415 - rooms are opened when they are needed
    from reportgen.pipeline import check_inputs  # noqa: PLC0415 - likewise
    from reportgen.readers import read  # noqa: PLC0415 - likewise

    limits = Limits()
    check_inputs(inputs)
    seen: set[tuple[str, str]] = set()
    for given in inputs:
        for artifact in collect([given], root=working_folder(), limits=limits, stdin=console.stdin()):
            if _is_new(artifact, seen):
                yield read(artifact, limits)


def _is_new(artifact: Artifact, seen: set[tuple[str, str]]) -> bool:
    key = (artifact.path, artifact.given)
    new = key not in seen
    seen.add(key)
    return new


def _as_text(rows: list[_Row], passed_over: int) -> str:
    lines = [table(("file", "format", "written by", "holds"), [row.cells for row in rows])] if rows else []
    for row in rows:
        for word, remarks in (("problem", row.problems), ("warning", row.warnings)):
            for each in remarks:
                hint = f" ({each.hint})" if each.hint else ""
                lines.append(f"{word}: {safe(f'{row.cells[0]}: {each.message}{hint}')}\n")
    if passed_over:
        lines.append(f"{plural(passed_over, 'file')} passed over: no evidence\n")
    return "".join(lines) or "no evidence was found\n"


def _holds(facts: Facts) -> Iterator[str]:
    """Say what was read, a part after the other."""
    if facts.tests is not None:
        counts = facts.tests.counts()
        words = ("passed", "failed", "errored", "skipped", "flaky")
        told = [f"{getattr(counts, word):,} {word}" for word in words if getattr(counts, word)]
        yield plural(counts.total, "test") + (f": {', '.join(told)}" if told else "")
    if facts.coverage is not None:
        lines = facts.coverage.line_counts()
        total = "" if lines.total is None else f" of {lines.total:,}"
        yield f"{plural(len(facts.coverage.files), 'file')}, {lines.covered:,}{total} lines covered"
        branches = facts.coverage.branch_counts()
        if branches is not None:
            yield f"{branches.covered:,} of {branches.total or 0:,} branches"
    if facts.findings is not None:
        suppressed = sum(result.suppressed for result in facts.findings.results)
        also = f", {suppressed:,} suppressed" if suppressed else ""
        yield plural(len(facts.findings.results), "result") + also
