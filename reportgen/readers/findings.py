"""What every reader of findings does alike: bounds for texts and lines, and what findings say of a scan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from reportgen.model.findings import Result
from reportgen.model.limits import Limits
from reportgen.readers.oddities import Oddities, some

NO_FINGERPRINTS: Mapping[str, str] = {}  # a plain one: facts go from process to process
"""Shared by the very many results that have none."""

_ANY_WRITER = re.compile(
    r"invalid-syntax|E902|E999|E0001|syntax(?:-error)?|fatal|astroid-error|parse-error|typecheck|DL1000|SC107[23]"
    r"|Internal\.(?:Tokenizer\.)?Exception|phpstan\.(?:internal|parse)"
)
UNSCANNED: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "ruff": re.compile(r"|invalid-syntax|panic|E902|E999"),
        "flake8": re.compile(r"E902|E999"),
        "pylint": re.compile(r"E0001|F\d+"),
        "mypy": re.compile(r"|syntax"),  # an error without a code stops mypy
        "golangci-lint": re.compile(r"typecheck"),
        "hadolint": re.compile(r"DL1000"),
        "php_codesniffer": re.compile(r"Internal\.(?:Tokenizer\.)?Exception"),
        "rubocop": re.compile(r"(?:com\.puppycrawl\.tools\.checkstyle\.)?Lint/Syntax"),
        "shellcheck": re.compile(r"(?:ShellCheck\.)?SC107[23]"),
        "stylelint": re.compile(r"(?:stylelint\.rules\.)?CssSyntaxError"),
        # TFLint tells its own errors, such as a file that it could not load, as the results of a second run.
        "tflint-errors": re.compile(r".*", re.DOTALL),
        # These stand where the format does not tell which tool has written it.
        "checkstyle": _ANY_WRITER,
        "code quality": _ANY_WRITER,
    }
)
"""The rules by which a tool says that it could not look at a file: by lower-case tool, the whole rule id."""
_UNPARSED = re.compile(
    r"(?:parsing|parse|syntax) error\b|internal error:|not a valid kotlin file", re.IGNORECASE
)


def cut(text: str | None, most: int) -> str:
    """Bound a text to `most` characters, visibly; None is no text."""
    if not text:
        return ""
    return text if len(text) <= most else f"{text[:most]}… [{len(text) - most:,} more characters]"


def line_of(number: int | None, limits: Limits, *, base: int = 1) -> int:
    """Return a line or column counted from 1, or 0 where it is not known or no such place can be.

    `base` is what the tool counts from: 1, or 0.
    """
    if number is None:
        return 0
    place = number + 1 - base
    return place if 0 < place <= limits.line else 0


def web_address(uri: str | None, limits: Limits) -> str:
    """Return an http(s) address; anything else is no place to look for help."""
    if uri and uri.startswith(("https://", "http://")) and len(uri) <= limits.name_chars:
        return uri
    return ""


def is_unscanned(result: Result) -> bool:
    """Tell whether the tool says that it could not look at a file: by the rule, else by the message."""
    if not result.counts:
        return False
    pattern = UNSCANNED.get(result.tool)
    if pattern is not None and pattern.fullmatch(result.rule):
        return True
    return not result.rule and _UNPARSED.match(result.message) is not None


def note_unscanned(results: Iterable[Result], oddities: Oddities) -> None:
    """Warn of files that the tool could not parse or read: what else is wrong in them nobody knows."""
    paths = [result.path or result.message for result in results if is_unscanned(result)]
    if paths:
        message = f"the tool could not look at {some(paths)}, so that its other findings are not known"
        oddities.note("file not scanned", message, "Mend the error, then run the tool again.", doubt=True)


def note_empty(results: Sequence[Result], tool: str, oddities: Oddities) -> None:
    """Warn of an empty list in a format that says nothing of the files that were looked at."""
    if not results:
        message = (
            f"the list is empty: {tool} writes the same where it found nothing and where it looked at nothing"
        )
        oddities.note("empty list", message, "A SARIF report, or one that names files, can tell.", doubt=True)


def note_unknown_levels(levels: Iterable[str], oddities: Oddities) -> None:
    """Warn of levels that no table knows; their findings count as medium."""
    unknown = sorted(set(levels))
    if unknown:
        message = f"levels that are not known count as medium: {some(unknown)}"
        oddities.note("unknown level", message, "Set the severity of these rules in the configuration.")
