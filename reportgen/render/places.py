"""Places in the sources, as links where it is known at which address they are to be seen.

A path is text from outside: in an address it stands percent-encoded, and one that leads out of the project
(absolute, with `..`) is no link.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from reportgen.model.guidance import url_problem
from reportgen.render.escape import Markdown, code

_LINE = re.compile(r"(?P<path>.+):(?P<line>[1-9][0-9]{0,8})", re.DOTALL)
_LOOKS_LIKE_A_FILE = re.compile(r":[1-9][0-9]*\Z|/[^/]*\.[A-Za-z][A-Za-z0-9]{0,4}\Z")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LONGEST = 2_000


def place_mark(place: str, shown: str, source_url: str, *, sure: bool = False) -> Markdown:
    """Print `path` or `path:line` in a code span, `shown` in its stead, and as a link where that can be.

    A place without a line may be the name of a test or of a class: it is a link where it is `sure` to be a
    path, or looks like one in a folder.
    """
    span = code(shown)
    url = address(place, source_url) if sure or _LOOKS_LIKE_A_FILE.search(place) else ""
    return Markdown(f"[{span.source}]({url})") if url and span.source else span


def address(place: str, source_url: str) -> str:
    """Return the address of `path` or `path:line`; empty where there is none."""
    template = _usable(source_url)
    found = _LINE.fullmatch(place)
    path, line = (found["path"], found["line"]) if found else (place, "1")
    if not template or not _is_in_the_project(path):
        return ""
    encoded = quote(path.removeprefix("./"), safe="/", errors="replace")
    url = template.replace("{path}", encoded).replace("{line}", line)
    return url.replace("&", "&amp;") if len(url) <= _LONGEST else ""


@lru_cache(maxsize=8)
def _usable(source_url: str) -> str:
    """Return an address that has all but path and line; empty for what is none."""
    return source_url if source_url and "{revision}" not in source_url and not url_problem(source_url) else ""


def _is_in_the_project(path: str) -> bool:
    parts = path.removeprefix("./").split("/")
    odd = path.startswith(("/", "\\")) or "\\" in path or _SCHEME.match(path) is not None
    known = any(letter.isalnum() for letter in path) and ("/" in path or "." in path)
    return known and not odd and not {"", ".", ".."}.intersection(parts)
