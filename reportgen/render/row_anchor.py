"""The cells of a matrix lead to the list of tests below: to its heading, as forges have no other anchors."""

from __future__ import annotations

import re

TESTS_ANCHOR = "tests-of-the-subjects"
"""The anchor of the heading of the list, as our template has it."""

_LIST = "| Row | Subject | Tests |"
_HEADING = re.compile(r"#{2,6} (.*)")
_NOT_IN_A_SLUG = re.compile(r"[^\w\- ]")
_TO_LIST = re.compile(rf"(\[[^\[\]`]*\])\(#{TESTS_ANCHOR}\)")


def led_to_list(markdown: str) -> str:
    """Lead the cells to the list where a profile gives its heading another text, or a number."""
    if f"](#{TESTS_ANCHOR})" not in markdown:
        return markdown
    heading = ""
    for line in markdown.split("\n"):
        if line == _LIST:
            break
        found = _HEADING.match(line)
        heading = found[1] if found else heading
    slug = _NOT_IN_A_SLUG.sub("", heading.lower()).strip().replace(" ", "-")
    return markdown if slug in ("", TESTS_ANCHOR) else _TO_LIST.sub(rf"\1(#{slug})", markdown)
