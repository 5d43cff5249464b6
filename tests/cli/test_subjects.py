"""Subjects and requirements from configuration, CSV and properties, through the whole program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

JUNIT = """<testsuites><testsuite name="pytest" tests="4">
<testcase classname="tests.pay.test_pay.TestPay" name="test_once" time="0.1"><properties>
<property name="requirement" value="REQ-1, REQ-7"/></properties></testcase>
<testcase classname="tests.pay.test_pay.TestPay" name="test_twice"><failure message="boom"/></testcase>
<testcase classname="tests.cart.test_cart" name="test_add[1]" time="0.1"><properties>
<property name="tags" value="slow,smoke"/></properties></testcase>
<testcase classname="tests.cart.test_cart" name="test_idle"><skipped/></testcase>
</testsuite></testsuites>"""

CONFIG = """
inputs = ["junit.xml"]

[layers.smoke]
tests = [{marker = "smoke"}]

[subjects.pay]
title = "Payments"
owner = "ana"
criticality = "critical"
value = "$500K ARR"
tests = ["tests/pay/**"]

[subjects.idle]
kind = "risk"
tests = ["test_idle"]

[requirements]
files = ["requirements.csv"]

[gates.pay]
condition = "subjects.pay.tests.failed == 0"

[gates.idle]
condition = "subjects.idle.tests.failed == 0"

[gates.told]
condition = "requirements.unlisted == 0"
otherwise = "warn"
"""


@pytest.fixture
def project(folder: Path) -> Path:
    (folder / "junit.xml").write_text(JUNIT)
    (folder / "requirements.csv").write_text(
        "id,title,tests\nREQ-1,Pay once,\nREQ-2,Add,test_add\nREQ-3,Gone,\n"
    )
    (folder / "reportgen.toml").write_text(CONFIG)
    return folder


@pytest.mark.usefixtures("project")
def test_subjects_stand_in_the_model_and_in_the_report(cli: Cli) -> None:
    audit = json.loads(cli("build", "--format", "json", "--exit-zero").out)
    told = {each["name"]: (each["kind"], each["state"], each["standing"]) for each in audit["subjects"]}
    assert told == {
        "pay": ("component", "fail", "at risk"),
        "idle": ("risk", "unknown", "at risk"),
        "REQ-1": ("requirement", "pass", "protected"),
        "REQ-2": ("requirement", "pass", "protected"),
        "REQ-3": ("requirement", "unknown", "unknown"),
    }
    assert [each["source"] for each in audit["subjects"]][2:] == [f"requirements.csv:{n}" for n in (2, 3, 4)]
    assert set(audit["tests"]["by_layer"]) == {"default", "smoke"}
    assert list(audit["links"]["unknown"]) == ["REQ-7"]
    once = next(each["id"] for each in audit["tests"]["cases"] if each["name"] == "test_once")
    assert audit["links"]["by_test"][once] == ["REQ-1", "pay"]
    gates = {gate["name"]: gate["state"] for gate in audit["gates"]}
    assert (gates["pay"], gates["idle"], gates["told"]) == ("fail", "unknown", "warn")
    report = cli("build", "--exit-zero").out
    assert "## Subjects" in report
    assert "| Payments (pay) | component | ❌ **FAIL** | at risk | critical | `$500K` ARR | ana |" in report


@pytest.mark.usefixtures("project")
def test_a_subject_is_explained(cli: Cli) -> None:
    ran = cli("explain", "pay")
    assert ran.out.startswith("pay (gate): fail")  # a gate of the same name goes first
    ran = cli("explain", "REQ-3")
    assert ran.out.startswith("REQ-3 (requirement): unknown")
    assert "requirements.csv:4" in ran.out
    assert "REQ-1" in cli("explain", "default/pytest/tests.pay.test_pay.TestPay::test_once").out


@pytest.mark.parametrize(
    ("config", "told"),
    [
        ('[subjects.pay]\npaths = ["a"]\n[gates.g]\ncondition = "subjects.pya.tests.failed == 0"', "'pay'"),
        ('[requirements]\nfiles = ["requirements.csv"]\n[subjects.REQ-1]\npaths = ["a"]', "two subjects"),
        ('[requirements]\nfiles = ["gone.json"]', "gone.json cannot be read"),
        ('[gates.g]\ncondition = "requirements.faling == 0"', "did you mean 'requirements.failing'?"),
        ('[gates.g]\ncondition = "subjects.pay.tests.fails == 0"', "subjects.pay.tests.failed"),
    ],
)
def test_what_is_wrong_is_told_before_anything_is_read(
    cli: Cli, project: Path, config: str, told: str
) -> None:
    (project / "reportgen.toml").write_text(f'inputs = ["junit.xml"]\n{config}\n')
    ran = cli("build")
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_without_a_list_each_id_that_a_test_names_is_a_requirement(cli: Cli, project: Path) -> None:
    (project / "reportgen.toml").write_text(
        'inputs = ["junit.xml"]\n[requirements]\nproperties = ["requirement"]\n'
        "[gates.g]\ncondition = 'subjects[\"REQ-7\"].tests.passed >= 1'\n"
    )
    audit = json.loads(cli("build", "--format", "json", "--exit-zero").out)
    assert [(each["name"], each["source"]) for each in audit["subjects"]] == [
        ("REQ-1", "test properties"),
        ("REQ-7", "test properties"),
    ]
    assert {gate["name"]: gate["state"] for gate in audit["gates"]}["g"] == "pass"
