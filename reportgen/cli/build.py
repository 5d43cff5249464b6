"""`reportgen build`: from evidence to a report, and a verdict as exit code."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Unpack

import click

from reportgen.cli import console
from reportgen.cli.earlier import BuildCommand, remove_earlier, remove_reports
from reportgen.cli.moment import moment
from reportgen.cli.options import PolicyFlags, configuration, overrides_of, policy_options, words_of
from reportgen.cli.progress import progress
from reportgen.cli.since import since_baseline
from reportgen.config.overrides import Overrides
from reportgen.config.targets import Target, plan
from reportgen.errors import ExitCode, UsageError
from reportgen.model.audit import Audit
from reportgen.model.baseline import Against
from reportgen.model.config import Config
from reportgen.model.figures import one_decimal, plural
from reportgen.model.states import State

_CODES = {State.PASS: ExitCode.OK, State.WARN: ExitCode.OK, State.FAIL: ExitCode.FAIL}
_MOST_PROBLEMS = 5


class BuildFlags(PolicyFlags):
    """The options of `build`, as click passes them."""

    profile: tuple[str, ...]
    output: str
    format: tuple[str, ...]
    exit_zero: bool
    quiet: bool
    verbose: bool


@click.command("build", cls=BuildCommand, short_help="Make a report from evidence.")
@click.argument("evidence", nargs=-1)
@click.option("-p", "--profile", multiple=True, metavar="PROFILE", help="A kind of report. Repeatable.")
@click.option(
    "-o",
    "--output",
    default="",
    metavar="PATH",
    help="A folder, or a file that ends in .md, .html or .json. Default, and -: Markdown to standard output.",
)
@click.option("--format", multiple=True, metavar="FORMATS", help="md, html, json, or several with commas.")
@policy_options
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever the verdict is.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Say what was read; show where a bug is.")
def command(evidence: tuple[str, ...], **flags: Unpack[BuildFlags]) -> int:
    """Make an audit report from EVIDENCE: files, folders, globs, or - for standard input.

    Each file is known by its content. Without EVIDENCE, the inputs of the configuration are read.

    \b
    Examples:
      reportgen build junit.xml coverage.xml ruff.json
      reportgen build reports/ -o out/ --gate 'coverage.lines.percent >= 80'
      reportgen build reports/ -o audit.html --revision "$(git rev-parse HEAD)"
      ssh builder cat junit.xml | reportgen build -

    \b
    Exit codes:
      0    verdict pass or warn; with --exit-zero, any verdict
      1    verdict fail
      2    wrong usage or config
      3    no input was found
      4    verdict unknown: evidence is missing, empty, unreadable or incomplete
      6    the report could not be written
      70   a bug in reportgen
      130  interrupted
    """  # noqa: D301 - click's own mark for a block that is not wrapped
    planned = _planned(evidence, flags)
    try:
        against = _held_against(planned)
    finally:  # the baseline may be one of the earlier reports
        remove_reports(planned.targets)
    audit = _written(planned, against, watched=not flags["quiet"])
    if not flags["quiet"]:
        _sum_up(audit, planned.targets, verbose=flags["verbose"])
    return ExitCode.OK if flags["exit_zero"] else _CODES.get(audit.verdict, ExitCode.UNKNOWN)


class _Plan(NamedTuple):
    config: Config
    targets: tuple[Target, ...]
    generated_at: datetime


def _planned(evidence: tuple[str, ...], flags: BuildFlags) -> _Plan:
    """Settle everything that can be wrong before a file of evidence is opened."""
    named = Overrides(
        evidence=evidence,
        profiles=flags["profile"],
        formats=words_of(flags["format"]),
        output=flags["output"],
    )
    try:
        config = configuration(flags, overrides_of(named, flags))
        targets = plan(config.output, config.profiles, config.formats)
        when = moment(flags["generated_at"], os.environ)
    except BaseException:  # a bug or Ctrl-C as well
        remove_earlier(flags["config"], named)
        raise
    _spare_evidence(config, targets)
    return _Plan(config, targets, when)


def _spare_evidence(config: Config, targets: tuple[Target, ...]) -> None:
    """Refuse to write over a file that is named as evidence, or that is evidence in a named folder."""
    from reportgen import pipeline  # noqa: PLC0415 - it opens every room

    written = {os.path.realpath(target.path): target.path for target in targets if target.path is not None}
    named = [(given.path, "evidence") for given in config.inputs]
    for given, word in (*named, (config.diff, "diff")):
        path = written.get(os.path.realpath(given)) if given else None
        if path is not None and os.path.exists(path):  # noqa: PTH110 - what cannot be looked at is told later
            raise UsageError(f"{given} is named as {word} and as output", "write elsewhere: -o PATH")
    for target in filter(pipeline.would_cost_evidence, targets):
        raise UsageError(f"{target.path} is named as output, and it is evidence", "write elsewhere: -o PATH")


def _held_against(planned: _Plan) -> Against:
    from reportgen import pipeline  # noqa: PLC0415 - it opens every room

    return pipeline.compare_with(planned.config, stdin=console.stdin())


def _written(planned: _Plan, against: Against, *, watched: bool) -> Audit:
    """Build the audit, print it for every target, and write it; standard output comes last."""
    from reportgen import pipeline  # noqa: PLC0415 - it opens every room

    profiles = pipeline.load_profiles(planned.config)
    with progress(watched=watched) as told:
        audit = pipeline.build_audit(
            planned.config,
            generated_at=planned.generated_at,
            stdin=console.stdin(),
            progress=told,
            against=against,
        )
    pages = pipeline.render_reports(audit, planned.targets, profiles, planned.config.templates)
    pipeline.write_files(pages)
    for target, page in pages.items():
        if target.path is None:
            console.out(page)
    return audit


def _sum_up(audit: Audit, targets: tuple[Target, ...], *, verbose: bool) -> None:
    """Say on standard error what came out: what could not be read, and one line for all of it."""
    problems = (*audit.problems, *(each for each in audit.warnings if each.doubt))
    shown = problems if verbose else problems[:_MOST_PROBLEMS]
    for problem in shown:
        hint = f" ({problem.hint})" if problem.hint else ""
        where = f"{problem.path}: " if problem.path else ""
        console.say(f"problem: {where}{problem.message}{hint}")
    if len(problems) > len(shown):
        console.say(f"problem: … and {plural(len(problems) - len(shown), 'more problem')}; see the report")
    if verbose:
        for item in audit.evidence:
            console.say(f"{item.id} {item.path}: {item.format or 'not read'}, {item.holds or 'nothing'}")
    if audit.changes is not None and (since := since_baseline(audit.changes)):
        console.say(since)
    verdict = audit.verdict.value
    reason = audit.summary.verdict.removeprefix(f"The verdict is {verdict}: ")
    score = f"Score {one_decimal(audit.score.lower)} ({audit.score.grade})"
    written = [_from_here(target.path) for target in targets if target.path is not None]
    where = f"; wrote {', '.join(written)}" if written else ""
    console.say(f"verdict: {verdict} - {reason} {score}{where}")


def _from_here(path: Path) -> str:
    """Print where a report is: from the working folder, if it is below it."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
