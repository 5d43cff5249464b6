"""What the command line says counts before the configuration."""

from __future__ import annotations

from pathlib import Path

from reportgen.config.overrides import Overrides, inputs_of
from reportgen.model.config import Input

CWD = Path("/project/sub")
CONFIGURED = (Input("/project/reports/u.xml", "unit"), Input("/project/reports/i.xml", "integration"))


def test_without_evidence_the_configured_inputs_are_read() -> None:
    assert inputs_of(Overrides(), CONFIGURED, cwd=CWD) == CONFIGURED


def test_named_evidence_is_read_instead_as_it_was_given() -> None:
    assert inputs_of(Overrides(evidence=("x.xml", "-", "x.xml")), CONFIGURED, cwd=CWD) == (
        Input("x.xml"),
        Input("-"),
    )


def test_what_the_configuration_says_of_a_file_holds_where_it_is_named() -> None:
    flags = Overrides(evidence=("../reports/u.xml",))
    assert inputs_of(flags, CONFIGURED, cwd=CWD) == (Input("../reports/u.xml", "unit"),)


def test_a_format_is_given_to_a_file_or_names_it() -> None:
    flags = Overrides(evidence=("a.txt",), as_formats=(("junit", "./a.txt"), ("lcov", "b.txt")))
    assert inputs_of(flags, (), cwd=CWD) == (Input("a.txt", format="junit"), Input("b.txt", format="lcov"))
    added = inputs_of(Overrides(as_formats=(("junit", "../reports/i.xml"),)), CONFIGURED, cwd=CWD)
    assert added == (CONFIGURED[0], Input("/project/reports/i.xml", "integration", format="junit"))
