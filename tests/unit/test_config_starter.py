"""The configuration that `init` writes: it fits what was found, and it can be used as it is."""

from __future__ import annotations

import tomllib
from decimal import Decimal

from reportgen.config.decode import decode
from reportgen.config.place import Place
from reportgen.config.settings import Settings
from reportgen.config.starter import Project, starter
from reportgen.config.tables.criteria import criteria_of
from reportgen.config.tables.gates import gates_of
from reportgen.config.tables.scales import grades_of
from reportgen.model.artifact import Problem, Source
from reportgen.model.coverage import CoverageFacts, FileCoverage
from reportgen.model.facts import CaseFacts, Facts
from reportgen.model.policy import DEFAULT_CRITERIA, DEFAULT_GRADES
from reportgen.model.states import Severity


def results_in(path: str) -> Facts:
    return Facts(source=Source(path=path), tests=CaseFacts(suites=()))


def broken_in(path: str) -> Facts:
    return Facts(source=Source(path=path), problems=(Problem("not-well-formed", "it is cut off"),))


def settings(text: str) -> Settings:
    return decode(tomllib.loads(text, parse_float=Decimal), Settings, Place("r.toml", text))


COVERAGE = Facts(
    source=Source(path="coverage.xml"),
    coverage=CoverageFacts(files=(FileCoverage(path="a.py", executable=0b1110, covered=0b0110),)),
)


def test_it_fits_what_was_found() -> None:
    found = (
        COVERAGE,
        *(results_in(f"reports/TEST-{n}.xml") for n in range(5)),
        results_in("out/junit-e2e.xml"),
        results_in("ci.zip!/unit/junit.xml"),
        broken_in("bad.xml"),  # beside the coverage: a gap in the evidence
        broken_in("fixtures/broken.xml"),
    )
    told = settings(starter(Project("shop", has_src=True, facts=found)))
    assert told.title == "shop: audit report"
    assert told.inputs == ["bad.xml", "coverage.xml", "reports/TEST-*.xml"]
    assert {name: table.inputs for name, table in told.layers.items()} == {
        "unit": ["ci.zip"],
        "e2e": ["out/junit-e2e.xml"],
    }
    assert told.source_root == "src"
    assert told.expected == ["ci.zip!/**", "coverage.xml", "out/junit-e2e.xml", "reports/TEST-*.xml"]
    gate = gates_of(told.gates, Place("", ""))[-1]
    assert (gate.name, gate.otherwise) == ("line-coverage", "warn")  # as the README explains it
    assert gate.condition == "coverage.lines.percent >= 66"


def test_where_nothing_was_found_it_says_where_to_put_it() -> None:
    told = settings(starter(Project('a "quoted" {name}\x7f\udce9', has_src=False, facts=())))
    assert told.title == 'a "quoted" {name}\x7f?: audit report'
    assert (told.inputs, told.layers, told.gates, told.source_root) == (["reports/"], {}, {}, [])


def test_what_stands_as_a_comment_can_be_used_too() -> None:
    text = starter(Project("x", has_src=False, facts=()))
    lines = text.splitlines()
    wanted = [
        line.removeprefix("# ")
        for line in lines
        if line.startswith("# ") and ("=" in line.split(":")[0] or line.startswith("# ["))
    ]
    told = settings("\n".join(line for line in wanted if "NAME" not in line))
    *shipped, own = criteria_of(told.criteria, Place("", ""))
    assert tuple(shipped) == DEFAULT_CRITERIA
    assert (own.scale, [check.severity for check in own.checks]) == (10, [Severity.HIGH])
    assert grades_of(told.grades, Place("", "")) == DEFAULT_GRADES
    assert (told.fail_under, told.slow_seconds, told.without) == (Decimal(70), Decimal(1), ["findings"])
    assert "line-coverage" in told.gates
    assert told.layers["unit"].match == ["tests/unit/**"]
