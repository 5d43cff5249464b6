"""What `collect` makes of gzip and zip: what lies in them, within bounds, and nothing written."""

from __future__ import annotations

import bz2
import gzip
import io
import os
import pickle
import struct
import tarfile
import tracemalloc
import zipfile
from collections import deque
from pathlib import Path

import pytest

from reportgen.collect import collect
from reportgen.model.artifact import Artifact, ArtifactError
from reportgen.model.config import Input
from reportgen.model.limits import Limits

XML = b"<testsuite/>"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def zipped(*members: tuple[str, bytes | str], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", how) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name)
            info.compress_type = how
            archive.writestr(info, content)
    return buffer.getvalue()


def found(*paths: str, **limits: int) -> list[Artifact]:
    return list(collect([Input(path) for path in paths], root=Path(), limits=Limits(**limits)))


def piped(data: bytes, **limits: int) -> list[Artifact]:
    return list(collect([Input("-")], root=Path(), limits=Limits(**limits), stdin=lambda: io.BytesIO(data)))


def content(artifact: Artifact) -> bytes:
    with artifact.open() as stream:
        return stream.read()


def contents(*paths: str, **limits: int) -> dict[str, bytes]:
    return {artifact.path: content(artifact) for artifact in found(*paths, **limits)}


def failure(artifact: Artifact) -> tuple[str, str]:
    with pytest.raises(ArtifactError) as raised:
        content(artifact)
    assert raised.value.problem.path == artifact.path
    assert raised.value.problem.hint
    assert artifact.problem in (None, raised.value.problem)
    return raised.value.problem.kind, raised.value.problem.message


@pytest.mark.parametrize(
    ("name", "path"),
    [("junit.xml.gz", "junit.xml.gz!/junit.xml"), ("junit.xml", "junit.xml!/junit.xml"), ("x", "x!/x")],
)
def test_a_gzip_is_what_it_holds_whatever_its_name(name: str, path: str) -> None:
    Path(name).write_bytes(gzip.compress(XML))
    (artifact,) = found(name)
    assert (artifact.path, artifact.given, artifact.named) == (path, name, True)
    assert content(artifact) == XML == content(artifact)
    assert content(pickle.loads(pickle.dumps(artifact))) == XML  # noqa: S301 - our own
    assert not found(".")[0].named


def test_several_gzips_in_a_row_are_one() -> None:
    Path("a.gz").write_bytes(gzip.compress(b"<a>") + gzip.compress(b"</a>") + bytes(512))
    assert contents("a.gz") == {"a.gz!/a": b"<a></a>"}


@pytest.mark.parametrize("how", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_is_its_members_by_name(how: int) -> None:
    members = [("b/c.xml", XML), ("a.xml", b"<a/>"), ("empty/", b""), ("b/.coverage", b""), ("Ünï.xml", XML)]
    Path("artifact").write_bytes(zipped(*members, how=how))
    artifacts = found("./artifact")
    assert {artifact.path: content(artifact) for artifact in artifacts} == {
        "artifact!/a.xml": b"<a/>",
        "artifact!/b/.coverage": b"",
        "artifact!/b/c.xml": XML,
        "artifact!/Ünï.xml": XML,
    }
    assert [artifact.path for artifact in artifacts] == sorted(artifact.path for artifact in artifacts)
    assert artifacts[0].given == "./artifact!/a.xml"
    assert not any(artifact.named for artifact in artifacts)
    assert content(pickle.loads(pickle.dumps(artifacts[0]))) == b"<a/>"  # noqa: S301 - our own


def test_a_zip_with_sizes_of_64_bits_is_opened() -> None:
    with zipfile.ZipFile("a.zip", "w") as archive, archive.open("x.xml", "w", force_zip64=True) as member:
        member.write(XML)
    assert contents("a.zip") == {"a.zip!/x.xml": XML}


def test_a_zip_leaves_out_what_a_folder_does() -> None:
    Path("a.zip").write_bytes(
        zipped(
            (".git/x.xml", XML),
            ("p/node_modules/x.xml", XML),
            ("__MACOSX/._a.xml", XML),
            ("v/pyvenv.cfg", b""),
            ("v/lib/x.xml", XML),
            ("kept/x.xml", XML),
        )
    )
    assert contents("a.zip") == {"a.zip!/kept/x.xml": XML}


def test_no_name_of_a_member_leads_out_and_nothing_is_written(folder: Path) -> None:
    (folder / "work").mkdir()
    names = ("../../evil.xml", "/abs/evil.xml", "C:\\evil.xml", "a/../b.xml", "..")
    Path("work/a.zip").write_bytes(zipped(*((name, XML) for name in names)))
    before = sorted(folder.rglob("*"))
    assert sorted(contents("work/a.zip")) == [
        "work/a.zip!/a/b.xml",
        "work/a.zip!/abs/evil.xml",
        "work/a.zip!/evil.xml",
        "work/a.zip!/evil.xml (2)",
        "work/a.zip!/unnamed",
    ]
    assert sorted(folder.rglob("*")) == before


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_are_all_read() -> None:
    Path("a.zip").write_bytes(zipped(("x.xml", b"1"), ("x.xml", b"2"), ("x.xml", b"3")))
    assert contents("a.zip") == {"a.zip!/x.xml": b"1", "a.zip!/x.xml (2)": b"2", "a.zip!/x.xml (3)": b"3"}


def test_archives_in_archives_are_opened_as_far_as_allowed() -> None:
    inner = zipped(("x.xml", XML), ("y.xml.gz", gzip.compress(b"<y/>")))
    Path("a.zip").write_bytes(zipped(("in/inner.zip", inner), ("z.xml", XML)))
    wanted = {
        "a.zip!/in/inner.zip!/x.xml": XML,
        "a.zip!/in/inner.zip!/y.xml.gz!/y.xml": b"<y/>",
        "a.zip!/z.xml": XML,
    }
    assert contents("a.zip") == wanted
    Path("a.zip").write_bytes(zipped(("a.zip", zipped(("b.zip", inner))), ("z.xml", XML)))
    deep, fine = found("a.zip")
    assert failure(deep) == ("too-big", "it lies in more than 2 archives, one inside the other")
    assert (deep.path, content(fine)) == ("a.zip!/a.zip!/b.zip", XML)
    assert list(contents("a.zip", archive_depth=3)) == [
        "a.zip!/a.zip!/b.zip!/x.xml",
        "a.zip!/a.zip!/b.zip!/y.xml.gz!/y.xml",
        "a.zip!/z.xml",
    ]


def test_a_zip_in_a_gzip_is_opened() -> None:
    Path("a.zip.gz").write_bytes(gzip.compress(zipped(("x.xml", XML))))
    assert contents("a.zip.gz") == {"a.zip.gz!/a.zip!/x.xml": XML}


def test_gzips_in_gzips_end() -> None:
    data = XML
    for _ in range(9):
        data = gzip.compress(data)
    Path("a.gz").write_bytes(data)
    (artifact,) = found("a.gz")
    assert failure(artifact) == ("too-big", "it lies in more than 2 archives, one inside the other")


def test_standard_input_may_be_an_archive() -> None:
    (packed,) = piped(gzip.compress(XML))
    assert (packed.path, packed.given, content(packed)) == ("-", "-", XML)
    assert content(packed) == XML
    (member,) = piped(zipped(("d/x.xml", XML)))
    assert (member.path, content(member)) == ("-!/d/x.xml", XML)
    (big,) = piped(gzip.compress(os.urandom(5000)), archive_nested_bytes=4000)
    assert failure(big) == ("too-big", "it is an archive of more than 4,000 bytes")


def test_other_packings_are_told_with_what_to_do(folder: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.add(__file__, "x.xml")
    tar = buffer.getvalue()
    (folder / "e").mkdir()
    for name, data in {"a.tar": tar, "b.tar.gz": gzip.compress(tar), "c": bz2.compress(XML)}.items():
        Path("e", name).write_bytes(data)
    told = {artifact.path: failure(artifact) for artifact in found("e")}
    assert told == {
        "e/a.tar": ("unsupported-format", "it is packed with tar, which is not opened"),
        "e/b.tar.gz!/b.tar": ("unsupported-format", "it is packed with tar, which is not opened"),
        "e/c": ("unsupported-format", "it is packed with bzip2, which is not opened"),
    }


def test_programs_that_nobody_named_are_left_to_the_readers(folder: Path) -> None:
    (folder / "e").mkdir()
    jar = zipped(("META-INF/MANIFEST.MF", b""), ("x.xml", XML))
    Path("e/app.jar").write_bytes(jar)
    Path("e/broken.docx").write_bytes(jar[:30])
    Path("e/broken.zip").write_bytes(jar[:30])
    app, broken, lost = found("e")
    assert (app.path, content(app)) == ("e/app.jar", jar)
    assert (broken.path, broken.problem) == ("e/broken.docx", None)
    assert failure(lost) == ("truncated", "it ends before the list of what it holds")
    assert "e/app.jar!/x.xml" in contents("e/app.jar")


def test_an_archive_with_nothing_in_it_is_a_problem() -> None:
    Path("a.zip").write_bytes(zipped(("folder/", b"")))
    assert failure(*found("a.zip")) == ("not-found", "it is an archive with nothing to read in it")
    Path("a.zip").write_bytes(zipped())
    assert failure(*found("a.zip")) == ("not-found", "it is an archive with nothing to read in it")


@pytest.mark.parametrize("cut", [1, 9, 12, 15, 100])
def test_a_gzip_that_was_cut_is_a_problem_and_never_its_beginning(cut: int) -> None:
    whole = gzip.compress(b"".join(b"<case n='%d'/>" % number for number in range(1000)))
    Path("a.xml.gz").write_bytes(whole[:-cut])
    (artifact,) = found("a.xml.gz")
    assert failure(artifact) == ("truncated", "it ends in the middle of its compressed data")


def test_a_gzip_whose_content_is_wrong_is_a_problem() -> None:
    whole = bytearray(gzip.compress(XML * 100))
    whole[-6] ^= 1
    Path("a.gz").write_bytes(bytes(whole))
    assert failure(*found("a.gz"))[0] == "unreadable"
    Path("a.gz").write_bytes(gzip.compress(XML) + b"trailing garbage")
    assert failure(*found("a.gz"))[0] == "unreadable"


def test_a_member_whose_content_is_wrong_is_a_problem_of_its_own() -> None:
    whole = zipped(("a.xml", b"AAAA"), ("b.xml", b"BBBB"), how=zipfile.ZIP_STORED)
    Path("a.zip").write_bytes(whole.replace(b"AAAA", b"AAAB", 1))
    wrong, fine = found("a.zip")
    assert failure(wrong)[0] == "unreadable"
    assert content(fine) == b"BBBB"


def test_what_cannot_be_unpacked_is_counted_and_the_rest_is_read() -> None:
    whole = zipped(("a.xml", XML), ("b.xml", XML), ("c.xml", XML))
    central = whole.rindex(b"PK\x01\x02")
    secret = bytearray(whole)
    secret[central + 8] |= 1
    Path("a.zip").write_bytes(bytes(secret))
    *fine, told = found("a.zip")
    assert [artifact.path for artifact in fine] == ["a.zip!/a.xml", "a.zip!/b.xml"]
    assert failure(told) == (
        "unreadable",
        "1 file of 3 in it could not be read: encrypted; the first is c.xml",
    )
    Path("a.zip").write_bytes(zipped(("a.xml", XML), ("b.xml", XML), how=zipfile.ZIP_LZMA))
    (told,) = found("a.zip")
    assert failure(told) == (
        "unsupported-format",
        "2 files of 2 in it could not be read: compressed in another way than deflate; the first is a.xml",
    )
    assert told.problem is not None
    assert told.problem.doubt


def test_a_gzip_bomb_is_stopped() -> None:
    bomb = gzip.compress(bytes(80 * 1024**2))
    Path("a.xml.gz").write_bytes(bomb)
    (artifact,) = found("a.xml.gz")
    tracemalloc.start()
    with artifact.open() as stream, pytest.raises(ArtifactError) as raised:
        deque(iter(lambda: stream.read(65536), b""), maxlen=0)
    assert tracemalloc.get_traced_memory()[1] < 4 * 1024**2
    tracemalloc.stop()
    assert raised.value.problem.message == f"it unpacks to more than {32 * 1024**2:,} bytes"
    assert len(contents("a.xml.gz", archive_ratio=2000)["a.xml.gz!/a.xml"]) == 80 * 1024**2
    assert failure(*found("a.xml.gz", archive_ratio=2000, archive_bytes=1000))[0] == "too-big"


def test_a_zip_bomb_is_stopped_and_the_rest_is_read() -> None:
    bomb = gzip.compress(bytes(80 * 1024**2))
    Path("a.zip").write_bytes(zipped(("a.xml", XML), ("big.xml", bytes(40 * 1024**2)), ("z.gz", bomb)))
    fine, measured, told = found("a.zip")
    assert content(fine) == XML
    count = "1 file of 3 in it could not be read"
    why = "more bytes than one archive may unpack to"
    assert failure(told) == ("too-big", f"{count}: {why}; the first is big.xml")
    assert (measured.path, failure(measured)[0]) == ("a.zip!/z.gz!/z", "too-big")


def test_a_zip_that_lies_of_a_size_yields_no_more_than_it_said() -> None:
    whole = zipped(("a.xml", bytes(50_000)))
    lie = whole.replace(struct.pack("<L", 50_000), struct.pack("<L", 10))
    Path("a.zip").write_bytes(lie)
    (artifact,) = found("a.zip")
    assert failure(artifact)[0] == "unreadable"


def test_an_archive_of_too_many_files_is_cut_and_it_is_told() -> None:
    Path("a.zip").write_bytes(zipped(*((f"{number}.xml", XML) for number in range(9))))
    *fine, told = found("a.zip", archive_members=6)
    assert len(fine) == 6
    assert failure(told) == (
        "too-big",
        "3 files of 9 in it could not be read: more files than are read of one archive; the first is 6.xml",
    )


def test_a_list_of_members_that_would_fill_the_memory_is_not_read() -> None:
    Path("a.zip").write_bytes(zipped(*((f"{number:0200}.xml", b"") for number in range(1000))))
    assert failure(*found("a.zip", archive_members=10)) == ("too-big", "it holds more than 10 files")


def test_an_archive_in_another_is_held_in_memory_only_as_far_as_allowed() -> None:
    inner = zipped(("x.bin", os.urandom(10_000)))
    Path("a.zip").write_bytes(zipped(("inner.zip", inner), ("z.xml", XML)))
    big, fine = found("a.zip", archive_nested_bytes=5000)
    assert failure(big) == ("too-big", "it unpacks to more than 5,000 bytes")
    assert content(fine) == XML


def test_a_zip_that_is_replaced_while_it_is_read_is_a_problem() -> None:
    Path("a.zip").write_bytes(zipped(("a.xml", XML)))
    (artifact,) = found("a.zip")
    Path("a.zip").write_bytes(zipped(("a.xml", XML * 2)))
    assert failure(artifact) == ("unreadable", "it changed while it was being read")


def test_many_members_are_opened_without_listing_them_again() -> None:
    Path("a.zip").write_bytes(zipped(*((f"{number}.xml", XML) for number in range(3000))))
    assert set(contents("a.zip").values()) == {XML}
