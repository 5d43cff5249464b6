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
    r"^(?:E\s+)?"
    rf"(?![^\s:]*\.(?:{_CODE}):)"  # `a.cpp:3` is a place
    r"(?P<type>(?:[A-Za-z_]\w*\.)+[A-Za-z_]\w*|[A-Za-z_]\w*(?:Error|Exception|Failed|Failure|Fault|Exit|Interrupt"
    r"|Timeout|TimeoutExpired|Warning|Panic|Violation|Skipped|Group)|Error|Exception|Failed)"
    r"(?: ?: ?(?P<message>.*))?$",  # NUnit has a space before the colon
    re.DOTALL,
)
_FOLDED = str.maketrans("\n\t", "  ")
_MOST_END = 4_000
_LEAST_QUOTE = 8
_MARKED = re.compile(r"^[ \t]*E(?:[ \t]+(?P<told>\S.*))?$", re.MULTILINE)
# Lines before what a failure says: go test's own, a place, PHPUnit's name of the test, an empty word.
_PREAMBLE = re.compile(
    r"=== (?:RUN|PAUSE|CONT|NAME)\b.*|--- FAIL: .*|[\w\\]+::test\w*.*|\S+:\d+:?|FAILED:|Failures?:|Failed"
    r"|goroutine \d+ .*|unknown file"
)
_GO = re.compile(r"^[ \t]*[\w./-]+_test\.go:\d+: *(?P<log>\S.*)$|^(?P<panic>panic: .+)$", re.MULTILINE)


class Raised(NamedTuple):
    """What was raised: the exception's type, empty where the text names none, and its message."""

    type: str
    message: str


def own_place(text: str) -> str:
    """Return `path:line` of the innermost frame in the project's own code, empty where the text shows none.

    Python writes the innermost frame last, most others first.
    """
    lines = _ends(text).split("\n")  # no frame goes over a line's end
    first = next((own for line in lines for own in _own_frames(line)), None)
    if first is None or not _place(first).rpartition(":")[0].endswith((".py", ".pyx")):
        return "" if first is None else _place(first)
    return _place(next(own for line in reversed(lines) for own in reversed(_own_frames(line))))


def _own_frames(line: str) -> list[re.Match[str]]:
    if ":" not in line and "line " not in line:
        return []
    return [frame for frame in _FRAME.finditer(line) if not _foreign(frame)]


def _ends(text: str) -> str:
    """Return the text, or its beginning and its end where it is long: the frames that count stand there."""
    return text if len(text) <= 2 * _MOST_END else f"{text[:_MOST_END]}\n{text[-_MOST_END:]}"


def _place(found: re.Match[str]) -> str:
    path = (found["native"] or found["path"]).replace("\\", "/").removeprefix("./").removeprefix("//")
    return f"{path}:{found['number'] or found['line']}"


def _foreign(found: re.Match[str]) -> bool:
    start = found.string.rfind("\n", 0, found.start()) + 1
    return _FOREIGN.search(found.string[start : found.end()].replace("\\", "/")) is not None


def unfolded(message: str, text: str) -> str:
    """Return a message with its line ends, as the text has them: an XML attribute makes spaces of them."""
    bare = message.strip()
    if "\n" in bare or not bare or bare in text:
        return message
    at = text.translate(_FOLDED).find(bare)
    return message if at < 0 else text[at : at + len(bare)]


def raised_in(message: str) -> Raised:
    """Split `ValueError: no such user` into its type and its message."""
    found = _RAISED.fullmatch(message.strip())
    return Raised("", message.strip()) if found is None else Raised(found["type"], found["message"] or "")


def quoted_by(message: str, text: str) -> Raised | None:
    """Return the exception that an earlier `E` line of pytest raised and that a later message quotes."""
    lines = [found["told"].strip() for found in _MARKED.finditer(_ends(text)) if found["told"]]
    for line in lines:
        found = _RAISED.fullmatch(line)
        inner = "" if found is None else (found["message"] or "").strip()
        quotes = len(inner) >= _LEAST_QUOTE and inner in message and not message.startswith(inner)
        if found is not None and quotes:
            return Raised(found["type"], inner)
    return None


def last_raised(text: str) -> Raised:
    """Return what a traceback raised last: pytest marks it with `E`, Python's own begins with the type."""
    ends = _ends(text)
    marked = [found["told"] for found in _MARKED.finditer(ends) if found["told"]]
    lines = marked or ends.splitlines()
    for line in reversed(lines):
        found = _RAISED.fullmatch(line.strip())
        if found is not None:
            return Raised(found["type"], found["message"] or "")
    said = _GO.search(ends)
    if said is not None and not marked:
        return Raised("", (said["log"] or said["panic"]).strip())
    told = (line.strip() for line in lines if line.strip())
    return Raised("", next((line for line in told if _PREAMBLE.fullmatch(line) is None), ""))
