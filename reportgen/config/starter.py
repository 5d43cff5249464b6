"""A first configuration, commented, that fits the evidence found in a project."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import NamedTuple

from reportgen.config.starter_blocks import SIGNING, requirement_blocks, source_folders, subject_blocks
from reportgen.model.facts import Facts
from reportgen.model.figures import percent
from reportgen.model.policy import (
    BASELINE_GATES,
    DEFAULT_CRITERIA,
    DEFAULT_GATES,
    DEFAULT_GRADES,
    Criterion,
)

_LAYERS = ("unit", "integration", "e2e", "end_to_end", "performance", "smoke", "contract")
_MANY = 4
_PER_CLASS = "TEST-"  # Surefire and Gradle write a file for each test class; tomorrow there is one more


class Project(NamedTuple):
    """What `init` saw: the project's name, whether `src/` is there, and what was read from its evidence.

    `requirements` are files that list requirements, `owners` folder -> who owns it.
    """

    name: str
    has_src: bool
    facts: tuple[Facts, ...]
    requirements: tuple[str, ...] = ()
    owners: Mapping[str, str] = MappingProxyType({})


def starter(project: Project) -> str:
    """Write the configuration: what fits stands as it is, what may be wanted stands as a comment."""
    read = [facts for facts in project.facts if holds_evidence(facts)]
    beside = {_kind(facts.source.path) for facts in read}
    broken = [facts for facts in project.facts if facts.problems and _kind(facts.source.path) in beside]
    by_layer: dict[str, list[str]] = {}
    for facts in (*read, *broken):  # a broken file beside good ones is a gap, and must not be left out
        by_layer.setdefault(_layer_of(facts.source.path), []).append(facts.source.path)
    bare = by_layer.pop("", [] if read else ["reports/"])
    return _SKELETON.format(
        title=_text(f"{project.name}: audit report"),
        inputs=_list(bare),
        source_root='source_root = "src"' if project.has_src else '# source_root = "src"',
        layers="\n".join(_layer_tables(by_layer)),
        shipped="\n".join(f"#   {gate.name}: {gate.condition}" for gate in DEFAULT_GATES),
        expected=_expected(read),
        compared="\n".join(f"#   {gate.name}: {gate.condition}" for gate in BASELINE_GATES),
        coverage="\n".join(_coverage_gate(read)),
        subjects="\n".join(subject_blocks(source_folders(read), project.owners)),
        requirements="\n".join(requirement_blocks(project.requirements, read)),
        signing=SIGNING,
        criteria="\n".join(map(_criterion, DEFAULT_CRITERIA)),
        grades="\n".join(f"# {_text(word)} = {score}" for word, score in DEFAULT_GRADES),
    )


def holds_evidence(facts: Facts) -> bool:
    """Tell whether a file was read as evidence."""
    return bool(facts.tests or facts.coverage or facts.findings)


_SKELETON = """\
# reportgen: what the evidence is, and what it is held to.
# All keys: reportgen schema --config. Paths are relative to this file's folder.

title = {title}

# Where the evidence is: files, folders or globs. Each file is known by its content.
inputs = {inputs}

# What is written, and where to; -o and --format say it for one run.
output = "audit"
formats = ["md", "html", "json"]

# Evidence that must be there: what is missing, empty, corrupt, stale or of another revision is told.
{expected}
# More exactly: {{path = "shards/*.xml", layer = "unit", kind = "tests", count = 4, max_age = "24h"}}

# How many tests must have run; in [layers.NAME] and [subjects.NAME], how many of theirs.
# min_tests = 100

# Kinds of evidence that this project does not have (tests, coverage, findings).
# without = ["findings"]

# Coverage and findings count only for these paths.
# include = ["src/**"]
# exclude = ["tests/**"]

# Where the sources are: they tell the sizes of files that coverage does not.
{source_root}

# Where the sources are to be seen: every place in the report is a link. The revision is that of the report.
# source_url = "https://github.com/me/it/blob/{{revision}}/{{path}}#L{{line}}"

# How many lines of code are shown around a place, and for how many places (0: no code).
# code_lines = 2
# code_excerpts = 40

# The command that shows that a step of the plan is done, by tool or kind; else the tool's own.
# verify = {{pytest = "make test TESTS={{tests}}", findings = "make lint FILES={{paths}} RULE={{rule}}"}}

# The lowest score that does not fail, and from how many seconds on a test is slow.
# fail_under = 70
# slow_seconds = 1

# An audit.json of an earlier run, which this one is compared with, and a diff of which changed lines count.
# baseline = "audit/audit.json"
# diff = "changes.diff"

# The roles that have to approve, in signoff.toml.
# approvals = ["lead", "qa"]

# Layers: where their evidence is (inputs), or which artifacts and test files are theirs (match).
{layers}
# A layer may also say which tests are its own, wherever their results are:
# tests = [{{path = "tests/smoke/**"}}, {{marker = "smoke"}}]

# Subjects: what tests are for. Which tests: those that fit a pattern, else those that run code in its paths.
{subjects}

# Requirements: from CSV or JSON files, from here, and from what tests say of themselves in a property.
{requirements}

{signing}

# Gates: conditions on the evidence. These ship; each can be changed, or switched off with NAME = false:
{shipped}
{coverage}
# One of your own: pass, else warn, else fail; unknown where that holds, or anything it needs is not known.
# [gates.payments]
# pass = "tests.failed == 0 and coverage.lines.percent >= 90"
# warn = "tests.failed == 0 and coverage.lines.percent >= 80"
# unknown = "tests.executed < 20"
# path = "src/payments/**"  # or layer = "unit", subject = "payments", or each = "layer" for a gate of each

# With a baseline there are these too, as far as it holds what they speak of:
{compared}

# Limits on the time of tests, and on numbers that they state as properties.
# [slas.fast-unit-tests]
# title = "95 of 100 unit tests take at most 200 ms"
# layer = "unit"
# percentile = 95
# limit = "200ms"
# [slas.latency]
# property = "latency_ms"
# unit = "ms"
# limit = 150

# Criteria: how much each dimension weighs. These are the defaults.
# [criteria]
{criteria}
# One of your own is an expression of 0 to 100, or checks that pass, warn or fail; scale: 100, 10 or "grade".
# [criteria.steadiness]
# weight = 10
# scale = 10
# policy = "QA-7: a build that is run again comes out the same."
# [[criteria.steadiness.checks]]
# id = "no-flaky-test"
# pass = "tests.flaky == 0"
# warn = "tests.flaky <= 2"
# severity = "high"  # critical counts 8, high 4, medium 2, low 1
# remediation = "Mend the flaky tests, or take them out"
# effort = 60

# The grade scale: the lowest score of each grade.
# [grades]
{grades}

# How much a rule's findings matter (critical, high, medium, low, info), and the minutes to mend one.
# [severity]
# "S*" = "high"
# [effort.rules]
# E501 = 1
"""


def _expected(read: list[Facts]) -> str:
    """Expect what was found, as it is named in the inputs; a name that would be a pattern is left out."""
    plain = [facts.source.path for facts in read if not any(sign in facts.source.path for sign in "*?[]")]
    inner = [path.split("!/")[0] + "!/**" for path in plain if "!/" in path]
    found = sorted({*inner, *_paths(path for path in plain if "!/" not in path)})
    if not found:
        return '# expected = ["**/junit*.xml"]'
    return f"expected = [{', '.join(map(_text, found))}]"


def _layer_tables(by_layer: dict[str, list[str]]) -> Iterator[str]:
    for layer in _LAYERS:
        if layer in by_layer:
            yield f"[layers.{layer}]"
            yield f"inputs = {_list(by_layer[layer])}"
    if not by_layer:
        yield "# [layers.unit]"
        yield '# match = ["tests/unit/**"]'


def _coverage_gate(read: list[Facts]) -> Iterator[str]:
    """Hold the coverage that there is; where none was found, show how."""
    rate = _line_rate(read)
    mark = "# " if rate is None else ""
    yield f"{mark}[gates.line-coverage]"
    yield f'{mark}title = "Line coverage stays up"'
    yield f'{mark}condition = "coverage.lines.percent >= {80 if rate is None else int(rate)}"'
    yield f'{mark}otherwise = "warn"  # or "fail"'


def _criterion(criterion: Criterion) -> str:
    required = ", required = true" if criterion.required else ""
    return f"# {criterion.name} = {{weight = {criterion.weight}{required}}}"


def _list(paths: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, _paths(paths)))}]"


def _paths(paths: Iterable[str]) -> list[str]:
    """List files, or a pattern where there are many of one kind in a folder, or one for each test class."""
    by_kind: dict[tuple[str, str, str], list[str]] = {}
    for path in sorted({path.split("!/")[0] for path in paths}):
        by_kind.setdefault(_kind(path), []).append(path)
    found: list[str] = []
    for (folder, stem, suffix), members in by_kind.items():
        pattern = f"{stem}*{suffix}" if folder == "." else f"{folder}/{stem}*{suffix}"
        found += [pattern] if suffix and (stem or len(members) >= _MANY) else members
    return found


def _kind(path: str) -> tuple[str, str, str]:
    """Say what makes files alike: folder, ending, and whether there is one for each test class."""
    pure = PurePosixPath(path.split("!/", maxsplit=1)[0])
    return pure.parent.as_posix(), _PER_CLASS if pure.name.startswith(_PER_CLASS) else "", pure.suffix


def _layer_of(path: str) -> str:
    words = set(path.lower().replace("-", " ").replace(".", " ").replace("/", " ").split())
    return next((layer for layer in _LAYERS if layer in words), "")


def _line_rate(read: list[Facts]) -> Fraction | None:
    """Give the line rate of the file of evidence that lists the most lines."""
    counts = [facts.coverage.line_counts() for facts in read if facts.coverage is not None]
    best = max(counts, key=lambda count: count.total or 0, default=None)
    return None if best is None else percent(best.covered, best.total)


def _text(value: str) -> str:
    """Write a text as TOML does: its basic strings have JSON's escapes."""
    sound = value.encode("utf-8", "replace").decode()
    return json.dumps(sound, ensure_ascii=False).replace("\x7f", "\\u007f")
