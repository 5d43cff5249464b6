"""What a failure says first, without what its test runner explains besides."""

from __future__ import annotations

import re

# pytest: `+  where 3 = f()`, `Full diff:`, `Use -v to get …`; unittest and others: a difference line by line.
_BESIDES = re.compile(
    r"(?:^|\s)\+[ \t]{1,8}(?:where|and)[ \t]"
    r"|\n[ \t]*(?:[-+?][ \t]|[-+]{3}(?:[ \t]|$)|@@ |Full diff:|\(?Use -v to get|Diff is \d"
    r"|First differing element|(?:First|Second) (?:list|tuple|sequence) contains)"
)


def headline(message: str) -> str:
    """Return a message up to where its test runner explains or compares; all of it where that is nothing."""
    found = _BESIDES.search(message)
    head = message[: found.start()].strip() if found else ""
    return head or message
