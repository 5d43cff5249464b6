"""One coverage file for each way to be broken: refused, with its reason and what to do."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from reportgen.model.limits import Limits
from tests.formats.coverage_reading import FILES, facts_of, refused

BROKEN = FILES / "broken"

# file -> the format it is read as, the kind of its problem
ROWS: Mapping[str, tuple[str, str]] = {
    "clover-cut.xml": ("clover", "not-well-formed"),
    "cobertura-entity.xml": ("cobertura", "entity-declaration"),
    "cobertura-truncated.xml": ("cobertura", "not-well-formed"),
    "coveragepy-cut.json": ("coveragepy-json", "not-json"),
    "coveragepy-garbage.coverage": ("coveragepy-sqlite", "corrupt-sqlite"),
    "coveragepy-not-an-object.json": ("coveragepy-json", "not-evidence"),
    "gcovr-cut.json": ("gcovr-json", "not-json"),
    "istanbul-latin1.json": ("istanbul", "not-json"),
    "istanbul-list.json": ("istanbul", "not-evidence"),
    "jacoco-entity.xml": ("jacoco", "entity-declaration"),
    "jacoco-two-roots.xml": ("jacoco", "not-well-formed"),
}


def test_every_broken_file_has_its_row() -> None:
    assert {path.name for path in BROKEN.iterdir()} == set(ROWS)


@pytest.mark.parametrize("name", ROWS)
def test_a_broken_file_is_refused(name: str) -> None:
    form, kind = ROWS[name]
    assert refused((BROKEN / name).read_bytes(), form) == kind


LONG = "x" * 5000

# a report whose file has the name NAME, in some formats as that of its package
NAMES = {
    "clover": """<coverage clover="4.4.1"><project><package name="NAME"><file name="a"/></package></project>
        </coverage>""",
    "cobertura": '<coverage><packages><class filename="NAME"/></packages></coverage>',
    "coveragepy": '{"meta": {}, "totals": {}, "files": {"NAME": {"executed_lines": [1]}}}',
    "gcovr": '{"gcovr/format_version": "0.15", "files": [{"file": "NAME", "lines": []}]}',
    "go": "mode: set\nNAME:1.1,1.2 1 1\n",
    "istanbul": '{"NAME": {"statementMap": {}, "s": {}, "branchMap": {}, "b": {}}}',
    "jacoco": """<report><package name="NAME"><sourcefile name="a"><counter type="LINE"/></sourcefile>
        </package></report>""",
    "lcov": "TN:\nSF:NAME\nend_of_record\n",
    "version 4": """!coverage.py: This is a private format, don't!{"lines": {"NAME": [1]}}""",
}


@pytest.mark.parametrize("text", NAMES.values(), ids=NAMES)
def test_long_names_are_cut(text: str) -> None:
    limits = Limits(name_chars=100)
    (file,) = facts_of(text.replace("NAME", LONG), limits).files
    assert len(file.path) < 200
    assert "sha256" in file.path


ARMS = {
    "gcovr": """{"gcovr/format_version": "0.15", "files": [{"file": "a.c", "lines": [{"line_number": 1,
        "count": 1, "function_name": "NAME", "branches": [{"count": 1}, {"count": 0}]}]}]}""",
    "istanbul": """{"/a.js": {"statementMap": {}, "s": {}, "branchMap": {}, "b": {"NAME": [1, 0]}}}""",
}


@pytest.mark.parametrize("text", ARMS.values(), ids=ARMS)
def test_the_names_of_arms_do_not_multiply_a_long_name(text: str) -> None:
    (file,) = facts_of(text.replace("NAME", LONG)).files
    assert sorted(file.arms.values()) == [False, True]
    assert max(len(name) for name in file.arms) < 500
