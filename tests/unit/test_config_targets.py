"""What is written and where to: the rules of `-o`, `--format` and `-p`."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.config.targets import Target, plan
from reportgen.errors import UsageError

ONE = ("default",)
TWO = ("default", "signoff")
OUT = Path("no-such-folder")


def test_without_an_output_it_is_markdown_to_standard_output() -> None:
    assert plan("", ONE, ()) == (Target(None, "default", "md"),)
    assert plan("", ONE, ("json",)) == (Target(None, "default", "json"),)


def test_a_folder_holds_every_format_unless_some_are_chosen() -> None:
    assert plan("no-such-folder", ONE, ()) == (
        Target(OUT / "report.md", "default", "md"),
        Target(OUT / "report.html", "default", "html"),
        Target(OUT / "audit.json", "default", "json"),
    )
    assert plan("no-such-folder/", ONE, ("html",)) == (Target(OUT / "report.html", "default", "html"),)


def test_several_profiles_have_their_names_and_share_one_model() -> None:
    assert [target.path for target in plan("no-such-folder", TWO, ("md", "json"))] == [
        OUT / "default.md",
        OUT / "audit.json",
        OUT / "signoff.md",
    ]


@pytest.mark.parametrize(
    ("output", "path", "name"),
    [
        ("a/x.md", Path("a/x.md"), "md"),
        ("x.MARKDOWN", Path("x.MARKDOWN"), "md"),
        ("x.htm", Path("x.htm"), "html"),
        ("x.json", Path("x.json"), "json"),
        ("x.json/", Path("x.json/report.md"), "md"),
        ("release-1.2", Path("release-1.2/report.md"), "md"),
        (".out", Path(".out/report.md"), "md"),
    ],
)
def test_an_ending_makes_a_file(output: str, path: Path, name: str) -> None:
    first = plan(output, ONE, ())[0]
    assert (first.path, first.format) == (path, name)


@pytest.mark.parametrize(
    ("output", "profiles", "formats", "message"),
    [
        ("", ONE, ("md", "html"), "standard output cannot hold the formats md, html"),
        ("", TWO, (), "standard output cannot hold the profiles default, signoff"),
        ("x.md", ONE, ("html",), "'x.md' is md, and cannot hold html"),
        ("x.md", ONE, ("md", "html"), "'x.md' is md, and cannot hold md, html"),
        ("x.md", TWO, (), "'x.md' cannot hold 2 profiles"),
        ("x.txt", ONE, (), "'x.txt' ends in .txt, which is no output format"),
        ("x.pdf", ONE, ("md",), "'x.pdf' ends in .pdf, which is no output format"),
        ("out", ONE, ("htlm",), "there is no output format 'htlm'"),
        ("out", ("../x",), (), "'../x' is no name of a profile"),
    ],
)
def test_what_does_not_go_together_is_told(
    output: str, profiles: tuple[str, ...], formats: tuple[str, ...], message: str
) -> None:
    with pytest.raises(UsageError) as told:
        plan(output, profiles, formats)
    assert told.value.message == message
    assert told.value.hint


def test_one_file_may_hold_its_own_format_and_a_model_any_profiles() -> None:
    assert plan("x.md", ONE, ("md",)) == (Target(Path("x.md"), "default", "md"),)
    assert plan("x.json", TWO, ()) == (Target(Path("x.json"), "default", "json"),)
