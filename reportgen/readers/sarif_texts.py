"""What a SARIF message says in plain text (3.11 of the standard)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportgen.readers.findings import cut
from reportgen.readers.sarif_rules import RuleEntry
from reportgen.readers.sarif_shapes import Component, Message, Text

_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{(\d{1,4})\}")
_LINK = re.compile(r"(?<!\\)\[((?:\\.|[^\\\[\]]){1,1000})\]\(\d{1,9}\)")
_ESCAPE = re.compile(r"\\([\[\]])")


def plain_text(message: Message | None, entry: RuleEntry, driver: Component | None, most: int) -> str:
    """Return the text: its own, else the one with its id that the rule or the tool keeps, else its Markdown.

    Placeholders get their arguments; a link to a place of the same result is its words; the whole is cut to
    `most` characters.
    """
    if message is None:
        return ""
    text = message.text
    if text is not None and not message.arguments and "](" not in text and "\\[" not in text:
        return cut(text, most)
    if text is None and message.id:
        text = _kept(message.id, entry, driver)
    if text is None:
        text = message.markdown or ""
    if message.arguments and "{" in text:
        text = _fill(text, message.arguments, most)
    if not text and message.id:
        text = " ".join((message.id, *(message.arguments or ())))
    if "](" in text or "\\[" in text:
        text = _ESCAPE.sub(r"\1", _LINK.sub(r"\1", text))
    return cut(text, most)


def _kept(identity: str, entry: RuleEntry, driver: Component | None) -> str | None:
    """Look a message up: with its rule, then with the rule's component, then with the driver (3.11.7)."""
    descriptor, component = entry.descriptor, entry.component
    stores = (
        descriptor.message_strings if descriptor else None,
        component.global_message_strings if component else None,
        driver.global_message_strings if driver else None,
    )
    found: Text | None = next((store[identity] for store in stores if store and identity in store), None)
    return (found.text or found.markdown) if found else None


def _fill(text: str, arguments: Sequence[str], most: int) -> str:
    """Put the arguments in, and stop where the text is long enough: a short one can ask for terabytes."""
    pieces: list[str] = []
    length = end = 0
    for match in _PLACEHOLDER.finditer(text):
        index = int(match[1] or -1)
        if match[1] is None:
            filling = match[0][0]
        else:
            filling = arguments[index] if index < len(arguments) else match[0]
        pieces += (text[end : match.start()], filling)
        length += len(pieces[-1]) + len(pieces[-2])
        end = match.end()
        if length > most:
            break
    return "".join((*pieces, text[end:]))
