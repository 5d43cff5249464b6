"""The markers, tags and categories of a test, as its JUnit properties tell them.

Producers differ: `tags` holds a list with commas (Xray), `tag` or `marker` stands once for each (Playwright's
reporters, `record_property`), traits are written by their name (`Category`, `TestCategory`: xUnit, NUnit,
MSTest), and some write the marker's own name with a value that only says yes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

NAMES = frozenset(
    {
        *("marker", "markers", "mark", "marks", "pytestmark", "pytestmarks"),
        *("tag", "tags", "label", "labels", "keyword", "keywords"),
        *("category", "categories", "testcategory", "testcategories", "trait", "traits", "group", "groups"),
    }
)
_SEPARATORS = re.compile(r"[,;\s|]+")
_AROUND = " \t\r\n@#[](){}'\""
_YES = frozenset({"", "1", "true", "yes", "on"})
_PREFIXED = re.compile(r"(?:pytest\.)?mark(?:er)?[.:](?P<name>.+)")
_NO_LETTER = re.compile(r"[\W_]+")


def markers_of(properties: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return the markers of a test, in lower case; `@slow`, `[slow]` and `Slow` are `slow`."""
    return frozenset(word for pair in properties for word in _words(*pair) if word)


def _words(name: str, value: str) -> Iterator[str]:
    if _NO_LETTER.sub("", name).lower() in NAMES:
        yield value.strip(_AROUND).lower()  # a category may be several words
        yield from (word.strip(_AROUND).lower() for word in _SEPARATORS.split(value))
        return
    prefixed = _PREFIXED.fullmatch(name.strip())
    if prefixed is not None:
        yield prefixed["name"].strip(_AROUND).lower()
    elif value.strip().lower() in _YES:
        yield name.strip(_AROUND).lower()
