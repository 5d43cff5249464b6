"""Every key that a configuration may have, with what it is for. The JSON Schema is made from this."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from reportgen.config.tables.about import AboutTable
from reportgen.config.tables.checklist import CheckTable
from reportgen.config.tables.criteria import CriterionTable
from reportgen.config.tables.expected import ExpectedTable
from reportgen.config.tables.gates import GateTable
from reportgen.config.tables.inputs import InputTable
from reportgen.config.tables.layers import LayerTable
from reportgen.config.tables.matrix import MatrixTable
from reportgen.config.tables.minimums import Least
from reportgen.config.tables.notes import NoteTable
from reportgen.config.tables.scales import EffortTable
from reportgen.config.tables.slas import SlaTable
from reportgen.config.tables.subjects import RequirementsTable, SubjectTable
from reportgen.config.tables.waivers import WaiverTable
from reportgen.model.limits import Limits
from reportgen.model.states import RepeatRule, Severity
from reportgen.model.waivers import WARNING_DAYS

Kind = Literal["tests", "coverage", "findings"]


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The keys of `reportgen.toml`, or of `[tool.reportgen]`; paths are relative to that file's folder.

    - `title`, `revision`, `scope`, `about`: what the report says of itself.
    - `inputs`: files, folders, globs, or tables with path, layer, environment and format.
    - `layers`, `criteria`, `gates`, `grades`, `severity`, `effort`, `limits`: see their tables.
    - `subjects`, `requirements`: what tests are for; see their tables.
    - `include`, `exclude`: globs over the paths of coverage and findings.
    - `roots`: absolute folders that paths in the evidence may begin with (those of a container, say).
    - `source_root`: folders with the sources; they tell the sizes of files that coverage does not.
    - `sizes`: path -> lines of code, where neither coverage nor the sources tell them.
    - `fail_under`: the lowest score that does not fail, 0 to 100.
    - `slow_seconds`: from how many seconds on a test is slow.
    - `expected`: the evidence that must be there: globs, or tables with path, layer, kind, count, …
    - `min_tests`: how many tests must have run; in `[layers.NAME]`, how many of that layer.
    - `slas`: limits on the time of tests, and on numbers that they state as properties; see its table.
    - `without`: kinds of evidence that are not expected.
    - `repeats`: which result of a test counts that is there several times: worst, latest or best.
    - `baseline`: an `audit.json` of an earlier run, which this one is compared with.
    - `diff`: a unified diff; what is known of the lines that it adds is a section, and metrics for gates.
    - `secrets`: regular expressions of what is taken out of every output, besides the well-known tokens.
    - `waivers`: what is accepted for a while, and by whom; see its table. One is said to expire soon from
      `waiver_warning_days` before its last day on.
    - `checklist`: what has to be looked at; see its table. `approvals`: the roles that have to approve. What
      people answered and decided stands in `signoff.toml`, beside this file.
    - `matrix`: in which layers and environments every subject wants tests; see its table.
    - `notes`: what a person has to say beside the figures, in a section of the report; see its table.
    - `source_url`: where the sources are to be seen, an https address with {path}, {line} and {revision}.
    - `verify`: the command that shows that a step of the plan is done, by tool (pytest, ruff, …) or kind
      (tests, findings), with {tests}, {paths} and {rule}; quoted words are put there. What is not given has
      the tool's own.
    - `code_lines`: how many lines of code are shown around a place, where `source_root` tells them;
      `code_excerpts`: how many places are shown so in one report.
    - `profiles`, `formats`, `output`, `templates`: what is written, and where to.
    """

    title: Annotated[str, Meta(min_length=1)] = "Audit report"
    revision: str | None = None
    scope: list[str] = field(default_factory=list)
    about: AboutTable = field(default_factory=AboutTable)
    inputs: list[str | InputTable] = field(default_factory=list)
    layers: dict[str, LayerTable] = field(default_factory=dict)
    subjects: dict[str, SubjectTable] = field(default_factory=dict)
    requirements: RequirementsTable = field(default_factory=RequirementsTable)
    include: list[str] = field(default_factory=list)
    exclude: list[str] = field(default_factory=list)
    roots: list[str] = field(default_factory=list)
    source_root: str | list[str] = field(default_factory=list)
    criteria: dict[str, CriterionTable] = field(default_factory=dict)
    gates: dict[str, bool | GateTable] = field(default_factory=dict)
    fail_under: int | Decimal | None = None
    grades: dict[str, int | Decimal] = field(default_factory=dict)
    severity: dict[str, Severity] = field(default_factory=dict)
    effort: EffortTable = field(default_factory=EffortTable)
    sizes: dict[str, Annotated[int, Meta(ge=1)]] = field(default_factory=dict)
    slow_seconds: int | Decimal = 1
    expected: list[str | ExpectedTable] = field(default_factory=list)
    min_tests: Least | None = None
    slas: dict[str, SlaTable] = field(default_factory=dict)
    without: list[Kind] = field(default_factory=list)
    repeats: RepeatRule = RepeatRule.WORST
    limits: Limits = field(default_factory=Limits)
    profiles: list[Annotated[str, Meta(min_length=1)]] = field(default_factory=list)
    formats: list[Literal["md", "html", "json"]] = field(default_factory=list)
    output: str = ""
    templates: str = ""
    baseline: str = ""
    diff: str = ""
    secrets: list[str] = field(default_factory=list)
    waivers: list[WaiverTable] = field(default_factory=list)
    waiver_warning_days: Annotated[int, Meta(ge=0)] = WARNING_DAYS
    notes: list[NoteTable] = field(default_factory=list)
    checklist: list[CheckTable] = field(default_factory=list)
    approvals: list[Annotated[str, Meta(min_length=1)]] = field(default_factory=list)
    source_url: str = ""
    verify: dict[str, str] = field(default_factory=dict)
    code_lines: Annotated[int, Meta(ge=0, le=50)] = 2
    code_excerpts: Annotated[int, Meta(ge=0, le=500)] = 40
    matrix: MatrixTable = field(default_factory=MatrixTable)
