"""Every key that a configuration may have, with what it is for. The JSON Schema is made from this."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from reportgen.config.tables.checklist import CheckTable
from reportgen.config.tables.criteria import CriterionTable
from reportgen.config.tables.gates import GateTable
from reportgen.config.tables.inputs import InputTable
from reportgen.config.tables.layers import LayerTable
from reportgen.config.tables.scales import EffortTable
from reportgen.config.tables.waivers import WaiverTable
from reportgen.model.limits import Limits
from reportgen.model.states import RepeatRule, Severity
from reportgen.model.waivers import WARNING_DAYS

Kind = Literal["tests", "coverage", "findings"]


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The keys of `reportgen.toml`, or of `[tool.reportgen]`; paths are relative to that file's folder.

    - `title`, `revision`, `scope`: what the report says of itself.
    - `inputs`: files, folders, globs, or tables with path, layer, environment and format.
    - `layers`, `criteria`, `gates`, `grades`, `severity`, `effort`, `limits`: see their tables.
    - `include`, `exclude`: globs over the paths of coverage and findings.
    - `roots`: absolute folders that paths in the evidence may begin with (those of a container, say).
    - `source_root`: folders with the sources; they tell the sizes of files that coverage does not.
    - `sizes`: path -> lines of code, where neither coverage nor the sources tell them.
    - `fail_under`: the lowest score that does not fail, 0 to 100.
    - `slow_seconds`: from how many seconds on a test is slow.
    - `expected`: globs of evidence, each of which something must match.
    - `without`: kinds of evidence that are not expected.
    - `repeats`: which result of a test counts that is there several times: worst, latest or best.
    - `baseline`: an `audit.json` of an earlier run, which this one is compared with.
    - `diff`: a unified diff; what is known of the lines that it adds is a section, and metrics for gates.
    - `secrets`: regular expressions of what is taken out of every output, besides the well-known tokens.
    - `waivers`: what is accepted for a while, and by whom; see its table. One is said to expire soon from
      `waiver_warning_days` before its last day on.
    - `checklist`: what has to be looked at; see its table. `approvals`: the roles that have to approve. What
      people answered and decided stands in `signoff.toml`, beside this file.
    - `profiles`, `formats`, `output`, `templates`: what is written, and where to.
    """

    title: Annotated[str, Meta(min_length=1)] = "Audit report"
    revision: str | None = None
    scope: list[str] = field(default_factory=list)
    inputs: list[str | InputTable] = field(default_factory=list)
    layers: dict[str, LayerTable] = field(default_factory=dict)
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
    expected: list[str] = field(default_factory=list)
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
    checklist: list[CheckTable] = field(default_factory=list)
    approvals: list[Annotated[str, Meta(min_length=1)]] = field(default_factory=list)
