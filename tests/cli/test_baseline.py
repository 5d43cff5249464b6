"""`--baseline`: night after night, at the same place; and a baseline that is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli
from tests.cli.small_evidence import COVERAGE, FAILING, HEALTHY

GATE = ("--gate", "changes.new_failures == 0")


def changes(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / "out" / "audit.json").read_text())["changes"]
    return loaded


def write(folder: Path, junit: str) -> None:
    (folder / "junit.xml").write_text(junit)
    (folder / "coverage.xml").write_text(COVERAGE)


def sarif(path: str) -> str:
    results = [
        {
            "ruleId": "R1",
            "level": "warning",
            "message": {"text": "bad"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": path},
                        "region": {"startLine": line},
                    }
                }
            ],
        }
        for line in (1, 2, 3)
    ]
    driver = {"name": "t", "rules": [{"id": "R1"}]}
    return json.dumps({"version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]})


def test_three_nights_at_one_place(cli: Cli, folder: Path) -> None:
    build = ("build", "junit.xml", "coverage.xml", "-o", "out/", "--format", "md,json")
    night = (*build, "--baseline", "out/audit.json", *GATE)
    write(folder, HEALTHY)
    first = cli(*night)
    assert first.code == 4
    assert "there is no baseline here" in first.err
    second = cli(*night)
    assert second.code == 0
    assert "since out/audit.json: no new failure; findings were not compared\n" in second.err
    assert "changes.new_failures == 0" in (folder / "out" / "report.md").read_text()
    assert changes(folder)["tests"]["new_failures"] == []
    write(folder, FAILING)
    third = cli(*night)
    assert (third.code, changes(folder)["verdict"]) == (1, "pass")
    assert "since out/audit.json: 1 new failure\n" in third.err
    page = (folder / "out" / "report.md").read_text()
    assert "## Changes since the baseline" in page
    assert "### New failures (1)" in page
    assert cli(*night).code == 1
    assert len(changes(folder)["tests"]["still_failing"]) == 1


def test_three_findings_replaced_by_three_others_are_no_standstill(cli: Cli, folder: Path) -> None:
    (folder / "scan.sarif").write_text(sarif("a.py"))
    build = ("build", "scan.sarif", "--without", "tests", "-o", "out/", "--format", "json")
    cli(*build)
    (folder / "scan.sarif").write_text(sarif("newfile.py"))
    ran = cli(*build, "--baseline", "out/audit.json", "--gate", "changes.new_findings == 0")
    found = changes(folder)["findings"]
    assert (ran.code, len(found["new"]), len(found["fixed"]), found["moved"]) == (1, 3, 3, 0)


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        (None, "not-found", "there is no baseline here"),
        ("", "empty-file", "empty"),
        ('{"schema": "reportgen/audit/1", "title": "x', "not-json", "not whole JSON"),
        ("<xml/>", "not-json", "not whole JSON"),
        ("[]", "unsupported-format", "no audit of reportgen"),
        ('{"results": []}', "unsupported-format", "no audit of reportgen"),
        ('{"schema": 3}', "unsupported-format", "no audit of reportgen"),
        ('{"schema": "reportgen/audit/99"}', "unsupported-format", "reportgen/audit/99"),
        ('{"schema": "reportgen/audit/1"}', "unsupported-format", "generated_at"),
    ],
)
def test_a_baseline_that_is_none_is_unknown(
    cli: Cli, folder: Path, text: str | None, kind: str, words: str
) -> None:
    write(folder, HEALTHY)
    if text is not None:
        (folder / "old.json").write_text(text)
    ran = cli("build", "junit.xml", "--baseline", "old.json", "-o", "out/", "--format", "md,json")
    assert ran.code == 4
    assert words in ran.err
    audit = json.loads((folder / "out" / "audit.json").read_text())
    assert [row["kind"] for row in audit["problems"]] == [kind]
    assert words in audit["changes"]["problem"]
    assert "Nothing is known of changes" in (folder / "out" / "report.md").read_text()


def test_no_section_without_a_baseline(cli: Cli, folder: Path) -> None:
    write(folder, HEALTHY)
    page = cli("build", "junit.xml").out
    assert "Changes since" not in page
    assert "Changed lines" not in page


def test_the_configuration_names_it_from_its_own_folder(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, HEALTHY)
    cli("build", "junit.xml", "-o", "old.json")
    (folder / "reportgen.toml").write_text('inputs = ["junit.xml"]\nbaseline = "old.json"\n')
    (folder / "sub").mkdir()
    monkeypatch.chdir(folder / "sub")
    ran = cli("build")
    assert ran.code == 0
    assert "Compared with old.json of 2026-01-01 00:00 UTC" in ran.out


def test_explain_reaches_the_metrics(cli: Cli, folder: Path) -> None:
    write(folder, HEALTHY)
    cli("build", "junit.xml", "-o", "old.json")
    write(folder, FAILING)
    told = cli("explain", "changes.new_failures == 0", "junit.xml", "--baseline", "old.json")
    assert (told.code, "(condition): fail" in told.out, "1" in told.out) == (0, True, True)
    wrong = cli("build", "junit.xml", "--gate", "changes.new_failure == 0")
    assert (wrong.code, "changes.new_failures" in wrong.err) == (2, True)
