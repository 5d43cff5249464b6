"""Which reader reads a file, told by its content; and what a file is that none reads."""

from __future__ import annotations

import re
from difflib import get_close_matches
from importlib import import_module
from typing import cast

import msgspec

from reportgen.model.limits import Limits
from reportgen.readers.base import Reader, ReaderModule, UnreadableError
from reportgen.readers.content import Content
from reportgen.readers.foreign import is_raw, refuse_foreign
from reportgen.readers.table import READERS
from reportgen.readers.wellformed import is_commented_json, is_json_lines
from reportgen.readers.xml import walk

_EVIDENCE_ENDINGS = (".xml", ".json", ".jsonl", ".sarif", ".lcov", ".info", ".out")
_BINARY = (
    b"\x7fELF",
    b"MZ",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"\x89PNG",
    b"%PDF",
    b"\xff\xd8\xff",
    b"GIF8",
)
_HTML = re.compile(r"\s*+(?:(?><!--.*?-->)\s*+)*+<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_LATE_XML = re.compile(r"^[ \t]*<(?:\?xml\s|testsuites?\b|coverage\b|checkstyle\b)", re.MULTILINE)
_OURS = re.compile(
    r'\s*\{\s*"schema"\s*:\s*"reportgen/audit/|.{0,2000}<meta name="generator" content="reportgen', re.DOTALL
)


def module_of(reader: Reader) -> ReaderModule:
    """Import the module of a row of the table."""
    return cast(ReaderModule, import_module(f"reportgen.readers.{reader.module}"))


def choose(content: Content, as_format: str, limits: Limits) -> Reader:
    """Return the row of the table that reads this; `as_format` overrides what the content shows.

    Raises `UnreadableError` where no row does: empty, not well formed, known but not read, or no evidence.
    """
    if content.is_blank:
        raise UnreadableError(
            "empty-file",
            "the file is empty" if content.size == 0 else "the file holds nothing but white space",
            "See whether the tool that writes it ran to its end.",
        )
    if content.looks_like == "xml":
        _check_prolog(content)
    if as_format:
        return _named(content, as_format)
    if content.looks_like != "json":
        refuse_foreign(content)  # first: its marks are narrower, and some share a root with a format of ours
    for reader in READERS:
        if reader.kind == content.looks_like and module_of(reader).sniff(content):
            return reader
    if content.looks_like == "json":
        refuse_foreign(content)
    _check_form(content, limits)
    raise UnreadableError("not-evidence", f"this is no evidence: {_looks(content)}", _next(content))


def _named(content: Content, as_format: str) -> Reader:
    rows = [reader for reader in READERS if reader.name == as_format]
    if not rows:
        near = get_close_matches(as_format.lower(), {reader.name for reader in READERS}, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else "`reportgen formats` lists them."
        raise UnreadableError("unsupported-format", f"there is no format {as_format!r}", hint)
    return next((row for row in rows if row.kind == content.looks_like), rows[0])


def _check_prolog(content: Content) -> None:
    """Refuse XML that declares an entity, before anything can be expanded, and XML that has no element."""
    prolog = content.prolog
    if prolog.root is not None and prolog.root.entity:
        raise UnreadableError(
            "entity-declaration",
            "the XML declares an entity; nothing of it was expanded or fetched",
            "Evidence needs none: have the tool write the file again without a DOCTYPE of its own.",
        )
    if prolog.root is None and not _HTML.match(content.text_head):
        raise UnreadableError(
            "not-well-formed",
            prolog.error or "there is no XML element in the first bytes",
            "Have the tool write the file again; see whether something else is written into it.",
        )


def _check_form(content: Content, limits: Limits) -> None:
    """Refuse as malformed what begins as XML or JSON of whatever kind, and does not go on so."""
    root, late = content.xml_root, _LATE_XML.search(content.text_head)
    match content.looks_like:
        case "xml" if root is not None and root.name.lower() != "html":
            for _ in walk(content, limits, "no element is asked for"):
                pass
        case "text" | "json" if late is not None:
            line = content.text_head.count("\n", 0, late.start()) + 1
            raise UnreadableError(
                "not-well-formed",
                f"there is text before the XML, which begins in line {line:,}",
                "Keep the log out of the report: XML begins with the first character of the file.",
            )
        case "json":
            _check_json(content)


def _check_json(content: Content) -> None:
    """Refuse what begins as JSON and is none."""
    try:
        msgspec.json.decode(content.json_text)
    except RecursionError:
        raise UnreadableError(
            "not-json",
            "the JSON is nested too deeply to be read",
            "No tool writes such a file: see where it is from.",
        ) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        if is_json_lines(content.data):
            lines = "this is no evidence: it is lines of JSON that name no tool"
            raise UnreadableError("not-evidence", lines, _next(content)) from None
        raise UnreadableError(
            "not-json",
            f"this is not JSON: {error}",
            "Have the tool write the file again; look at its end first.",
        ) from error


def _looks(content: Content) -> str:
    """Say what a file looks like that no reader knows."""
    head = content.text_head
    if _OURS.match(head):
        return "it is a report of reportgen itself"
    if _HTML.match(head):
        return "it is an HTML page, such as an error page saved in place of the report"
    match content.looks_like:
        case "xml":
            root = content.xml_root
            return f"it is XML with the root element {root.name[:80]!r}" if root else "it is XML"
        case "json" if _is_empty_list(content):
            return "it is an empty list, which says nothing of the tool that wrote it"
        case "json":
            keys = content.json_keys
            names = ", ".join(sorted(keys)[:5])[:120] if keys else ""
            word = "key" if keys and len(keys) == 1 else "keys"
            return f"it is JSON with the {word} {names}" if names else "it is JSON that names no tool"
        case "sqlite":
            return "it is an SQLite database, and not of coverage.py"
        case _:
            return "it is a binary file" if b"\x00" in content.head else "it is text of no known format"


def _next(content: Content) -> str:
    if _OURS.match(content.text_head):
        return "Give the evidence that it was made from."
    if _is_empty_list(content):
        return "Have the tool write SARIF, or a format that names the files it looked at."
    return "Give the tool's own report, of a format in `reportgen formats`, or name it: `--as FORMAT:PATH`."


def is_something_else(content: Content | None, path: str, kind: str) -> bool:
    """Tell whether a file that was only found in a folder may be passed over.

    Only what is positively something else may: well-formed data of another kind, our own reports, programs
    and pictures. What is empty, malformed or unreadable may not where its name says that it is evidence.
    """
    name = path.rsplit("/", 1)[-1].lower()
    if kind == "unsupported-format":
        return content is not None and is_raw(content)
    if name.startswith(".coveragerc"):
        return True
    if not name.endswith(_EVIDENCE_ENDINGS) and not name.startswith(".coverage"):
        return kind in {"not-evidence", "empty-file", "not-well-formed", "not-json", "unreadable"}
    if content is None or kind != "not-evidence":
        return content is not None and kind == "not-json" and _is_settings(content)
    if _is_empty_list(content):
        return False
    if content.looks_like in {"xml", "json"}:
        return bool(_OURS.match(content.text_head)) or not _HTML.match(content.text_head)
    return content.looks_like == "sqlite" or content.head.startswith(_BINARY) or _is_settings(content)


def _is_empty_list(content: Content) -> bool:
    return content.size <= len(content.head) and b"".join(content.head.split()) == b"[]"


def _is_settings(content: Content) -> bool:
    """Tell whether this is JSON but for its comments, and no format of ours, as of a `tsconfig.json`."""
    if len(content.head) < content.size or not is_commented_json(content.head):
        return False
    return not any(row.kind == content.looks_like and module_of(row).sniff(content) for row in READERS)
