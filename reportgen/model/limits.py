"""The bounds within which evidence is read; each can be set in the configuration."""

from __future__ import annotations

from msgspec import Struct


class Limits(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How large evidence may be before it is refused as too big, or cut and said to be cut.

    Sizes are bytes, lengths are characters, `line` is the highest line number that counts. An archive may
    unpack to `archive_ratio` times its size (32 MiB are free) and `archive_bytes` at most, with all archives
    in it; one inside another, or from standard input, is held in memory up to `archive_nested_bytes`.
    `whole_bytes` bounds JSON and SQLite, which are held in memory; of XML, which is streamed, that is one
    element at a time: `xml_element_bytes` of text and markup, `xml_element_nodes` elements and attributes in
    it. `json_values` bounds JSON that fits no format strictly and is looked through value by value.
    """

    file_bytes: int = 2 * 1024**3
    archive_members: int = 20_000
    archive_bytes: int = 2 * 1024**3
    archive_ratio: int = 200
    archive_depth: int = 2
    folder_files: int = 200_000
    xml_depth: int = 256
    json_depth: int = 200
    line: int = 1_000_000
    name_chars: int = 4_096
    text_chars: int = 20_000
    problems_per_file: int = 100
    archive_nested_bytes: int = 256 * 1024**2
    whole_bytes: int = 512 * 1024**2
    xml_element_bytes: int = 128 * 1024**2
    xml_element_nodes: int = 2_000_000
    json_values: int = 5_000_000
