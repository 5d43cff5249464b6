"""Laws of collecting: order and repetition change nothing, archives lose nothing, damage is always told."""

from __future__ import annotations

import gzip
import io
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given, settings, strategies as st

from reportgen.collect import collect
from reportgen.collect.names import member_path, relative
from reportgen.model.artifact import Artifact, ArtifactError
from reportgen.model.config import Input
from reportgen.model.limits import Limits

NAMES = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="/\0\\"), min_size=1, max_size=12
).filter(lambda name: name not in {".", "..", "pyvenv.cfg"} and len(name.encode()) < 200)
FEW = settings(max_examples=3000 if os.environ.get("REPORTGEN_FUZZ") else 60, deadline=None)


@contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(os.path.realpath(name))


def found(root: Path, *paths: str) -> list[Artifact]:
    return list(collect([Input(path) for path in paths], root=root, limits=Limits()))


def content(artifact: Artifact) -> bytes | None:
    """Everything that opening yields, or None where that is an error; nothing else may be raised."""
    try:
        with artifact.open() as stream:
            return stream.read()
    except ArtifactError:
        return None


@FEW
@given(st.data())
def test_the_order_and_repetition_of_what_is_named_change_nothing(data: st.DataObject) -> None:
    names = data.draw(st.lists(NAMES, min_size=1, max_size=6, unique_by=str.casefold))
    with folder() as root:
        paths = [str(root), f"{root}/*", f"{root}/**"]
        for number, name in enumerate(names):
            (root / f"d{number % 2}").mkdir(exist_ok=True)
            path = root / f"d{number % 2}" / name
            path.write_bytes(name.encode())
            paths.append(str(path))
        given_paths = data.draw(st.lists(st.sampled_from(paths), min_size=1, max_size=10))
        once = found(root, *sorted(set(given_paths)))
        again = found(root, *data.draw(st.permutations(given_paths)))
        described = [(each.path, each.given, each.named, each.problem) for each in again]
        assert described == [(each.path, each.given, each.named, each.problem) for each in once]
        assert [each.path for each in once] == sorted(each.path for each in once)
        assert len({each.path for each in once}) == len(once)
        assert all(each.path.encode() for each in once)


@FEW
@given(st.dictionaries(NAMES, st.binary(max_size=200).map(b"<".__add__), max_size=8))
def test_a_folder_and_its_zip_hold_the_same(files: dict[str, bytes]) -> None:
    with folder() as root:
        (root / "e").mkdir()
        with zipfile.ZipFile(root / "e.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for number, (name, data) in enumerate(files.items()):
                (root / "e" / str(number)).mkdir()
                (root / "e" / str(number) / name).write_bytes(data)
                archive.writestr(f"{number}/{name}", data)
        walked = {each.path.removeprefix("e/"): content(each) for each in found(root, str(root / "e"))}
        unpacked = {
            each.path.removeprefix("e.zip!/"): content(each) for each in found(root, str(root / "e.zip"))
        }
        if files:
            assert walked == unpacked
            assert sorted(walked.values(), key=repr) == sorted(files.values(), key=repr)


@FEW
@given(st.data())
def test_a_damaged_archive_is_told_or_read_rightly(data: st.DataObject) -> None:
    lines = b"".join(b"<testcase name='%d'/>" % number for number in range(50))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", lines)
        archive.writestr("b.xml.gz", gzip.compress(lines, mtime=0))
    whole = bytearray(data.draw(st.sampled_from([buffer.getvalue(), gzip.compress(lines, mtime=0)])))
    for position in data.draw(st.lists(st.integers(4, len(whole) - 1), min_size=1, max_size=4)):
        whole[position] = data.draw(st.integers(0, 255))
    del whole[data.draw(st.sampled_from([len(whole), len(whole) // 2, len(whole) - 1])) :]
    with folder() as root:
        (root / "x").write_bytes(bytes(whole))
        artifacts = found(root, str(root / "x"))
        assert artifacts
        for artifact in artifacts:
            assert content(artifact) in (None, lines, gzip.compress(lines, mtime=0))


@given(st.text())
def test_no_name_of_a_member_leads_anywhere(name: str) -> None:
    shown = member_path(name.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))
    assert shown
    assert not shown.startswith("/")
    assert not {"", ".", ".."} & set(shown.split("/"))


@given(st.lists(NAMES, max_size=5), st.lists(NAMES, max_size=5))
def test_a_printed_path_leads_back_to_the_file(path: list[str], root: list[str]) -> None:
    there, here = "/" + "/".join(path), "/" + "/".join(root)
    assert os.path.normpath(os.path.join(here, relative(there, here))) == os.path.normpath(there)  # noqa: PTH118
