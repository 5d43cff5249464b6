"""Waivers and sign-off from end to end: bound to the code on the disk, and to the revision."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.small_evidence import HEALTHY

RUFF = json.dumps(
    [
        {
            "code": "S105",
            "filename": "src/a.py",
            "location": {"row": 2, "column": 1},
            "end_location": {"row": 2, "column": 9},
            "message": "Possible hardcoded password",
        }
    ]
)
CONFIG = """
inputs = ["unit.xml", "ruff.json"]
source_root = "src"
revision = "abc"
approvals = ["QA lead"]

[gates.none-open]
condition = "findings.open == 0"

[[checklist]]
id = "docs"
text = "The handbook is up to date"
who = "the writer"

[[checklist]]
id = "quick"
text = "Tests are quick"
condition = "tests.seconds < 60"
"""
WAIVER = """
[[waivers]]
id = "W1"
rule = "S105"
path = "src/a.py"
content = "{content}"
reason = "a sample, and no password"
owner = "Ann"
approver = "Bob"
created = 2025-12-01
expires = 2026-01-10
"""


@pytest.fixture
def project(folder: Path) -> Path:
    (folder / "src").mkdir()
    (folder / "src" / "a.py").write_text('x = 1\npassword = "sample"\n')
    (folder / "unit.xml").write_text(HEALTHY)
    (folder / "ruff.json").write_text(RUFF)
    (folder / "reportgen.toml").write_text(CONFIG)
    return folder


def built(cli: Cli) -> tuple[int, dict[str, object], str]:
    ran = cli("build", "-o", "out", "--format", "md,json")
    audit = json.loads(Path("out/audit.json").read_text())
    return ran.code, audit, Path("out/report.md").read_text()


def states(audit: dict[str, object], key: str, name: str = "id") -> dict[str, str]:
    rows = audit[key]
    assert isinstance(rows, list)
    return {row[name]: row["state"] for row in rows}


def test_a_waiver_is_bound_to_the_code_at_its_place(cli: Cli, project: Path) -> None:
    code, audit, page = built(cli)
    assert (code, "## Waivers" in page) == (1, False)
    findings = audit["findings"]
    assert isinstance(findings, dict)
    told = cli("explain", findings["items"][0]["id"])
    found = re.search(r'content = \["([0-9a-f]{16})"\]', told.out)
    assert found is not None
    (project / "reportgen.toml").write_text(CONFIG + WAIVER.format(content=found[1]))

    code, audit, page = built(cli)
    assert (code, states(audit, "waivers")) == (0, {"W1": "expiring"})
    assert "1 waiver counts, of which 1 expires soon." in page
    assert "| `W1` | open, expires soon |" in page
    assert "`S105 src/a.py:2`" in page
    assert "9 days" in page

    (project / "src" / "a.py").write_text('password = "sample"\n\n')
    (project / "ruff.json").write_text(RUFF.replace('"row": 2', '"row": 1'))
    assert built(cli)[0] == 0, "code may move"

    (project / "src" / "a.py").write_text('password = "hunter2"\n')
    code, audit, page = built(cli)
    assert (code, states(audit, "waivers")) == (1, {"W1": "void"})
    assert "The code at its place changed, so it covers nothing: look at it anew." in page
    assert "W1 (waiver): void" in cli("explain", "W1").out


@pytest.mark.usefixtures("project")
def test_nobody_has_signed_yet(cli: Cli) -> None:
    _, audit, page = built(cli)
    assert states(audit, "checklist")["docs"] == "not_done"
    assert states(audit, "approvals", "role") == {"QA lead": "not_done"}
    assert "Nobody answered; the writer has to look." in page
    assert "## Approvals" in page


SIGNED = """
[[answers]]
item = "docs"
state = "pass"
by = "Eve"
date = 2025-12-30
revision = "abc"
note = "read it all"

[[approvals]]
role = "QA lead"
name = "Quinn"
decision = "conditional"
date = 2025-12-31
conditions = "the hotfix follows"
revision = "abc"
"""


def test_answers_count_for_their_revision(cli: Cli, project: Path) -> None:
    (project / "signoff.toml").write_text(SIGNED)
    _, audit, page = built(cli)
    assert states(audit, "checklist")["docs"] == "pass"
    assert states(audit, "approvals", "role") == {"QA lead": "warn"}
    assert "Eve answered pass on 2025-12-30: read it all." in page
    assert "| Quinn | 2025-12-31 | `abc` | the hotfix follows |" in page
    ran = cli("build", "--revision", "def", "-o", "out", "--format", "md,json")
    page = Path("out/report.md").read_text()
    assert ran.code == 1
    assert "Eve answered pass on 2025-12-30, for revision abc and not for def" in page
    assert "Quinn said conditional on 2025-12-31, for revision abc and not for def." in page


ANSWER = SIGNED.partition("[[approvals]]")[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SIGNED.replace('"docs"', '"dosc"'), ["signoff.toml:3: answers[0].item", "did you mean 'docs'?"]),
        (SIGNED.replace('"docs"', '"quick"'), ["'quick' is judged by its condition"]),
        (SIGNED.replace('"QA lead"', '"QA laed"'), ["approvals[0].role", "did you mean 'QA lead'?"]),
        (SIGNED.replace('"the hotfix follows"', '""'), ["a conditional approval has conditions"]),
        (SIGNED.replace('"pass"', '"waived"'), ["answers[0].state: 'waived' is none of"]),
        (SIGNED.replace('by = "Eve"', 'from = "Eve"'), ["signoff.toml:"]),
        (ANSWER + ANSWER, ["answers[1]: 'docs' has another answer for revision abc"]),
        (
            ANSWER.replace('"pass"', '"not_applicable"').replace("read it all", ""),
            ["what is not applicable needs a reason"],
        ),
        ("[[answers]", ["signoff.toml:1: not well-formed TOML"]),
    ],
)
def test_a_wrong_file_is_told(cli: Cli, project: Path, text: str, words: list[str]) -> None:
    (project / "signoff.toml").write_text(text)
    ran = cli("build")
    assert ran.code == 2
    assert [word for word in words if word not in ran.err] == []
