"""`build`: what is written where, what is said, and the exit code that the verdict comes to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.small_evidence import COVERAGE, EMPTY, FAILING, HEALTHY

FILES = {
    "healthy.xml": HEALTHY,
    "failing.xml": FAILING,
    "empty-suite.xml": EMPTY,
    "coverage.xml": COVERAGE,
    "blank.xml": "",
    "cut.xml": FAILING[:60],
    "prose.xml": "this is no evidence at all\n",
}


@pytest.fixture
def evidence(folder: Path) -> Path:
    for name, text in FILES.items():
        (folder / name).write_text(text)
    (folder / "latin.xml").write_bytes(b"<testsuite><testcase name='\xe9'/></testsuite>")
    (folder / "nothing").mkdir()
    return folder


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["healthy.xml"], 0),
        (["healthy.xml", "coverage.xml"], 0),
        (["healthy.xml", "coverage.xml", "--gate", "coverage.lines.percent >= 50"], 0),
        (["healthy.xml", "coverage.xml", "--gate", "coverage.lines.percent > 50"], 1),
        (["healthy.xml", "--gate", "coverage.lines.percent >= 50"], 4),
        (["healthy.xml", "coverage.xml", "--fail-under", "99.9"], 1),
        (["failing.xml"], 1),
        (["failing.xml", "--exit-zero"], 0),
        (["blank.xml", "--exit-zero"], 0),
        (["empty-suite.xml"], 4),
        (["coverage.xml"], 4),
        (["coverage.xml", "--without", "tests"], 0),
        (["blank.xml"], 4),
        (["cut.xml"], 4),
        (["prose.xml"], 4),
        (["latin.xml"], 4),
        (["missing.xml"], 3),
        (["healthy.xml", "missing.xml"], 4),
        (["healthy.xml", "nothing"], 4),
        (["healthy.xml", "no-*.xml"], 4),
        (["healthy.xml", "blank.xml"], 4),
        (["healthy.xml", "prose.xml"], 4),
        (["failing.xml", "blank.xml"], 1),
        (["nothing"], 3),
        (["no-*.xml"], 3),
        (["nothing", "no-*.xml"], 3),
        ([], 3),
    ],
)
def test_the_verdict_is_the_exit_code(cli: Cli, evidence: Path, argv: list[str], code: int) -> None:
    assert evidence.is_dir()
    ran = cli("build", *argv)
    assert ran.code == code, ran
    written = code != 3
    assert bool(ran.out) == written
    if written:
        verdict = {0: ("pass", "warn"), 1: ("fail",), 4: ("unknown",)}
        if "--exit-zero" not in argv:
            last = ran.err.splitlines()[-1]
            assert last.startswith(tuple(f"verdict: {word}" for word in verdict[code])), ran.err
    else:
        assert ran.err.startswith("error: ")
        assert "hint: " in ran.err


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["helthy.xml"], ["helthy.xml: it does not exist", "did you mean healthy.xml?"]),
        (["bare"], ["bare: there is nothing to read in this folder", "hidden folders, node_modules"]),
        ([""], ["'': an empty path names nothing", "give a path"]),
        (["x.xml", "no-*"], ["x.xml: it does not exist", "no-*: nothing matches", "check the paths, and"]),
    ],
)
def test_where_no_input_is_found_each_is_told_why(
    cli: Cli, evidence: Path, argv: list[str], told: list[str]
) -> None:
    (evidence / "bare").mkdir()
    ran = cli("build", *argv)
    assert (ran.code, ran.out) == (3, "")
    assert [each for each in told if each not in ran.err] == []


def test_with_nothing_named_it_says_how_to_start(cli: Cli) -> None:
    ran = cli("build")
    assert (ran.code, ran.out) == (3, "")
    assert "reportgen build reports/" in ran.err
    assert "reportgen init" in ran.err


def test_what_could_not_be_read_is_said_and_stands_in_the_report(cli: Cli, evidence: Path) -> None:
    assert evidence.is_dir()
    ran = cli("build", "healthy.xml", "missing.xml", "blank.xml", "--format", "json")
    told = json.loads(ran.out)
    assert {problem["path"]: problem["kind"] for problem in told["problems"]} == {
        "missing.xml": "not-found",
        "blank.xml": "empty-file",
    }
    assert told["tests"]["passed"] == 1
    assert ran.err.count("problem: ") == 2
    assert "problem: missing.xml: " in ran.err


def test_quiet_says_nothing_but_errors(cli: Cli, evidence: Path) -> None:
    assert evidence.is_dir()
    assert cli("build", "-q", "failing.xml").err == ""
    assert cli("build", "-q").err.startswith("error: ")


def test_verbose_names_the_evidence(cli: Cli, evidence: Path) -> None:
    assert evidence.is_dir()
    assert "E1 healthy.xml: junit, 1 test" in cli("build", "-v", "healthy.xml").err


def test_nothing_from_evidence_acts_on_the_terminal(cli: Cli, evidence: Path) -> None:
    (evidence / "\x1b[31m::error::.xml").write_text("")
    ran = cli("build", "failing.xml", "\x1b[31m::error::.xml")
    assert not {"\x1b", "\x9b", "\u202e"} & set(ran.err)
    assert not [line for line in (ran.out + ran.err).splitlines() if line.lstrip().startswith("::")]


@pytest.mark.parametrize(
    ("argv", "files"),
    [
        ([], []),
        (["-o", "out"], ["audit.json", "report.html", "report.md"]),
        (["-o", "out/"], ["audit.json", "report.html", "report.md"]),
        (["-o", "out", "--format", "md,json"], ["audit.json", "report.md"]),
        (["-o", "out", "--format", "md", "--format", "json"], ["audit.json", "report.md"]),
        (["-o", "out/deep/x.html"], ["deep/x.html"]),
        (["-o", "out/x.md", "--format", "md"], ["x.md"]),
        (["-o", "out/x.json"], ["x.json"]),
    ],
)
def test_files_are_where_they_were_asked_for(
    cli: Cli, evidence: Path, argv: list[str], files: list[str]
) -> None:
    ran = cli("build", "healthy.xml", *argv)
    found = sorted(path for path in (evidence / "out").rglob("*") if path.is_file())
    assert [path.relative_to(evidence / "out").as_posix() for path in found] == files
    assert bool(ran.out) != bool(files)
    for path in found:
        text = path.read_text(encoding="utf-8")
        assert text.rstrip().endswith((">", "}")) or path.suffix == ".md"
        if path.suffix == ".json":
            assert json.loads(text)["verdict"] == "pass"
    assert (not files) or "wrote " in ran.err


def test_a_dash_is_standard_output_whatever_is_configured(cli: Cli, evidence: Path) -> None:
    (evidence / "reportgen.toml").write_text('output = "out"\nformats = ["html", "json"]\n')
    assert cli("build", "healthy.xml", "-o", "-").out.startswith("# ")
    assert not (evidence / "out").exists()


def test_each_format_goes_to_standard_output(cli: Cli, evidence: Path) -> None:
    assert evidence.is_dir()
    assert cli("build", "healthy.xml").out.startswith("# ")
    assert cli("build", "healthy.xml", "--format", "html").out.startswith("<!")
    assert json.loads(cli("build", "healthy.xml", "--format", "json").out)["schema"]


def test_title_revision_and_date_are_printed(cli: Cli, evidence: Path) -> None:
    assert evidence.is_dir()
    argv = ["--title", "Release 7", "--revision", "abc123", "--generated-at", "2026-02-03T04:05:06+01:00"]
    told = json.loads(cli("build", "healthy.xml", *argv, "--format", "json").out)
    assert (told["title"], told["revision"], told["generated_at"]) == (
        "Release 7",
        "abc123",
        "2026-02-03T03:05:06Z",
    )


def test_the_same_run_has_the_same_bytes(cli: Cli, evidence: Path) -> None:
    one = cli("build", "healthy.xml", "coverage.xml", "missing.xml", "-o", "one")
    two = cli("build", "missing.xml", "coverage.xml", "healthy.xml", "-o", "two", "--jobs", "2")
    assert (one.code, two.code) == (4, 4)
    for path in (evidence / "one").iterdir():
        assert path.read_bytes() == (evidence / "two" / path.name).read_bytes()


def test_findings_go_from_process_to_process(cli: Cli, evidence: Path) -> None:
    result = {"ruleId": "R", "message": {"text": "m"}}
    runs = [{"tool": {"driver": {"name": "t"}}, "results": [result]}]
    (evidence / "t.sarif").write_text(json.dumps({"version": "2.1.0", "runs": runs}))
    one, two = (cli("build", "healthy.xml", "t.sarif", "--format", "json", "--jobs", n) for n in "12")
    assert json.loads(one.out)["findings"]["total"] == 1
    assert (one.code, one.out) == (two.code, two.out)


def test_evidence_comes_in_on_standard_input(
    cli: Cli, evidence: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (evidence / "failing.xml").open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        ran = cli("build", "-", "--format", "json")
    assert (ran.code, json.loads(ran.out)["evidence"][0]["path"]) == (1, "-")


def test_a_format_can_be_said(cli: Cli, evidence: Path) -> None:
    (evidence / "odd.txt").write_text(HEALTHY)
    told = json.loads(cli("build", "--as", "junit:odd.txt", "--format", "json").out)
    assert (told["evidence"][0]["format"], told["tests"]["passed"]) == ("junit", 1)
    forced = cli("build", "healthy.xml", "--as", "cobertura:healthy.xml", "--format", "json")
    told = json.loads(forced.out)
    assert (forced.code, told["evidence"][0]["format"], told["tests"]) == (4, "cobertura", None)


def test_layers_can_be_said(cli: Cli, evidence: Path) -> None:
    assert evidence.is_dir()
    argv = ["healthy.xml", "failing.xml", "--layer", "quick=healthy.*", "--layer", "slow=*.xml"]
    told = json.loads(cli("build", *argv, "--format", "json").out)
    assert sorted(told["tests"]["by_layer"]) == ["quick", "slow"]


def test_the_configuration_is_found_from_below(
    cli: Cli, evidence: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (evidence / "reportgen.toml").write_text(
        'title = "Configured"\ninputs = ["coverage.xml"]\noutput = "out"\nformats = ["json"]\n'
        '[layers.quick]\ninputs = ["healthy.xml"]\n[gates]\ntests-ran = false\n'
    )
    monkeypatch.chdir(evidence / "nothing")
    assert cli("build").code == 0
    told = json.loads((evidence / "out" / "audit.json").read_text())
    assert told["title"] == "Configured"
    assert [row["path"] for row in told["evidence"]] == ["coverage.xml", "healthy.xml"]
    assert list(told["tests"]["by_layer"]) == ["quick"]
    assert "tests-ran" not in [gate["name"] for gate in told["gates"]]
    assert cli("build", "../failing.xml", "-o", "x.json").code == 1
    named = json.loads((evidence / "nothing" / "x.json").read_text())
    assert [row["path"] for row in named["evidence"]] == ["failing.xml"]


def test_what_looks_like_a_secret_is_not_printed(cli: Cli, evidence: Path) -> None:
    (evidence / "reportgen.toml").write_text('secrets = ["hunter[0-9]+"]\n')
    (evidence / "s.xml").write_text(FAILING.replace("owned", "hunter42 AKIAABCDEFGHIJKLMNOP"))
    for name in ("md", "html", "json"):
        out = cli("build", "s.xml", "--format", name).out
        assert "hunter42" not in out
        assert "AKIAABCDEFGHIJKLMNOP" not in out
    (evidence / "reportgen.toml").write_text('secrets = ["("]\n')
    assert cli("build", "s.xml").code == 2


def test_a_profile_that_is_named_twice_is_one(cli: Cli, folder: Path) -> None:
    (folder / "junit.xml").write_text(HEALTHY)
    assert cli("build", "junit.xml", "-p", "default", "-p", "default", "-o", "out/").code == 0
    assert sorted(path.name for path in (folder / "out").iterdir()) == [
        "audit.json",
        "report.html",
        "report.md",
    ]
