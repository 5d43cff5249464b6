from __future__ import annotations

import pytest

from reportgen.collect.archives import depth, is_application
from reportgen.collect.unpacking import GUNZIP, Step, packing

ZIP, GZ = Step(0, 1), Step(GUNZIP, 1)


@pytest.mark.parametrize(
    ("steps", "how", "count"),
    [
        ((), "zip", 1),
        ((), "gzip", 0),
        ((ZIP,), "gzip", 1),
        ((ZIP,), "zip", 2),
        ((GZ,), "zip", 1),
        ((GZ,), "gzip", 1),
        ((GZ, GZ), "gzip", 2),
        ((ZIP, ZIP), "gzip", 2),
        ((ZIP, GZ, ZIP), "zip", 3),
    ],
)
def test_a_gzip_counts_as_an_archive_only_inside_another_gzip(
    steps: tuple[Step, ...], how: str, count: int
) -> None:
    assert depth(steps, how) == count


@pytest.mark.parametrize(
    ("names", "application"),
    [
        (["junit.xml", "coverage.xml"], False),
        (["META-INF/MANIFEST.MF", "a/B.class"], True),
        (["build/META-INF/MANIFEST.MF"], False),
        (["x-1.0.dist-info/WHEEL"], True),
        (["[Content_Types].xml", "word/document.xml"], True),
        (["0-trace.trace", "resources/1.json"], True),
        ([], False),
    ],
)
def test_programs_documents_and_traces_are_told_by_what_a_zip_lists(
    names: list[str], *, application: bool
) -> None:
    assert is_application(names) is application


@pytest.mark.parametrize(
    ("head", "how"),
    [
        (b"", ""),
        (b"<testsuite/>", ""),
        (b"PK", ""),
        (b"\x1f\x8b\x08", "gzip"),
        (b"PK\x03\x04rest", "zip"),
        (b"PK\x05\x06" + bytes(18), "zip"),
        (b"a.txt".ljust(257, b"\0") + b"ustar\x0000", "tar"),
        (b"\xfd7zXZ\x00", "xz"),
        (b"BZh91AY&SY", "bzip2"),
        (b"\x28\xb5\x2f\xfd", "Zstandard"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
        (b"Rar!\x1a\x07\x01\x00", "RAR"),
    ],
)
def test_how_something_is_packed_is_told_by_its_first_bytes(head: bytes, how: str) -> None:
    assert packing(head) == how
