"""Text from outside as Markdown that comes out as the same text, on every forge and in every parser.

Two dangers stand apart. Markdown's own syntax is escaped with backslashes. What a forge does *after*
Markdown, to the text of the finished page (mentions, references, commits, labels, emoji, math, links from
bare addresses), no escape prevents, only a code span does: so the words that could set it off stand in one.
"""

from __future__ import annotations

import re

from msgspec import Struct

# White space as Unicode has it, and nothing else: str.split() would also take the separators \x1c to \x1f.
_SPACES = "\t\n\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_SPACE = re.compile(f"[{_SPACES}]")
_SPACE_RUN = re.compile(f"[{_SPACES}]+")

# Controls, surrogates, private use, non-characters, what Unicode calls default ignorable or bidi control, and
# the joiners of hieroglyphs. Format characters that are seen (Arabic signs before a number) stay as they are.
# The ranges stand here, and are not asked of `unicodedata`, so that every version of Python writes the same
# bytes. The emoji variation selector is kept where it follows a symbol: there it is no disguise.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0e\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U0010ffff]"
    "|(?<![\u00a9\u00ae\u203c-\u329f\U0001f000-\U0001faff])\ufe0f"
)

_SYNTAX = re.compile(r"[\\`*_\[\]<>|~&#]")

# What starts a list, draws a rule, or is a runner's or a bot's command (`::error::`, `/close`); escaped
# wherever a value begins, since it may begin a line.
_LINE_START = re.compile(
    r"^(?P<number>[0-9]{0,9})"
    r"(?P<mark>(?<![0-9])(?:[-+](?= |$)|-(?=[- ]*$)|:(?=:)|/(?=[A-Za-z]))"
    r"|(?<=[0-9])[.)](?= |$))"
)

# A word (no spaces) that a forge would act on; each line names what it is to whom (GH GitHub, GL GitLab).
_WORD_AT_RISK = re.compile(
    r"""
    ^\[[ xX]?\](?=[ ]|$)                        # a task box at the start of a list item
    | (?<![^ ])(?=[^ ]*(?:
        @ | :// | www\. | [$]                   # mention, address, mail; math (both)
      | [#!&][0-9] | \bG[HL]-[0-9]              # issue, merge request, epic
      | \b(?:CVE|GHSA)-                         # advisory (GH)
      | :[\w+-]{1,60}(?::|$)                    # emoji (both)
      | ~[\w"] | (?<!\w)%[\w"]                  # label, milestone (GL)
      | \*iteration: | \[[a-z_]{1,30}:          # iteration, [work_item:…] and its kin (GL)
      | \[\[ | \[_?toc_?\]                      # wiki link, table of contents (GL)
      | [\[{][+-] | [+-][\]}]                   # inline difference (GL)
      | /[\w./-]{0,99}>                         # project (GL)
      | (?<![0-9a-z])[0-9a-f]{7,40}(?![0-9a-z]) # commit (both)
    ))[^ ]+
    """,
    re.VERBOSE | re.IGNORECASE,
)

# A code span cannot hold `|` in a table; `##[…]` and `##vso[…]` are a runner's commands wherever they stand.
_NOT_IN_CODE = re.compile(r"\||#(?=#)")
# Within text also `[x]`: GitHub ticks a whole task for it, even where it stands in a span.
_NOT_IN_TEXT = re.compile(r"\||#(?=#)|\[(?=[xX]\])")

_RUNNER_COMMAND = re.compile(r"#(?=#(?:\[|vso\[|teamcity\[))", re.IGNORECASE)

# Marks at the ends of a word stand outside its code span: they are the sentence's, and set nothing off.
_ENDS = re.compile(r"(?P<open>[(]?)(?P<core>.*?)(?P<close>[.,;!?)]*)", re.DOTALL)

_TICKS = re.compile("`+")


class Markdown(Struct, frozen=True, gc=False):
    """Finished Markdown. It is no `str`: no filter or operator can cut it, or join text to it unescaped."""

    source: str


def visible(value: str) -> str:
    """Fold white space to single spaces, and show what cannot be seen: `␛` for a control, else `⟨U+202E⟩`."""
    return _INVISIBLE.sub(_shown, _SPACE_RUN.sub(" ", value)).strip(" ")


def _shown(found: re.Match[str]) -> str:
    point = ord(found.group())
    if point < 0x20:  # noqa: PLR2004 - the C0 controls, for which Unicode has pictures
        return chr(0x2400 + point)
    return "␡" if point == 0x7F else f"⟨U+{point:04X}⟩"  # noqa: PLR2004 - DEL, likewise


def text(value: str) -> Markdown:
    """Escape plain text for any inline place: a sentence, a list item, a table cell, a heading."""
    line = visible(value)
    pieces: list[str] = []
    end = 0
    for word in _WORD_AT_RISK.finditer(line):
        pieces += (_escaped(line[end : word.start()]), _bare_ends(word.group()))
        end = word.end()
    pieces.append(_escaped(line[end:]))
    return Markdown(_LINE_START.sub(r"\g<number>\\\g<mark>", "".join(pieces)))


def code(value: str) -> Markdown:
    """Put a name or path into a code span; one that a span cannot hold everywhere is escaped as text."""
    line = visible(value)
    return text(line) if not line or _NOT_IN_CODE.search(line) else Markdown(_span(line))


def _escaped(line: str) -> str:
    return _SYNTAX.sub(r"\\\g<0>", line)


def _bare_ends(word: str) -> str:
    """Put a word into a code span, but for a bracket before it and the punctuation after it."""
    found = _ENDS.fullmatch(word)
    if found is None or not found["core"]:
        return _spans(word)
    return f"{found['open']}{_spans(found['core'])}{found['close']}"


def _spans(word: str) -> str:
    """Put a word into code spans, around the characters that none may hold."""
    pieces: list[str] = []
    end = 0
    for odd in _NOT_IN_TEXT.finditer(word):
        pieces += (_span(word[end : odd.start()]), f"\\{odd.group()}")
        end = odd.end()
    return "".join([*pieces, _span(word[end:])])


def _span(content: str) -> str:
    """Fence a code span with one more backtick than any run inside it has."""
    if not content:
        return ""
    fence = "`" * (max(map(len, _TICKS.findall(content)), default=0) + 1)
    pad = " " if content.startswith("`") or content.endswith("`") else ""
    return f"{fence}{pad}{content}{pad}{fence}"


def excerpt(lines: list[str]) -> Markdown:
    """Print lines of evidence as they are, in a fenced block within a quotation, so that none starts a line.

    A runner's command (`##[error]`, `##vso[…]`) works wherever it stands: there a space goes between.
    """
    shown = [
        _RUNNER_COMMAND.sub("# ", _INVISIBLE.sub(_shown, _SPACE.sub(" ", line.expandtabs(4))))
        for line in lines
    ]
    fence = "`" * max(3, 1 + max(map(len, _TICKS.findall("\n".join(shown))), default=0))
    return Markdown("\n".join(f"> {line}".rstrip() for line in [f"{fence}text", *shown, fence]))
