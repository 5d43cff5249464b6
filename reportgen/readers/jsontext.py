"""JSON text to typed records: strict and fast where it fits, else mended, and said so."""

from __future__ import annotations

import gc
import json
import re
from codecs import getincrementaldecoder
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeVar

import msgspec

from reportgen.model.figures import plural
from reportgen.readers.base import UnreadableError
from reportgen.readers.content import Content
from reportgen.readers.mending import mend
from reportgen.readers.oddities import Oddities, some

T = TypeVar("T")

_LONGEST_NUMBER = 400
_PIECE = 1 << 20
_ESCAPED_KEY = re.compile(rb'"[A-Za-z_-]*\\u00[2-7][0-9A-Fa-f][^"]{0,80}"\s*:')
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_AGAIN = "Run the tool again, and see that it is not stopped while it writes."


@contextmanager
def paused_gc() -> Iterator[None]:
    """Pause the cycle collector: decoding makes very many objects and no cycle."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def text_of(content: Content) -> bytes:
    """Return the content as UTF-8, whatever Unicode encoding it came in, or raise `UnreadableError`."""
    try:
        text = content.json_text
        if not text.isascii():
            _check_utf8(text)
    except UnicodeDecodeError as error:
        raise UnreadableError("not-json", f"the file is not in UTF-8: {error.reason}", _AGAIN) from error
    return text


def _check_utf8(text: bytes) -> None:
    """Decode piece by piece, keeping nothing: msgspec does not look into what it skips."""
    decoder = getincrementaldecoder("utf-8")()
    view = memoryview(text)
    for start in range(0, len(text), _PIECE):
        decoder.decode(view[start : start + _PIECE], start + _PIECE >= len(text))


def decode(text: bytes, shape: type[T], oddities: Oddities) -> T:
    """Decode JSON into `shape`, or raise `UnreadableError`.

    What msgspec refuses is read again by Python's own parser, which also takes NaN and Infinity, and what
    does not fit is left out with a warning that names its place.
    """
    _check_depth(text, oddities.limits.json_depth)
    try:
        with paused_gc():
            return msgspec.json.decode(text, type=shape)
    except RecursionError as error:
        raise _too_deep() from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return _decode_again(text, shape, oddities, error)


def _decode_again(text: bytes, shape: type[T], oddities: Oddities, first: Exception) -> T:
    odd_numbers: list[str] = []
    _check_values(text, oddities.limits.json_values)
    try:
        value = json.loads(text, parse_constant=odd_numbers.append, parse_int=_integer)
    except RecursionError as error:
        raise _too_deep() from error
    except ValueError as error:
        cut_off = isinstance(error, json.JSONDecodeError) and error.pos >= len(error.doc.rstrip())
        what = "the JSON ends too early, as if cut off" if cut_off else "the file is not JSON"
        raise UnreadableError("not-json", f"{what}: {error}", _AGAIN) from error
    mended = mend(value, shape)
    if mended is None:
        message = f"the JSON has another shape than this format: {first}"
        raise UnreadableError("not-evidence", message, "Name the format with --as FORMAT:PATH.")
    if odd_numbers:
        oddities.note("not a number", f"the file holds {some(odd_numbers)}, which JSON has not")
    if mended.values:
        oddities.note("odd values", f"values of an unexpected type were left out: {some(mended.values)}")
    if mended.items:
        message = f"parts of an unexpected type were left out: {some(mended.items)}"
        oddities.note("unread parts", message, "Look at these places in the file.", doubt=True)
    return mended.value


def _check_depth(text: bytes, deepest: int) -> None:
    """Refuse what is nested deeper than a limit, by taking away the innermost brackets level by level.

    Brackets within strings may hide a depth from the first look, or feign one, which the second look at the
    text without its strings tells; how deep the decoders themselves go is bounded by their own limits.
    """
    if text.count(b"[") + text.count(b"{") <= deepest or _closes(text, deepest):
        return
    if not _closes(_STRING.sub(b"", text), deepest):
        raise _too_deep(deepest)


def _closes(text: bytes, deepest: int) -> bool:
    """Tell whether all brackets but a few are in pairs after so many levels."""
    brackets = text.translate(None, _NO_BRACKETS)
    for _ in range(deepest):
        before = len(brackets)
        brackets = brackets.replace(b"[]", b"").replace(b"{}", b"")
        if len(brackets) in {0, before}:
            break
    return len(brackets) <= deepest


def _check_values(text: bytes, most: int) -> None:
    """Refuse what would fill the memory if each of its values became an object."""
    if len(text) > most and text.count(b",") + text.count(b"[") + text.count(b"{") > most:
        raise UnreadableError(
            "too-big",
            f"the JSON does not fit its format, and has more than limits.json_values, {most:,} values",
            "Have the tool write it again, or raise that limit in the configuration.",
        )


def _integer(digits: str) -> int:
    """Read an integer; one of hundreds of digits is only known to be too large (Python refuses 4,301)."""
    return int(digits) if len(digits) <= _LONGEST_NUMBER else 10**_LONGEST_NUMBER


def _too_deep(deepest: int = 0) -> UnreadableError:
    bound = f"more than {deepest:,} deep (limits.json_depth)" if deepest else "too deep to be evidence"
    return UnreadableError("not-json", f"the JSON is nested {bound}", "Look at what wrote it.")


def note_repeats(
    text: bytes, expected: Mapping[str, int], oddities: Oddities, *, any_key: bool = False
) -> None:
    """Warn of an object that has a key twice: the last one counts, and hides what the first said.

    `expected` is key -> how often the decoded objects have it; only where the text has one more often (or
    spells keys with escapes) is the text looked through, with `any_key` for every key.
    """
    escaped = b"\\" in text and b"\\u00" in text and _ESCAPED_KEY.search(text)
    if not escaped and not _has_more(text, expected):
        return
    repeats: list[str] = []

    def look(pairs: list[tuple[str, object]]) -> None:
        names = [name for name, _ in pairs if any_key or name in expected]
        if len(names) > len(set(names)):
            repeats.append(Counter(names).most_common(1)[0][0])

    json.loads(text, object_pairs_hook=look, parse_int=_integer)
    if repeats:
        message = f"members stand more than once in one object, the last one was read: {some(repeats)}"
        oddities.note("repeated key", message, "Look at what wrote the file.", doubt=True)


def _has_more(text: bytes, expected: Mapping[str, int]) -> bool:
    """Count the keys in one pass over the text."""
    keys = b"|".join(re.escape(key.encode()) for key in expected)
    found = Counter(match[1].decode() for match in re.finditer(b'"(' + keys + b')"', text))
    return any(found[key] > count for key, count in expected.items())


def decode_lines(text: bytes, shape: type[T], oddities: Oddities) -> tuple[list[T], list[str]]:
    """Decode JSON lines; return the records, and the lines that are text. A line cut off is a warning."""
    records: list[T] = []
    others: list[str] = []
    broken: list[str] = []
    decoder = msgspec.json.Decoder(shape)
    for number, line in enumerate(text.split(b"\n"), 1):
        bare = line.strip()
        if not bare.startswith(b"{"):
            if bare:
                others.append(bare.decode(errors="replace"))
            continue
        try:
            records.append(decoder.decode(bare))
        except msgspec.ValidationError:
            records.append(decode(bare, shape, oddities))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            broken.append(f"{number:,}")
    if broken:
        message = f"{plural(len(broken), 'line')} could not be read: line {some(broken)}"
        oddities.note("unread parts", message, _AGAIN, doubt=True)
    return records, others


def note_text_lines(others: Sequence[str], harmless: re.Pattern[str], oddities: Oddities) -> None:
    """Warn of lines of text between JSON lines; those that match `harmless` leave no doubt."""
    if not others:
        return
    strange = [line for line in others if not harmless.fullmatch(line)]
    message = f"{plural(len(others), 'line')} of text between the JSON: {some(strange or others)}"
    oddities.note("text lines", message, "Look at what the tool says there.", doubt=bool(strange))
