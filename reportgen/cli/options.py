"""The options of the commands that judge evidence, and what they mean to the configuration."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import TypedDict, TypeVar

import click
from msgspec import structs

from reportgen.cli import console
from reportgen.config import load_config
from reportgen.config.names import did_you_mean
from reportgen.config.overrides import Overrides
from reportgen.errors import UsageError
from reportgen.model.config import Config
from reportgen.model.policy import KINDS

_F = TypeVar("_F", bound=Callable[..., object])
_MOST_SCORE = 100


class PolicyFlags(TypedDict):
    """The options of `policy_options`, as click passes them."""

    config: str | None
    title: str | None
    revision: str | None
    generated_at: str | None
    gate: tuple[str, ...]
    fail_under: str | None
    layer: tuple[str, ...]
    without: tuple[str, ...]
    as_format: tuple[str, ...]
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    baseline: str
    diff: str
    jobs: int


def policy_options(command: _F) -> _F:
    """Give a command the options that say what the evidence is, and what it is held to."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS = (
    click.option("-c", "--config", metavar="FILE", help="The configuration, in place of the one found."),
    click.option("--title", metavar="TEXT", help="Title of the report."),
    click.option("--revision", metavar="SHA", help="The revision that the evidence is of."),
    click.option(
        "--generated-at",
        metavar="TIME",
        help="Date of the report, ISO 8601. Default: SOURCE_DATE_EPOCH, else now.",
    ),
    click.option(
        "--gate",
        multiple=True,
        metavar="CONDITION",
        help="A condition that must hold, such as 'coverage.lines.percent >= 80'. Repeatable.",
    ),
    click.option("--fail-under", metavar="SCORE", help="The lowest score, 0 to 100, that does not fail."),
    click.option(
        "--layer",
        multiple=True,
        metavar="NAME=GLOB",
        help="Put the tests whose file or artifact matches into a layer. Repeatable.",
    ),
    click.option(
        "--without",
        multiple=True,
        metavar="KIND",
        help="A kind of evidence that is not expected: tests, coverage, findings. Repeatable.",
    ),
    click.option(
        "--as",
        "as_format",
        multiple=True,
        metavar="FORMAT:PATH",
        help="Read a file as this format, whatever it looks like. Repeatable.",
    ),
    click.option(
        "--include", multiple=True, metavar="GLOB", help="Count only coverage and findings of these paths."
    ),
    click.option(
        "--exclude", multiple=True, metavar="GLOB", help="Leave out coverage and findings of these paths."
    ),
    click.option(
        "--baseline",
        default="",
        metavar="AUDIT.json",
        help="Compare with this earlier audit: what changed is a section, and metrics (changes.…).",
    ),
    click.option(
        "--diff",
        default="",
        metavar="FILE",
        help="A unified diff, - for standard input: what is known of changed lines, and metrics (diff.…).",
    ),
    click.option(
        "--jobs",
        type=click.IntRange(min=1),
        default=1,
        metavar="N",
        help="Read files in N processes. The report is the same.",
    ),
)


def configuration(flags: PolicyFlags, overrides: Overrides) -> Config:
    """Load the configuration that the user named, or the one found from the working folder upwards."""
    named = None if flags["config"] is None else Path(flags["config"])
    config = load_config(named, cwd=working_folder(), overrides=overrides)
    console.hide(config.secrets)
    return config


def found_configuration(named: str | None) -> Config:
    """Load the configuration, without any flag but its own name."""
    return load_config(None if named is None else Path(named), cwd=working_folder())


def working_folder() -> Path:
    """Return the working folder; raises `UsageError` where it has been deleted under us."""
    try:
        return Path.cwd()
    except OSError as error:
        raise UsageError("the working folder is not there any more", "change into another one") from error


def overrides_of(named: Overrides, flags: PolicyFlags) -> Overrides:
    """Add the options to what is `named` already; raises `UsageError` for one that cannot be read."""
    for kind in flags["without"]:
        if kind not in KINDS:
            raise UsageError(f"--without: {kind!r} is no kind of evidence", did_you_mean(kind, KINDS))
    return structs.replace(
        named,
        as_formats=as_formats(flags["as_format"]),
        title=flags["title"],
        revision=flags["revision"],
        gates=flags["gate"],
        fail_under=_score(flags["fail_under"]),
        layers=tuple(_pair(given, "=", "--layer", "unit=tests/unit/**") for given in flags["layer"]),
        without=flags["without"],
        include=flags["include"],
        exclude=flags["exclude"],
        baseline=flags["baseline"],
        diff=flags["diff"],
        jobs=flags["jobs"],
    )


def as_formats(given: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Split the FORMAT:PATH of `--as`."""
    return tuple(_pair(each, ":", "--as", "junit:reports/odd.txt") for each in given)


def words_of(given: tuple[str, ...]) -> tuple[str, ...]:
    """Split `md,html` and join it with its repeats, each word once."""
    words = (word.strip().lower() for text in given for word in text.split(","))
    return tuple(dict.fromkeys(word for word in words if word))


def _pair(given: str, sign: str, option: str, example: str) -> tuple[str, str]:
    left, found, right = given.partition(sign)
    if not found or not left.strip() or not right:
        raise UsageError(f"{option}: cannot read {given!r}", f"for example {option} {example}")
    return left.strip(), right


def _score(given: str | None) -> Fraction | None:
    if given is None:
        return None
    try:
        number = Decimal(given.strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not 0 <= number <= _MOST_SCORE or number.adjusted() < -_MOST_SCORE:
        raise UsageError(f"--fail-under: {given!r} is no score", "a score is a number from 0 to 100")
    return Fraction(number)
