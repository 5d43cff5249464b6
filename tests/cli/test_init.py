"""`init`: a configuration that fits, can be used at once, and never writes over another."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportgen.config import load_config
from tests.cli.conftest import Cli
from tests.cli.small_evidence import COVERAGE, HEALTHY


def test_it_fits_and_can_be_used_at_once(cli: Cli, folder: Path) -> None:
    (folder / "reports").mkdir()
    (folder / "reports" / "junit-unit.xml").write_text(HEALTHY)
    (folder / "reports" / "coverage.xml").write_text(COVERAGE)
    ran = cli("init")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "wrote reportgen.toml: 2 files of evidence found; next: reportgen build\n"
    config = load_config(cwd=folder)
    assert [Path(given.path).relative_to(folder).as_posix() for given in config.inputs] == [
        "reports/coverage.xml",
        "reports/junit-unit.xml",
    ]
    assert cli("build").code == 0
    assert sorted(path.name for path in (folder / "audit").iterdir()) == [
        "audit.json",
        "report.html",
        "report.md",
    ]


def test_in_an_empty_folder_it_shows_how(cli: Cli, folder: Path) -> None:
    assert cli("init").code == 0
    assert load_config(cwd=folder).inputs


@pytest.mark.parametrize(
    ("name", "text"), [("reportgen.toml", "# mine"), ("pyproject.toml", "[tool.reportgen]\n")]
)
def test_it_never_writes_over_a_configuration(cli: Cli, folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text)
    ran = cli("init")
    assert (ran.code, ran.out) == (2, "")
    assert "already" in ran.err
    assert [path.name for path in folder.iterdir() if path.is_file()] == [name]
    assert (folder / name).read_text() == text


def project(folder: Path) -> None:
    (folder / "src").mkdir()
    (folder / "reports").mkdir()
    (folder / "reports" / "junit-unit.xml").write_text(
        '<testsuite name="s"><testcase classname="a.b" name="c"><properties>'
        '<property name="req" value="REQ-1"/></properties></testcase></testsuite>'
    )
    (folder / "reports" / "coverage.xml").write_text(COVERAGE.replace("a.py", "src/pay/a.py"))
    (folder / "requirements.csv").write_text("id,title\nREQ-1,A payment is taken once\n")
    (folder / ".github").mkdir()
    (folder / ".github" / "CODEOWNERS").write_text("/src/pay/ @pay-team\n")


def test_it_takes_up_requirements_folders_and_owners(cli: Cli, folder: Path) -> None:
    project(folder)
    assert cli("init").code == 0
    text = (folder / "reportgen.toml").read_text()
    assert '[requirements]\nfiles = ["requirements.csv"]\nproperties = ["req"]\n' in text
    assert '# [subjects.pay]\n# paths = ["src/pay/**"]\n# owner = "@pay-team"\n' in text
    report = cli("build", "-o", "-").out
    assert "REQ-1: A payment is taken once" in report


def test_a_list_of_requirements_that_cannot_be_read_is_left_out_and_told(cli: Cli, folder: Path) -> None:
    (folder / "requirements.csv").write_text("nothing,that,is,known\n")
    ran = cli("init")
    assert ran.code == 0
    assert "left out, and perhaps requirements: requirements.csv:1" in ran.out
    assert load_config(cwd=folder).policy.subjects == ()


_CODE = re.compile(r"# (\[.*\]|[\w\"*.+-]+ = .*)")


def blocks(lines: list[str]) -> list[list[int]]:
    """Find what stands as a comment and can be used: a table with its keys, or a key by itself."""
    found: list[list[int]] = []
    for number, line in enumerate(lines):
        if not _CODE.match(line):
            continue
        follows = bool(found) and found[-1][-1] == number - 1 and lines[found[-1][0]].startswith("# [")
        begins = line.startswith("# [") and not line.startswith(("# [[criteria", "# [[requirements"))
        if follows and not begins:
            found[-1].append(number)
        else:
            found.append([number])
    return found


def test_each_commented_example_can_be_used(cli: Cli, folder: Path) -> None:
    project(folder)
    assert cli("init").code == 0
    config = folder / "reportgen.toml"
    lines = config.read_text().splitlines()
    told = blocks(lines)
    heads = {lines[block[0]].partition("  #")[0] for block in told}
    wanted = {"# [[waivers]]", "# [[checklist]]", "# [matrix]", "# [gates.approved]", "# [subjects.pay]"}
    assert wanted <= heads
    assert len(told) > 25
    for block in told:
        used = [line.removeprefix("# ") if n in block else line for n, line in enumerate(lines)]
        config.write_text("\n".join(used))
        if lines[block[0]].startswith(("# diff", "# baseline")):
            continue  # it names a file that is not there yet
        load_config(cwd=folder)
