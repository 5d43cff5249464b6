"""What `collect` makes of what a user names: files, folders, globs and standard input, on a real disk."""

from __future__ import annotations

import io
import os
import pickle
import socket
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pytest

from reportgen.collect import collect
from reportgen.model.artifact import Artifact, ArtifactError
from reportgen.model.config import Input
from reportgen.model.limits import Limits

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project, which is the working folder too."""
    project = tmp_path / "project"
    project.mkdir()
    monkeypatch.chdir(project)
    return project


def put(*paths: str, content: str = "<testsuite/>") -> None:
    for path in paths:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(content, encoding="utf-8")


def found(*paths: str | Input, limits: Limits | None = None, root: Path | None = None) -> list[Artifact]:
    inputs = [path if isinstance(path, Input) else Input(path) for path in paths]
    return list(collect(inputs, root=root or Path.cwd(), limits=limits or Limits()))


def paths(*given: str | Input) -> list[str]:
    return [artifact.path for artifact in found(*given)]


def content(artifact: Artifact) -> bytes:
    with artifact.open() as stream:
        return stream.read()


def problem(artifact: Artifact) -> tuple[str, str]:
    """The kind and message of a problem, which opening the artifact raises as well."""
    assert artifact.problem is not None
    assert artifact.problem.path == artifact.path
    assert artifact.problem.hint
    with pytest.raises(ArtifactError) as raised:
        artifact.open()
    assert raised.value.problem == artifact.problem
    return artifact.problem.kind, artifact.problem.message


def failure(artifact: Artifact) -> tuple[str, str]:
    """What opening an artifact that was only found raises."""
    assert artifact.problem is None
    with pytest.raises(ArtifactError) as raised:
        content(artifact)
    assert raised.value.problem.path == artifact.path
    return raised.value.problem.kind, raised.value.problem.message


def test_a_named_file_is_read_as_it_is() -> None:
    put("out/junit.xml")
    (artifact,) = found("./out/junit.xml")
    assert (artifact.path, artifact.given, artifact.named) == ("out/junit.xml", "./out/junit.xml", True)
    assert artifact.problem is None
    assert content(artifact) == b"<testsuite/>" == content(artifact)
    assert content(pickle.loads(pickle.dumps(artifact))) == b"<testsuite/>"  # noqa: S301 - our own


def test_what_the_user_said_of_an_input_goes_with_each_of_its_files() -> None:
    put("out/a.xml", "out/b.xml")
    for artifact in found(Input("out", layer="unit", environment="py312", format="junit")):
        assert (artifact.layer, artifact.environment, artifact.as_format) == ("unit", "py312", "junit")


def test_a_folder_is_read_to_its_ground_but_for_what_is_left_out() -> None:
    put("e/a.xml", "e/b/c/d.xml", "e/.coverage", "e/notes.txt", "e/.hidden/x.xml", "e/node_modules/p/x.xml")
    put("e/venv/pyvenv.cfg", "e/venv/x.xml", "e/env/x.xml", "e/b/.venv/pyvenv.cfg", "e/__MACOSX/x.xml")
    artifacts = found("e/")
    assert [artifact.path for artifact in artifacts] == [
        "e/.coverage",
        "e/a.xml",
        "e/b/c/d.xml",
        "e/env/x.xml",
        "e/notes.txt",
    ]
    assert [artifact.given for artifact in artifacts] == [artifact.path for artifact in artifacts]
    assert not any(artifact.named for artifact in artifacts)


@pytest.mark.parametrize("given", [".", "./", "../project", "sub/.."])
def test_a_folder_in_other_words_has_the_same_printed_paths(given: str) -> None:
    put("a.xml", "sub/b.xml")
    assert paths(given) == ["a.xml", "sub/b.xml"]


def test_what_is_left_out_is_read_if_it_is_named() -> None:
    put(".cache/a.xml", "node_modules/b.xml")
    assert paths(".cache", "node_modules") == [".cache/a.xml", "node_modules/b.xml"]


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("e/*.xml", ["e/a.xml", "e/b.xml"]),
        ("e/?.xml", ["e/a.xml", "e/b.xml"]),
        ("e/[!a].xml", ["e/b.xml"]),
        ("e/**/*.xml", ["e/a.xml", "e/b.xml", "e/u/i/d.xml", "e/u/c.xml"]),
        ("**/*.xml", ["e/a.xml", "e/b.xml", "e/u/i/d.xml", "e/u/c.xml"]),
        ("e/**/**/c.xml", ["e/u/c.xml"]),
        ("*/u/c.xml", ["e/u/c.xml"]),
        ("e/u*", ["e/u/i/d.xml", "e/u/c.xml"]),
        ("e/*/", ["e/u/i/d.xml", "e/u/c.xml"]),
        ("e/.cov*", ["e/.coverage.1"]),
        ("e/**", ["e/.coverage.1", "e/a.xml", "e/b.xml", "e/u/i/d.xml", "e/u/c.xml"]),
        ("e/.h*/*.xml", ["e/.hidden/x.xml"]),
        ("./e//*.xml", ["e/a.xml", "e/b.xml"]),
    ],
)
def test_a_glob_is_matched_without_a_shell(pattern: str, names: list[str]) -> None:
    put("e/a.xml", "e/b.xml", "e/u/c.xml", "e/u/i/d.xml", "e/.hidden/x.xml", "e/.coverage.1")
    assert paths(pattern) == sorted(names)


def test_a_glob_keeps_the_prefix_as_it_was_given(folder: Path) -> None:
    put("e/a.xml")
    assert [artifact.given for artifact in found("./e/*.xml")] == ["./e/a.xml"]
    assert [artifact.given for artifact in found(f"{folder}/e/*")] == [f"{folder}/e/a.xml"]


def test_a_glob_names_what_it_spells_out() -> None:
    put("e/a.xml", "e/.gitkeep", "e/f.xml/inner.xml")
    assert {artifact.path: artifact.named for artifact in found("e/*")} == {
        "e/.gitkeep": False,
        "e/a.xml": True,
        "e/f.xml/inner.xml": False,
    }
    assert not any(artifact.named for artifact in found("e/**"))


def test_a_file_whose_very_name_is_a_pattern_is_that_file() -> None:
    put("report[1].xml", "report1.xml", "logs[1]/a.xml", "logs1/a.xml")
    assert paths("report[1].xml") == ["report[1].xml"]
    assert paths("logs[1]/*.xml") == ["logs[1]/a.xml"]
    assert paths("report[2].xml", "report?.xml") == ["report1.xml", "report[2].xml"]


@pytest.mark.parametrize(
    ("given", "kind", "message"),
    [
        ("nope.xml", "not-found", "it does not exist"),
        ("nope/a.xml", "not-found", "it does not exist"),
        ("there.xml/a.xml", "not-found", "it does not exist: a part of its path is no folder"),
        ("nope/*.xml", "not-found", "nothing matches this pattern"),
        ("**/*.sarif", "not-found", "nothing matches this pattern"),
        ("empty", "not-found", "there is nothing to read in this folder"),
        ("emp*", "not-found", "there is nothing to read in this folder"),
        ("", "not-found", "an empty path names nothing"),
        ("a\0b", "not-found", "it does not exist"),
        ("x" * 5000, "unreadable", "it cannot be read: its path is too long for this system"),
    ],
)
def test_what_is_not_there_is_a_problem(given: str, kind: str, message: str) -> None:
    Path("empty/.git").mkdir(parents=True)
    put("empty/.git/x.xml", "there.xml")
    (artifact,) = found(given)
    assert problem(artifact) == (kind, message)
    assert artifact.named


def test_a_near_name_is_suggested() -> None:
    put("reports/junit.xml")
    (artifact,) = found("reports/junti.xml")
    assert artifact.problem is not None
    assert artifact.problem.hint == "did you mean junit.xml?"


@posix
def test_what_is_no_file_is_a_problem_and_never_waited_for() -> None:
    os.mkfifo("pipe.xml")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.xml")
        assert problem(*found("pipe.xml")) == ("unreadable", "it is a named pipe, not a file")
        assert problem(*found("*.xml")[1:]) == ("unreadable", "it is a socket, not a file")
        assert problem(*found("/dev/zero")) == ("unreadable", "it is a device, not a file")
        assert [failure(artifact)[1] for artifact in found(".")] == [
            "it is a named pipe, not a file",
            "it is a socket, not a file",
        ]


@posix
def test_links_to_files_are_followed_and_dangling_ones_told() -> None:
    put("real/a.xml")
    Path("link.xml").symlink_to("real/a.xml")
    Path("gone.xml").symlink_to("nowhere")
    Path("self.xml").symlink_to("self.xml")
    assert content(*found("link.xml")) == b"<testsuite/>"
    assert problem(*found("gone.xml"))[0] == "not-found"
    assert problem(*found("self.xml")) == (
        "unreadable",
        "it cannot be read: it is a symbolic link that leads back to itself",
    )
    assert paths(".") == ["gone.xml", "real/a.xml", "self.xml"]
    assert failure(found(".")[0])[0] == "not-found"


@posix
def test_links_to_folders_are_followed_once_and_loops_end() -> None:
    put("e/real/a.xml", "elsewhere/b.xml", "elsewhere/deep/c.xml", "node_modules/x.xml", "sibling.xml")
    for link, target in (
        ("e/again", "real"),
        ("e/other", "../elsewhere"),
        ("elsewhere/deep/back", "../../e"),
        ("e/packages", "../node_modules"),
        ("e/self", "."),
        ("e/up", ".."),
        ("e/real/up", "../.."),
    ):
        Path(link).symlink_to(target)
    expected = ["e/other/b.xml", "e/other/deep/c.xml", "e/real/a.xml"]
    assert paths("e") == paths("e/**") == paths("e/**/*.xml") == expected
    Path("named").symlink_to("elsewhere")
    assert paths("named") == ["named/b.xml", "named/deep/back/real/a.xml", "named/deep/c.xml"]


def test_one_file_is_one_however_it_is_reached(folder: Path) -> None:
    put("e/a.xml", "e/b.xml")
    given = ["e/a.xml", "./e/a.xml", "e", "e/*.xml", str(folder / "e" / "a.xml"), "e"]
    if os.name != "nt":
        Path("alias.xml").symlink_to("e/a.xml")
        given.append("alias.xml")
    for order in (given, given[::-1]):
        artifacts = found(*order)
        assert [(artifact.path, artifact.named) for artifact in artifacts] == [
            ("e/a.xml", True),
            ("e/b.xml", True),
        ]
        assert artifacts[0].given == "./e/a.xml"


def test_one_file_is_read_for_each_layer_that_it_was_given() -> None:
    put("e/a.xml")
    rows = [Input("e"), Input("e/a.xml", layer="unit"), Input("e/*.xml", layer="e2e"), Input("e/a.xml")]
    for order in (rows, rows[::-1]):
        assert [artifact.layer for artifact in found(*order)] == ["e2e", "unit"]
    rows = [Input("e", layer="unit"), Input("e/a.xml", format="junit"), Input("e/a.xml")]
    assert [(artifact.layer, artifact.as_format) for artifact in found(*rows)] == [
        ("", "junit"),
        ("unit", ""),
    ]


def test_paths_are_printed_from_the_root_wherever_one_stands(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("e/a.xml", "../evidence/b.xml", "sub/c.txt")
    wanted = ["../evidence/b.xml", "e/a.xml"]
    assert paths("e/a.xml", "../evidence") == wanted
    monkeypatch.chdir("sub")
    given = found("../e/a.xml", "../../evidence", root=folder)
    assert [artifact.path for artifact in given] == wanted
    assert [artifact.given for artifact in given] == ["../../evidence/b.xml", "../e/a.xml"]
    assert [artifact.path for artifact in found(str(folder / "e"), root=folder)] == ["e/a.xml"]


@posix
@pytest.mark.skipif(sys.platform == "darwin", reason="this system only takes names in UTF-8")
def test_names_that_are_no_text_are_read_and_printed() -> None:
    for name in (b"bad\xff.xml", b"two\nlines.xml", "bidi\u202egnp.xml".encode()):
        Path(os.fsdecode(name)).write_bytes(b"<a/>")
    artifacts = found(".", os.fsdecode(b"bad\xff.xml"), os.fsdecode(b"gone\xfe.xml"), os.fsdecode(b"\xfd*"))
    assert [artifact.path for artifact in artifacts] == [
        r"\xfd*",
        r"bad\xff.xml",
        "bidi\u202egnp.xml",
        r"gone\xfe.xml",
        "two\nlines.xml",
    ]
    assert all((artifact.path + artifact.given).encode() for artifact in artifacts)
    assert [content(artifact) for artifact in artifacts if artifact.problem is None] == [b"<a/>"] * 3


def test_more_files_than_allowed_are_cut_and_it_is_told() -> None:
    put(*(f"e/{number}.xml" for number in range(6)), "f/x.xml")
    for given in ("e", "e/*.xml"):
        cut, *rest = found(given, "f", limits=Limits(folder_files=4))
        if cut.problem is None:
            cut, rest = rest[-2], [cut, *rest[:-2], rest[-1]]
        assert problem(cut) == ("too-big", "there are more than 4 files here; the rest was not read")
        assert cut.problem is not None
        assert cut.problem.doubt
        assert len(rest) == 5


def test_a_file_that_changes_while_it_is_read_is_a_problem() -> None:
    put("a.xml", content="x" * 400_000)
    (artifact,) = found("a.xml")
    with artifact.open() as stream:
        assert stream.read(1000)
        with Path("a.xml").open("a", encoding="utf-8") as more:
            more.write("y")
        with pytest.raises(ArtifactError) as raised:
            stream.read()
    assert raised.value.problem.message == "it changed while it was being read"


def test_a_file_that_vanishes_or_turns_into_something_else_is_a_problem() -> None:
    put("a.xml", "b.xml")
    gone, turned = found(".")
    Path("a.xml").unlink()
    Path("b.xml").unlink()
    Path("b.xml").mkdir()
    assert failure(gone) == ("not-found", "it does not exist")
    assert failure(turned) == ("unreadable", "it is a folder, not a file")


def test_standard_input_is_read_once(folder: Path) -> None:
    put("a.xml")
    opened = 0

    def stdin() -> BinaryIO:
        nonlocal opened
        opened += 1
        return io.BytesIO(b"<a/>" * 100_000)

    artifacts = list(
        collect([Input("a.xml"), Input("-"), Input("-")], root=folder, limits=Limits(), stdin=stdin)
    )
    assert [(artifact.path, artifact.given) for artifact in artifacts] == [("-", "-"), ("a.xml", "a.xml")]
    assert content(artifacts[0]) == b"<a/>" * 100_000
    assert opened == 1
    assert failure(artifacts[0]) == ("unreadable", "standard input was read already")


def test_standard_input_that_is_not_there_is_a_problem() -> None:
    assert problem(*found("-")) == ("unreadable", "there is no standard input here")


def test_standard_input_that_fails_is_a_problem(folder: Path) -> None:
    def stdin() -> BinaryIO:
        reading, writing = os.pipe()
        os.close(reading)
        return os.fdopen(writing, "rb")

    (artifact,) = collect([Input("-")], root=folder, limits=Limits(), stdin=stdin)
    assert problem(artifact)[0] == "unreadable"


@contextmanager
def unprivileged() -> Iterator[None]:
    """Be somebody whom permissions bind, as root is not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@posix
def test_what_may_not_be_read_is_a_problem_and_costs_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory() as name:
        monkeypatch.chdir(name)
        Path(name).chmod(0o755)
        put("e/open.xml", "e/secret.xml", "e/closed/b.xml")
        Path("e/secret.xml").chmod(0)
        Path("e/closed").chmod(0)
        try:
            with unprivileged():
                closed, fine, secret = found("e")
                (named,) = found("e/secret.xml")
                inside = found("e/closed/*.xml", "e/closed/b.xml", "e/**/*.xml")
                assert problem(closed) == ("unreadable", "it cannot be read: permission denied")
                assert content(fine) == b"<testsuite/>"
                assert (
                    failure(secret)
                    == problem(named)
                    == ("unreadable", "it cannot be read: permission denied")
                )
                assert problem(named)[0] == "unreadable"
                assert [
                    (artifact.path, artifact.problem and artifact.problem.kind) for artifact in inside
                ] == [
                    ("e/closed", "unreadable"),
                    ("e/closed/b.xml", "unreadable"),
                    ("e/open.xml", None),
                    ("e/secret.xml", "unreadable"),
                ]
        finally:
            Path("e/closed").chmod(stat.S_IRWXU)
