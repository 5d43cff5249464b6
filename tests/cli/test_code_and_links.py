"""What a user sees of the code: excerpts, links, owners, commands; and that nothing else is ever read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli

SOURCE = 'import os\n\n\ndef pay(cents):\n    token = "s3cretvalue1"\n    return cents / 0\n'
FIX = {
    "message": "Remove it",
    "edits": [{"content": "", "location": {"row": 1, "column": 1}, "end_location": {"row": 2, "column": 1}}],
}


def finding(path: str, line: int, fix: object = None) -> dict[str, object]:
    place = {"row": line, "column": 1}
    told = {"code": "F821", "message": "Undefined", "filename": path, "location": place}
    return told | {"end_location": place, "fix": fix}


@pytest.fixture
def project(folder: Path) -> Path:
    (folder / "src").mkdir()
    (folder / "src" / "pay.py").write_text(SOURCE)
    (folder / "secret.py").write_text("outside = 1\n")
    (folder / "src" / "link.py").symlink_to(folder / "secret.py")
    (folder / "CODEOWNERS").write_text("src/ @payments\ntests/ @testers\n")
    found = [
        finding("src/pay.py", 1, FIX),
        finding("src/pay.py", 6),
        finding("secret.py", 1),
        finding("src/link.py", 1),
        finding("../out.py", 1),
        finding("/etc/hostname", 1),
    ]
    (folder / "ruff.json").write_text(json.dumps(found))
    told = "src/pay.py:6: ZeroDivisionError"
    (folder / "junit.xml").write_text(
        '<testsuites name="pytest tests"><testsuite name="pytest" tests="1">'
        '<testcase classname="tests.test_pay" name="test_pay">'
        f'<failure message="ZeroDivisionError: division by zero">{told}</failure>'
        "</testcase></testsuite></testsuites>"
    )
    return folder


def configure(project: Path, *lines: str) -> None:
    (project / "reportgen.toml").write_text(
        "\n".join(['inputs = ["junit.xml", "ruff.json"]', 'source_root = "src"', *lines]) + "\n"
    )


def built(cli: Cli) -> tuple[str, dict[str, Any]]:
    ran = cli("build", "-o", "out/", "--format", "md,json")
    assert ran.code == 1, ran.err
    return Path("out/report.md").read_text(), json.loads(Path("out/audit.json").read_text())


def test_code_is_shown_without_its_secrets_and_only_from_the_sources(project: Path, cli: Cli) -> None:
    configure(project)
    page, model = built(cli)
    assert {one["path"] for one in model["code"]} == {"src/pay.py"}
    assert "> > 6 |     return cents / 0" in page
    assert "token = [redacted]" in page
    assert "s3cretvalue1" not in page + json.dumps(model)
    assert "outside = 1" not in page + json.dumps(model)


def test_an_issue_has_code_before_and_after_owner_and_fix(project: Path, cli: Cli) -> None:
    configure(project)
    page, model = built(cli)
    issue = next(one for one in model["issues"] if one["kind"] == "findings")
    assert (issue["fix"], issue["before"], issue["after"]) == ("Remove it", "import os", "")
    assert issue["owner"] == "@payments"
    assert "After: the lines are gone." in page
    steps = {one["kind"]: one for one in model["remediation"]}
    assert steps["failures"]["verify"] == "pytest tests/test_pay.py::test_pay"
    assert steps["failures"]["owner"] == "@payments, @testers"
    assert f"After remediation: {model['score_after']['score']}" in page


def test_places_are_links(project: Path, cli: Cli) -> None:
    configure(project, 'revision = "a/b"', 'source_url = "https://x.example/blob/{revision}/{path}#L{line}"')
    page, model = built(cli)
    assert "[`src/pay.py:6`](https://x.example/blob/a/b/src/pay.py#L6)" in page
    assert model["source_url"] == "https://x.example/blob/a/b/{path}#L{line}"
    assert "](https://x.example/blob/a/b/../" not in page
    assert "hostname#" not in page


def test_without_a_revision_there_are_no_links_and_it_is_said_once(project: Path, cli: Cli) -> None:
    configure(project, 'source_url = "https://x.example/blob/{revision}/{path}#L{line}"')
    page, model = built(cli)
    assert "x.example" not in page
    assert model["source_url"] == ""
    assert page.count("source\\_url asks for the revision") == 1


def test_no_code_where_none_is_wanted_or_no_sources_are_named(project: Path, cli: Cli) -> None:
    configure(project, "code_excerpts = 0")
    assert built(cli)[1]["code"] == []
    (project / "reportgen.toml").write_text('inputs = ["junit.xml", "ruff.json"]\n')
    assert built(cli)[1]["code"] == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('source_url = "http://x/{path}"', "source_url: it must begin with https://"),
        ('source_url = "https://x.example/"', "source_url: it must hold {path}"),
        ('verify = {pytest = "run {test}"}', "verify.pytest: {test} stands for nothing"),
        ('verify = {pytest = "run\\nrm"}', "verify.pytest: expected a command on one line"),
        ("code_lines = 999", "code_lines"),
    ],
)
def test_wrong_keys_are_told(project: Path, cli: Cli, line: str, told: str) -> None:
    configure(project, line)
    ran = cli("build")
    assert ran.code == 2
    assert told in ran.err


def test_a_configured_command_is_printed(project: Path, cli: Cli) -> None:
    configure(project, 'verify = {pytest = "make test T={tests}", ruff = "make lint RULE={rule}"}')
    verify = [one["verify"] for one in built(cli)[1]["remediation"]]
    assert "make test T=tests/test_pay.py::test_pay" in verify
    assert "make lint RULE=F821" in verify
