"""What the text of a failure tells: where in the project's own code it happened, and what was raised."""

from __future__ import annotations

import re
from typing import NamedTuple

_CODE = (
    "py|pyx|java|kts?|scala|groovy|clj|[cm]?jsx?|[cm]?tsx?|vue|svelte|go|rb|php|cs|fs|vb|c|cc|cpp|cxx|h|hh|hpp|hxx"
    "|mm?|rs|swift|dart|exs?|erl|hs|lua|p[lm]|t|sh|bats|robot|feature|r|jl"
)
_FRAME = re.compile(
    r'File "(?P<native>[^"\n]{1,400})", line (?P<number>\d+)'  # Python's own traceback
    r"|(?<![^\s:()\[\]{}\"'<>|,=])"  # the start of a word, so that a long one is tried once
    r"(?P<path>(?:[A-Za-z]:)?[^\s:()\[\]{}\"'<>|,=]{1,400}"  # pytest, Java, JavaScript, Go, Ruby, .NET, …
    rf"\.(?:{_CODE})):(?:line )?(?P<line>\d+)",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"site-packages|dist-packages|\blib(?:64)?/python\d|node_modules|node:|<frozen|/usr/(?:lib|local/go)/|/go/pkg/mod/"
    r"|/rustc/|\.cargo/registry|/gems/|\bvendor/"
    r"|\bat (?:java|javax|jdk|sun|com\.sun|junit|kotlin|scala|groovy|System|Microsoft|NUnit|Xunit)\."
    r"|\bat org\.(?:junit|testng|gradle|codehaus|mockito|assertj|hamcrest|apache\.maven|opentest4j)\."
)
_RAISED = re.compile(
    r"^(?:E\s+)?(?P<type>(?:[A-Za-z_]\w*\.)+[A-Za-z_]\w*|[A-Za-z_]\w*(?:Error|Exception|Failed|Failure|Fault|Exit|Interrupt"
    r"|Timeout|TimeoutExpired|Warning|Panic|Violation|Skipped|Group)|Failed)(?:: ?(?P<message>.*))?$",
    re.DOTALL,
)
_MOST_END = 4_000


class Raised(NamedTuple):
    """What was raised: the exception's type, empty where the text names none, and its message."""

    type: str
    message: str


def own_place(text: str) -> str:
    """Return `path:line` of the innermost frame in the project's own code, empty where the text shows none.

    Python writes the innermost frame last, most others first.
    """
    frames = list(_FRAME.finditer(_ends(text)))
    first = next((frame for frame in frames if not _foreign(frame)), None)
    if first is None or not _place(first).rpartition(":")[0].endswith((".py", ".pyx")):
        return "" if first is None else _place(first)
    return _place(next(frame for frame in reversed(frames) if not _foreign(frame)))


def _ends(text: str) -> str:
    """Return the text, or its beginning and its end where it is long: the frames that count stand there."""
    return text if len(text) <= 2 * _MOST_END else f"{text[:_MOST_END]}\n{text[-_MOST_END:]}"


def _place(found: re.Match[str]) -> str:
    path = (found["native"] or found["path"]).replace("\\", "/").removeprefix("./").removeprefix("//")
    return f"{path}:{found['number'] or found['line']}"


def _foreign(found: re.Match[str]) -> bool:
    start = found.string.rfind("\n", 0, found.start()) + 1
    return _FOREIGN.search(found.string[start : found.end()].replace("\\", "/")) is not None


def raised_in(message: str) -> Raised:
    """Split `ValueError: no such user` into its type and its message."""
    found = _RAISED.fullmatch(message.strip())
    return Raised("", message.strip()) if found is None else Raised(found["type"], found["message"] or "")


def last_raised(text: str) -> Raised:
    """Return what a traceback raised last: pytest marks it with `E`, Python's own begins with the type."""
    lines = _ends(text).splitlines()
    marked = [line for line in lines if line.startswith("E ")]
    for line in reversed(marked or lines):
        found = _RAISED.fullmatch(line.strip())
        if found is not None:
            return Raised(found["type"], found["message"] or "")
    first = next((line.strip() for line in lines if line.strip()), "")
    return Raised("", first)
